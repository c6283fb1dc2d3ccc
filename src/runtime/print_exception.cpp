// The text of a traceback, to the letter as CPython prints it: source lines with the ranges of PEP 657 marked, folded repetitions,
// chains, exception groups as trees, notes, and suggestions for misspelt names.
#include "runtime/print_exception.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <vector>

#include "base/arena.hpp"
#include "base/unicode.hpp"
#include "interp/frame.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/scratch_charge.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "runtime/source_lines.hpp"
#include "runtime/system.hpp"
#include "syntax/parser.hpp"
#include "syntax/suggest.hpp"

namespace krait {
namespace {

constexpr int kRecursiveCutoff = 3;
constexpr int kMaxGroupWidth = 15, kMaxGroupDepth = 10;

void append_utf8(std::string& out, std::u32string_view text) {
  for (char32_t c : text) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      out.push_back(static_cast<char>(0xC0 | c >> 6));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
      out.push_back(static_cast<char>(0xE0 | c >> 12));
      out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
      out.push_back(static_cast<char>(0xF0 | c >> 18));
      out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
  }
}
std::string utf8_of(std::u32string_view text) {
  std::string out;
  append_utf8(out, text);
  return out;
}

bool is_blank(char32_t c) { return unicode::is_space(c); }
size_t leading_blanks(std::u32string_view line) {
  size_t i = 0;
  while (i < line.size() && is_blank(line[i])) ++i;
  return i;
}
size_t trimmed_length(std::u32string_view line) {
  size_t n = line.size();
  while (n > 0 && is_blank(line[n - 1])) --n;
  return n;
}

/// Columns that the first `offset` characters take on a terminal.
size_t display_width(std::u32string_view line, size_t offset = SIZE_MAX) {
  size_t width = 0;
  for (size_t i = 0; i < line.size() && i < offset; ++i) {
    std::string_view w = line[i] < 0x80 ? std::string_view("Na") : unicode::east_asian_width(line[i]);
    width += w == "W" || w == "F" ? 2 : 1;
  }
  return width;
}

/// Character index of a byte offset in the line's UTF-8.
size_t character_offset(std::u32string_view line, int bytes) {
  int at = 0;
  size_t i = 0;
  while (i < line.size() && at < bytes) {
    char32_t c = line[i];
    at += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    ++i;
  }
  return i;
}

/// The part of an expression to mark with another character: an operator, brackets of a call or subscript.
struct Anchors {
  size_t left_line, left_column, right_line, right_column;
};

class AnchorFinder {
 public:
  explicit AnchorFinder(const std::vector<std::u32string>& lines) : lines_(lines) {}

  bool find(Vm& vm, Anchors& out) {
    std::string source = "(\n";
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (i > 0) source += "\n";
      append_utf8(source, lines_[i]);
    }
    source += "\n)";
    Arena arena;
    syntax::ParseOptions options;
    options.source_is_text = true;
    options.stack_limit = vm.t.native_stack_limit;
    syntax::ParseResult parsed = syntax::parse(source, options, arena);
    if (!parsed.ok()) return false;
    const auto* module = ast::as<ast::Module>(parsed.module);
    if (module == nullptr || module->body.size() != 1) return false;
    const auto* statement = ast::as<ast::ExprStmt>(module->body[0]);
    if (statement == nullptr) return false;
    const ast::Expr* e = statement->value;
    size_t line, column;
    if (const auto* binary = ast::as<ast::BinOp>(e)) {
      if (!end_of(binary->left, true, line, column)) return false;
      if (!until(line, column, [](char32_t c) { return !is_blank(c) && c != ')'; })) return false;
      size_t right = column + 1;
      size_t right_line = static_cast<size_t>(binary->right->range.lineno - 2);
      bool free = right_line > line || right < character_offset(lines_[right_line], binary->right->range.col_offset);
      if (right < lines_[line].size() && free) {
        char32_t c = lines_[line][right];
        if (!is_blank(c) && c != '\\' && c != '#') ++right;
      }
      out = {line, column, line, right};
      return true;
    }
    const ast::Expr* head = nullptr;
    char32_t bracket = 0;
    if (const auto* subscript = ast::as<ast::Subscript>(e)) {
      head = subscript->value;
      bracket = '[';
    } else if (const auto* called = ast::as<ast::Call>(e)) {
      head = called->func;
      bracket = '(';
    }
    if (head == nullptr) return false;
    if (!end_of(head, true, line, column)) return false;
    if (!until(line, column, [bracket](char32_t c) { return c == bracket; })) return false;
    size_t right_line, right_column;
    if (!end_of(e, false, right_line, right_column)) return false;
    out = {line, column, right_line, right_column};
    return true;
  }

 private:
  bool valid(size_t& line, size_t& column) const {
    while (line < lines_.size() && column >= lines_[line].size()) {
      column = 0;
      ++line;
    }
    return line < lines_.size();
  }
  bool end_of(const ast::Expr* e, bool force_valid, size_t& line, size_t& column) const {
    if (e->range.end_lineno < 2) return false;
    line = static_cast<size_t>(e->range.end_lineno - 2);
    if (line >= lines_.size()) return false;
    column = character_offset(lines_[line], e->range.end_col_offset);
    return !force_valid || valid(line, column);
  }
  template <class Stop>
  bool until(size_t& line, size_t& column, Stop stop) const {
    while (true) {
      char32_t c = lines_[line][column];
      if (c == '\\' || c == '#') {
        ++line;
        column = 0;
      } else if (!stop(c)) {
        ++column;
      } else {
        return true;
      }
      if (!valid(line, column)) return false;
    }
  }

  const std::vector<std::u32string>& lines_;
};

/// Are marks worth showing: not when they would cover the whole of a plain call statement, nor everything there is.
bool should_show_carets(Vm& vm, size_t start, size_t end, const std::vector<std::u32string>& lines, bool anchors) {
  std::string source;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) source += "\n";
    append_utf8(source, lines[i]);
  }
  Arena arena;
  syntax::ParseOptions options;
  options.source_is_text = true;
  options.stack_limit = vm.t.native_stack_limit;
  syntax::ParseResult parsed = syntax::parse(source, options, arena);
  if (parsed.ok()) {
    const auto* module = ast::as<ast::Module>(parsed.module);
    if (module == nullptr || module->body.empty()) return false;
    const ast::Expr* value = nullptr;
    if (const auto* ret = ast::as<ast::Return>(module->body[0])) {
      const auto* called = ast::as<ast::Call>(ret->value);
      if (called != nullptr && ast::is<ast::Name>(called->func)) value = called;
    } else if (const auto* assign = ast::as<ast::Assign>(module->body[0])) {
      if (ast::is<ast::Call>(assign->value) && assign->targets.size() == 1 && ast::is<ast::Name>(assign->targets[0]))
        value = assign->value;
    }
    if (value != nullptr && value->range.lineno == 1 && value->range.end_lineno == static_cast<int>(lines.size()) &&
        value->range.col_offset == static_cast<int>(start) && value->range.end_col_offset == static_cast<int>(end))
      return false;
  }
  if (anchors) return true;
  std::u32string_view first = lines.front(), last = lines.back();
  if (leading_blanks(first.substr(0, std::min(start, first.size()))) < std::min(start, first.size())) return true;
  return end < trimmed_length(last);
}

void dedent(std::vector<std::u32string>& lines) {
  // textwrap.dedent: the common leading blanks of the lines that are not blank.
  std::u32string margin;
  bool have = false;
  for (const std::u32string& line : lines) {
    size_t n = 0;
    while (n < line.size() && (line[n] == ' ' || line[n] == '\t')) ++n;
    if (n == line.size()) continue;
    std::u32string indent = line.substr(0, n);
    if (!have) {
      margin = indent;
      have = true;
    } else {
      size_t common = 0;
      while (common < margin.size() && common < indent.size() && margin[common] == indent[common]) ++common;
      margin.resize(common);
    }
  }
  for (std::u32string& line : lines) {
    if (trimmed_length(line) == 0) {
      line.clear();
    } else {
      line.erase(0, margin.size());
    }
  }
}

class Printer {
 public:
  Printer(Vm& vm, std::string& out, bool coloured)
      : vm_(vm), out_(out), charged_(out.size()), first_charged_(charged_), coloured_(coloured) {}
  ~Printer() { vm_.heap.discharge(charged_ - first_charged_); }
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;
  void print(Value exception, int depth);

 private:
  struct Entry {
    std::string file, name;
    Location location;
  };

  /// A whole line or several, each with the margin of the group it stands in.
  void emit(std::string_view text, char margin_char = '|') {
    if (!go_on()) return;
    size_t begin = 0;
    while (begin < text.size()) {
      size_t end = text.find('\n', begin);
      if (end == std::string_view::npos) end = text.size() - 1;
      if (group_depth_ > 0) {
        out_.append(static_cast<size_t>(group_depth_) * 2, ' ');
        out_.push_back(margin_char);
        out_.push_back(' ');
      }
      out_.append(text.substr(begin, end + 1 - begin));
      begin = end + 1;
    }
  }
  /// Asked again and again: groups of groups that share their members have reports without end. False: the text is to end here.
  bool go_on() {
    if (stopped_) return false;
    constexpr size_t kStep = 1 << 20;
    if (out_.size() >= charged_ + kStep) {
      if (vm_.heap.charge(out_.size() - charged_)) {
        charged_ = out_.size();
      } else {
        stopped_ = true;
        (void)vm_.allocation_failed(out_.size());
      }
    } else {
      stopped_ = vm_.poll().is_error();
    }
    // What else it is that interrupts (a signal's handler that raises) ends the report, and is lost; a tripped limit is not.
    if (stopped_ && vm_.has_pending()) (void)vm_.take_pending();
    return !stopped_;
  }
  enum class Colour : uint8_t { kPlace, kType, kMessage, kRange, kFocus };
  std::string paint(Colour colour, std::string text) const {
    if (!coloured_ || text.empty()) return text;
    constexpr const char* kCodes[] = {"35", "1;35", "35", "31", "1;31"};
    return std::string("\x1b[") + kCodes[static_cast<size_t>(colour)] + "m" + text + "\x1b[0m";
  }
  std::string paint_place(const std::string& file, int64_t line) const {
    return "  File " + paint(Colour::kPlace, "\"" + file + "\"") + ", line " +
           paint(Colour::kPlace, std::to_string(line));
  }
  std::string paint_marked(std::u32string_view text, std::u32string_view marks) const;
  std::string indent() const { return std::string(static_cast<size_t>(group_depth_) * 2, ' '); }

  void print_one(Value exception, int depth);
  void print_stack(Value traceback);
  void print_entry(const Entry& entry);
  void print_source(const Entry& entry);
  void print_only(Value exception);
  std::optional<syntax::KeywordSuggestion> misspelt_keyword(const ExceptionObject* e);
  void print_syntax_error(ExceptionObject* e, const std::string& type_name);
  std::string type_name(Value exception);
  std::string text_of(Value exception);
  std::string suggestion(Value exception);
  /// Unset if it is not there, or if asking for it fails: an exception is being printed already.
  Value attribute_of(Value object, std::string_view name);
  Value sys_attribute(std::string_view name);

  Vm& vm_;
  std::string& out_;
  std::set<uint64_t> seen_;
  size_t charged_, first_charged_;  ///< bytes of out_ that the heap's account has, and where it began
  bool stopped_ = false;
  bool coloured_;
  int group_depth_ = 0;
  bool need_close_ = false;
};

Value Printer::attribute_of(Value object, std::string_view name) {
  Str* text = vm_.intern(name).unchecked();
  Value v = text == nullptr ? Value() : get_attr_optional(vm_, object, text);
  if (v.is_error()) (void)vm_.take_pending();
  return v.is_exhausted() ? Value() : v;
}

Value Printer::sys_attribute(std::string_view name) {
  Str* text = vm_.intern("sys").unchecked();
  Value sys = text == nullptr ? Value() : dict_get(vm_, vm_.modules, text);
  if (sys.is_error()) (void)vm_.take_pending();
  return sys.is_error() || sys.is_exhausted() ? Value() : attribute_of(sys, name);
}

void Printer::print(Value exception, int depth) {
  // The chain, newest first; printed oldest first.
  std::vector<std::pair<const char*, Value>> chain;
  // Printing one runs its __str__, which may take the others out of the chain: here they stay. Without memory the chain ends.
  List* kept = list_new(vm_).unchecked();
  auto keep = [&](Value e) {
    if (kept != nullptr && list_append(vm_, kept, e).ok()) return true;
    (void)vm_.take_pending();
    return chain.empty();
  };
  while (is_exception(exception) && keep(exception)) {
    seen_.insert(exception.bits());
    ExceptionObject* e = as_exception(exception);
    const char* text = nullptr;
    Value next;
    auto unseen = [&](Value v) { return is_exception(v) && seen_.count(v.bits()) == 0; };
    if (is_exception(e->cause)) {
      if (unseen(e->cause)) {
        text = "\nThe above exception was the direct cause of the following exception:\n\n";
        next = e->cause;
      }
    } else if (is_exception(e->context) && !e->suppress_context.is_true()) {
      if (unseen(e->context)) {
        text = "\nDuring handling of the above exception, another exception occurred:\n\n";
        next = e->context;
      }
    }
    chain.emplace_back(text, exception);
    if (chain.size() > 10000) break;
    exception = next;
  }
  for (size_t i = chain.size(); i-- > 0 && go_on();) {
    if (chain[i].first != nullptr) emit(chain[i].first);
    print_one(chain[i].second, depth);
  }
  asm volatile("" : : "r"(kept));
}

void Printer::print_one(Value exception, int depth) {
  ExceptionObject* e = as_exception(exception);
  bool group = is_instance_of(vm_, exception, vm_.exception_type(E::BaseExceptionGroup));
  if (!group) {
    if (is_kind(e->traceback, Kind::Traceback)) {
      emit("Traceback (most recent call last):\n");
      print_stack(e->traceback);
    }
    print_only(exception);
    return;
  }
  if (group_depth_ > kMaxGroupDepth) {
    emit("... (max_group_depth is " + std::to_string(kMaxGroupDepth) + ")\n");
    return;
  }
  bool top = group_depth_ == 0;
  if (top) ++group_depth_;
  if (is_kind(e->traceback, Kind::Traceback)) {
    emit("Exception Group Traceback (most recent call last):\n", top ? '+' : '|');
    print_stack(e->traceback);
  }
  print_only(exception);
  Value list = e->extra[extra::kGroupExceptions];
  std::span<const Value> members = is_tuple(list) ? list.as<Tuple>()->span()
                                   : is_list(list)
                                       ? std::span<const Value>(list.as<List>()->items(), list.as<List>()->length)
                                       : std::span<const Value>();
  size_t count = members.size();
  size_t shown = count <= kMaxGroupWidth ? count : kMaxGroupWidth + 1;
  need_close_ = false;
  for (size_t i = 0; i < shown && go_on(); ++i) {
    bool last = i + 1 == shown;
    if (last) need_close_ = true;
    bool truncated = i >= kMaxGroupWidth;
    out_ += indent() + (i == 0 ? "+-" : "  ") + "+---------------- " + (truncated ? "..." : std::to_string(i + 1)) +
            " ----------------\n";
    ++group_depth_;
    if (!truncated) {
      if (depth < 100) print(members[i], depth + 1);
    } else {
      size_t remaining = count - kMaxGroupWidth;
      emit("and " + std::to_string(remaining) + " more exception" + (remaining > 1 ? "s" : "") + "\n");
    }
    if (last && need_close_) {
      out_ += indent() + "+------------------------------------\n";
      need_close_ = false;
    }
    --group_depth_;
  }
  if (top) group_depth_ = 0;
}

void Printer::print_stack(Value traceback) {
  std::vector<Entry> entries;
  int64_t limit = -1;
  Value most = sys_attribute("tracebacklimit");
  if (most.is_small_int()) limit = std::max<int64_t>(most.as_small_int(), 0);
  ScratchCharge charge(vm_);
  size_t text = 0;  // of the entries, not counted yet
  for (Value t = traceback; is_kind(t, Kind::Traceback) && go_on(); t = t.as<Traceback>()->next) {
    Traceback* tb = t.as<Traceback>();
    text += sizeof(Entry) + tb->frame->code->filename->length + tb->frame->code->name->length;
    if (text > 1 << 20) {
      stopped_ = charge.take(text).is_error();
      if (stopped_) (void)vm_.take_pending();
      text = 0;
    }
    Entry entry;
    entry.file = str_to_utf8(tb->frame->code->filename);
    entry.name = str_to_utf8(tb->frame->code->name);
    entry.location = code_location(tb->frame->code, tb->last_instruction);
    if (tb->line >= 0) entry.location.line = tb->line;
    entries.push_back(std::move(entry));
  }
  if (limit >= 0 && entries.size() > static_cast<size_t>(limit)) entries.erase(entries.begin(), entries.end() - limit);
  const Entry* last = nullptr;
  int repeats = 0;
  auto flush = [&] {
    if (repeats > kRecursiveCutoff) {
      int more = repeats - kRecursiveCutoff;
      emit("  [Previous line repeated " + std::to_string(more) + " more time" + (more > 1 ? "s" : "") + "]\n");
    }
  };
  for (const Entry& entry : entries) {
    if (last == nullptr || last->file != entry.file || last->location.line != entry.location.line ||
        last->name != entry.name) {
      flush();
      last = &entry;
      repeats = 0;
    }
    if (++repeats > kRecursiveCutoff) continue;
    print_entry(entry);
  }
  flush();
}

void Printer::print_entry(const Entry& entry) {
  emit(paint_place(entry.file, entry.location.line) + ", in " + paint(Colour::kPlace, entry.name) + "\n");
  print_source(entry);
}

void Printer::print_source(const Entry& entry) {
  const Location& l = entry.location;
  SourceLines& source = vm_.extension<SourceLines>();
  int last_line = l.end_line < l.line ? l.line : l.end_line;
  std::vector<std::u32string> original;
  for (int n = l.line; n <= last_line && go_on(); ++n) {
    const std::u32string* line = source.line(vm_, entry.file, n);
    if (line == nullptr) break;
    original.push_back(*line);
  }
  if (original.empty()) return;
  bool whole = static_cast<int>(original.size()) == last_line - l.line + 1;
  std::vector<std::u32string> lines = original;
  dedent(lines);
  bool anything = false;
  for (const std::u32string& line : lines) anything |= trimmed_length(line) != 0;
  if (!anything) return;
  if (l.column < 0 || l.end_column < 0 || !whole) {
    std::u32string_view line = lines[0];
    emit("    " + utf8_of(line.substr(0, trimmed_length(line)).substr(leading_blanks(line))) + "\n");
    return;
  }
  size_t start = character_offset(original.front(), l.column);
  size_t end = character_offset(original.back(), l.end_column);
  size_t removed = original.front().size() - lines.front().size();
  start = start > removed ? start - removed : 0;
  end = end > removed ? end - removed : 0;
  size_t shown_start = display_width(lines.front(), start), shown_end = display_width(lines.back(), end);

  // The code of the instruction itself.
  std::vector<std::u32string> segment = lines;
  segment.back().resize(std::min(end, segment.back().size()));
  segment.front().erase(0, std::min(start, segment.front().size()));
  Anchors anchors{};
  bool have_anchors = AnchorFinder(segment).find(vm_, anchors);
  bool carets = should_show_carets(vm_, start, end, lines, have_anchors);
  std::set<size_t> significant = {0, lines.size() - 1};
  size_t left = 0, right = 0;
  if (have_anchors) {
    left = anchors.left_column + (anchors.left_line == 0 ? start : 0);
    right = anchors.right_column + (anchors.right_line == 0 ? start : 0);
    left = display_width(lines[anchors.left_line], left);
    right = display_width(lines[anchors.right_line], right);
    for (size_t at : {anchors.left_line, anchors.right_line})
      for (size_t k = at == 0 ? 0 : at - 1; k <= at + 1; ++k)
        if (k < lines.size()) significant.insert(k);
  }
  std::vector<std::u32string> shown;
  std::set<size_t> marked;  // the lines of marks among them
  auto output = [&](size_t n) {
    shown.push_back(lines[n]);
    if (!carets) return;
    size_t blanks = leading_blanks(lines[n]);
    size_t count = n + 1 == lines.size() ? shown_end : display_width(lines[n]);
    std::u32string marks;
    for (size_t column = 0; column < count; ++column) {
      if (column < blanks || (n == 0 && column < shown_start)) {
        marks.push_back(' ');
      } else if (have_anchors && (n > anchors.left_line || (n == anchors.left_line && column >= left)) &&
                 (n < anchors.right_line || (n == anchors.right_line && column < right))) {
        marks.push_back('^');
      } else {
        marks.push_back(have_anchors ? '~' : '^');
      }
    }
    shown.push_back(marks);
    marked.insert(shown.size() - 1);
  };
  size_t previous = SIZE_MAX;
  for (size_t n : significant) {
    if (previous != SIZE_MAX) {
      size_t difference = n - previous;
      if (difference == 2) {
        output(n - 1);
      } else if (difference > 2) {
        std::string text = "...<" + std::to_string(difference - 1) + " lines>...";
        shown.push_back(std::u32string(text.begin(), text.end()));
      }
    }
    output(n);
    previous = n;
  }
  dedent(shown);
  for (size_t i = 0; i < shown.size(); ++i) {
    std::u32string_view line = shown[i];
    if (marked.contains(i)) {
      emit("    " + paint_marked(line, line) + "\n");
    } else if (marked.contains(i + 1)) {
      // The marks stand under columns; characters may be two of them wide.
      std::u32string under;
      for (size_t c = 0; c < line.size(); ++c) {
        size_t column = display_width(line, c);
        under.push_back(column < shown[i + 1].size() ? shown[i + 1][column] : U' ');
      }
      emit("    " + paint_marked(line, under) + "\n");
    } else {
      emit("    " + utf8_of(line) + "\n");
    }
  }
}

/// The text with each run of characters in the colour of its mark.
std::string Printer::paint_marked(std::u32string_view text, std::u32string_view marks) const {
  if (!coloured_) return utf8_of(text);
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && marks[end] == marks[begin]) ++end;
    std::string part = utf8_of(text.substr(begin, end - begin));
    out += marks[begin] == U'~'   ? paint(Colour::kRange, part)
           : marks[begin] == U'^' ? paint(Colour::kFocus, part)
                                  : part;
    begin = end;
  }
  return out;
}

std::string Printer::type_name(Value exception) {
  Type* type = vm_.type_of(exception);
  Value module = type_module(vm_, type);
  if (module.is_error()) {
    (void)vm_.take_pending();
    return str_to_utf8(type->qualname);
  }
  std::string name = str_to_utf8(type->qualname);
  if (!is_str(module)) return "<unknown>." + name;
  std::string m = str_to_utf8(as_str(module));
  return m == "builtins" || m == "__main__" ? name : m + "." + name;
}

std::string Printer::text_of(Value exception) {
  Value text = str(vm_, exception);
  if (text.is_error()) {
    (void)vm_.take_pending();
    return "<exception str() failed>";
  }
  return str_to_utf8(as_str(text));
}

void Printer::print_only(Value exception) {
  ExceptionObject* e = as_exception(exception);
  std::string name = type_name(exception);
  if (is_instance_of(vm_, exception, vm_.exception_type(E::SyntaxError))) {
    print_syntax_error(e, name);
  } else {
    std::string text = text_of(exception) + suggestion(exception);
    name = paint(Colour::kType, name);
    emit(text.empty() ? name + "\n" : name + ": " + paint(Colour::kMessage, text) + "\n");
  }
  // Notes.
  Value notes = get_attr_optional(vm_, exception, vm_.names.d_notes);
  if (notes.is_error()) {
    (void)vm_.take_pending();
    emit("Ignored error getting __notes__: <error>\n");
    return;
  }
  if (notes.is_exhausted()) return;
  if (is_list(notes) || is_tuple(notes)) {
    uint64_t n = is_list(notes) ? notes.as<List>()->length : notes.as<Tuple>()->length;
    for (uint64_t i = 0; i < n; ++i) {
      if (is_list(notes) && i >= notes.as<List>()->length) break;
      Value note = is_list(notes) ? notes.as<List>()->items()[i] : notes.as<Tuple>()->items[i];
      Value text = str(vm_, note);
      if (text.is_error()) {
        (void)vm_.take_pending();
        emit("<note str() failed>\n");
        continue;
      }
      emit(str_to_utf8(as_str(text)) + "\n");
    }
  } else {
    Value text = repr(vm_, notes);
    if (text.is_error()) {
      (void)vm_.take_pending();
      emit("<__notes__ repr() failed>\n");
    } else {
      emit(str_to_utf8(as_str(text)) + "\n");
    }
  }
}

/// The keyword that a plain "invalid syntax" was perhaps meant to have, sought in the source that the parser left in the error.
std::optional<syntax::KeywordSuggestion> Printer::misspelt_keyword(const ExceptionObject* e) {
  Value message = e->extra[extra::kSyntaxErrorMsg], metadata = e->extra[extra::kSyntaxErrorMetadata];
  Value line = e->extra[extra::kSyntaxErrorLineno];
  if (!is_str(message) || metadata.is_unset() || !is_tuple(metadata) || !line.is_small_int()) return {};
  const Tuple* parts = metadata.as<Tuple>();
  if (parts->length != 3 || !parts->items[0].is_small_int() || !is_str(parts->items[2])) return {};
  constexpr int64_t kMostLines = 1 << 30;  // the numbers may be a script's
  int64_t first = parts->items[0].as_small_int(), at = line.as_small_int();
  if (first < 0 || first > at || at > kMostLines) return {};
  syntax::SyntaxErrorInfo info;
  info.kind = syntax::ErrorKind::SyntaxError;
  info.message = str_to_utf8(as_str(message));
  info.lineno = static_cast<int>(at);
  info.statement_line = static_cast<int>(first);
  return syntax::suggest_keyword(str_to_utf8(as_str(parts->items[2])), info);
}

void Printer::print_syntax_error(ExceptionObject* e, const std::string& name) {
  Value file = e->extra[extra::kSyntaxErrorFilename], line = e->extra[extra::kSyntaxErrorLineno],
        text = e->extra[extra::kSyntaxErrorText], message = e->extra[extra::kSyntaxErrorMsg];
  std::string suffix;
  std::optional<syntax::KeywordSuggestion> keyword = misspelt_keyword(e);
  if (line.is_small_int()) {
    emit(paint_place(is_str(file) ? str_to_utf8(as_str(file)) : std::string("<string>"), line.as_small_int()) + "\n");
    std::u32string source;
    bool have = false;
    if (is_str(text)) {
      Str* s = as_str(text);
      for (uint64_t i = 0; i < s->length; ++i) source.push_back(s->at(i));
      have = true;
    }
    if (have) {
      while (!source.empty() && (source.back() == '\n' || source.back() == '\r')) source.pop_back();
      size_t cut = 0;
      while (cut < source.size() && (source[cut] == ' ' || source[cut] == '\n' || source[cut] == '\f')) ++cut;
      std::u32string shown = source.substr(cut);
      Value offset = e->extra[extra::kSyntaxErrorOffset];
      Value end_offset = e->extra[extra::kSyntaxErrorEndOffset], end_line = e->extra[extra::kSyntaxErrorEndLineno];
      emit("    " + utf8_of(shown) + "\n");
      if (offset.is_small_int()) {
        int64_t start = offset.as_small_int();
        int64_t end;
        if (keyword) {
          start = keyword->offset;
          end = keyword->end_offset;
        } else if (end_line.is_small_int() && end_line.as_small_int() != line.as_small_int()) {
          end = static_cast<int64_t>(trimmed_length(source)) + 1;
        } else {
          end = end_offset.is_small_int() && end_offset.as_small_int() != 0 ? end_offset.as_small_int() : start;
        }
        auto length = static_cast<int64_t>(source.size());
        if (length != 0 && start > length) start = length + 1;
        if (length != 0 && end > length) end = length + 1;
        if (start >= end || end < 0) end = start + 1;
        int64_t column = start - 1 - static_cast<int64_t>(cut), end_column = end - 1 - static_cast<int64_t>(cut);
        constexpr int64_t kMostMarks = 1 << 16;  // the numbers may be a script's
        column = std::min(column, kMostMarks);
        end_column = std::clamp(end_column, column, column + kMostMarks);
        if (column >= 0) {
          std::u32string marks;
          for (int64_t i = 0; i < column; ++i)
            marks.push_back(i < static_cast<int64_t>(shown.size()) && is_blank(shown[static_cast<size_t>(i)])
                                ? shown[static_cast<size_t>(i)]
                                : U' ');
          std::string focus(static_cast<size_t>(end_column - column), '^');
          emit("    " + utf8_of(marks) + paint(Colour::kFocus, focus) + "\n");
        }
      }
    }
  } else if (is_str(file)) {
    suffix = " (" + str_to_utf8(as_str(file)) + ")";
  }
  std::string detail = "<no detail available>";
  if (!message.is_unset() && !message.is_none()) {
    Value m = str(vm_, message);
    if (m.is_error()) {
      (void)vm_.take_pending();
    } else if (as_str(m)->length != 0) {
      detail = str_to_utf8(as_str(m));
    }
  } else if (message.is_none()) {
    detail = "None";
  }
  if (keyword) detail = "invalid syntax. Did you mean '" + std::string(keyword->keyword) + "'?";
  emit(paint(Colour::kType, name) + ": " + paint(Colour::kMessage, detail + suffix) + "\n");
}

/// The candidate nearest to the wrong name, or "".
std::string nearest(const std::string& wrong, const std::vector<std::string>& candidates) {
  if (candidates.size() > 750 || wrong.size() > 40) return "";
  std::string best;
  size_t best_distance = wrong.size();
  for (const std::string& candidate : candidates) {
    if (candidate == wrong) continue;
    size_t distance = suggestion_distance(wrong, candidate, best_distance);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string Printer::suggestion(Value exception) {
  ExceptionObject* e = as_exception(exception);
  bool attribute = is_instance_of(vm_, exception, vm_.exception_type(E::AttributeError));
  bool name_error = is_instance_of(vm_, exception, vm_.exception_type(E::NameError));
  bool import = is_instance_of(vm_, exception, vm_.exception_type(E::ImportError));
  if (!attribute && !name_error && !import) return "";
  Value wrong = attribute    ? e->extra[extra::kAttributeErrorName]
                : name_error ? e->extra[extra::kNameErrorName]
                             : e->extra[extra::kImportErrorNameFrom];
  if (!is_str(wrong)) return "";
  std::string wrong_name = str_to_utf8(as_str(wrong));
  std::vector<std::string> candidates;
  bool hide_private = !wrong_name.empty() && wrong_name[0] != '_';
  auto add = [&](Value v) {
    if (!is_str(v)) return;
    std::string text = str_to_utf8(as_str(v));
    if (!name_error && hide_private && !text.empty() && text[0] == '_') return;
    candidates.push_back(std::move(text));
  };
  Value last;
  for (Value t = e->traceback; is_kind(t, Kind::Traceback); t = t.as<Traceback>()->next) last = t;
  Value locals;
  if (!last.is_unset()) {
    locals = attribute_of(last.as<Traceback>()->frame, "f_locals");
    if (!locals.is_unset() && !is_dict(locals)) locals = call1(vm_, vm_.types.dict, locals);  // a proxy of a function's
    if (locals.is_error()) (void)vm_.take_pending();
  }
  Value self;
  if (is_dict(locals)) self = dict_get_str(vm_, locals.as<Dict>(), vm_.names.self);
  if (name_error) {
    if (last.is_unset()) return "";
    if (!self.is_unset()) {
      Value there = get_attr_optional(vm_, self, vm_.intern(as_str(wrong)));
      if (there.is_error()) {
        (void)vm_.take_pending();
      } else if (!there.is_exhausted()) {
        return ". Did you mean: 'self." + wrong_name + "'?";
      }
    }
    auto add_keys = [&](Value dict) {
      if (!is_dict(dict)) return;
      uint32_t i = 0;
      while (DictEntry* entry = dict_next(dict.as<Dict>(), i)) add(entry->key);
    };
    add_keys(locals);
    add_keys(last.as<Traceback>()->frame->globals);
    add_keys(last.as<Traceback>()->frame->builtins);
  } else {
    Value object;
    if (attribute) {
      object = e->extra[extra::kAttributeErrorObj];
      if (object.is_unset()) return "";
      if (hide_private && !self.is_unset() && self == object) hide_private = false;
    } else {
      Value module = e->extra[extra::kImportErrorName];
      if (!is_str(module)) return "";
      object = dict_get(vm_, vm_.modules, module);
      if (object.is_error()) (void)vm_.take_pending();
      if (object.is_error() || object.is_exhausted()) return "";
    }
    Value dir = attribute_of(vm_.builtins, "dir");
    if (dir.is_unset()) return "";
    Value names = call1(vm_, dir, object);
    if (names.is_error()) {
      (void)vm_.take_pending();
      return "";
    }
    if (is_list(names))
      for (uint64_t i = 0; i < names.as<List>()->length; ++i) add(names.as<List>()->items()[i]);
  }
  std::string found = nearest(wrong_name, candidates);
  std::string text;
  if (!found.empty()) text = ". Did you mean: '" + found + "'?";
  if (name_error && text.empty()) {
    // A module of the library that was not imported.
    Value names = sys_attribute("stdlib_module_names");
    if (is_set(names)) {
      Result<bool> there = set_contains(vm_, names.as<Set>(), wrong);
      if (there.is_error()) {
        (void)vm_.take_pending();
      } else if (there.release()) {
        text = ". Did you forget to import '" + wrong_name + "'?";
      }
    }
  }
  return text;
}

}  // namespace

bool colours_wanted(Vm& vm) {
  auto given = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != 0 ? value : nullptr;
  };
  if (!system_of(vm).options.ignore_environment) {
    const char* python = given("PYTHON_COLORS");
    if (python != nullptr && (std::string_view(python) == "0" || std::string_view(python) == "1"))
      return *python == '1';
  }
  if (given("NO_COLOR") != nullptr) return false;
  if (given("FORCE_COLOR") != nullptr) return true;
  const char* terminal = given("TERM");
  return (terminal == nullptr || std::string_view(terminal) != "dumb") && isatty(STDERR_FILENO) == 1;
}

void format_exception(Vm& vm, Value exception, std::string& out, bool coloured) {
  if (!is_exception(exception)) return;
  Value pending = vm.take_pending();
  Printer(vm, out, coloured).print(exception, 0);
  (void)vm.take_pending();
  vm.t.pending = pending;
}

}  // namespace krait
