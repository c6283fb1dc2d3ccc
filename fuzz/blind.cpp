// A libFuzzer target in a build that is not instrumented: inputs are changed at random, without looking at what they reach. For where
// libFuzzer is missing, and for the optimised build, whose code sanitizers do not see.
//
//     blind_TARGET [--seconds=N] [--first=N] [--dictionary=FILE] [--crashes=FOLDER] FOLDER-OF-SEEDS|FILE...
//
// Files are run as they are. With a folder, inputs are made from what lies in it, each from its number alone, for N seconds of processor
// time. Before an input runs it is written to FOLDER/TARGET-running; there it lies when the target crashed.
#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

using Bytes = std::string;
constexpr size_t kMostInput = 8192;

Bytes read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

double processor_seconds() {
  rusage used;
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// splitmix64: every number gives a sequence of its own.
struct Random {
  uint64_t state;
  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
  }
  size_t below(size_t n) { return n == 0 ? 0 : next() % n; }
};

Bytes change(Random& r, const std::vector<Bytes>& seeds, const std::vector<Bytes>& words) {
  Bytes input = seeds[r.below(seeds.size())];
  if (input.size() > kMostInput) input = input.substr(r.below(input.size() - kMostInput), kMostInput);
  for (size_t times = 1 + r.below(6); times > 0; --times) {
    size_t at = r.below(input.size() + 1);
    switch (r.below(9)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(r.next());
        break;
      case 1:
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ 1 << r.below(8));
        break;
      case 2: input.insert(at, 1 + r.below(4), static_cast<char>(r.next())); break;
      case 3: input.erase(at, 1 + r.below(16)); break;
      case 4: {  // a piece of another
        const Bytes& other = seeds[r.below(seeds.size())];
        input.insert(at, other.substr(r.below(other.size()), 1 + r.below(200)));
        break;
      }
      case 5: {  // a piece again
        size_t from = r.below(input.size() + 1);
        input.insert(at, input.substr(from, 1 + r.below(64)));
        break;
      }
      case 6: {  // the beginning of one, the end of another
        const Bytes& other = seeds[r.below(seeds.size())];
        input = input.substr(0, at) + other.substr(r.below(other.size() + 1));
        break;
      }
      case 7: input.resize(at); break;
      default:
        if (!words.empty()) input.insert(at, words[r.below(words.size())]);
        break;
    }
  }
  if (input.size() > kMostInput) input.resize(kMostInput);
  return input;
}

/// The words of a dictionary of libFuzzer's: name="text" with \\xHH, \\\\ and \\".
std::vector<Bytes> read_dictionary(const std::string& name) {
  std::vector<Bytes> words;
  std::istringstream lines(read_file(name));
  for (std::string line; std::getline(lines, line);) {
    size_t begin = line.find('"'), end = line.rfind('"');
    if (line.empty() || line[0] == '#' || begin == std::string::npos || end <= begin) continue;
    Bytes word;
    for (size_t i = begin + 1; i < end; ++i) {
      if (line[i] == '\\' && i + 3 < end + 1 && line[i + 1] == 'x') {
        word += static_cast<char>(std::strtoul(line.substr(i + 2, 2).c_str(), nullptr, 16));
        i += 3;
      } else {
        if (line[i] == '\\') ++i;
        word += line[i];
      }
    }
    words.push_back(word);
  }
  return words;
}

}  // namespace

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  double seconds = 60;
  uint64_t first = 0;
  std::string crashes = ".";
  std::vector<Bytes> seeds, words;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word.starts_with("--seconds=")) {
      seconds = std::strtod(word.c_str() + 10, nullptr);
    } else if (word.starts_with("--first=")) {
      first = std::strtoull(word.c_str() + 8, nullptr, 10);
    } else if (word.starts_with("--dictionary=")) {
      words = read_dictionary(word.substr(13));
    } else if (word.starts_with("--crashes=")) {
      crashes = word.substr(10);
    } else if (DIR* dir = opendir(word.c_str())) {
      while (dirent* entry = readdir(dir)) {
        if (entry->d_name[0] == '.') continue;
        Bytes bytes = read_file(word + "/" + entry->d_name);
        if (!bytes.empty()) seeds.push_back(bytes);
      }
      closedir(dir);
    } else {
      Bytes bytes = read_file(word);
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
      std::printf("ran %s\n", word.c_str());
    }
  }
  if (seeds.empty()) return 0;
  std::string name = argv[0];
  std::string running = crashes + "/" + name.substr(name.rfind('/') + 1) + "-running";
  int out = open(running.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (out < 0) {
    std::fprintf(stderr, "no file %s\n", running.c_str());
    return 1;
  }
  uint64_t number = first;
  for (; (number & 15) != 0 || processor_seconds() < seconds; ++number) {
    Random r{number * 0x2545F4914F6CDD1Du + 1};
    Bytes input = change(r, seeds, words);
    if (ftruncate(out, 0) != 0 || pwrite(out, input.data(), input.size(), 0) < 0) return 1;
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
  }
  unlink(running.c_str());
  std::printf("stat::number_of_executed_units: %llu\nfirst %llu, next %llu, %.0f s of processor time\n",
              static_cast<unsigned long long>(number - first), static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(number), processor_seconds());
  return 0;
}
