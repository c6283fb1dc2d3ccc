// _json.make_scanner: reads one JSON value out of a str.
#include "base/float_text.hpp"
#include "modules/_json.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/quick.hpp"
#include "runtime/system.hpp"

namespace krait::json {

namespace {

struct Scanner : Object {
  Value strict, object_hook, object_pairs_hook, array_hook, parse_float, parse_int, parse_constant;
};

void trace_scanner(Heap&, Cell* cell, Marker& m) {
  auto* s = static_cast<Scanner*>(cell);
  m.mark_range(&s->strict, &s->parse_constant + 1);
}

bool is_space(char32_t c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

/// One call of a scanner.
class Scan {
 public:
  Scan(Vm& vm, Scanner* scanner, Str* text, Dict* keys)
      : vm_(vm),
        scanner_(scanner),
        text_(text),
        keys_(keys),
        strict_(scanner->strict.is(Value::true_())),
        tells_trailing_comma_(python_minor(vm) >= 13) {}

  /// The value that begins at i; i is then behind it. StopIteration(position) where there is none.
  Value value(uint64_t& i);

 private:
  Value object(uint64_t& i);
  Value array(uint64_t& i);
  Value number(uint64_t& i);
  Value constant(uint64_t& i, std::string_view name);
  Status entry(uint64_t& i, Dict* dict, List* pairs);

  bool looking_at(uint64_t i, std::string_view word) const {
    if (text_->length - i < word.size()) return false;
    for (char c : word) {
      if (text_->at(i++) != static_cast<unsigned char>(c)) return false;
    }
    return true;
  }
  /// The character at i; 0 at the end, which no syntax character equals.
  char32_t peek(uint64_t i) const { return i < text_->length ? text_->at(i) : 0; }
  Status skip_space(uint64_t& i) {
    uint64_t begin = i;
    while (is_space(peek(i))) ++i;
    if (i - begin > 4096) return vm_.poll();
    return {};
  }
  Value nothing_at(uint64_t i) { return raise_stop_iteration(vm_, TRY(int_from_u64(vm_, i))); }
  Error error(const char* message, uint64_t i) { return raise_decode_error(vm_, message, text_, i); }

  Vm& vm_;
  Scanner* scanner_;
  Str* text_;
  Dict* keys_;  ///< the keys met so far: equal ones become one object
  bool strict_, tells_trailing_comma_;
};

Value Scan::value(uint64_t& i) {
  switch (peek(i)) {
    case '"': {
      uint64_t begin = i + 1;
      return scan_string(vm_, text_, begin, strict_, &i);
    }
    case '{': TRY(vm_.check_stack(" while decoding a JSON object from a unicode string")); return object(++i);
    case '[': TRY(vm_.check_stack(" while decoding a JSON array from a unicode string")); return array(++i);
    case 'n':
      if (!looking_at(i, "null")) break;
      i += 4;
      return Value::none();
    case 't':
      if (!looking_at(i, "true")) break;
      i += 4;
      return Value::true_();
    case 'f':
      if (!looking_at(i, "false")) break;
      i += 5;
      return Value::false_();
    case 'N':
      if (looking_at(i, "NaN")) return constant(i, "NaN");
      break;
    case 'I':
      if (looking_at(i, "Infinity")) return constant(i, "Infinity");
      break;
    case '-':
      if (looking_at(i, "-Infinity")) return constant(i, "-Infinity");
      return number(i);
    default:
      if (is_digit(peek(i))) return number(i);
  }
  return nothing_at(i);
}

Value Scan::constant(uint64_t& i, std::string_view name) {
  i += name.size();
  return call1(vm_, scanner_->parse_constant, TRY(vm_.intern(name)));
}

Value Scan::number(uint64_t& i) {
  uint64_t begin = i, at = i;
  if (peek(at) == '-') ++at;
  uint64_t first_digit = at;
  auto skip_digits = [&] {
    while (is_digit(peek(at))) ++at;
  };
  if (peek(at) == '0')
    ++at;
  else
    skip_digits();
  if (at == first_digit) return nothing_at(begin);
  bool is_whole = true;
  if (peek(at) == '.' && is_digit(peek(at + 1))) {
    is_whole = false;
    ++at;
    skip_digits();
  }
  if (peek(at) == 'e' || peek(at) == 'E') {
    uint64_t exponent = at++;
    if (peek(at) == '+' || peek(at) == '-') ++at;
    if (is_digit(peek(at))) {
      is_whole = false;
      skip_digits();
    } else {
      at = exponent;
    }
  }
  i = at;
  if (at - begin > 4096) TRY(vm_.poll());
  if (is_whole && scanner_->parse_int == Value(vm_.types.int_)) {
    if (at - first_digit <= 18) {
      int64_t n = 0;
      for (uint64_t d = first_digit; d < at; ++d) n = n * 10 + static_cast<int64_t>(text_->at(d) - '0');
      return int_from(vm_, first_digit == begin ? n : -n);
    }
    return int_from_text(vm_, TRY(str_substring(vm_, text_, begin, at)), 10);
  }
  if (!is_whole && scanner_->parse_float == Value(vm_.types.float_)) {
    char digits[64];
    if (at - begin <= sizeof digits) {
      for (uint64_t d = begin; d < at; ++d) digits[d - begin] = static_cast<char>(text_->at(d));
      if (auto x = parse_double({digits, at - begin})) return float_from(vm_, *x);
    }
    return float_from_text(vm_, TRY(str_substring(vm_, text_, begin, at)));
  }
  Value digits = TRY(str_substring(vm_, text_, begin, at));
  return call1(vm_, is_whole ? scanner_->parse_int : scanner_->parse_float, digits);
}

/// One `"key": value`, which goes to the list if there is one, else to the dict.
Status Scan::entry(uint64_t& i, Dict* dict, List* pairs) {
  if (peek(i) != '"') return error("Expecting property name enclosed in double quotes", i);
  uint64_t begin = i + 1;
  Value key = TRY(scan_string(vm_, text_, begin, strict_, &i));
  key = TRY(dict_set_default(vm_, keys_, key, key));
  TRY(skip_space(i));
  if (peek(i) != ':') return error("Expecting ':' delimiter", i);
  TRY(skip_space(++i));
  Value v = TRY(value(i));
  if (pairs == nullptr) return dict_set_str(vm_, dict, as_str(key), v);
  Value pair = TRY(tuple_of(vm_, key, v));
  return list_append(vm_, pairs, pair);
}

Value Scan::object(uint64_t& i) {
  Dict* dict = nullptr;
  List* pairs = nullptr;
  if (scanner_->object_pairs_hook.is_none())
    dict = TRY(dict_new(vm_));
  else
    pairs = TRY(list_new(vm_));
  TRY(skip_space(i));
  if (peek(i) != '}') {
    while (true) {
      TRY(vm_.poll());
      TRY(entry(i, dict, pairs));
      TRY(skip_space(i));
      if (peek(i) == '}') break;
      if (peek(i) != ',') return error("Expecting ',' delimiter", i);
      uint64_t comma = i;
      TRY(skip_space(++i));
      if (tells_trailing_comma_ && peek(i) == '}') return error("Illegal trailing comma before end of object", comma);
    }
  }
  ++i;
  if (pairs != nullptr) return call1(vm_, scanner_->object_pairs_hook, pairs);
  if (!scanner_->object_hook.is_none()) return call1(vm_, scanner_->object_hook, dict);
  return dict;
}

Value Scan::array(uint64_t& i) {
  List* list = TRY(list_new(vm_));
  TRY(skip_space(i));
  if (peek(i) != ']') {
    while (true) {
      TRY(vm_.poll());
      Value item = TRY(value(i));
      TRY(list_append(vm_, list, item));
      TRY(skip_space(i));
      if (peek(i) == ']') break;
      if (peek(i) != ',') return error("Expecting ',' delimiter", i);
      uint64_t comma = i;
      TRY(skip_space(++i));
      if (tells_trailing_comma_ && peek(i) == ']') return error("Illegal trailing comma before end of array", comma);
    }
  }
  ++i;
  if (!scanner_->array_hook.is_none()) return call1(vm_, scanner_->array_hook, list);
  return list;
}

/// Slots: cls, context.
Value scanner_new(Vm& vm, Args a) {
  auto* s = TRY(vm.new_instance<Scanner>(a[0].as<Type>()));
  auto read = [&](const char* name, Value& into) -> Status {
    into = TRY(get_attr(vm, a[1], TRY(vm.intern(name))));
    vm.barrier(s);
    return {};
  };
  TRY(read("strict", s->strict));
  s->strict = Value::boolean(TRY(truthy(vm, s->strict)));
  TRY(read("object_hook", s->object_hook));
  TRY(read("object_pairs_hook", s->object_pairs_hook));
  s->array_hook = Value::none();
  if (python_minor(vm) >= 15) TRY(read("array_hook", s->array_hook));
  TRY(read("parse_float", s->parse_float));
  TRY(read("parse_int", s->parse_int));
  TRY(read("parse_constant", s->parse_constant));
  return s;
}

/// Slots: self, string, idx.
Value scanner_call(Vm& vm, Args a) {
  int64_t at = TRY(quick_index(vm, a[2], E::OverflowError));
  if (!is_str(a[1])) return vm.raise(E::TypeError, "first argument must be a string, not {}", type_name_of(a[1]));
  if (at < 0) return vm.raise(E::ValueError, "idx cannot be negative");
  Dict* keys = TRY(dict_new(vm));
  Scan scan(vm, a[0].as<Scanner>(), TRY(str_exact(vm, as_str(a[1]))), keys);
  auto i = static_cast<uint64_t>(at);
  Value v = TRY(scan.value(i));
  return pack(vm, v, int_from_u64(vm, i));
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, context)", scanner_new, kNewMethod},
    {"__call__($self, string, idx)", scanner_call, 0, "Call self as a function."},
};
constexpr MemberRow kMembers[] = {
    {"strict", offsetof(Scanner, strict), MemberRow::kReadOnly, "strict"},
    {"object_hook", offsetof(Scanner, object_hook), MemberRow::kReadOnly, "object_hook"},
    {"object_pairs_hook", offsetof(Scanner, object_pairs_hook), MemberRow::kReadOnly},
    {"parse_float", offsetof(Scanner, parse_float), MemberRow::kReadOnly, "parse_float"},
    {"parse_int", offsetof(Scanner, parse_int), MemberRow::kReadOnly, "parse_int"},
    {"parse_constant", offsetof(Scanner, parse_constant), MemberRow::kReadOnly, "parse_constant"},
};
constinit const TypeSpec kScannerType{
    .name = "_json.Scanner",
    .doc = "JSON scanner object",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::JsonScanner),
    .size = sizeof(Scanner),
    .flags = kTypeBase,
    .methods = kMethods,
    .members = kMembers,
    .trace = trace_scanner,
};

}  // namespace

Status add_scanner(Vm& vm, Module* m) {
  Type* type = TRY(make_type(vm, kScannerType));
  return module_add(vm, m, "make_scanner", type);
}

}  // namespace krait::json
