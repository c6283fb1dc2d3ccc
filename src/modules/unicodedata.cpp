// unicodedata: the properties of characters, of the Unicode that the tables hold and (ucd_3_2_0) of Unicode 3.2.
//
// Each function is written once, for both: as a function of the module and as a method of UCD.
#include <string>

#include "base/unicode.hpp"
#include "base/unicode_320.hpp"
#include "objects/float.hpp"
#include "objects/int_limbs.hpp"
#include "objects/module.hpp"
#include "objects/quick.hpp"
#include "objects/str_methods.hpp"
#include "objects/text_args.hpp"
#include "runtime/system.hpp"

namespace krait {

namespace {

namespace v320 = unicode::v320;

/// A character argument. `number`: which argument it is, 0 if the only one.
Result<char32_t> char_argument(Vm& vm, Value v, const char* name, int number) {
  if (is_str(v) && as_str(v)->length == 1) return as_str(v)->at(0);
  std::string which = number == 0 ? "argument" : "argument " + std::to_string(number);
  if (!is_str(v))
    return vm.raise(E::TypeError, "{}() {} must be a unicode character, not {}", name, std::string_view(which),
                    type_name_of(v));
  return vm.raise(E::TypeError, "{}(): {} must be a unicode character, not a string of length {}", name,
                  std::string_view(which), as_str(v)->length);
}

bool known(char32_t c, bool old) { return !old || v320::is_assigned(c); }

Value decimal(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "decimal", 1));
  int value = old ? v320::decimal_value(c) : unicode::decimal_value(c);
  if (value >= 0) return Value::small_int(value);
  if (a.has(1)) return a[1];
  return vm.raise(E::ValueError, "not a decimal");
}

Value digit(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "digit", 1));
  int value = known(c, old) ? unicode::digit_value(c) : -1;
  if (value >= 0) return Value::small_int(value);
  if (a.has(1)) return a[1];
  return vm.raise(E::ValueError, "not a digit");
}

Value numeric(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "numeric", 1));
  if (known(c, old) && unicode::is_numeric(c)) return float_from(vm, unicode::numeric_value(c));
  if (a.has(1)) return a[1];
  return vm.raise(E::ValueError, "not a numeric character");
}

Value category(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "category", 0));
  return str_from_ascii(vm, old ? v320::category(c) : unicode::category(c));
}
Value bidirectional(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "bidirectional", 0));
  return str_from_ascii(vm, old ? v320::bidirectional(c) : unicode::bidirectional(c));
}
Value east_asian_width(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "east_asian_width", 0));
  return str_from_ascii(vm, old ? v320::east_asian_width(c) : unicode::east_asian_width(c));
}
Value combining(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "combining", 0));
  return Value::small_int(old ? v320::combining(c) : unicode::combining(c));
}
Value mirrored(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "mirrored", 0));
  return Value::small_int(old ? v320::is_mirrored(c) : unicode::is_mirrored(c));
}
Value decomposition(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "decomposition", 0));
  return str_from_ascii(vm, known(c, old) ? unicode::decomposition(c) : std::string());
}

Value name(Vm& vm, Args a, bool old) {
  char32_t c = TRY(char_argument(vm, a[0], "name", 1));
  auto text = known(c, old) ? unicode::name_of(c) : std::nullopt;
  if (text) return str_from_ascii(vm, *text);
  if (a.has(1)) return a[1];
  return vm.raise(E::ValueError, "no such name");
}

Value lookup(Vm& vm, Args a, bool old) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "lookup() argument must be str, not {}", argument_type(a[0]));
  std::string text = str_to_utf8(as_str(a[0]));
  if (text.size() > unicode::kMaxNameLength) return vm.raise(E::KeyError, "name too long");
  auto c = unicode::lookup_name(text);
  bool is_alias = false;  // which came with later versions
  if (c && old) {
    std::string upper = text;
    for (char& k : upper) k = k >= 'a' && k <= 'z' ? static_cast<char>(k - 32) : k;
    is_alias = unicode::name_of(*c) != upper;
  }
  if (c && known(*c, old) && !is_alias) return str_from_char(vm, *c);
  std::u32string_view sequence = c || old ? std::u32string_view() : unicode::lookup_sequence(text);
  if (!sequence.empty()) return str_from_ucs4(vm, {sequence.data(), sequence.size()});
  return vm.raise(E::KeyError, "undefined character name '{}'", a[0]);
}

Result<unicode::Form> form_argument(Vm& vm, Value form, Value text, const char* function) {
  for (int i = 0; i < 2; ++i) {
    Value v = i == 0 ? form : text;
    if (!is_str(v))
      return vm.raise(E::TypeError, "{}() argument {} must be str, not {}", function, i + 1, argument_type(v));
  }
  const Str* s = as_str(form);
  if (s->equals("NFC")) return unicode::Form::kNfc;
  if (s->equals("NFD")) return unicode::Form::kNfd;
  if (s->equals("NFKC")) return unicode::Form::kNfkc;
  if (s->equals("NFKD")) return unicode::Form::kNfkd;
  return vm.raise(E::ValueError, "invalid normalization form");
}

std::u32string wide(const Str* s) {
  std::u32string out(s->length, U'\0');
  with_chars(s, [&](auto* p) {
    for (uint64_t i = 0; i < s->length; ++i) out[i] = p[i];
  });
  return out;
}

Value normalize(Vm& vm, Args a, bool old) {
  unicode::Form form = TRY(form_argument(vm, a[0], a[1], "normalize"));
  Str* s = as_str(a[1]);
  if (s->is_ascii()) return str_exact(vm, s);
  ScratchCharge charge(vm);
  TRY(charge.take(s->length * sizeof(char32_t) * 3));
  std::u32string text = wide(s);
  if (!old && unicode::is_normalized_quick(form, text)) return str_exact(vm, s);
  std::u32string result = old ? v320::normalize(form, text) : unicode::normalize(form, text);
  return str_from_ucs4(vm, {result.data(), result.size()});
}

Value is_normalized(Vm& vm, Args a, bool old) {
  unicode::Form form = TRY(form_argument(vm, a[0], a[1], "is_normalized"));
  Str* s = as_str(a[1]);
  if (s->is_ascii()) return Value::true_();
  ScratchCharge charge(vm);
  TRY(charge.take(s->length * sizeof(char32_t) * 3));
  std::u32string text = wide(s);
  return Value::boolean(old ? v320::normalize(form, text) == text : unicode::is_normalized(form, text));
}

using Body = Value (*)(Vm&, Args, bool old);
template <Body kBody>
Value of_module(Vm& vm, Args a) {
  return kBody(vm, a, false);
}
template <Body kBody>
Value of_ucd(Vm& vm, Args a) {
  return kBody(vm, {a.v + 1, a.n - 1}, true);
}

constexpr NativeRow kFunctions[] = {
    {"bidirectional(chr, /)", of_module<bidirectional>, 0, "The character's bidirectional class."},
    {"category(chr, /)", of_module<category>, 0, "The character's general category."},
    {"combining(chr, /)", of_module<combining>, 0, "The character's canonical combining class."},
    {"decimal(chr, default=<unrepresentable>, /)", of_module<decimal>, 0, "The character's value as a decimal digit."},
    {"decomposition(chr, /)", of_module<decomposition>, 0, "The character's decomposition mapping."},
    {"digit(chr, default=<unrepresentable>, /)", of_module<digit>, 0, "The character's value as a digit."},
    {"east_asian_width(chr, /)", of_module<east_asian_width>, 0, "The character's East Asian width."},
    {"is_normalized(form, unistr, /)", of_module<is_normalized>, 0, "Is the text in this normal form?"},
    {"lookup(name, /)", of_module<lookup>, 0, "The character with this name."},
    {"mirrored(chr, /)", of_module<mirrored>, 0, "1 if the character is mirrored in bidirectional text."},
    {"name(chr, default=<unrepresentable>, /)", of_module<name>, 0, "The character's name."},
    {"normalize(form, unistr, /)", of_module<normalize>, 0,
     "The text in a normal form: 'NFC', 'NFKC', 'NFD' or 'NFKD'."},
    {"numeric(chr, default=<unrepresentable>, /)", of_module<numeric>, 0, "The character's numeric value."},
};

constexpr NativeRow kMethods[] = {
    {"bidirectional($self, chr, /)", of_ucd<bidirectional>, 0, "The character's bidirectional class."},
    {"category($self, chr, /)", of_ucd<category>, 0, "The character's general category."},
    {"combining($self, chr, /)", of_ucd<combining>, 0, "The character's canonical combining class."},
    {"decimal($self, chr, default=<unrepresentable>, /)", of_ucd<decimal>, 0,
     "The character's value as a decimal digit."},
    {"decomposition($self, chr, /)", of_ucd<decomposition>, 0, "The character's decomposition mapping."},
    {"digit($self, chr, default=<unrepresentable>, /)", of_ucd<digit>, 0, "The character's value as a digit."},
    {"east_asian_width($self, chr, /)", of_ucd<east_asian_width>, 0, "The character's East Asian width."},
    {"is_normalized($self, form, unistr, /)", of_ucd<is_normalized>, 0, "Is the text in this normal form?"},
    {"lookup($self, name, /)", of_ucd<lookup>, 0, "The character with this name."},
    {"mirrored($self, chr, /)", of_ucd<mirrored>, 0, "1 if the character is mirrored in bidirectional text."},
    {"name($self, chr, default=<unrepresentable>, /)", of_ucd<name>, 0, "The character's name."},
    {"normalize($self, form, unistr, /)", of_ucd<normalize>, 0, "The text in a normal form."},
    {"numeric($self, chr, default=<unrepresentable>, /)", of_ucd<numeric>, 0, "The character's numeric value."},
};
constexpr GetSetRow kGetSets[] = {
    {"unidata_version", [](Vm& vm, Value) -> Value { return str_from_ascii(vm, v320::kVersion); }, nullptr,
     "The version of Unicode."},
};

constinit const TypeSpec kUcdType{
    .name = "unicodedata.UCD",
    .doc = "The properties of characters in one version of Unicode.",
    .kind = static_cast<CellKind>(Kind::Object),
    .size = sizeof(Object),
    .flags = kTypeNoNew,
    .methods = kMethods,
    .getsets = kGetSets,
};

Status init(Vm& vm, Module* module) {
  Type* type = TRY(module_add_type(vm, module, kUcdType));
  // The library's stringprep, which IDNA needs, refuses any other version than the one it was generated beside, although it uses
  // ucd_3_2_0 only: the version shown is the library's, not that of the tables.
  int minor = python_minor(vm);
  const char* of_library = minor <= 11   ? "14.0.0"
                           : minor == 12 ? "15.0.0"
                           : minor == 13 ? "15.1.0"
                           : minor == 14 ? "16.0.0"
                                         : "17.0.0";
  TRY(module_add_str(vm, module, "unidata_version", of_library));
  Object* old = TRY(vm.new_instance<Object>(type));
  return module_add(vm, module, "ucd_3_2_0", old);
}

}  // namespace

extern constinit const ModuleSpec unicodedata_module{
    .name = "unicodedata",
    .doc = "The Unicode character database.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
