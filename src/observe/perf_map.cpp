// A native profiler sees native frames. So while it watches, each Python function is entered through a few instructions of its own,
// which the map gives its name, and calls from Python to Python are made natively, which they are not otherwise.
#include "observe/perf_map.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "interp/interpreter.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

// f(vm, frame, interpret): calls interpret(vm, frame) with a frame pointer of its own.
#if defined(__x86_64__)
constexpr unsigned char kEntry[16] = {0x55, 0x48, 0x89, 0xe5, 0xff, 0xd2, 0x5d, 0xc3};
#elif defined(__aarch64__)
constexpr uint32_t kEntry[8] = {0xa9bf7bfd, 0x910003fd, 0xd63f0040, 0xa8c17bfd, 0xd65f03c0};
#else
constexpr unsigned char kEntry[1] = {0};
#endif
constexpr size_t kEntryBytes = sizeof kEntry;
constexpr size_t kPieceBytes = 1 << 16;

using Entry = Value (*)(Vm& vm, Frame* frame, Value (*interpret_frame)(Vm& vm, Frame* frame));

class PerfMap;
struct PerfMapRun : Extension {
  PerfMap* map = nullptr;
};

class PerfMap final : public Client {
 public:
  PerfMap() { native_calls = true; }
  ~PerfMap() override {
    // The pieces stay mapped: somebody may still be on his way out through them.
    if (file_ != nullptr) std::fclose(file_);
  }
  uint32_t wanted() const override { return event_bit(Event::kCall); }
  Watched handle(Vm&, const EventInfo&) override { return Watched::kContinue; }
  void trace(Marker& marker) override { codes_.trace(marker); }
  std::string start(Vm& vm, const ObserveOptions&) override {
    if (kEntryBytes < 8) return "--perf-map does not know this processor";
    std::string path = "/tmp/perf-" + std::to_string(getpid()) + ".map";
    file_ = std::fopen(path.c_str(), "w");
    if (file_ == nullptr) return "cannot write '" + path + "': " + std::strerror(errno);
    vm.extension<PerfMapRun>().map = this;
    vm.interpreter->enter_hook = enter;
    return "";
  }
  std::string finish(Vm& vm) override {
    vm.interpreter->enter_hook = nullptr;
    return "";
  }

 private:
// The sanitizer looks for a function's type in front of it: in front of these there is none, and perhaps no page.
#if defined(__clang__)
  [[clang::no_sanitize("function")]]
#endif
  static Value enter(Vm& vm, Frame* frame) {
    Entry entry = vm.extension<PerfMapRun>().map->entry_of(frame->code);
    return entry == nullptr ? interpret(vm, frame) : entry(vm, frame, interpret);
  }
  /// Null without memory for it: the function is then entered as ever.
  Entry entry_of(Code* code) {
    return codes_.get(code, [&](Code* c) { return make(c); });
  }
  Entry make(Code* code) {
    if (piece_ == nullptr || used_ + kEntryBytes > kPieceBytes) {
      void* p = mmap(nullptr, kPieceBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (p == MAP_FAILED) return nullptr;
      piece_ = static_cast<char*>(p);
      used_ = 0;
    } else if (mprotect(piece_, kPieceBytes, PROT_READ | PROT_WRITE) != 0) {
      return nullptr;
    }
    char* place = piece_ + used_;
    std::memcpy(place, kEntry, kEntryBytes);
    used_ += kEntryBytes;
    if (mprotect(piece_, kPieceBytes, PROT_READ | PROT_EXEC) != 0) return nullptr;
    __builtin___clear_cache(place, place + kEntryBytes);
    std::fprintf(file_, "%llx %zx py::%s:%s\n", static_cast<unsigned long long>(reinterpret_cast<uintptr_t>(place)),
                 kEntryBytes, str_to_utf8(code->qualname).c_str(), str_to_utf8(code->filename).c_str());
    std::fflush(file_);
    Entry entry;
    std::memcpy(&entry, &place, sizeof entry);
    return entry;
  }

  FILE* file_ = nullptr;
  char* piece_ = nullptr;
  size_t used_ = 0;
  CodeNotes<Entry> codes_;
};

}  // namespace

std::unique_ptr<Client> perf_map_client() { return std::make_unique<PerfMap>(); }

}  // namespace krait
