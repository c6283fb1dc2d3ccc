// How fast the front end reads Python: megabytes of source per second, lexing alone and lexing with parsing.
//
//   frontend_bench [--rounds N] FOLDER|FILE...
//
// Every .py file below the folders is read first; then all are processed once per round, and the best round
// counts. Files that do not parse (deliberately bad ones in test suites) are left out.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "syntax/lexer.hpp"
#include "syntax/parser.hpp"
#include "syntax/source.hpp"

using namespace krait;
using namespace krait::syntax;

namespace {

std::string read_file(const std::string& path) {
  std::string out;
  if (FILE* file = std::fopen(path.c_str(), "rb")) {
    char buffer[65536];
    size_t got;
    while ((got = std::fread(buffer, 1, sizeof buffer, file)) > 0) out.append(buffer, got);
    std::fclose(file);
  }
  return out;
}

template <class Body>
double best_of(int rounds, Body&& body) {
  double best = 1e30;
  for (int i = 0; i < rounds; ++i) {
    auto start = std::chrono::steady_clock::now();
    body();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  int rounds = 5, first = 1;
  if (argc > 2 && !std::strcmp(argv[1], "--rounds")) {
    rounds = std::atoi(argv[2]);
    first = 3;
  }
  std::vector<std::string> paths;
  for (int i = first; i < argc; ++i) {
    std::error_code error;
    if (!std::filesystem::is_directory(argv[i], error)) {
      paths.push_back(argv[i]);
      continue;
    }
    for (std::filesystem::recursive_directory_iterator it(argv[i], error), end; it != end; it.increment(error))
      if (it->path().extension() == ".py") paths.push_back(it->path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> sources;
  size_t bytes = 0, tokens = 0, tree_bytes = 0;
  ParseOptions options;
  for (const std::string& path : paths) {
    std::string source = read_file(path);
    Arena arena;
    if (!parse(source, options, arena).ok()) continue;
    tree_bytes += arena.reserved();
    bytes += source.size();
    sources.push_back(std::move(source));
  }
  if (sources.empty()) {
    std::fprintf(stderr, "usage: frontend_bench [--rounds N] FOLDER|FILE...\n");
    return 2;
  }
  double lexing = best_of(rounds, [&] {
    tokens = 0;
    for (const std::string& text : sources) {
      Arena arena;
      Source source;
      std::string_view encoding;
      SyntaxErrorInfo error;
      Tokens found;
      prepare_source(text, options, arena, source, encoding, error);
      tokenize(source, options, found);
      tokens += found.list.size();
    }
  });
  double parsing = best_of(rounds, [&] {
    for (const std::string& text : sources) {
      Arena arena;
      parse(text, options, arena);
    }
  });
  const double megabytes = static_cast<double>(bytes) / 1e6;
  std::printf("%zu files, %.1f MB, %.2f million tokens, %.1f bytes of tree per byte of source\n", sources.size(),
              megabytes, static_cast<double>(tokens) / 1e6,
              static_cast<double>(tree_bytes) / static_cast<double>(bytes));
  std::printf("lexing            %7.1f MB/s\nlexing + parsing  %7.1f MB/s\n", megabytes / lexing, megabytes / parsing);
}
