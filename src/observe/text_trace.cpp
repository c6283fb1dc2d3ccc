#include "observe/text_trace.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <vector>

#include "objects/dict.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "observe/listing.hpp"
#include "observe/safe_repr.hpp"
#include "observe/sink.hpp"
#include "runtime/source_lines.hpp"

namespace krait {
namespace {

constexpr ReprBounds kValueBounds{40, 2, 5};

class TextTracer : public Client {
 public:
  std::string start(Vm&, const ObserveOptions& options) override {
    options_ = options;
    if (sink_.open(options.trace_out, options.trace_limit)) return "";
    return "cannot write the trace to '" + options.trace_out + "': " + std::strerror(errno);
  }
  std::string finish(Vm&) override {
    sink_.close();
    return "";
  }

 protected:
  bool deep(Vm& vm) const { return vm.t.depth > options_.trace_depth; }
  /// Writes a piece; at the limit, nothing is watched any more.
  Watched put(Vm& vm, std::string_view text) {
    if (sink_.write(text)) return Watched::kContinue;
    return observer_set_events(vm, slot, 0).is_error() ? Watched::kError : Watched::kContinue;
  }
  ObserveOptions options_;
  TraceSink sink_;
  std::string line_;
};

void append_number(std::string& out, int64_t n, size_t width, char fill) {
  char digits[24];
  size_t length = static_cast<size_t>(std::to_chars(digits, digits + sizeof digits, n).ptr - digits);
  if (length < width) out.append(width - length, fill);
  out.append(digits, length);
}

// --- stack and log: every instruction

struct ListedCode {
  bool wanted = false;
  std::string pool;  ///< texts of the instructions, two each: with the line, and with `|` for the same line again
  std::vector<uint32_t> ends;  ///< of the texts in pool; empty texts are not shown
  std::string_view text(uint32_t i, bool same_line) const {
    size_t n = 2 * static_cast<size_t>(i) + same_line;
    uint32_t begin = n == 0 ? 0 : ends[n - 1];
    return {pool.data() + begin, ends[n] - begin};
  }
  std::vector<int32_t> lines;
};

/// `== Stack ==    [14] [9] [-3] ` and `00000013       | DIVIDE`.
class StackTracer final : public TextTracer {
 public:
  explicit StackTracer(bool log) : log_(log) {}
  uint32_t wanted() const override { return event_bit(Event::kInstruction); }
  void trace(Marker& marker) override { codes_.trace(marker); }

  Watched handle(Vm& vm, const EventInfo& info) override {
    ListedCode& code = codes_.get(info.frame->code, [&](Code* c) { return make(vm, c); });
    if (!code.wanted || deep(vm)) return code.wanted ? Watched::kContinue : Watched::kDisable;
    if (log_) return put(vm, code.text(info.instruction, false));
    int32_t line = code.lines[info.instruction];
    std::string_view text = code.text(info.instruction, info.frame->code == last_code_ && line == last_line_);
    if (text.empty()) return Watched::kContinue;
    last_code_ = info.frame->code;
    last_line_ = line;
    line_.assign("== Stack ==    ", 15);
    for (const Value* p = info.frame->stack; p < info.frame->sp; ++p) {
      line_ += '[';
      if (p->is_unset()) {
        line_.append("unset", 5);
      } else {
        safe_repr(vm, *p, line_, kValueBounds);
      }
      line_.append("] ", 2);
    }
    line_ += '\n';
    line_ += text;
    return put(vm, line_);
  }

 private:
  ListedCode make(Vm& vm, Code* code) {
    ListedCode out;
    out.wanted = wanted_code(options_, code);
    if (!out.wanted) return out;
    Listing listing = code_listing(vm, code);
    out.lines.resize(listing.size());
    for (LocationRuns runs(code); runs.next();)
      for (uint32_t i = 0; i < runs.count; ++i) out.lines[runs.start + i] = runs.location.line;
    for (size_t i = 0; i < listing.size(); ++i) {
      for (bool same_line : {false, true}) {
        for (const ListedInstruction& row : listing[i].before) append_row(out.pool, row, out.lines[i], same_line);
        append_row(out.pool, listing[i], out.lines[i], same_line);
        out.ends.push_back(static_cast<uint32_t>(out.pool.size()));
      }
    }
    return out;
  }

  void append_row(std::string& out, const ListedInstruction& row, int32_t line, bool same_line) const {
    if (!row.shown) return;
    if (log_) {
      out += std::to_string(row.index) + " " + row.name + " " + (row.has_arg ? std::to_string(row.arg) : "None") +
             (row.is_target ? " True\n" : " False\n");
      return;
    }
    append_number(out, row.offset, 8, '0');
    if (same_line) {
      out += "       |";
    } else if (line < 0) {
      out += "       -";  // of no line: what the compiler adds
    } else {
      append_number(out, line, 8, ' ');
    }
    out += " " + row.name;
    if (row.has_arg) {
      std::string arg = std::to_string(row.arg);
      size_t used = row.name.size() + arg.size();
      out.append(used < 31 ? 31 - used : 1, ' ');
      out += arg;
      if (!row.meaning.empty()) {
        bool quoted = row.meaning.front() == '\'' || row.meaning.front() == '"';
        out += quoted ? "   " + row.meaning : "   '" + row.meaning + "'";
      }
    }
    out += '\n';
  }

  bool log_;
  CodeNotes<ListedCode> codes_;
  Code* last_code_ = nullptr;
  int32_t last_line_ = -1;
};

// --- frames, lines, calls

std::string file_tail(const Code* code) {
  std::string name = str_to_utf8(code->filename);
  size_t slash = name.rfind('/');
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

/// The value of a fast slot as Python code sees it; unset if it has none.
Value slot_value(const Frame* frame, uint32_t i) {
  Value v = frame->slots[i];
  uint8_t kind = frame->code->slot_kinds->data<uint8_t>()[i];
  if ((kind & (kSlotCell | kSlotFree)) && is_kind(v, Kind::Cell)) return v.as<ClosureCell>()->content;
  return v;
}

void append_locals(Vm& vm, const Frame* frame, std::string& out) {
  bool first = true;
  const Code* code = frame->code;
  for (uint32_t i = 0; i < code->slot_count; ++i) {
    if (code->slot_kinds->data<uint8_t>()[i] & kSlotHidden) continue;
    Value v = slot_value(frame, i);
    if (v.is_unset()) continue;
    if (!first) out += ", ";
    first = false;
    out += str_to_utf8(code->slot_names->items[i].as<Str>()) + "=";
    safe_repr(vm, v, out, kValueBounds);
  }
}

/// The program's own names in a module's or class's mapping.
void append_names(Vm& vm, const Dict* dict, std::string& out) {
  bool first = true;
  uint32_t i = 0;
  int shown = 0;
  while (DictEntry* e = dict_next(dict, i)) {
    if (!is_str(e->key)) continue;
    std::string name = str_to_utf8(e->key.as<Str>());
    if (name.size() > 4 && name.starts_with("__") && name.ends_with("__")) continue;
    if (!first) out += ", ";
    first = false;
    if (++shown > 12) {
      out += "...";
      return;
    }
    out += name + "=";
    safe_repr(vm, e->value, out, kValueBounds);
  }
}

/// PyVyM's picture: the chain of execution frames, innermost first, each with its names, its place and its parent.
class FramesTracer final : public TextTracer {
 public:
  uint32_t wanted() const override {
    return event_bit(Event::kStart) | event_bit(Event::kResume) | event_bit(Event::kLine) | event_bit(Event::kReturn) |
           event_bit(Event::kYield);
  }
  void trace(Marker& marker) override { codes_.trace(marker); }
  Watched handle(Vm& vm, const EventInfo& info) override {
    bool wanted = codes_.get(info.frame->code, [&](Code* c) { return wanted_code(options_, c); });
    if (!wanted || deep(vm)) return wanted ? Watched::kContinue : Watched::kDisable;
    const char* what = info.event == Event::kStart    ? "call"
                       : info.event == Event::kResume ? "resume"
                       : info.event == Event::kLine   ? "line"
                       : info.event == Event::kYield  ? "yield"
                                                      : "return";
    line_ = std::string("== Frames ==    ") + what;
    if (info.event == Event::kReturn || info.event == Event::kYield) {
      line_ += ' ';
      safe_repr(vm, info.value, line_, kValueBounds);
    }
    line_ += '\n';
    uint32_t depth = vm.t.depth;
    for (const Frame* f = info.frame; f != nullptr; f = f->previous, --depth) frame(vm, f, depth);
    return put(vm, line_);
  }

 private:
  void frame(Vm& vm, const Frame* f, uint32_t depth) {
    const Code* code = f->code;
    uint32_t i = frame_instruction(f);
    line_ += "  #" + std::to_string(depth) + " " + str_to_utf8(code->qualname) + " (" + file_tail(code) + ":" +
             std::to_string(code_location(code, i).line) + ")   ip " + std::to_string(i) + " " +
             kOpInfo[static_cast<int>(op_of(code->code()[i]))].name + "   parent ";
    line_ += f->previous == nullptr ? "none"
                                    : "#" + std::to_string(depth - 1) + " " + str_to_utf8(f->previous->code->qualname);
    line_ += '\n';
    if (code->is(kCoOptimized)) {
      line_ += "      locals   ";
      append_locals(vm, f, line_);
    } else {
      bool module = f->locals.is_unset() || f->locals == Value(f->globals);
      line_ += module ? "      globals  " : "      names    ";
      if (module) {
        append_names(vm, f->globals, line_);
      } else if (is_exact_dict(vm, f->locals)) {
        append_names(vm, f->locals.as<Dict>(), line_);
      }
    }
    line_ += '\n';
    if (f->sp > f->stack) {
      line_ += "      stack    ";
      for (const Value* p = f->stack; p < f->sp; ++p) {
        line_ += '[';
        safe_repr(vm, *p, line_, kValueBounds);
        line_ += "] ";
      }
      line_ += '\n';
    }
  }
  static bool is_exact_dict(Vm& vm, Value v) { return vm.type_of(v) == vm.types.dict; }
  CodeNotes<bool> codes_;
};

/// `prime.py:12 is_prime | for i in range(2, n):`
class LinesTracer final : public TextTracer {
 public:
  uint32_t wanted() const override { return event_bit(Event::kLine); }
  void trace(Marker& marker) override { codes_.trace(marker); }
  Watched handle(Vm& vm, const EventInfo& info) override {
    Note& note = codes_.get(info.frame->code, [&](Code* c) {
      return Note{wanted_code(options_, c), file_tail(c), str_to_utf8(c->qualname), str_to_utf8(c->filename), {}};
    });
    if (!note.wanted || deep(vm)) return note.wanted ? Watched::kContinue : Watched::kDisable;
    auto found = note.lines.find(info.line);
    if (found == note.lines.end()) {
      std::string text = note.file + ":" + std::to_string(info.line) + " " + note.name + " | ";
      if (const std::u32string* source = vm.extension<SourceLines>().line(vm, note.path, info.line))
        for (char32_t c : *source) append_utf8(text, c);
      found = note.lines.emplace(info.line, text + "\n").first;
    }
    return put(vm, found->second);
  }

 private:
  static void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 63));
    } else {
      if (c >= 0x10000) {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 63));
      } else {
        out += static_cast<char>(0xE0 | c >> 12);
      }
      out += static_cast<char>(0x80 | (c >> 6 & 63));
      out += static_cast<char>(0x80 | (c & 63));
    }
  }
  struct Note {
    bool wanted;
    std::string file, name, path;
    std::unordered_map<int32_t, std::string> lines;
  };
  CodeNotes<Note> codes_;
};

/// `> fib(n=3)`, `< fib = 2`, indented by depth.
class CallsTracer final : public TextTracer {
 public:
  uint32_t wanted() const override {
    return event_bit(Event::kStart) | event_bit(Event::kResume) | event_bit(Event::kReturn) | event_bit(Event::kYield) |
           event_bit(Event::kUnwind) | event_bit(Event::kThrow);
  }
  void trace(Marker& marker) override { codes_.trace(marker); }
  Watched handle(Vm& vm, const EventInfo& info) override {
    Note& note = codes_.get(info.frame->code, [&](Code* c) {
      Note made{wanted_code(options_, c), str_to_utf8(c->qualname), {}};
      for (uint32_t i = 0; i < c->slot_count; ++i) {
        bool hidden = c->slot_kinds->data<uint8_t>()[i] & kSlotHidden;
        made.slots.push_back(hidden ? "" : str_to_utf8(c->slot_names->items[i].as<Str>()) + "=");
      }
      return made;
    });
    if (!note.wanted || deep(vm)) return note.wanted ? Watched::kContinue : Watched::kDisable;
    line_.assign(vm.t.depth > 0 ? (vm.t.depth - 1) * 2 : 0, ' ');
    switch (info.event) {
      case Event::kStart:
        line_ += "> ";
        line_ += note.name;
        line_ += '(';
        arguments(vm, note, info.frame);
        line_ += ')';
        break;
      case Event::kResume: line_ += "> " + note.name + " goes on"; break;
      case Event::kThrow: line_ += "> " + note.name + " goes on with ", append_type(vm, info.value); break;
      case Event::kUnwind: line_ += "! " + note.name + " raised ", append_type(vm, info.value); break;
      default:
        line_ += "< ";
        line_ += note.name;
        line_ += info.event == Event::kYield ? " yields " : " = ";
        safe_repr(vm, info.value, line_, kValueBounds);
        break;
    }
    line_ += '\n';
    return put(vm, line_);
  }

 private:
  void append_type(Vm& vm, Value exception) { line_ += str_to_utf8(vm.type_of(exception)->qualname); }
  struct Note {
    bool wanted;
    std::string name;
    std::vector<std::string> slots;  ///< `name=` by fast slot; empty: not shown
  };
  void arguments(Vm& vm, const Note& note, const Frame* frame) {
    bool first = true;
    for (uint32_t i = 0; i < note.slots.size(); ++i) {
      if (note.slots[i].empty()) continue;
      Value v = slot_value(frame, i);
      if (v.is_unset()) continue;
      if (!first) line_ += ", ";
      first = false;
      line_ += note.slots[i];
      safe_repr(vm, v, line_, kValueBounds);
    }
  }
  CodeNotes<Note> codes_;
};

}  // namespace

std::unique_ptr<Client> text_tracer(const std::string& form) {
  if (form == "stack") return std::make_unique<StackTracer>(false);
  if (form == "log") return std::make_unique<StackTracer>(true);
  if (form == "frames") return std::make_unique<FramesTracer>();
  if (form == "lines") return std::make_unique<LinesTracer>();
  if (form == "calls") return std::make_unique<CallsTracer>();
  return nullptr;
}

}  // namespace krait
