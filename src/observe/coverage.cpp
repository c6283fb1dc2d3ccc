// Lines are counted where they begin. What never ran is known from the code objects among the constants of those that did: a
// module's code holds all of its functions.
#include "observe/coverage.hpp"

#include <map>
#include <set>
#include <vector>

#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

struct Counts {
  bool wanted = false;
  uint64_t calls = 0;
  std::vector<uint64_t> at;  ///< by instruction: how often a line began there
};

struct File {
  std::map<int32_t, uint64_t> lines;
  std::map<int32_t, std::pair<std::string, uint64_t>> functions;  ///< by first line
};

class Coverage final : public Client {
 public:
  uint32_t wanted() const override { return event_bit(Event::kLine) | event_bit(Event::kStart); }
  std::string start(Vm&, const ObserveOptions& options) override {
    options_ = options;
    return write_file(options.coverage_out, "");
  }
  void trace(Marker& marker) override { codes_.trace(marker); }
  Watched handle(Vm& vm, const EventInfo& info) override {
    Counts& counts = codes_.get(info.frame->code, [&](Code* c) {
      Counts made;
      made.wanted = wanted_code(options_, c) && !library_code(vm, c);
      if (made.wanted) made.at.resize(c->instruction_count);
      return made;
    });
    if (!counts.wanted) return Watched::kDisable;
    if (vm.t.depth > options_.trace_depth) return Watched::kContinue;
    if (info.event == Event::kStart) {
      ++counts.calls;
    } else {
      ++counts.at[info.instruction];
    }
    return Watched::kContinue;
  }
  std::string finish(Vm& vm) override {
    std::map<std::string, File> files;
    std::set<Code*> done;
    std::vector<Code*> todo;
    for (auto& [code, row] : codes_)
      if (row.note.wanted) todo.push_back(code);
    while (!todo.empty()) {
      Code* code = todo.back();
      todo.pop_back();
      if (!done.insert(code).second) continue;
      add(vm, code, files[str_to_utf8(code->filename)]);
      for (Value v : code->consts->span())
        if (is_code(v)) todo.push_back(v.as<Code>());
    }
    std::string out;
    for (auto& [name, file] : files) {
      out += "TN:\nSF:" + name + "\n";
      uint64_t hit = 0;
      for (auto& [line, function] : file.functions) out += "FN:" + std::to_string(line) + "," + function.first + "\n";
      for (auto& [line, function] : file.functions) {
        out += "FNDA:" + std::to_string(function.second) + "," + function.first + "\n";
        hit += function.second != 0;
      }
      out += "FNF:" + std::to_string(file.functions.size()) + "\nFNH:" + std::to_string(hit) + "\n";
      hit = 0;
      for (auto& [line, count] : file.lines) {
        out += "DA:" + std::to_string(line) + "," + std::to_string(count) + "\n";
        hit += count != 0;
      }
      out += "LF:" + std::to_string(file.lines.size()) + "\nLH:" + std::to_string(hit) + "\nend_of_record\n";
    }
    return write_file(options_.coverage_out, out);
  }

 private:
  void add(Vm& vm, Code* code, File& file) {
    Result<LiveCode*> live = live_code(vm, code);
    if (live.is_error()) return (void)vm.clear_pending();
    Result<CodeWatch*> watch = code_watch(vm, live.release());
    if (watch.is_error()) return (void)vm.clear_pending();
    CodeWatch* w = watch.release();
    Counts& counts = codes_.get(code, [](Code*) { return Counts(); });
    for (uint32_t i = 0; i < code->instruction_count; ++i) {
      if (!(w->kinds[i] & kLineStart)) continue;
      // Handlers' clean-up code has the line of the statement it belongs to: several places, one line.
      uint64_t& line = file.lines[w->lines[i]];
      if (i < counts.at.size()) line += counts.at[i];
    }
    std::string name = str_to_utf8(code->qualname);
    if (name != "<module>") {
      auto& function = file.functions[static_cast<int32_t>(code->first_line)];
      function.first = name;
      function.second += counts.calls;
    }
  }

  ObserveOptions options_;
  CodeNotes<Counts> codes_;
};

}  // namespace

std::unique_ptr<Client> coverage_client() { return std::make_unique<Coverage>(); }

}  // namespace krait
