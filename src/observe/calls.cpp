#include "observe/calls.hpp"

#include <time.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <vector>

#include "bytecode/disassembler.hpp"
#include "interp/thread.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "observe/gzip.hpp"
#include "observe/listing.hpp"
#include "observe/safe_repr.hpp"
#include "observe/sink.hpp"
#include "observe/value_text.hpp"

namespace krait {
namespace {

std::string place_of(const Code* code) { return str_to_utf8(code->filename) + ":" + std::to_string(code->first_line); }

uint64_t now_ns() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(t.tv_nsec);
}
/// A clock of unknown speed that is cheaper to read, where there is one.
uint64_t now_ticks() {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#else
  return now_ns();
#endif
}

constexpr uint32_t kCallEvents = event_bit(Event::kStart) | event_bit(Event::kResume) | event_bit(Event::kThrow) |
                                 event_bit(Event::kReturn) | event_bit(Event::kYield) | event_bit(Event::kUnwind);
bool begins(Event e) { return e == Event::kStart || e == Event::kResume || e == Event::kThrow; }

/// The trace event format that Perfetto, chrome://tracing and speedscope read: one complete event a call. Calls are noted as they end
/// and written when the run is over, when the clock's speed is known.
class Chrome final : public Client {
 public:
  uint32_t wanted() const override { return kCallEvents; }
  std::string start(Vm&, const ObserveOptions& options) override {
    options_ = options;
    most_ = options.trace_limit / kBytesPerCall;
    begin_ns_ = now_ns();
    begin_ticks_ = now_ticks();
    return write_file(options.chrome_out, "");
  }
  void trace(Marker& marker) override { codes_.trace(marker); }
  Watched handle(Vm& vm, const EventInfo& info) override {
    Code* code = info.frame->code;
    Note& note = codes_.get(code, [&](Code* c) {
      names_.push_back(c);
      return Note{wanted_code(options_, c), static_cast<uint32_t>(names_.size() - 1)};
    });
    if (!note.wanted || vm.t.depth > options_.trace_depth) return note.wanted ? Watched::kContinue : Watched::kDisable;
    if (vm.t.thread != thread_ || running_ == nullptr) find_thread(vm.t.thread);
    if (begins(info.event)) {
      if (calls_.size() >= most_) {
        truncated_ = true;
        return observer_set_events(vm, slot, 0).is_error() ? Watched::kError : Watched::kContinue;
      }
      running_->open.push_back(calls_.size());
      calls_.push_back({now_ticks(), 0, note.name, running_->number});
    } else if (!running_->open.empty()) {  // else it began before the trace did
      calls_[running_->open.back()].end = now_ticks();
      running_->open.pop_back();
    }
    return Watched::kContinue;
  }
  std::string finish(Vm&) override {
    uint64_t end = now_ticks();
    uint64_t ticks = end - begin_ticks_;
    double speed = ticks == 0 ? 1 : static_cast<double>(now_ns() - begin_ns_) / static_cast<double>(ticks);
    auto ns = [&](uint64_t at) { return static_cast<uint64_t>(static_cast<double>(at - begin_ticks_) * speed); };
    const std::string& path = options_.chrome_out;
    bool packed = path.ends_with(".gz");
    TraceSink file;
    if (!packed && !file.open(path, UINT64_MAX)) return "cannot write '" + path + "': " + std::strerror(errno);
    std::string out = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
    out += R"({"name":"process_name","ph":"M","pid":1,"args":{"name":"krait"}})";
    std::vector<std::string> names;
    for (const Code* code : names_) {
      std::string text = "\"name\":";
      json_text(text, str_to_utf8(code->qualname));
      // Where it stands: with the first call only, which makes a file of half the size.
      text += ",\"args\":{\"at\":";
      json_text(text, place_of(code));
      names.push_back(text + "}");
    }
    std::vector<bool> shown(names.size());
    for (const Call& call : calls_) {
      // Both ends are rounded alike, so that calls stay inside the calls that made them.
      uint64_t from = ns(call.begin), length = ns(call.end == 0 ? end : call.end) - from;
      out += ",\n{\"ph\":\"X\",\"ts\":";
      append_microseconds(out, from);
      out += ",\"dur\":";
      append_microseconds(out, length);
      out += ",\"pid\":1,\"tid\":";
      append_number(out, call.thread);
      out += ',';
      std::string& name = names[call.name];
      out += name;
      out += '}';
      if (!shown[call.name]) {
        shown[call.name] = true;
        name.resize(name.rfind(",\"args\":"));
      }
      if (!packed && out.size() >= kPiece) {
        file.write(out);
        out.clear();
      }
    }
    out += "\n]";
    if (truncated_) out += ",\"note\":\"the trace stops at its limit of bytes\"";
    out += "}\n";
    if (packed) return write_file(path, gzip(out));
    file.write(out);
    file.close();
    return file.stopped() ? "cannot write the whole of '" + path + "'" : "";
  }

 private:
  static constexpr size_t kPiece = 1 << 14;
  static constexpr uint64_t kBytesPerCall = 64;  ///< about what one takes in the file
  struct Note {
    bool wanted;
    uint32_t name;
  };
  struct Call {
    uint64_t begin, end;  ///< end 0: still running
    uint32_t name, thread;
  };
  struct Running {
    uint32_t number;
    std::vector<size_t> open;  ///< calls that have not ended, innermost last
  };
  void find_thread(const void* thread) {
    thread_ = thread;
    running_ = &threads_.try_emplace(thread, Running{static_cast<uint32_t>(threads_.size() + 1), {}}).first->second;
  }
  static void append_number(std::string& out, uint64_t n) {
    char digits[20];
    out.append(digits, append_decimal(static_cast<int64_t>(n), digits));
  }
  static void append_microseconds(std::string& out, uint64_t ns) {
    append_number(out, ns / 1000);
    uint64_t part = ns % 1000;
    char text[] = {'.', static_cast<char>('0' + part / 100), static_cast<char>('0' + part / 10 % 10),
                   static_cast<char>('0' + part % 10)};
    out.append(text, sizeof text);
  }
  ObserveOptions options_;
  uint64_t begin_ns_ = 0, begin_ticks_ = 0;
  uint64_t most_ = 0;  ///< calls
  bool truncated_ = false;
  std::vector<Call> calls_;
  std::vector<const Code*> names_;
  std::map<const void*, Running> threads_;
  const void* thread_ = nullptr;
  Running* running_ = nullptr;
  CodeNotes<Note> codes_;
};

// --- Graphviz

std::string dot_text(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\l";
    } else {
      out += c;
    }
  }
  return out;
}

/// The control-flow graph of one code object.
void append_cfg(Vm& vm, const Code* code, size_t number, std::string& out) {
  std::span<const Instruction> words = code->code();
  Listing listing = code_listing(vm, code);
  std::set<uint32_t> leaders{0};
  auto target_of = [&](uint32_t i) {
    return static_cast<uint32_t>(static_cast<int64_t>(i) + 1 + signed_arg(words[i]));
  };
  auto jumps = [&](uint32_t i) { return kOpInfo[static_cast<int>(op_of(words[i]))].operand == Operand::Jump; };
  for (uint32_t i = 0; i < words.size(); ++i) {
    bool ends = kOpInfo[static_cast<int>(op_of(words[i]))].flags & kOpEnds;
    if (jumps(i)) leaders.insert(target_of(i));
    if ((jumps(i) || ends) && i + 1 < words.size()) leaders.insert(i + 1);
  }
  for (const Handler& h : code->handler_table()) leaders.insert(h.target);
  std::string prefix = "c" + std::to_string(number) + "_";
  out += "  subgraph cluster_" + std::to_string(number) + " {\n    label=\"" +
         dot_text(str_to_utf8(code->qualname) + " (" + place_of(code)) + ")\";\n";
  for (auto it = leaders.begin(); it != leaders.end(); ++it) {
    uint32_t begin = *it, end = std::next(it) == leaders.end() ? static_cast<uint32_t>(words.size()) : *std::next(it);
    std::string label;
    for (uint32_t i = begin; i < end; ++i) {
      if (!listing[i].shown) continue;
      label += std::to_string(listing[i].index) + " " + listing[i].name;
      if (listing[i].has_arg) label += " " + std::to_string(listing[i].arg);
      if (!listing[i].meaning.empty()) label += " (" + listing[i].meaning + ")";
      label += '\n';
    }
    out += "    " + prefix + std::to_string(begin) + " [label=\"" + dot_text(label) + "\"];\n";
    uint32_t last = end - 1;
    bool ends = kOpInfo[static_cast<int>(op_of(words[last]))].flags & kOpEnds;
    if (jumps(last)) {
      out += "    " + prefix + std::to_string(begin) + " -> " + prefix + std::to_string(target_of(last));
      out += ends ? ";\n" : " [label=\"jump\"];\n";
    }
    if (!ends && end < words.size())
      out += "    " + prefix + std::to_string(begin) + " -> " + prefix + std::to_string(end) + ";\n";
  }
  for (const Handler& h : code->handler_table()) {
    auto block = std::prev(leaders.upper_bound(h.start));
    out += "    " + prefix + std::to_string(*block) + " -> " + prefix + std::to_string(h.target) +
           " [style=dashed, label=\"raises\"];\n";
  }
  out += "  }\n";
}

class Dot final : public Client {
 public:
  uint32_t wanted() const override { return form_ == 'f' ? kCallEvents : event_bit(Event::kStart); }
  std::string start(Vm&, const ObserveOptions& options) override {
    options_ = options;
    form_ = options.dot_form[0] == 'c' && options.dot_form[1] == 'f' ? 'g' : options.dot_form[0];
    nodes_.push_back({nullptr, 0, 0, {}});
    return write_file(options.dot_out, "");
  }
  void trace(Marker& marker) override { codes_.trace(marker); }
  Watched handle(Vm& vm, const EventInfo& info) override {
    if (vm.t.depth > options_.trace_depth) return Watched::kContinue;
    Code* code = info.frame->code;
    Note& note =
        codes_.get(code, [&](Code* c) { return Note{wanted_code(options_, c), ++count_, 0, library_code(vm, c)}; });
    if (!note.wanted) return Watched::kDisable;
    if (form_ == 'f') return activation(vm, info, code);
    ++note.calls;
    if (form_ == 'c' && info.frame->previous != nullptr) {
      Code* caller = info.frame->previous->code;
      Note& from =
          codes_.get(caller, [&](Code* c) { return Note{wanted_code(options_, c), ++count_, 0, library_code(vm, c)}; });
      std::pair<size_t, size_t> edge{from.number, codes_.get(code, [](Code*) { return Note(); }).number};
      if (last_calls_ == nullptr || edge != last_edge_) {
        last_edge_ = edge;
        last_calls_ = &edges_[edge];
      }
      ++*last_calls_;
    }
    return Watched::kContinue;
  }
  std::string finish(Vm& vm) override {
    std::string out = "digraph krait {\n  node [shape=box, fontname=\"monospace\", fontsize=10];\n";
    std::map<size_t, std::pair<Code*, Note*>> rows;
    for (auto& [code, row] : codes_) rows[row.note.number] = {code, &row.note};
    if (form_ == 'g') {
      std::set<Code*> done;
      size_t number = 0;
      for (auto& [n, row] : rows)
        if (row.second->wanted && !row.second->library) add_cfg(vm, row.first, done, number, out);
    } else if (form_ == 'c') {
      for (auto& [n, row] : rows)
        if (row.second->wanted)
          out += "  n" + std::to_string(n) + " [label=\"" +
                 dot_text(str_to_utf8(row.first->qualname) + "\n" + place_of(row.first) + "\n") +
                 std::to_string(row.second->calls) + " calls\"];\n";
      for (auto& [edge, calls] : edges_)
        out += "  n" + std::to_string(edge.first) + " -> n" + std::to_string(edge.second) + " [label=\"" +
               std::to_string(calls) + "\"];\n";
    } else {
      for (size_t i = 1; i < nodes_.size(); ++i) {
        out += "  f" + std::to_string(i) + " [label=\"" + dot_text(str_to_utf8(nodes_[i].code->qualname) + "\n") +
               std::to_string(nodes_[i].count) + "\"];\n";
        if (nodes_[i].parent != 0)
          out += "  f" + std::to_string(nodes_[i].parent) + " -> f" + std::to_string(i) + ";\n";
      }
    }
    return write_file(options_.dot_out, out + "}\n");
  }

 private:
  struct Note {
    bool wanted = false;
    size_t number = 0;
    uint64_t calls = 0;
    bool library = false;
  };
  /// One frame position in the tree of activations: the same function called again from the same place counts up.
  struct Node {
    Code* code;
    size_t parent;
    uint64_t count;
    std::map<Code*, size_t> children;
  };
  static constexpr size_t kMostNodes = 20000;

  Watched activation(Vm& vm, const EventInfo& info, Code* code) {
    size_t& at = at_[vm.t.thread];
    if (!begins(info.event)) {
      if (at != 0 && nodes_[at].code == code) at = nodes_[at].parent;
      return Watched::kContinue;
    }
    auto found = nodes_[at].children.find(code);
    if (found == nodes_[at].children.end()) {
      if (nodes_.size() >= kMostNodes) return Watched::kContinue;
      found = nodes_[at].children.emplace(code, nodes_.size()).first;
      size_t made = found->second;
      nodes_.push_back({code, at, 0, {}});
      at = made;
    } else {
      at = found->second;
    }
    ++nodes_[at].count;
    return Watched::kContinue;
  }
  void add_cfg(Vm& vm, Code* code, std::set<Code*>& done, size_t& number, std::string& out) {
    if (!done.insert(code).second) return;
    append_cfg(vm, code, number++, out);
    for (Value v : code->consts->span())
      if (is_code(v)) add_cfg(vm, v.as<Code>(), done, number, out);
  }

  ObserveOptions options_;
  char form_ = 'c';
  size_t count_ = 0;
  CodeNotes<Note> codes_;
  std::map<std::pair<size_t, size_t>, uint64_t> edges_;
  std::pair<size_t, size_t> last_edge_;
  uint64_t* last_calls_ = nullptr;
  std::vector<Node> nodes_;
  std::map<const void*, size_t> at_;
};

}  // namespace

std::unique_ptr<Client> chrome_client() { return std::make_unique<Chrome>(); }
std::unique_ptr<Client> dot_client() { return std::make_unique<Dot>(); }

}  // namespace krait
