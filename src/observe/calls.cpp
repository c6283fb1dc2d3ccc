#include "observe/calls.hpp"

#include <time.h>

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

namespace krait {
namespace {

std::string place_of(const Code* code) { return str_to_utf8(code->filename) + ":" + std::to_string(code->first_line); }

uint64_t now_ns() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(t.tv_nsec);
}

constexpr uint32_t kCallEvents = event_bit(Event::kStart) | event_bit(Event::kResume) | event_bit(Event::kThrow) |
                                 event_bit(Event::kReturn) | event_bit(Event::kYield) | event_bit(Event::kUnwind);
bool begins(Event e) { return e == Event::kStart || e == Event::kResume || e == Event::kThrow; }

/// The trace event format that Perfetto, chrome://tracing and speedscope read.
class Chrome final : public Client {
 public:
  uint32_t wanted() const override { return kCallEvents; }
  std::string start(Vm&, const ObserveOptions& options) override {
    options_ = options;
    begin_ = now_ns();
    out_ = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
    out_ += R"({"name":"process_name","ph":"M","pid":1,"args":{"name":"krait"}})";
    return write_file(options.chrome_out, "");
  }
  void trace(Marker& marker) override { codes_.trace(marker); }
  Watched handle(Vm& vm, const EventInfo& info) override {
    Note& note = codes_.get(info.frame->code, [&](Code* c) {
      Note made{wanted_code(options_, c), ""};
      json_text(made.text, str_to_utf8(c->qualname));
      made.text = "\"name\":" + made.text + ",\"args\":{\"at\":";
      json_text(made.text, place_of(c));
      made.text += "}";
      return made;
    });
    if (!note.wanted || vm.t.depth > options_.trace_depth) return note.wanted ? Watched::kContinue : Watched::kDisable;
    if (out_.size() > options_.trace_limit) {
      truncated_ = true;
      return observer_set_events(vm, slot, 0).is_error() ? Watched::kError : Watched::kContinue;
    }
    auto [thread, is_new] = threads_.try_emplace(vm.t.thread, threads_.size() + 1);
    bool begin = begins(info.event);
    std::vector<bool>& open = open_[thread->second];
    if (!begin && open.empty()) return Watched::kContinue;  // it began before the trace did
    if (begin) {
      open.push_back(true);
    } else {
      open.pop_back();
    }
    char time[80];
    uint64_t ns = now_ns() - begin_;
    snprintf(time, sizeof time, ",\n{\"ph\":\"%c\",\"ts\":%llu.%03u,\"pid\":1,\"tid\":%zu", begin ? 'B' : 'E',
             static_cast<unsigned long long>(ns / 1000), static_cast<unsigned>(ns % 1000), thread->second);
    out_ += time;
    if (begin) {
      out_ += ',';
      out_ += note.text;
    }
    out_ += '}';
    return Watched::kContinue;
  }
  std::string finish(Vm&) override {
    char time[80];
    uint64_t ns = now_ns() - begin_;
    for (auto& [thread, open] : open_) {
      for (size_t i = 0; i < open.size(); ++i) {
        snprintf(time, sizeof time, ",\n{\"ph\":\"E\",\"ts\":%llu.%03u,\"pid\":1,\"tid\":%zu}",
                 static_cast<unsigned long long>(ns / 1000), static_cast<unsigned>(ns % 1000), thread);
        out_ += time;
      }
    }
    out_ += "\n]";
    if (truncated_) out_ += ",\"note\":\"the trace stops at its limit of bytes\"";
    out_ += "}\n";
    const std::string& path = options_.chrome_out;
    return write_file(path, path.ends_with(".gz") ? gzip(out_) : out_);
  }

 private:
  struct Note {
    bool wanted;
    std::string text;
  };
  ObserveOptions options_;
  uint64_t begin_ = 0;
  std::string out_;
  bool truncated_ = false;
  std::map<const void*, size_t> threads_;
  std::map<size_t, std::vector<bool>> open_;
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
