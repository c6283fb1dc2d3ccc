// A clock thread asks for a sample every millisecond; the running thread takes it at its next poll (a call, a loop's turn, a long
// native loop). A sample weighs the time since the one before, so that what polls rarely is not undercounted.
#include "observe/profile.hpp"

#include <pthread.h>
#include <time.h>

#include <atomic>
#include <map>
#include <vector>

#include "objects/str.hpp"
#include "observe/safe_repr.hpp"
#include "runtime/poll.hpp"

namespace krait {
namespace {

constexpr long kIntervalNs = 1'000'000;
constexpr size_t kMostFrames = 256;  ///< of one sample; the outermost are left out

uint64_t now_ns() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(t.tv_nsec);
}

class Profile;
struct ProfileRun : Extension {
  Profile* profile = nullptr;
};

class Profile final : public Client {
 public:
  ~Profile() override { stop(); }
  uint32_t wanted() const override { return 0; }
  Watched handle(Vm&, const EventInfo&) override { return Watched::kContinue; }
  std::string start(Vm& vm, const ObserveOptions& options) override {
    options_ = options;
    vm_ = &vm;
    std::string error = write_file(options.profile_out, "");
    if (!error.empty()) return error;
    vm.extension<ProfileRun>().profile = this;
    poll_set_handler(vm, kPollSample, [](Vm& machine) -> Status {
      poll_clear(machine, kPollSample);
      if (Profile* p = machine.extension<ProfileRun>().profile) p->sample(machine);
      return {};
    });
    last_ = now_ns();
    if (pthread_create(&thread_, nullptr, clock, this) != 0) return "no thread could be started for --profile";
    running_ = true;
    return "";
  }
  void trace(Marker& marker) override { codes_.trace(marker); }
  std::string finish(Vm& vm) override {
    stop();
    vm.extension<ProfileRun>().profile = nullptr;
    return write_file(options_.profile_out, options_.profile_form == "speedscope" ? speedscope() : collapsed());
  }

 private:
  static void* clock(void* argument) {
    Profile& self = *static_cast<Profile*>(argument);
    timespec pause{0, kIntervalNs};
    while (!self.stop_.load(std::memory_order_relaxed)) {
      nanosleep(&pause, nullptr);
      poll_request(*self.vm_, kPollSample);
    }
    return nullptr;
  }
  void stop() {
    if (!running_) return;
    stop_ = true;
    pthread_join(thread_, nullptr);
    running_ = false;
  }
  void sample(Vm& vm) {
    std::vector<uint32_t> chain;
    for (const Frame* f = vm.t.frame; f != nullptr && chain.size() < kMostFrames; f = f->previous)
      chain.push_back(codes_.get(f->code, [&](Code*) { return ++count_; }));
    uint64_t now = now_ns();
    stacks_[{chain.rbegin(), chain.rend()}] += now - last_;
    last_ = now;
  }
  std::vector<const Code*> frames() {
    std::vector<const Code*> out(count_ + 1);
    for (auto& [code, row] : codes_) out[row.note] = code;
    return out;
  }
  std::string collapsed() {
    std::vector<const Code*> codes = frames();
    std::string out;
    for (auto& [chain, ns] : stacks_) {
      if (chain.empty()) continue;
      for (size_t i = 0; i < chain.size(); ++i) {
        if (i > 0) out += ';';
        const Code* code = codes[chain[i]];
        std::string file = str_to_utf8(code->filename);
        out += str_to_utf8(code->qualname) + " (" + file.substr(file.rfind('/') + 1) + ":" +
               std::to_string(code->first_line) + ")";
      }
      out += " " + std::to_string((ns + 500) / 1000) + "\n";
    }
    return out;
  }
  std::string speedscope() {
    std::vector<const Code*> codes = frames();
    std::string out =
        R"({"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"krait","shared":{"frames":[)";
    for (size_t i = 1; i < codes.size(); ++i) {
      out += i == 1 ? "{\"name\":" : ",{\"name\":";
      json_text(out, str_to_utf8(codes[i]->qualname));
      out += ",\"file\":";
      json_text(out, str_to_utf8(codes[i]->filename));
      out += ",\"line\":" + std::to_string(codes[i]->first_line) + "}";
    }
    std::string samples, weights;
    uint64_t total = 0;
    for (auto& [chain, ns] : stacks_) {
      if (chain.empty()) continue;
      samples += samples.empty() ? "[" : ",[";
      for (size_t i = 0; i < chain.size(); ++i) samples += (i == 0 ? "" : ",") + std::to_string(chain[i] - 1);
      samples += "]";
      weights += (weights.empty() ? "" : ",") + std::to_string(ns / 1000);
      total += ns / 1000;
    }
    return out + R"(]},"profiles":[{"type":"sampled","name":"krait","unit":"microseconds","startValue":0,"endValue":)" +
           std::to_string(total) + ",\"samples\":[" + samples + "],\"weights\":[" + weights + "]}]}\n";
  }

  ObserveOptions options_;
  Vm* vm_ = nullptr;
  pthread_t thread_{};
  bool running_ = false;
  std::atomic<bool> stop_{false};
  uint64_t last_ = 0;
  uint32_t count_ = 0;
  CodeNotes<uint32_t> codes_;
  std::map<std::vector<uint32_t>, uint64_t> stacks_;  ///< outermost first; nanoseconds
};

}  // namespace

std::unique_ptr<Client> profile_client() { return std::make_unique<Profile>(); }

}  // namespace krait
