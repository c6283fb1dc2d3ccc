// _sre: Pattern, Match, Scanner and Template objects over the engine of _sre.hpp.
#include "modules/_sre.hpp"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstring>

#include "base/unicode.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/int.hpp"
#include "objects/iteration.hpp"
#include "objects/memoryview.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "runtime/system.hpp"

namespace krait {

namespace {

using sre::Mode;
using sre::Program;
using sre::Subject;

struct Pattern : Object {
  Value pattern;      ///< str, bytes or None
  Value group_index;  ///< dict of names
  Value index_group;  ///< tuple of names
  Value flags;
  Storage* storage;  ///< Program
  int64_t groups;
  int8_t is_bytes;  ///< -1: made without a pattern
  const Program& program() const { return *storage->data<Program>(); }
};
struct Match : Object {
  Value string;
  Pattern* pattern;
  Value regs;  ///< unset until asked for
  int64_t pos, endpos, last_index;
  int64_t groups;   ///< with group 0
  int64_t marks[];  ///< two for each group; -1: did not take part
};
struct Scanner : Object {
  Value string;
  Pattern* pattern;
  int64_t pos, endpos;
  int64_t start;  ///< of the next match; -1 at the end
  bool must_advance, executing;
  Value hold;  ///< a memoryview that keeps a bytearray from being resized until the end; or unset
};
struct Template : Object {
  Value literal;  ///< before the first group
  Tuple* parts;   ///< group, literal, group, literal ...
};

struct State : Extension {
  Type *pattern = nullptr, *match = nullptr, *scanner = nullptr, *template_ = nullptr;
  bool boundary_of_empty = false;
  void trace(Marker& m) override {
    for (Type* t : {pattern, match, scanner, template_}) m.mark_cell(t);
  }
};
State& state(Vm& vm) { return vm.extension<State>(); }
Pattern* pattern_of(Value v) { return v.as<Pattern>(); }
Match* match_of(Value v) { return v.as<Match>(); }

void trace_pattern(Heap&, Cell* cell, Marker& m) {
  Pattern* p = static_cast<Pattern*>(cell);
  for (Value v : {p->pattern, p->group_index, p->index_group, p->flags}) m.mark(v);
  m.mark_cell(p->storage);
}
void trace_match(Heap&, Cell* cell, Marker& m) {
  Match* match = static_cast<Match*>(cell);
  m.mark(match->string);
  m.mark(match->regs);
  m.mark_cell(match->pattern);
}
void trace_scanner(Heap&, Cell* cell, Marker& m) {
  m.mark(static_cast<Scanner*>(cell)->string);
  m.mark(static_cast<Scanner*>(cell)->hold);
  m.mark_cell(static_cast<Scanner*>(cell)->pattern);
}
void trace_template(Heap&, Cell* cell, Marker& m) {
  m.mark(static_cast<Template*>(cell)->literal);
  m.mark_cell(static_cast<Template*>(cell)->parts);
}

// --- Subjects.

/// A subject held for one operation: its characters, the marks, and slices of it.
class Search {
 public:
  explicit Search(Vm& vm) : vm_(vm), buffer_(vm) {}

  Status begin(Pattern* pattern, Value string, int64_t from, int64_t to) {
    pattern_ = pattern;
    string_ = string;
    is_str_ = is_str(string);
    if (is_str_) {
      Str* s = as_str(string);
      subject.data = s->data();
      subject.width = s->width();
      length_ = static_cast<int64_t>(s->length);
    } else if (is_bytes(string)) {
      subject.data = string.as<Bytes>()->data;
      subject.width = 1;
      length_ = static_cast<int64_t>(string.as<Bytes>()->length);
    } else {
      if (!has_buffer(vm_, string))
        return vm_.raise(E::TypeError, "expected string or bytes-like object, got '{}'", type_name_of(string));
      TRY(buffer_.acquire(string));
      subject.data = buffer_.get().data;
      subject.width = 1;
      length_ = buffer_.get().length;
    }
    if (is_str_ && pattern->is_bytes > 0)
      return vm_.raise(E::TypeError, "cannot use a bytes pattern on a string-like object");
    if (!is_str_ && pattern->is_bytes == 0)
      return vm_.raise(E::TypeError, "cannot use a string pattern on a bytes-like object");
    pos = std::clamp<int64_t>(from, 0, length_);
    endpos = std::clamp<int64_t>(to, 0, length_);
    subject.start = pos;
    subject.length = endpos;
    size_t words = static_cast<size_t>(pattern->groups) * 2;
    subject.marks = inline_marks_;
    if (words > std::size(inline_marks_)) {
      marks_ = TRY(vm_.allocate_storage(words * sizeof(int64_t)));
      subject.marks = marks_->data<int64_t>();
    }
    return {};
  }
  /// The next match from where the last one ended.
  Result<bool> next(Mode mode) {
    if (subject.start > subject.length) return false;
    bool found = TRY(sre::run(vm_, pattern_->program(), subject, mode));
    if (found) last_start_ = subject.start;
    return found;
  }
  /// Prepares for the next one: it may not be empty at the place where this one ended with nothing.
  void advance() {
    subject.must_advance = subject.end == subject.start;
    subject.start = subject.end;
  }
  int64_t match_start() const { return last_start_; }
  int64_t match_end() const { return subject.end; }
  int64_t length() const { return length_; }
  bool is_text() const { return is_str_; }

  Value slice(int64_t begin, int64_t end) {
    if (is_str_) {
      Str* s = as_str(string_);
      if (begin == 0 && end == length_ && is_exact(vm_, s, vm_.types.str)) return s;
      if (begin >= end) return vm_.names.empty;
      return str_substring(vm_, s, static_cast<uint64_t>(begin), static_cast<uint64_t>(end));
    }
    if (begin == 0 && end == length_ && is_exact(vm_, string_, vm_.types.bytes)) return string_;
    const uint8_t* bytes = static_cast<const uint8_t*>(subject.data);
    return bytes_from(vm_,
                      std::span<const uint8_t>(bytes + begin, static_cast<size_t>(std::max<int64_t>(end - begin, 0))));
  }
  Value empty() {
    if (is_str_) return vm_.names.empty;
    return bytes_from(vm_, std::string_view());
  }
  /// Group `i` (from 1) of the current match; None or empty if it did not take part.
  Value group(int64_t i, bool empty_if_unset) {
    int64_t begin = subject.marks[2 * (i - 1)], end = subject.marks[2 * (i - 1) + 1];
    if (begin >= 0 && end >= begin) return slice(begin, end);
    if (empty_if_unset) return empty();
    return Value::none();
  }
  Value match() {
    int64_t groups = pattern_->groups + 1;
    Match* m = TRY(vm_.new_instance<Match>(state(vm_).match, static_cast<size_t>(groups) * 2 * sizeof(int64_t)));
    m->string = string_;
    m->pattern = pattern_;
    m->pos = pos;
    m->endpos = endpos;
    m->last_index = subject.last_index;
    m->groups = groups;
    m->marks[0] = last_start_;
    m->marks[1] = subject.end;
    for (int64_t i = 0; i < pattern_->groups * 2; i += 2) {
      int64_t begin = subject.marks[i], end = subject.marks[i + 1];
      bool set = begin >= 0 && end >= begin;
      m->marks[i + 2] = set ? begin : -1;
      m->marks[i + 3] = set ? end : -1;
    }
    return m;
  }

  Subject subject{};
  int64_t pos = 0, endpos = 0;

 private:
  Vm& vm_;
  ScopedBuffer buffer_;
  Pattern* pattern_ = nullptr;
  Value string_;
  bool is_str_ = false;
  int64_t length_ = 0, last_start_ = 0;
  Storage* marks_ = nullptr;
  int64_t inline_marks_[32];
};

Status begin(Vm& vm, Search& search, Args a) {
  int64_t pos = TRY(ssize_argument(vm, a, 2, 0));
  int64_t endpos = TRY(ssize_argument(vm, a, 3, INT64_MAX));
  return search.begin(pattern_of(a[0]), a[1], pos, endpos);
}

template <Mode mode>
Value pattern_find(Vm& vm, Args a) {
  Search search(vm);
  TRY(begin(vm, search, a));
  if (!TRY(search.next(mode))) return Value::none();
  return search.match();
}

Value pattern_findall(Vm& vm, Args a) {
  Search search(vm);
  TRY(begin(vm, search, a));
  List* list = TRY(list_new(vm));
  int64_t groups = pattern_of(a[0])->groups;
  while (TRY(search.next(Mode::kSearch))) {
    TRY(vm.poll());
    Value item;
    if (groups == 0) {
      item = TRY(search.slice(search.match_start(), search.match_end()));
    } else if (groups == 1) {
      item = TRY(search.group(1, true));
    } else {
      Tuple* t = TRY(tuple_allocate(vm, static_cast<uint64_t>(groups)));
      for (int64_t i = 0; i < groups; ++i) {
        t->items[i] = TRY(search.group(i + 1, true));
        vm.barrier(t);
      }
      item = t;
    }
    TRY(list_append(vm, list, item));
    search.advance();
  }
  return list;
}

Value pattern_split(Vm& vm, Args a) {
  int64_t max_split = TRY(ssize_argument(vm, a, 2, 0));
  Search search(vm);
  TRY(search.begin(pattern_of(a[0]), a[1], 0, INT64_MAX));
  List* list = TRY(list_new(vm));
  int64_t groups = pattern_of(a[0])->groups, last = 0;
  for (int64_t n = 0; max_split == 0 || n < max_split; ++n) {
    TRY(vm.poll());
    if (!TRY(search.next(Mode::kSearch))) break;
    TRY(list_append(vm, list, TRY(search.slice(last, search.match_start()))));
    for (int64_t i = 1; i <= groups; ++i) TRY(list_append(vm, list, TRY(search.group(i, false))));
    last = search.match_end();
    search.advance();
  }
  TRY(list_append(vm, list, TRY(search.slice(last, search.length()))));
  return list;
}

// --- Substitution.

/// A function of the module re, or exhausted() if it has no such one.
Value re_function(Vm& vm, const char* name) {
  Value re = TRY(vm.import_hook(vm, "re"));
  return get_attr_optional(vm, re, TRY(vm.intern(name)));
}

/// The replacement in the form it will be used: a callable, a literal, or a Template.
Value replacement_of(Vm& vm, Pattern* pattern, Value replacement) {
  if (is_callable(vm, replacement)) return replacement;
  bool literal = false;
  if (is_str(replacement)) {
    literal = str_find(as_str(replacement), vm.latin1_chars['\\'], 0, as_str(replacement)->length) < 0;
  } else if (has_buffer(vm, replacement)) {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(replacement));
    literal = buffer.view().find('\\') == std::string_view::npos;
  }
  if (literal) return replacement;
  Value compile = TRY(re_function(vm, "_compile_template"));
  if (compile.is_exhausted()) {
    compile = TRY(re_function(vm, "_subx"));
    if (compile.is_exhausted()) return vm.raise(E::AttributeError, "module 're' has no attribute '_subx'");
  }
  Value made = call2(vm, compile, pattern, replacement);
  if (made.is_error() && vm.pending_is(E::TypeError) && !is_str(replacement) && has_buffer(vm, replacement)) {
    // Templates are cached by their text: one that has no hash is copied.
    Value pending = vm.take_pending();
    Result<int64_t> hashed = hash(vm, replacement);
    if (hashed.ok()) return vm.raise_value(pending);
    if (!vm.clear_pending()) return Error{};
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(replacement));
    Value copy = TRY(buffer_to_bytes(vm, buffer.get()));
    made = call2(vm, compile, pattern, copy);
  }
  made = TRY(made);
  if (is_exact(vm, made, state(vm).template_) && made.as<Template>()->parts->length == 0)
    return made.as<Template>()->literal;
  return made;
}

/// Collects the pieces of a substitution's result.
class Joiner {
 public:
  Joiner(Vm& vm, bool text) : vm_(vm), builder_(vm), text_(text) {}
  /// A part of the subject; empty ones count as pieces too (messages number them).
  Status add(Value piece) {
    if (text_) {
      if (!is_str(piece))
        return vm_.raise(E::TypeError, "sequence item {}: expected str instance, {} found", count_,
                         type_name_of(piece));
      ++count_;
      return builder_.append(as_str(piece));
    }
    if (is_bytes(piece)) {
      ++count_;
      return add_bytes(piece.as<Bytes>()->span());
    }
    if (!has_buffer(vm_, piece))
      return vm_.raise(E::TypeError, "sequence item {}: expected a bytes-like object, {} found", count_,
                       type_name_of(piece));
    ++count_;
    ScopedBuffer buffer(vm_);
    TRY(buffer.acquire(piece));
    return add_bytes({buffer.get().data, static_cast<size_t>(buffer.get().length)});
  }
  Status add_part(const Str* s, int64_t begin, int64_t end) {
    ++count_;
    return builder_.append(s, static_cast<uint64_t>(begin), static_cast<uint64_t>(end));
  }
  Status add_bytes_part(std::span<const uint8_t> bytes) {
    ++count_;
    return add_bytes(bytes);
  }
  Value finish() {
    if (text_) return builder_.finish();
    const uint8_t* data = bytes_ == nullptr ? nullptr : bytes_->data<uint8_t>();
    return bytes_from(vm_, std::span<const uint8_t>(data, size_));
  }

 private:
  Status add_bytes(std::span<const uint8_t> bytes) {
    if (bytes.empty()) return {};
    if (bytes_ == nullptr || bytes_->capacity - size_ < bytes.size())
      bytes_ = TRY(vm_.resize_storage(bytes_, (size_ + bytes.size()) * 2));
    std::memcpy(bytes_->data<uint8_t>() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
    return {};
  }
  Vm& vm_;
  StrBuilder builder_;
  Storage* bytes_ = nullptr;
  size_t size_ = 0;
  int64_t count_ = 0;
  bool text_;
};

/// Adds the template's text for the match that `search` has just found.
template <class GroupOf>
Status add_template(Vm& vm, Joiner& out, Template* t, int64_t groups, GroupOf group_of) {
  if (!t->literal.is_unset() && !t->literal.is_none()) TRY(out.add(t->literal));
  Tuple* parts = t->parts;
  for (uint64_t i = 0; i + 1 < parts->length; i += 2) {
    int64_t index = parts->items[i].as_small_int();
    if (index > groups) return vm.raise(E::IndexError, "no such group");
    Value group = TRY(group_of(index));
    if (!group.is_none()) TRY(out.add(group));
    if (!parts->items[i + 1].is_none()) TRY(out.add(parts->items[i + 1]));
  }
  return {};
}

Value substitute(Vm& vm, Args a, bool with_count) {
  Pattern* pattern = pattern_of(a[0]);
  Value string = a[2];
  int64_t count = TRY(ssize_argument(vm, a, 3, 0));
  Value replacement = TRY(replacement_of(vm, pattern, a[1]));
  bool is_template = is_exact(vm, replacement, state(vm).template_);
  bool call_it = !is_template && is_callable(vm, replacement);
  Search search(vm);
  TRY(search.begin(pattern, string, 0, INT64_MAX));
  Joiner out(vm, search.is_text());
  int64_t n = 0, last = 0;
  auto add_slice = [&](int64_t from, int64_t to) -> Status {
    if (search.is_text()) return out.add_part(as_str(string), from, to);
    return out.add_bytes_part(
        {static_cast<const uint8_t*>(search.subject.data) + from, static_cast<size_t>(to - from)});
  };
  while (count == 0 || n < count) {
    TRY(vm.poll());
    if (!TRY(search.next(Mode::kSearch))) break;
    int64_t begin = search.match_start(), end = search.match_end();
    if (last < begin) TRY(add_slice(last, begin));
    if (call_it) {
      Value match = TRY(search.match());
      Value piece = TRY(call1(vm, replacement, match));
      if (!piece.is_none()) TRY(out.add(piece));
    } else if (is_template) {
      TRY(add_template(vm, out, replacement.as<Template>(), pattern->groups,
                       [&](int64_t i) { return i == 0 ? search.slice(begin, end) : search.group(i, false); }));
    } else {
      TRY(out.add(replacement));
    }
    last = end;
    ++n;
    search.advance();
  }
  Value result;
  if (n == 0) {
    result = TRY(search.slice(0, search.length()));
  } else {
    if (last < search.length()) TRY(add_slice(last, search.length()));
    result = TRY(out.finish());
  }
  if (!with_count) return result;
  return pack(vm, result, Value::small_int(n));
}
Value pattern_sub(Vm& vm, Args a) { return substitute(vm, a, false); }
Value pattern_subn(Vm& vm, Args a) { return substitute(vm, a, true); }

// --- Scanners.

Value scanner_new(Vm& vm, Args a) {
  Search search(vm);
  TRY(begin(vm, search, a));
  Scanner* s = TRY(vm.new_instance<Scanner>(state(vm).scanner));
  s->string = a[1];
  s->pattern = pattern_of(a[0]);
  s->pos = search.pos;
  s->endpos = search.endpos;
  s->start = search.pos;
  if (is_bytearray(a[1])) {
    s->hold = TRY(memoryview_new(vm, a[1]));
    vm.barrier(s);
  }
  return s;
}
template <Mode mode>
Value scanner_step(Vm& vm, Args a) {
  Scanner* s = a[0].as<Scanner>();
  if (s->executing) return vm.raise(E::ValueError, "regular expression scanner already executing");
  if (s->start < 0) return Value::none();
  Search search(vm);
  TRY(search.begin(s->pattern, s->string, s->pos, s->endpos));
  search.subject.start = s->start;
  search.subject.must_advance = s->must_advance;
  s->executing = true;
  Result<bool> found = search.next(mode);
  s->executing = false;
  if (!TRY(found)) {
    s->start = -1;
    if (!s->hold.is_unset()) TRY(memoryview_release(vm, s->hold.as<MemoryView>()));
    s->hold = Value();
    return Value::none();
  }
  Value match = TRY(search.match());
  search.advance();
  s->start = search.subject.start;
  s->must_advance = search.subject.must_advance;
  return match;
}
Value pattern_finditer(Vm& vm, Args a) {
  Value scanner = TRY(scanner_new(vm, a));
  Value search = TRY(get_attr(vm, scanner, TRY(vm.intern("search"))));
  return callable_iterator_new(vm, search, Value::none());
}

// --- Pattern objects.

Value self_method(Vm&, Args a) { return a[0]; }

Value pattern_repr(Vm& vm, Args a) {
  static constexpr struct {
    const char* name;
    int64_t bit;
  } kNames[] = {{"re.TEMPLATE", 1}, {"re.IGNORECASE", 2}, {"re.LOCALE", 4},  {"re.MULTILINE", 8},
                {"re.DOTALL", 16},  {"re.VERBOSE", 64},   {"re.DEBUG", 128}, {"re.ASCII", 256}};
  Pattern* p = pattern_of(a[0]);
  int64_t flags = int_to_i64(p->flags).value_or(0);
  if (p->is_bytes == 0 && (flags & (sre::kLocale | sre::kUnicode | sre::kAscii)) == sre::kUnicode)
    flags &= ~int64_t{sre::kUnicode};
  Value text = TRY(repr(vm, p->pattern));
  Str* shown = as_str(text);
  if (shown->length > 200) shown = TRY(str_substring(vm, shown, 0, 200));
  StrBuilder out(vm);
  TRY(out.append_ascii("re.compile("));
  TRY(out.append(shown));
  const char* separator = ", ";
  for (const auto& flag : kNames) {
    if (!(flags & flag.bit)) continue;
    TRY(out.append_ascii(separator));
    TRY(out.append_ascii(flag.name));
    separator = "|";
    flags &= ~flag.bit;
  }
  if (flags != 0) {
    char hex[24];
    std::snprintf(hex, sizeof hex, "0x%llx", static_cast<unsigned long long>(flags));
    TRY(out.append_ascii(separator));
    TRY(out.append_ascii(hex));
  }
  TRY(out.append_ascii(")"));
  return out.finish();
}
std::span<const uint32_t> code_of(Pattern* p) { return {p->program().code(), p->program().code_length}; }
Value pattern_hash(Vm& vm, Args a) {
  Pattern* p = pattern_of(a[0]);
  int64_t h = TRY(hash(vm, p->pattern));
  std::span<const uint32_t> code = code_of(p);
  for (uint32_t word : code) h = static_cast<int64_t>((static_cast<uint64_t>(h) ^ word) * 1000003u);
  h ^= int_to_i64(p->flags).value_or(0) ^ p->is_bytes ^ static_cast<int64_t>(code.size());
  return int_from(vm, h == -1 ? -2 : h);
}
template <bool kEqual>
Value pattern_compare(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::Pattern)) return Value::not_implemented();
  Pattern *p = pattern_of(a[0]), *q = pattern_of(a[1]);
  if (p == q) return Value::boolean(kEqual);
  bool same =
      p->is_bytes == q->is_bytes && int_compare(p->flags, q->flags) == 0 && std::ranges::equal(code_of(p), code_of(q));
  // The code says all of the pattern but its text, which case folding and verbose mode may have hidden.
  if (same) same = TRY(equal(vm, p->pattern, q->pattern));
  return Value::boolean(same == kEqual);
}
Value get_group_index(Vm& vm, Value self) { return mappingproxy_new(vm, pattern_of(self)->group_index); }
Value get_groups(Vm&, Value self) { return Value::small_int(pattern_of(self)->groups); }

constexpr NativeRow kPatternMethods[] = {
    {"match($self, /, string, pos=0, endpos=sys.maxsize)", pattern_find<Mode::kMatch>, 0,
     "A match at the beginning of the string, or None."},
    {"fullmatch($self, /, string, pos=0, endpos=sys.maxsize)", pattern_find<Mode::kFullMatch>, 0,
     "A match of the whole string, or None."},
    {"search($self, /, string, pos=0, endpos=sys.maxsize)", pattern_find<Mode::kSearch>, 0,
     "The first match anywhere, or None."},
    {"sub($self, /, repl, string, count=0)", pattern_sub, 0, "The string with the matches replaced."},
    {"subn($self, /, repl, string, count=0)", pattern_subn, 0,
     "(the string with the matches replaced, how many there were)."},
    {"findall($self, /, string, pos=0, endpos=sys.maxsize)", pattern_findall, 0,
     "A list of all matches that do not overlap."},
    {"split($self, /, string, maxsplit=0)", pattern_split, 0, "The parts of the string between the matches."},
    {"finditer($self, /, string, pos=0, endpos=sys.maxsize)", pattern_finditer, 0,
     "An iterator over all matches that do not overlap."},
    {"scanner($self, /, string, pos=0, endpos=sys.maxsize)", scanner_new},
    {"__copy__($self, /)", self_method},
    {"__deepcopy__($self, memo, /)", self_method},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
    {"__repr__($self, /)", pattern_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", pattern_hash, 0, "Return hash(self)."},
    {"__eq__($self, value, /)", pattern_compare<true>, 0, "Return self==value."},
    {"__ne__($self, value, /)", pattern_compare<false>, 0, "Return self!=value."},
};
constexpr GetSetRow kPatternGetsets[] = {
    {"groupindex", get_group_index, nullptr, "A dictionary mapping group names to group numbers."},
    {"groups", get_groups, nullptr, "The number of capturing groups in the pattern."},
};
constexpr MemberRow kPatternMembers[] = {
    {"pattern", offsetof(Pattern, pattern), MemberRow::kReadOnly,
     "The pattern string from which the RE object was compiled."},
    {"flags", offsetof(Pattern, flags), MemberRow::kReadOnly, "The regex matching flags."},
};
constexpr TypeSpec kPatternType{
    .name = "re.Pattern",
    .doc = "Compiled regular expression object.",
    .kind = static_cast<CellKind>(Kind::Pattern),
    .size = sizeof(Pattern),
    .flags = kTypeNoNew | kTypeHasWeakref,
    .methods = kPatternMethods,
    .getsets = kPatternGetsets,
    .members = kPatternMembers,
    .trace = trace_pattern,
};

// --- Match objects.

Value match_slice(Vm& vm, Match* m, int64_t group, Value fallback) {
  int64_t begin = m->marks[2 * group], end = m->marks[2 * group + 1];
  if (begin < 0) return fallback;
  if (is_str(m->string)) {
    Str* s = as_str(m->string);
    int64_t length = static_cast<int64_t>(s->length);
    if (begin == 0 && end == length && is_exact(vm, s, vm.types.str)) return s;
    if (begin >= end) return vm.names.empty;
    return str_substring(vm, s, static_cast<uint64_t>(begin), static_cast<uint64_t>(end));
  }
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(m->string));
  int64_t length = buffer.get().length;
  if (begin == 0 && end == length && is_exact(vm, m->string, vm.types.bytes)) return m->string;
  // A bytearray may have become shorter.
  begin = std::min(begin, length);
  end = std::min(end, length);
  return bytes_from(vm, buffer.view().substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin)));
}
/// A group's number from its number or name.
Result<int64_t> group_number(Vm& vm, Match* m, Value index_value) {
  int64_t i = -1;
  if (index_value.is_small_int()) {
    i = index_value.as_small_int();
  } else if (has_index(vm, index_value)) {
    Value n = TRY(index(vm, index_value));
    i = int_to_i64(n).value_or(-1);
  } else if (!m->pattern->group_index.is_unset()) {
    Value found = dict_get(vm, m->pattern->group_index.as<Dict>(), index_value);
    if (found.is_error()) {
      if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
    } else if (found.is_small_int()) {
      i = found.as_small_int();
    }
  }
  if (i < 0 || i >= m->groups) return vm.raise(E::IndexError, "no such group");
  return i;
}
Value match_group(Vm& vm, Args a) {
  Match* m = match_of(a[0]);
  std::span<const Value> names = a.rest(1);
  if (names.empty()) return match_slice(vm, m, 0, Value::none());
  if (names.size() == 1) return match_slice(vm, m, TRY(group_number(vm, m, names[0])), Value::none());
  Tuple* t = TRY(tuple_allocate(vm, names.size()));
  for (size_t i = 0; i < names.size(); ++i) {
    int64_t number = TRY(group_number(vm, m, names[i]));
    t->items[i] = TRY(match_slice(vm, m, number, Value::none()));
    vm.barrier(t);
  }
  return t;
}
Value match_getitem(Vm& vm, Args a) {
  return match_slice(vm, match_of(a[0]), TRY(group_number(vm, match_of(a[0]), a[1])), Value::none());
}
Value match_groups(Vm& vm, Args a) {
  Match* m = match_of(a[0]);
  Value fallback = a.get(1, Value::none());
  if (m->groups == 1) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, static_cast<uint64_t>(m->groups - 1)));
  for (int64_t i = 1; i < m->groups; ++i) {
    t->items[i - 1] = TRY(match_slice(vm, m, i, fallback));
    vm.barrier(t);
  }
  return t;
}
Value match_groupdict(Vm& vm, Args a) {
  Match* m = match_of(a[0]);
  Value fallback = a.get(1, Value::none());
  Dict* result = TRY(dict_new(vm));
  Dict* names = m->pattern->group_index.as<Dict>();
  uint32_t i = 0;
  while (DictEntry* e = dict_next(names, i)) {
    Value key = e->key, value = e->value;
    int64_t number = TRY(group_number(vm, m, value));
    Value text = TRY(match_slice(vm, m, number, fallback));
    TRY(dict_set(vm, result, key, text));
  }
  return result;
}
Result<int64_t> group_argument(Vm& vm, Args a) {
  if (!a.has(1)) return int64_t{0};
  return group_number(vm, match_of(a[0]), a[1]);
}
Value match_start(Vm& vm, Args a) { return int_from(vm, match_of(a[0])->marks[2 * TRY(group_argument(vm, a))]); }
Value match_end(Vm& vm, Args a) { return int_from(vm, match_of(a[0])->marks[2 * TRY(group_argument(vm, a)) + 1]); }
Value span_of(Vm& vm, Match* m, int64_t group) {
  return pack(vm, Value::small_int(m->marks[2 * group]), Value::small_int(m->marks[2 * group + 1]));
}
Value match_span(Vm& vm, Args a) {
  int64_t group = TRY(group_argument(vm, a));
  return span_of(vm, match_of(a[0]), group);
}
Value match_expand(Vm& vm, Args a) {
  Match* m = match_of(a[0]);
  Value compile = TRY(re_function(vm, "_compile_template"));
  if (compile.is_exhausted()) {
    Value expand = TRY(re_function(vm, "_expand"));
    if (expand.is_exhausted()) return vm.raise(E::AttributeError, "module 're' has no attribute '_expand'");
    return call3(vm, expand, m->pattern, m, a[1]);
  }
  Value made = TRY(call2(vm, compile, m->pattern, a[1]));
  if (!is_exact(vm, made, state(vm).template_)) return made;
  Template* t = made.as<Template>();
  if (t->parts->length == 0) return t->literal;
  Joiner out(vm, is_str(m->string));
  TRY(add_template(vm, out, t, m->groups - 1, [&](int64_t i) { return match_slice(vm, m, i, Value::none()); }));
  return out.finish();
}
Value match_repr(Vm& vm, Args a) {
  Match* m = match_of(a[0]);
  Value text = TRY(match_slice(vm, m, 0, Value::none()));
  constexpr uint64_t kMostShown = 50;
  Str* shown = as_str(TRY(repr(vm, text)));
  if (shown->length > kMostShown) shown = TRY(str_substring(vm, shown, 0, kMostShown));
  return str_message(vm, "<{} object; span=({}, {}), match={}>", "re.Match", m->marks[0], m->marks[1], shown);
}
Value get_pos(Vm& vm, Value self) { return int_from(vm, match_of(self)->pos); }
Value get_endpos(Vm& vm, Value self) { return int_from(vm, match_of(self)->endpos); }
Value get_re(Vm&, Value self) { return match_of(self)->pattern; }
Value get_lastindex(Vm& vm, Value self) {
  int64_t i = match_of(self)->last_index;
  return i < 0 ? Value::none() : int_from(vm, i);
}
Value get_lastgroup(Vm&, Value self) {
  Match* m = match_of(self);
  Value names = m->pattern->index_group;
  int64_t i = m->last_index;
  if (i < 0 || !is_tuple(names) || i >= static_cast<int64_t>(names.as<Tuple>()->length)) return Value::none();
  return names.as<Tuple>()->items[i];
}
Value get_regs(Vm& vm, Value self) {
  Match* m = match_of(self);
  if (m->regs.is_unset()) {
    Tuple* t = TRY(tuple_allocate(vm, static_cast<uint64_t>(m->groups)));
    for (int64_t i = 0; i < m->groups; ++i) {
      t->items[i] = TRY(span_of(vm, m, i));
      vm.barrier(t);
    }
    m->regs = t;
    vm.barrier(m);
  }
  return m->regs;
}

constexpr NativeRow kMatchMethods[] = {
    {"group($self, /, *args)", match_group, 0, "The text of one or several groups; the whole match without argument."},
    {"start($self, group=0, /)", match_start, 0, "Where the group begins."},
    {"end($self, group=0, /)", match_end, 0, "Where the group ends."},
    {"span($self, group=0, /)", match_span, 0, "(start(group), end(group))."},
    {"groups($self, /, default=None)", match_groups, 0, "A tuple of all groups."},
    {"groupdict($self, /, default=None)", match_groupdict, 0, "A dictionary of the named groups."},
    {"expand($self, /, template)", match_expand, 0, "The template with its group references replaced."},
    {"__getitem__($self, key, /)", match_getitem, 0, "Return self[key]."},
    {"__copy__($self, /)", self_method},
    {"__deepcopy__($self, memo, /)", self_method},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
    {"__repr__($self, /)", match_repr, 0, "Return repr(self)."},
};
constexpr GetSetRow kMatchGetsets[] = {
    {"lastindex", get_lastindex, nullptr, "The integer index of the last matched capturing group."},
    {"lastgroup", get_lastgroup, nullptr, "The name of the last matched capturing group."},
    {"regs", get_regs},
    {"re", get_re, nullptr, "The regular expression object."},
    {"pos", get_pos, nullptr, "The index into the string at which the RE engine started looking for a match."},
    {"endpos", get_endpos, nullptr, "The index into the string beyond which the RE engine will not go."},
};
constexpr MemberRow kMatchMembers[] = {
    {"string", offsetof(Match, string), MemberRow::kReadOnly, "The string passed to match() or search()."},
};
constexpr TypeSpec kMatchType{
    .name = "re.Match",
    .doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    .kind = static_cast<CellKind>(Kind::Match),
    .size = sizeof(Match),
    .flags = kTypeNoNew,
    .methods = kMatchMethods,
    .getsets = kMatchGetsets,
    .members = kMatchMembers,
    .trace = trace_match,
};

Value get_scanner_pattern(Vm&, Value self) { return self.as<Scanner>()->pattern; }
constexpr NativeRow kScannerMethods[] = {
    {"match($self, /)", scanner_step<Mode::kMatch>},
    {"search($self, /)", scanner_step<Mode::kSearch>},
};
constexpr GetSetRow kScannerGetsets[] = {{"pattern", get_scanner_pattern}};
constexpr TypeSpec kScannerType{
    .name = "_sre.SRE_Scanner",
    .kind = static_cast<CellKind>(Kind::Scanner),
    .size = sizeof(Scanner),
    .flags = kTypeNoNew,
    .methods = kScannerMethods,
    .getsets = kScannerGetsets,
    .trace = trace_scanner,
};
constexpr TypeSpec kTemplateType{
    .name = "_sre.SRE_Template",
    .kind = static_cast<CellKind>(Kind::ReTemplate),
    .size = sizeof(Template),
    .flags = kTypeNoNew,
    .trace = trace_template,
};

// --- The module's functions.

Value compile(Vm& vm, Args a) {
  // pattern, flags, code, groups, groupindex, indexgroup
  Value flags = TRY(index(vm, a[1]));
  if (!int_to_i64(flags) || *int_to_i64(flags) > INT_MAX || *int_to_i64(flags) < INT_MIN)
    return vm.raise(E::OverflowError, "Python int too large to convert to C int");
  if (!is_list(a[2]))
    return vm.raise(E::TypeError, "compile() argument 'code' must be list, not {}", type_name_of(a[2]));
  int64_t groups = TRY(ssize_argument(vm, a[3]));
  if (!is_dict(a[4]))
    return vm.raise(E::TypeError, "compile() argument 'groupindex' must be dict, not {}", argument_type(a[4]));
  if (!is_tuple(a[5]))
    return vm.raise(E::TypeError, "compile() argument 'indexgroup' must be tuple, not {}", argument_type(a[5]));
  if (groups < 0 || groups > sre::kMaxGroups) return vm.raise(E::RuntimeError, "invalid SRE code");
  List* list = a[2].as<List>();
  uint64_t n = list->length;
  Storage* words = TRY(vm.allocate_storage(std::max<uint64_t>(n, 1) * sizeof(uint32_t)));
  for (uint64_t i = 0; i < n; ++i) {
    POLL_EVERY_1024(vm, i);
    if (i >= list->length) return vm.raise(E::RuntimeError, "invalid SRE code");
    Value word = list->items()[i];
    if (!is_int(word)) return vm.raise(E::TypeError, "an integer is required");
    if (int_sign(word) < 0) return vm.raise(E::OverflowError, "can't convert negative value to unsigned int");
    std::optional<uint64_t> value = int_to_u64(word);
    if (!value || *value > UINT32_MAX) return vm.raise(E::OverflowError, "regular expression code size limit exceeded");
    words->data<uint32_t>()[i] = static_cast<uint32_t>(*value);
  }
  int8_t is_bytes_pattern = -1;
  if (!a[0].is_none()) {
    if (!is_str(a[0]) && !has_buffer(vm, a[0]))
      return vm.raise(E::TypeError, "expected string or bytes-like object, got '{}'", type_name_of(a[0]));
    is_bytes_pattern = !is_str(a[0]);
  }
  Storage* program = TRY(sre::compile_program(vm, {words->data<uint32_t>(), n}, static_cast<uint32_t>(groups),
                                              state(vm).boundary_of_empty));
  vm.heap.release_storage(words);
  Pattern* p = TRY(vm.new_instance<Pattern>(state(vm).pattern));
  p->pattern = a[0];
  p->flags = TRY(int_exact(vm, flags));
  p->group_index = a[4];
  p->index_group = a[5];
  p->storage = program;
  p->groups = groups;
  p->is_bytes = is_bytes_pattern;
  vm.barrier(p);
  return p;
}

Value make_template(Vm& vm, Args a) {
  if (!is_kind(a[0], Kind::Pattern))
    return vm.raise(E::TypeError, "template() argument 1 must be re.Pattern, not {}", argument_type(a[0]));
  if (!is_list(a[1])) return vm.raise(E::TypeError, "template() argument 2 must be list, not {}", argument_type(a[1]));
  Value copy = TRY(list_to_tuple(vm, a[1].as<List>()));
  Tuple* items = copy.as<Tuple>();
  if ((items->length & 1) == 0) return vm.raise(E::TypeError, "invalid template");
  Tuple* parts = vm.empty_tuple;
  if (items->length > 1) parts = TRY(tuple_from_span(vm, items->span().subspan(1)));
  for (uint64_t i = 0; i < parts->length; i += 2) {
    if (!is_int(parts->items[i])) return vm.raise(E::TypeError, "an integer is required");
    std::optional<int64_t> group = int_to_i64(parts->items[i]);
    if (!group || *group < 0 || *group > sre::kMaxGroups) return vm.raise(E::TypeError, "invalid template");
    parts->items[i] = Value::small_int(*group);
  }
  Template* t = TRY(vm.new_instance<Template>(state(vm).template_));
  t->literal = items->items[0];
  t->parts = parts;
  return t;
}

Result<char32_t> character_argument(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  if (!n || *n > INT_MAX || *n < INT_MIN) return vm.raise(E::OverflowError, "Python int too large to convert to C int");
  return static_cast<char32_t>(*n);
}
Value ascii_iscased(Vm& vm, Args a) {
  char32_t c = TRY(character_argument(vm, a[0]));
  return Value::boolean((c | 32) - U'a' < 26 && c < 128);
}
Value unicode_iscased(Vm& vm, Args a) {
  char32_t c = TRY(character_argument(vm, a[0]));
  // Also what has a case only in several characters, as U+FB05.
  return Value::boolean(unicode::to_lower(c).code[0] != c || unicode::to_upper(c).code[0] != c);
}
Value ascii_tolower(Vm& vm, Args a) {
  return Value::small_int(static_cast<int32_t>(sre::lower(sre::Case::kAscii, TRY(character_argument(vm, a[0])))));
}
Value unicode_tolower(Vm& vm, Args a) {
  return Value::small_int(static_cast<int32_t>(unicode::simple_lower(TRY(character_argument(vm, a[0])))));
}
Value getcodesize(Vm&, Args) { return Value::small_int(4); }

constexpr NativeRow kFunctions[] = {
    {"compile(pattern, flags, code, groups, groupindex, indexgroup)", compile, 0,
     "Make a Pattern of the code that re's compiler emits."},
    {"template(pattern, template, /)", make_template, 0, "Make a template of literals and group numbers."},
    {"ascii_iscased(character, /)", ascii_iscased},
    {"unicode_iscased(character, /)", unicode_iscased},
    {"ascii_tolower(character, /)", ascii_tolower},
    {"unicode_tolower(character, /)", unicode_tolower},
    {"getcodesize()", getcodesize},
};

/// The library checks that the engine is of its own version.
int64_t magic_for(int64_t minor) { return minor < 12 ? 20220615 : minor == 12 ? 20221023 : 20230612; }

Status init(Vm& vm, Module* m) {
  State& s = state(vm);
  s.pattern = TRY(make_type(vm, kPatternType));
  s.match = TRY(make_type(vm, kMatchType));
  s.scanner = TRY(make_type(vm, kScannerType));
  s.template_ = TRY(make_type(vm, kTemplateType));
  int64_t minor = python_minor(vm);
  s.boundary_of_empty = minor >= 14;
  TRY(module_add_int(vm, m, "MAGIC", magic_for(minor)));
  TRY(module_add_int(vm, m, "CODESIZE", 4));
  TRY(module_add_int(vm, m, "MAXREPEAT", sre::kMaxRepeat));
  TRY(module_add_int(vm, m, "MAXGROUPS", sre::kMaxGroups));
  return module_add_str(vm, m, "copyright", " SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ");
}

}  // namespace

extern constinit const ModuleSpec sre_module{
    .name = "_sre",
    .doc = "The engine of the module re.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
