// _csv: reading and writing of comma-separated values.
//
// The reader is a machine over characters; a row may span lines, so its state lies in the object. The iterator and float() may
// run Python code that asks the same reader for a row: each call collects the fields of its own row.
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

enum Quoting : int { kMinimal, kAll, kNonNumeric, kNone, kStrings, kNotNull, kQuotings };

constexpr char32_t kNoChar = 0xFFFFFFFF;  ///< an optional character that is not set
constexpr char32_t kEndOfLine = 0xFFFFFFFE;

struct Dialect : Object {
  char32_t delimiter, quote, escape;
  int quoting;
  bool double_quote, skip_initial_space, strict;
  Str* line_terminator;
};

struct Reader : Object {
  enum State : uint8_t {
    kStartRecord,
    kStartField,
    kEscaped,
    kInField,
    kInQuoted,
    kEscapedInQuoted,
    kQuoteInQuoted,
    kEatNewline,
    kAfterEscapedNewline
  };
  Value lines;  ///< the iterator
  Dialect* dialect;
  Storage* field;  ///< char32_t[]: the field being read
  uint64_t field_length;
  uint64_t line_number;
  State state;
  bool unquoted;
};

struct Writer : Object {
  Value write;  ///< the file's method
  Dialect* dialect;
};

struct State : Extension {
  Type *dialect = nullptr, *reader = nullptr, *writer = nullptr, *error = nullptr;
  Dict* dialects = nullptr;  ///< registered ones, by name
  int64_t field_limit = 128 * 1024;
  void trace(Marker& m) override {
    for (Type* type : {dialect, reader, writer, error}) m.mark_cell(type);
    m.mark_cell(dialects);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

template <class... Parts>
[[gnu::cold]] Error fail(Vm& vm, const char* format, const Parts&... parts) {
  return vm.raise(state_of(vm).error, format, parts...);
}

void trace_dialect(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<Dialect*>(cell)->line_terminator); }
void trace_reader(Heap&, Cell* cell, Marker& m) {
  auto* r = static_cast<Reader*>(cell);
  m.mark(r->lines);
  m.mark_cell(r->dialect);
  m.mark_cell(r->field);
}
void trace_writer(Heap&, Cell* cell, Marker& m) {
  auto* w = static_cast<Writer*>(cell);
  m.mark(w->write);
  m.mark_cell(w->dialect);
}

// --- Dialects

Value registered_dialect(Vm& vm, Value name) {
  Value found = TRY(dict_get(vm, state_of(vm).dialects, name));
  if (found.is_exhausted()) return fail(vm, "unknown dialect");
  return found;
}

/// The parameters of a dialect, in the order of Dialect's arguments after the first.
enum Parameter {
  kDelimiter,
  kDoubleQuote,
  kEscapeChar,
  kLineTerminator,
  kQuoteChar,
  kQuoting,
  kSkip,
  kStrict,
  kParameters
};
constexpr const char* kParameterNames[kParameters] = {"delimiter", "doublequote", "escapechar",       "lineterminator",
                                                      "quotechar", "quoting",     "skipinitialspace", "strict"};

/// A parameter that is one character; `optional`: or None. Messages are those that the library's own checks look for.
Status set_character(Vm& vm, Parameter parameter, Value v, bool optional, char32_t& out) {
  if (v.is_unset()) return {};
  if (optional && v.is_none()) {
    out = kNoChar;
    return {};
  }
  const char *name = kParameterNames[parameter], *or_none = optional ? " or None" : "";
  bool newest = python_minor(vm) >= 14;
  if (!is_str(v)) {
    return vm.raise(E::TypeError,
                    newest ? "\"{}\" must be a unicode character{}, not {}" : "\"{}\" must be string{}, not {}", name,
                    or_none, type_name_of(v));
  }
  if (as_str(v)->length != 1) {
    if (!newest) return vm.raise(E::TypeError, "\"{}\" must be a 1-character string", name);
    return vm.raise(E::TypeError, "\"{}\" must be a unicode character{}, not a string of length {}", name, or_none,
                    as_str(v)->length);
  }
  out = as_str(v)->at(0);
  return {};
}

/// Since 3.14 messages tell what was given instead.
[[gnu::cold]] Error wrong_type(Vm& vm, const char* text, Value v) {
  if (python_minor(vm) < 14) return vm.raise(E::TypeError, text);
  return vm.raise(E::TypeError, "{}, not {}", text, type_name_of(v));
}

bool str_has(const Str* s, char32_t c) {
  for (uint64_t i = 0; i < s->length; ++i)
    if (s->at(i) == c) return true;
  return false;
}

/// A character that ends lines or stands for two things makes files that cannot be read back (refused since 3.13).
Status check_characters(Vm& vm, const Dialect* d) {
  const struct {
    const char* name;
    char32_t c;
    bool space;
  } kinds[] = {{"delimiter", d->delimiter, true},
               {"escapechar", d->escape, !d->skip_initial_space},
               {"quotechar", d->quote, !d->skip_initial_space}};
  for (const auto& kind : kinds) {
    if (kind.c == '\r' || kind.c == '\n' || (kind.c == ' ' && !kind.space))
      return vm.raise(E::ValueError, "bad {} value", kind.name);
    if (kind.c != kNoChar && str_has(d->line_terminator, kind.c))
      return vm.raise(E::ValueError, "bad {} or lineterminator value", kind.name);
  }
  for (int i = 0; i < 3; ++i) {
    for (int j = i + 1; j < 3; ++j)
      if (kinds[i].c != kNoChar && kinds[i].c == kinds[j].c)
        return vm.raise(E::ValueError, "bad {} or {} value", kinds[i].name, kinds[j].name);
  }
  return {};
}

Value dialect_from(Vm& vm, Type* type, Value base, Value (&given)[kParameters]) {
  if (is_str(base)) base = TRY(registered_dialect(vm, base));
  if (!base.is_unset()) {
    bool none_given = true;
    for (Value v : given) none_given = none_given && v.is_unset();
    if (none_given && is_kind(base, Kind::CsvDialect)) return base;
    for (int i = 0; i < kParameters; ++i) {
      if (!given[i].is_unset()) continue;
      given[i] = get_attr(vm, base, TRY(vm.intern(kParameterNames[i])));
      // What the object does not tell is as usual, whatever the reason.
      if (given[i].is_error() && !vm.clear_pending()) return Error{};
    }
  }
  char32_t delimiter = ',', escape = kNoChar, quote = '"';
  TRY(set_character(vm, kDelimiter, given[kDelimiter], false, delimiter));
  bool double_quote = given[kDoubleQuote].is_unset() || TRY(truthy(vm, given[kDoubleQuote]));
  TRY(set_character(vm, kEscapeChar, given[kEscapeChar], true, escape));
  Value terminator = given[kLineTerminator];
  if (terminator.is_unset()) terminator = TRY(Value(vm.intern("\r\n")));
  if (!is_str(terminator)) return wrong_type(vm, "\"lineterminator\" must be a string", terminator);
  TRY(set_character(vm, kQuoteChar, given[kQuoteChar], true, quote));
  Value how = given[kQuoting];
  int64_t quoting = kMinimal;
  if (!how.is_unset()) {
    if (!is_int(how) || !is_exact(vm, how, vm.types.int_)) return wrong_type(vm, "\"quoting\" must be an integer", how);
    quoting = int_to_i64(how).value_or(-1);
  }
  if (quoting < 0 || quoting >= kQuotings) return vm.raise(E::TypeError, "bad \"quoting\" value");
  bool skip = !given[kSkip].is_unset() && TRY(truthy(vm, given[kSkip]));
  bool strict = !given[kStrict].is_unset() && TRY(truthy(vm, given[kStrict]));
  if (!given[kQuoteChar].is_unset() && given[kQuoteChar].is_none() && how.is_unset()) quoting = kNone;
  if (quoting != kNone && quote == kNoChar) return vm.raise(E::TypeError, "quotechar must be set if quoting enabled");

  auto* d = TRY(vm.new_instance<Dialect>(type));
  d->delimiter = delimiter;
  d->quote = quote;
  d->escape = escape;
  d->quoting = static_cast<int>(quoting);
  d->double_quote = double_quote;
  d->skip_initial_space = skip;
  d->strict = strict;
  d->line_terminator = as_str(terminator);
  vm.barrier(d);
  if (python_minor(vm) >= 13) TRY(check_characters(vm, d));
  return d;
}

/// Reads Dialect's arguments: the first may be a dialect, its name or anything with such attributes.
Value dialect_from_arguments(Vm& vm, Type* type, Value base, std::span<const Value> rest, Value keywords) {
  Value given[kParameters];
  if (rest.size() > kParameters)
    return vm.raise(E::TypeError, "function takes at most {} arguments ({} given)", kParameters + 1,
                    static_cast<uint64_t>(rest.size()) + 1);
  for (size_t i = 0; i < rest.size(); ++i) given[i] = rest[i];
  if (!keywords.is_unset()) {
    uint32_t at = 0;
    while (const DictEntry* entry = dict_next(keywords.as<Dict>(), at)) {
      Value key = entry->key, value = entry->value;
      int i = 0;
      while (i < kParameters && !as_str(key)->equals(kParameterNames[i])) ++i;
      bool first = as_str(key)->equals("dialect");
      if (i == kParameters && !first)
        return vm.raise(E::TypeError, "this function got an unexpected keyword argument '{}'", key);
      Value& slot = first ? base : given[i];
      if (!slot.is_unset())
        return vm.raise(E::TypeError, "argument for function given by name ('{}') and position ({})", key,
                        first ? 1 : i + 2);
      slot = value;
    }
  }
  return dialect_from(vm, type, base, given);
}

Value dialect_new(Vm& vm, Args a) {
  std::span<const Value> rest = a.rest(2);
  Value base = rest.empty() ? Value() : rest[0];
  return dialect_from_arguments(vm, as_type(a[0]), base, rest.empty() ? rest : rest.subspan(1), a[1]);
}

Value character_or_none(Vm& vm, char32_t c) {
  if (c == kNoChar) return Value::none();
  return str_from_char(vm, c);
}
Value get_delimiter(Vm& vm, Value v) { return str_from_char(vm, v.as<Dialect>()->delimiter); }
Value get_escape(Vm& vm, Value v) { return character_or_none(vm, v.as<Dialect>()->escape); }
Value get_quote(Vm& vm, Value v) { return character_or_none(vm, v.as<Dialect>()->quote); }
Value get_terminator(Vm&, Value v) { return v.as<Dialect>()->line_terminator; }
Value get_quoting(Vm&, Value v) { return Value::small_int(v.as<Dialect>()->quoting); }
Value get_double_quote(Vm&, Value v) { return Value::boolean(v.as<Dialect>()->double_quote); }
Value get_skip(Vm&, Value v) { return Value::boolean(v.as<Dialect>()->skip_initial_space); }
Value get_strict(Vm&, Value v) { return Value::boolean(v.as<Dialect>()->strict); }

Value dialect_reduce(Vm& vm, Args a) {
  return vm.raise(E::TypeError, "cannot pickle '{}' instances", vm.type_of(a[0])->name);
}

// --- Reading

void begin_record(Reader* r) {
  r->state = Reader::kStartRecord;
  r->field_length = 0;
  r->unquoted = true;
}

Status add_character(Vm& vm, Reader* r, char32_t c) {
  int64_t limit = state_of(vm).field_limit;
  if (static_cast<int64_t>(r->field_length) >= limit) return fail(vm, "field larger than field limit ({})", limit);
  uint64_t capacity = r->field == nullptr ? 0 : r->field->capacity / sizeof(char32_t);
  if (r->field_length == capacity) {
    uint64_t bytes = (capacity * 2 + 32) * sizeof(char32_t);
    r->field = r->field == nullptr ? TRY(vm.allocate_storage(bytes)) : TRY(vm.resize_storage(r->field, bytes));
    vm.barrier(r);
  }
  r->field->data<char32_t>()[r->field_length++] = c;
  return {};
}

Status save_field(Vm& vm, Reader* r, List* fields) {
  int quoting = r->dialect->quoting;
  Value field;
  if (r->unquoted && r->field_length == 0 && (quoting == kNotNull || quoting == kStrings)) {
    field = Value::none();
  } else {
    field = r->field_length == 0 ? Value(vm.names.empty)
                                 : TRY(Value(str_from_ucs4(vm, {r->field->data<char32_t>(), r->field_length})));
    if (r->unquoted && r->field_length != 0 && (quoting == kNonNumeric || quoting == kStrings))
      field = TRY(float_from_text(vm, field));
  }
  r->field_length = 0;
  r->unquoted = true;
  return list_append(vm, fields, field);
}

/// A field ends where a line does.
Status end_of_line(Vm& vm, Reader* r, List* fields, char32_t c) {
  TRY(save_field(vm, r, fields));
  r->state = c == kEndOfLine ? Reader::kStartRecord : Reader::kEatNewline;
  return {};
}

Status take_character(Vm& vm, Reader* r, List* fields, char32_t c) {
  const Dialect* d = r->dialect;
  bool newline = c == '\n' || c == '\r', line_ends = newline || c == kEndOfLine;
  switch (r->state) {
    case Reader::kStartRecord:
      if (c == kEndOfLine) return {};  // an empty line is a row without fields
      if (newline) {
        r->state = Reader::kEatNewline;
        return {};
      }
      r->state = Reader::kStartField;
      [[fallthrough]];
    case Reader::kStartField:
      if (line_ends) return end_of_line(vm, r, fields, c);
      if (c == d->quote && d->quoting != kNone) {
        r->unquoted = false;
        r->state = Reader::kInQuoted;
      } else if (c == d->escape) {
        r->state = Reader::kEscaped;
      } else if (c == ' ' && d->skip_initial_space) {
        // passed over
      } else if (c == d->delimiter) {
        return save_field(vm, r, fields);
      } else {
        r->state = Reader::kInField;
        return add_character(vm, r, c);
      }
      return {};
    case Reader::kEscaped:
      if (newline) {
        r->state = Reader::kAfterEscapedNewline;
        return add_character(vm, r, c);
      }
      r->state = Reader::kInField;
      return add_character(vm, r, c == kEndOfLine ? U'\n' : c);
    case Reader::kAfterEscapedNewline:
      if (c == kEndOfLine) return {};
      [[fallthrough]];
    case Reader::kInField:
      if (line_ends) return end_of_line(vm, r, fields, c);
      if (c == d->escape) {
        r->state = Reader::kEscaped;
      } else if (c == d->delimiter) {
        r->state = Reader::kStartField;
        return save_field(vm, r, fields);
      } else {
        return add_character(vm, r, c);
      }
      return {};
    case Reader::kInQuoted:
      if (c == kEndOfLine) return {};
      if (c == d->escape) {
        r->state = Reader::kEscapedInQuoted;
      } else if (c == d->quote && d->quoting != kNone) {
        r->state = d->double_quote ? Reader::kQuoteInQuoted : Reader::kInField;
      } else {
        return add_character(vm, r, c);
      }
      return {};
    case Reader::kEscapedInQuoted:
      r->state = Reader::kInQuoted;
      return add_character(vm, r, c == kEndOfLine ? U'\n' : c);
    case Reader::kQuoteInQuoted:
      if (d->quoting != kNone && c == d->quote) {
        r->state = Reader::kInQuoted;
        return add_character(vm, r, c);
      }
      if (c == d->delimiter) {
        r->state = Reader::kStartField;
        return save_field(vm, r, fields);
      }
      if (line_ends) return end_of_line(vm, r, fields, c);
      if (!d->strict) {
        r->state = Reader::kInField;
        return add_character(vm, r, c);
      }
      {
        Str* delimiter = TRY(str_from_char(vm, d->delimiter));
        Str* quote = TRY(str_from_char(vm, d->quote));
        return fail(vm, "'{}' expected after '{}'", delimiter, quote);
      }
    case Reader::kEatNewline:
      if (c == kEndOfLine) r->state = Reader::kStartRecord;
      if (line_ends) return {};
      return fail(vm, python_minor(vm) >= 13
                          ? "new-line character seen in unquoted field - do you need to open the file with newline=''?"
                          : "new-line character seen in unquoted field - do you need to open the file in "
                            "universal-newline mode?");
  }
  return {};
}

Value reader_next(Vm& vm, Args a) {
  auto* r = a[0].as<Reader>();
  begin_record(r);
  List* fields = TRY(list_new(vm));
  do {
    Value line = TRY(iter_next(vm, r->lines));
    if (line.is_exhausted()) {
      if (r->field_length == 0 && r->state != Reader::kInQuoted) return line;
      if (r->dialect->strict) return fail(vm, "unexpected end of data");
      TRY(save_field(vm, r, fields));
      break;
    }
    if (!is_str(line))
      return fail(vm, "iterator should return strings, not {} (the file should be opened in text mode)",
                  type_name_of(line));
    ++r->line_number;
    const Str* text = as_str(line);
    for (uint64_t i = 0; i < text->length; ++i) {
      POLL_EVERY_1024(vm, i);
      TRY(take_character(vm, r, fields, text->at(i)));
    }
    TRY(take_character(vm, r, fields, kEndOfLine));
    TRY(vm.poll());
  } while (r->state != Reader::kStartRecord);
  return fields;
}
Value reader_iter(Vm&, Args a) { return a[0]; }
Value get_reader_dialect(Vm&, Value v) { return v.as<Reader>()->dialect; }
Value get_line_number(Vm& vm, Value v) { return int_from_u64(vm, v.as<Reader>()->line_number); }

/// The arguments of reader() and writer(): an object, then what says the dialect.
Value dialect_of_call(Vm& vm, Args a, const char* function) {
  std::span<const Value> rest = a.rest(1);
  if (rest.empty()) return vm.raise(E::TypeError, "{} expected at least 1 argument, got 0", function);
  if (rest.size() > 2)
    return vm.raise(E::TypeError, "{} expected at most 2 arguments, got {}", function,
                    static_cast<uint64_t>(rest.size()));
  return dialect_from_arguments(vm, state_of(vm).dialect, rest.size() > 1 ? rest[1] : Value(), {}, a[0]);
}

Value make_reader(Vm& vm, Args a) {
  Value lines;
  if (a.rest(1).size() == 1 || a.rest(1).size() == 2) lines = TRY(get_iter(vm, a.rest(1)[0]));
  Value dialect = TRY(dialect_of_call(vm, a, "reader"));
  auto* r = TRY(vm.new_instance<Reader>(state_of(vm).reader));
  r->lines = lines;
  r->dialect = dialect.as<Dialect>();
  begin_record(r);
  return r;
}

// --- Writing

/// One row in the making.
class Row {
 public:
  Row(Vm& vm, const Dialect* dialect) : vm_(vm), d_(dialect), out_(vm) {}

  /// A field; null: None. `quoted`: whatever it holds.
  Status add(const Str* field, bool quoted) {
    uint64_t n = field == nullptr ? 0 : field->length;
    if (n == 0 && d_->delimiter == ' ' && d_->skip_initial_space && python_minor(vm_) >= 13) {
      if (d_->quoting == kNone || (field == nullptr && (d_->quoting == kStrings || d_->quoting == kNotNull)))
        return fail(vm_, "empty field must be quoted if delimiter is a space and skipinitialspace is true");
      quoted = true;
    }
    if (fields_ > 0) TRY(out_.append(d_->delimiter));
    ++fields_;
    quoted = quoted || TRY(needs_quotes(field));
    if (quoted) TRY(out_.append(d_->quote));
    for (uint64_t i = 0; i < n; ++i) {
      POLL_EVERY_1024(vm_, i);
      char32_t c = field->at(i);
      if (is_special(c)) {
        if (must_escape(c)) {
          if (d_->escape == kNoChar) return fail(vm_, "need to escape, but no escapechar set");
          TRY(out_.append(d_->escape));
        } else if (c == d_->quote) {
          TRY(out_.append(c));
        }
      }
      TRY(out_.append(c));
    }
    if (quoted) TRY(out_.append(d_->quote));
    return {};
  }
  /// A row of one empty field would read back as a row of none: `null`: the field was None.
  Status end(bool null) {
    if (fields_ == 0 || out_.length() > 0) return {};
    if (d_->quoting == kNone || (null && (d_->quoting == kStrings || d_->quoting == kNotNull)))
      return fail(vm_, "single empty field record must be quoted");
    --fields_;
    return add(nullptr, true);
  }
  Result<Str*> finish() {
    TRY(out_.append(d_->line_terminator));
    return out_.finish();
  }

 private:
  bool is_special(char32_t c) const {
    return c == d_->delimiter || c == d_->escape || c == d_->quote || c == '\n' || c == '\r' ||
           str_has(d_->line_terminator, c);
  }
  bool must_escape(char32_t c) const {
    if (d_->quoting == kNone) return true;
    if (c == d_->quote) return !d_->double_quote;
    return c == d_->escape;
  }
  Result<bool> needs_quotes(const Str* field) {
    if (field == nullptr || d_->quoting == kNone) return false;
    for (uint64_t i = 0; i < field->length; ++i) {
      POLL_EVERY_1024(vm_, i);
      if (is_special(field->at(i)) && !must_escape(field->at(i))) return true;
    }
    return false;
  }

  Vm& vm_;
  const Dialect* d_;
  StrBuilder out_;
  uint64_t fields_ = 0;
};

bool is_number(Vm& vm, Value v) {
  if (is_int(v) || is_float(v) || is_complex(v)) return true;
  for (Special s : {Special::Index, Special::Int, Special::Float})
    if (!special_of(vm, v, s).is_unset()) return true;
  return false;
}
bool always_quoted(Vm& vm, int quoting, Value field) {
  switch (quoting) {
    case kAll: return true;
    case kNonNumeric: return !is_number(vm, field);
    case kStrings: return is_str(field);
    case kNotNull: return !field.is_none();
    default: return false;
  }
}

Value write_row(Vm& vm, Writer* w, Value fields) {
  Value it = get_iter(vm, fields);
  if (it.is_error()) {
    if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
    return fail(vm, "iterable expected, not {}", type_name_of(fields));
  }
  Dialect* dialect = w->dialect;
  Row row(vm, dialect);
  bool null = false;
  TRY(for_each(vm, it, [&](Value field) -> Status {
    bool quoted = always_quoted(vm, dialect->quoting, field);
    null = field.is_none();
    if (null) return row.add(nullptr, quoted);
    if (!is_str(field)) field = TRY(str(vm, field));
    return row.add(as_str(field), quoted);
  }));
  TRY(row.end(null));
  Str* line = TRY(row.finish());
  return call1(vm, w->write, line);
}
Value writer_writerow(Vm& vm, Args a) { return write_row(vm, a[0].as<Writer>(), a[1]); }
Value writer_writerows(Vm& vm, Args a) {
  auto* w = a[0].as<Writer>();
  TRY(for_each(vm, a[1], [&](Value row) -> Status {
    TRY(write_row(vm, w, row));
    return {};
  }));
  return Value::none();
}
Value get_writer_dialect(Vm&, Value v) { return v.as<Writer>()->dialect; }

Value make_writer(Vm& vm, Args a) {
  Value write;
  if (a.rest(1).size() == 1 || a.rest(1).size() == 2) {
    write = TRY(get_attr_optional(vm, a.rest(1)[0], TRY(vm.intern("write"))));
    if (write.is_exhausted() || !is_callable(vm, write))
      return vm.raise(E::TypeError, "argument 1 must have a \"write\" method");
  }
  Value dialect = TRY(dialect_of_call(vm, a, "writer"));
  auto* w = TRY(vm.new_instance<Writer>(state_of(vm).writer));
  w->write = write;
  w->dialect = dialect.as<Dialect>();
  return w;
}

// --- The module

Value register_dialect(Vm& vm, Args a) {
  std::span<const Value> rest = a.rest(1);
  if (rest.empty()) return vm.raise(E::TypeError, "register_dialect expected at least 1 argument, got 0");
  if (rest.size() > 2)
    return vm.raise(E::TypeError, "register_dialect expected at most 2 arguments, got {}",
                    static_cast<uint64_t>(rest.size()));
  if (!is_str(rest[0])) return vm.raise(E::TypeError, "dialect name must be a string");
  Value dialect = TRY(dialect_from_arguments(vm, state_of(vm).dialect, rest.size() > 1 ? rest[1] : Value(), {}, a[0]));
  TRY(dict_set(vm, state_of(vm).dialects, rest[0], dialect));
  return Value::none();
}
Value unregister_dialect(Vm& vm, Args a) {
  TRY(registered_dialect(vm, a[0]));
  TRY(dict_pop(vm, state_of(vm).dialects, a[0]));
  return Value::none();
}
Value get_dialect(Vm& vm, Args a) { return registered_dialect(vm, a[0]); }
Value list_dialects(Vm& vm, Args) { return list_from(vm, state_of(vm).dialects); }

Value field_size_limit(Vm& vm, Args a) {
  int64_t before = state_of(vm).field_limit;
  if (a.has(0)) {
    if (!is_int(a[0]) || !is_exact(vm, a[0], vm.types.int_)) return vm.raise(E::TypeError, "limit must be an integer");
    state_of(vm).field_limit = TRY(int_to_i64_checked(vm, a[0], "C ssize_t"));
  }
  return int_from(vm, before);
}

constexpr NativeRow kDialectMethods[] = {
    {"__new__($type, *args, **kwargs)", dialect_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__reduce__($self, /)", dialect_reduce, 0, "Always raises TypeError."},
    {"__reduce_ex__($self, protocol, /)", dialect_reduce, 0, "Always raises TypeError."},
};
constexpr GetSetRow kDialectAttributes[] = {
    {"delimiter", get_delimiter},   {"doublequote", get_double_quote},
    {"escapechar", get_escape},     {"lineterminator", get_terminator},
    {"quotechar", get_quote},       {"quoting", get_quoting},
    {"skipinitialspace", get_skip}, {"strict", get_strict},
};
constexpr TypeSpec kDialectType{
    .name = "_csv.Dialect",
    .doc = "How the fields of a row are written: by which characters, and what is quoted.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::CsvDialect),
    .size = sizeof(Dialect),
    .flags = kTypeBase | kTypeImmutable,
    .methods = kDialectMethods,
    .getsets = kDialectAttributes,
    .trace = trace_dialect,
};

constexpr NativeRow kReaderMethods[] = {
    {"__iter__($self, /)", reader_iter, kPure, "Implement iter(self)."},
    {"__next__($self, /)", reader_next, kIterNext, "Implement next(self)."},
};
constexpr GetSetRow kReaderAttributes[] = {{"dialect", get_reader_dialect}, {"line_num", get_line_number}};
constexpr TypeSpec kReaderType{
    .name = "_csv.reader",
    .doc = "An iterator over the rows of a CSV file, each a list of its fields.",
    .kind = static_cast<CellKind>(Kind::CsvReader),
    .size = sizeof(Reader),
    .flags = kTypeNoNew | kTypeImmutable,
    .methods = kReaderMethods,
    .getsets = kReaderAttributes,
    .trace = trace_reader,
};

constexpr NativeRow kWriterMethods[] = {
    {"writerow($self, row, /)", writer_writerow, 0,
     "Write one row; what is no str is turned into one. Returns what the file's write() returns."},
    {"writerows($self, rows, /)", writer_writerows, 0, "Write several rows."},
};
constexpr GetSetRow kWriterAttributes[] = {{"dialect", get_writer_dialect}};
constexpr TypeSpec kWriterType{
    .name = "_csv.writer",
    .doc = "Writes rows to a file as CSV.",
    .kind = static_cast<CellKind>(Kind::CsvWriter),
    .size = sizeof(Writer),
    .flags = kTypeNoNew | kTypeImmutable,
    .methods = kWriterMethods,
    .getsets = kWriterAttributes,
    .trace = trace_writer,
};

constexpr NativeRow kFunctions[] = {
    {"reader(*args, **kwargs)", make_reader, 0,
     "reader(iterable, dialect='excel', **fmtparams): an iterator over the rows of lines of text, each a list of str."},
    {"writer(*args, **kwargs)", make_writer, 0,
     "writer(fileobj, dialect='excel', **fmtparams): an object that writes rows to a file."},
    {"register_dialect(*args, **kwargs)", register_dialect, 0,
     "register_dialect(name, dialect=None, **fmtparams): give a dialect a name."},
    {"unregister_dialect(name)", unregister_dialect, 0, "Forget the dialect of a name."},
    {"get_dialect(name)", get_dialect, 0, "Return the dialect of a name."},
    {"list_dialects()", list_dialects, 0, "Return a list of the names of all known dialects."},
    {"field_size_limit(new_limit=<unrepresentable>)", field_size_limit, 0,
     "Set how long a field may be, if a limit is given, and return the old limit."},
};

Status init(Vm& vm, Module* m) {
  State& state = state_of(vm);
  state.dialects = TRY(dict_new(vm));
  state.dialect = TRY(module_add_type(vm, m, kDialectType));
  state.reader = TRY(make_type(vm, kReaderType));
  state.writer = TRY(make_type(vm, kWriterType));
  TRY(module_add(vm, m, "Reader", state.reader));
  TRY(module_add(vm, m, "Writer", state.writer));
  TRY(module_add(vm, m, "_dialects", state.dialects));
  Dict* ns = TRY(dict_new(vm));
  TRY(dict_set_str(vm, ns, vm.names.d_module, TRY(vm.intern("_csv"))));
  Tuple* bases = TRY(tuple_of(vm, Value(vm.exception_type(E::Exception))));
  state.error = as_type(TRY(type_new(vm, vm.types.type, TRY(vm.intern("Error")), bases, ns, nullptr)));
  TRY(module_add(vm, m, "Error", state.error));
  if (python_minor(vm) < 13) TRY(module_add_str(vm, m, "__version__", "1.0"));
  constexpr const char* kNames[kQuotings] = {"QUOTE_MINIMAL", "QUOTE_ALL",     "QUOTE_NONNUMERIC",
                                             "QUOTE_NONE",    "QUOTE_STRINGS", "QUOTE_NOTNULL"};
  for (int i = 0; i < kQuotings; ++i) TRY(module_add_int(vm, m, kNames[i], i));
  return {};
}

}  // namespace

extern constinit const ModuleSpec csv_module{
    .name = "_csv",
    .doc = "CSV parsing and writing.\n",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
