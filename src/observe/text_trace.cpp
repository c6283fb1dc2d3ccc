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
#include "observe/value_text.hpp"
#include "runtime/source_lines.hpp"

namespace krait {
namespace {

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
  Watched put(Vm& vm, std::string_view text) { return sink_.write(text) ? Watched::kContinue : stop(vm); }
  /// The same for a piece that was written in the sink's own buffer.
  Watched put_piece(Vm& vm, const char* end) { return sink_.close_piece(end) ? Watched::kContinue : stop(vm); }
  Watched stop(Vm& vm) { return observer_set_events(vm, slot, 0).is_error() ? Watched::kError : Watched::kContinue; }
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

/// When an instruction that is followed by the next one has changed no object: then what the stack showed before it holds behind it.
/// (If it runs Python code, that is traced itself, and what follows it is another instruction's turn.)
enum class Calm : uint8_t { kNever, kAlways, kOneImmediate, kTwoImmediates, kItem };

struct ListedCode {
  /// Where an instruction's texts are in `pool`: with the line, and with `|` for the same line again. Not shown: both are empty.
  struct Texts {
    uint32_t begin, middle, end;
    int32_t line;
    Calm calm;
  };
  bool wanted = false;
  std::string pool;
  std::vector<Texts> texts;
};

/// The log's `4 LOAD_CONST 1 False`, or `== Stack ==    [14] [9] [-3] ` and `00000013       | DIVIDE`.
template <bool log>
class InstructionTracer final : public TextTracer {
 public:
  uint32_t wanted() const override { return event_bit(Event::kInstruction); }
  void trace(Marker& marker) override {
    codes_.trace(marker);
    stack_.forget_cells();
  }

  Watched handle(Vm& vm, const EventInfo& info) override {
    return handle_instruction(vm, info.frame, info.instruction);
  }
  Watched handle_instruction(Vm& vm, Frame* frame, uint32_t instruction) override {
    Code* code = frame->code;
    if (code != current_) [[unlikely]]
      meet(vm, code);
    if (texts_ == nullptr || deep(vm)) [[unlikely]]
      return texts_ != nullptr ? Watched::kContinue : Watched::kDisable;
    const ListedCode::Texts& texts = texts_[instruction];
    const char* pool = pool_;
    if constexpr (log) {
      uint32_t length = texts.middle - texts.begin;
      char* at = sink_.open_piece(length + kCopyStep);
      return put_piece(vm, copy_in_steps(at, pool + texts.begin, length));
    }
    if (texts.begin == texts.end) return Watched::kContinue;
    bool same_line = texts.line == last_line_ && code == last_code_;
    last_code_ = code;
    last_line_ = texts.line;
    std::string_view stack = stack_.of(vm, frame->stack, frame->sp, calm_until_ == &texts);
    calm_until_ = is_calm(vm, texts.calm, frame->sp) ? &texts + 1 : nullptr;
    uint32_t begin = same_line ? texts.middle : texts.begin;
    uint32_t length = (same_line ? texts.end : texts.middle) - begin;
    char* at = sink_.open_piece(stack.size() + length + kCopyStep);
    at = copy_in_steps(at, stack.data(), stack.size());
    return put_piece(vm, copy_in_steps(at, pool + begin, length));
  }

 private:
  [[gnu::noinline]] void meet(Vm& vm, Code* code) {
    ListedCode& listed = codes_.get(code, [&](Code* c) { return make(vm, c); });
    current_ = code;
    texts_ = listed.wanted ? listed.texts.data() : nullptr;
    pool_ = listed.pool.data();
  }
  ListedCode make(Vm& vm, Code* code) {
    ListedCode out;
    out.wanted = wanted_code(options_, code);
    if (!out.wanted) return out;
    Listing listing = code_listing(vm, code);
    out.texts.resize(listing.size());
    for (LocationRuns runs(code); runs.next();)
      for (uint32_t i = 0; i < runs.count; ++i) out.texts[runs.start + i].line = runs.location.line;
    for (size_t i = 0; i < listing.size(); ++i) {
      ListedCode::Texts& texts = out.texts[i];
      texts.calm = calm(op_of(code->code()[i]));
      texts.begin = static_cast<uint32_t>(out.pool.size());
      append_rows(out.pool, listing[i], texts.line, false);
      texts.middle = static_cast<uint32_t>(out.pool.size());
      if (!log) append_rows(out.pool, listing[i], texts.line, true);
      texts.end = static_cast<uint32_t>(out.pool.size());
    }
    out.pool.append(kCopyStep, '\n');
    return out;
  }

  static Calm calm(Op op) {
    switch (op) {
      case Op::STORE_DEREF: return Calm::kNever;
      case Op::LOAD_FAST_CHECK:
      case Op::LOAD_DEREF: return Calm::kAlways;
      case Op::POP_JUMP_IF_FALSE:
      case Op::POP_JUMP_IF_TRUE:
      case Op::TO_BOOL:
      case Op::UNARY_NOT:
      case Op::UNARY_NEGATIVE: return Calm::kOneImmediate;
      case Op::BINARY_OP:
      case Op::COMPARE_OP: return Calm::kTwoImmediates;
      case Op::BINARY_SUBSCR: return Calm::kItem;
      default: return kOpInfo[static_cast<int>(op)].flags & (kOpRaises | kOpPolls) ? Calm::kNever : Calm::kAlways;
    }
  }
  static bool is_calm(Vm& vm, Calm calm, const Value* sp) {
    switch (calm) {
      case Calm::kNever: return false;
      case Calm::kAlways: return true;
      case Calm::kOneImmediate: return !sp[-1].has_cell_tag();
      case Calm::kTwoImmediates: return !sp[-1].has_cell_tag() && !sp[-2].has_cell_tag();
      case Calm::kItem: {
        Type* type = vm.type_of(sp[-2]);
        return sp[-1].is_small_int() && (type == vm.types.list || type == vm.types.tuple);
      }
    }
    return false;
  }

  void append_rows(std::string& out, const ListedInstruction& last, int32_t line, bool same_line) const {
    size_t begin = out.size();
    for (const ListedInstruction& row : last.before) append_row(out, row, line, same_line, begin);
    append_row(out, last, line, same_line, begin);
  }
  void append_row(std::string& out, const ListedInstruction& row, int32_t line, bool same_line, size_t begin) const {
    if (!row.shown) return;
    if (log) {
      out += std::to_string(row.index) + " " + row.name + " " + (row.has_arg ? std::to_string(row.arg) : "None") +
             (row.is_target ? " True\n" : " False\n");
      return;
    }
    if (out.size() == begin) out += '\n';  // behind the stack
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

  CodeNotes<ListedCode> codes_;
  Code* current_ = nullptr;  ///< the code whose texts are at hand
  const ListedCode::Texts* texts_ = nullptr;
  const char* pool_ = nullptr;
  StackText stack_;
  const ListedCode::Texts* calm_until_ = nullptr;  ///< if this instruction comes next, no object has changed
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
    safe_repr(vm, v, out, kTracedValue);
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
    safe_repr(vm, e->value, out, kTracedValue);
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
      safe_repr(vm, info.value, line_, kTracedValue);
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
        safe_repr(vm, *p, line_, kTracedValue);
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
    Note& note = codes_.get(info.frame->code, [&](Code* c) { return make(c); });
    if (!note.wanted || deep(vm)) return note.wanted ? Watched::kContinue : Watched::kDisable;
    std::string& text = note.lines[info.instruction];
    if (text.empty()) [[unlikely]] {
      text = note.head + std::to_string(info.line) + note.name;
      if (const std::u32string* source = vm.extension<SourceLines>().line(vm, note.path, info.line))
        for (char32_t c : *source) append_utf8(text, c);
      text += '\n';
    }
    return put(vm, text);
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
    bool wanted = false;
    std::string head, name, path;
    std::vector<std::string> lines;  ///< by instruction at which the line begins
  };
  Note make(const Code* code) {
    Note note;
    note.wanted = wanted_code(options_, code);
    if (!note.wanted) return note;
    note.head = file_tail(code) + ":";
    note.name = " " + str_to_utf8(code->qualname) + " | ";
    note.path = str_to_utf8(code->filename);
    note.lines.resize(code->instruction_count);
    return note;
  }
  CodeNotes<Note> codes_;
};

/// `> fib(n=3)`, `< fib = 2`, indented by depth.
class CallsTracer final : public TextTracer {
 public:
  uint32_t wanted() const override {
    return event_bit(Event::kStart) | event_bit(Event::kResume) | event_bit(Event::kReturn) | event_bit(Event::kYield) |
           event_bit(Event::kUnwind) | event_bit(Event::kThrow);
  }
  void trace(Marker& marker) override {
    codes_.trace(marker);
    values_.forget_cells();
  }
  Watched handle(Vm& vm, const EventInfo& info) override {
    Note& note = codes_.get(info.frame->code, [&](Code* c) { return make(c); });
    if (!note.wanted || deep(vm)) return note.wanted ? Watched::kContinue : Watched::kDisable;
    size_t indent = vm.t.depth > 0 ? (vm.t.depth - 1) * 2 : 0;
    size_t most = indent + note.name.size() + note.most + ValueTexts::kMost + 32;
    if (info.event == Event::kThrow || info.event == Event::kUnwind)
      most += vm.type_of(info.value)->qualname->length * 4;
    char* at = sink_.open_piece(most);
    std::memset(at, ' ', indent);
    at += indent;
    *at++ = info.event == Event::kUnwind                                  ? '!'
            : info.event == Event::kReturn || info.event == Event::kYield ? '<'
                                                                          : '>';
    *at++ = ' ';
    at = add(at, note.name);
    switch (info.event) {
      case Event::kStart: at = arguments(vm, note, info.frame, at); break;
      case Event::kResume: at = add(at, " goes on"); break;
      case Event::kThrow: at = add_type(vm, add(at, " goes on with "), info.value); break;
      case Event::kUnwind: at = add_type(vm, add(at, " raised "), info.value); break;
      default:
        at = add(at, info.event == Event::kYield ? " yields " : " = ");
        at = values_.append(vm, info.value, at);
        break;
    }
    *at++ = '\n';
    return put_piece(vm, at);
  }

 private:
  static char* add(char* at, std::string_view text) {
    std::memcpy(at, text.data(), text.size());
    return at + text.size();
  }
  static char* add_type(Vm& vm, char* at, Value exception) {
    return add(at, str_to_utf8(vm.type_of(exception)->qualname));
  }
  struct Note {
    bool wanted = false;
    std::string name;
    struct Slot {
      uint32_t index;
      std::string before;  ///< `, name=`
    };
    std::vector<Slot> slots;  ///< that are shown: of the arguments, nothing else is set when a call begins
    size_t most = 4;          ///< bytes of the arguments' text
  };
  Note make(Code* code) {
    Note note;
    note.wanted = wanted_code(options_, code);
    note.name = str_to_utf8(code->qualname);
    for (uint32_t i = 0; i < code->slot_count; ++i) {
      if (code->slot_kinds->data<uint8_t>()[i] & kSlotHidden) continue;
      note.slots.push_back({i, ", " + str_to_utf8(code->slot_names->items[i].as<Str>()) + "="});
      note.most += note.slots.back().before.size() + ValueTexts::kMost;
    }
    return note;
  }
  char* arguments(Vm& vm, const Note& note, const Frame* frame, char* at) {
    *at++ = '(';
    bool first = true;
    for (const Note::Slot& shown : note.slots) {
      Value v = slot_value(frame, shown.index);
      if (v.is_unset()) continue;
      at = add(at, std::string_view(shown.before).substr(first ? 2 : 0));
      first = false;
      at = values_.append(vm, v, at);
    }
    *at++ = ')';
    return at;
  }
  ValueTexts values_;
  CodeNotes<Note> codes_;
};

}  // namespace

std::unique_ptr<Client> text_tracer(const std::string& form) {
  if (form == "stack") return std::make_unique<InstructionTracer<false>>();
  if (form == "log") return std::make_unique<InstructionTracer<true>>();
  if (form == "frames") return std::make_unique<FramesTracer>();
  if (form == "lines") return std::make_unique<LinesTracer>();
  if (form == "calls") return std::make_unique<CallsTracer>();
  return nullptr;
}

}  // namespace krait
