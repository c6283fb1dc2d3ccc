// _locale: the C library's locales. The process keeps its own: a Vm has a locale_t that only its own calls use.
#include <clocale>
#include <climits>
#include <cstring>
#include <langinfo.h>
#include <locale.h>
#include <cstdlib>
#include <string>
#include <vector>

#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

constexpr int kCategories = 12;  // LC_CTYPE 0 ... LC_ALL 6, LC_PAPER 7 ... LC_IDENTIFICATION 12
constexpr int kBasic[] = {LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES};
constexpr const char* kBasicNames[] = {"LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES"};
constexpr int kBasicMasks[] = {LC_CTYPE_MASK,   LC_NUMERIC_MASK,  LC_TIME_MASK,
                               LC_COLLATE_MASK, LC_MONETARY_MASK, LC_MESSAGES_MASK};

struct State : Extension {
  std::string names[kCategories + 1];
  locale_t locale = nullptr;
  Type* error = nullptr;
  State() {
    for (std::string& name : names) name = "C";
    names[LC_CTYPE] = "C.UTF-8";
    locale = newlocale(LC_ALL_MASK, "C", nullptr);
    if (locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale)) locale = utf8;
  }
  ~State() override {
    if (locale != nullptr) freelocale(locale);
  }
  void trace(Marker& m) override { m.mark_cell(error); }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

/// The locale of a category that the environment asks for.
std::string from_environment(const char* category) {
  for (const char* variable : {"LC_ALL", category, "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != 0) return value;
  }
  return "C";
}

std::string all_names(const State& s) {
  bool same = true;
  for (int c : kBasic) same = same && s.names[c] == s.names[LC_CTYPE];
  if (same) return s.names[LC_CTYPE];
  std::string out;
  for (size_t i = 0; i < std::size(kBasic); ++i)
    out += (i ? ";" : "") + std::string(kBasicNames[i]) + "=" + s.names[kBasic[i]];
  for (const char* rest : {"LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION"})
    out += std::string(";") + rest + "=C";
  return out;
}

Error unsupported(Vm& vm) {
  Value e = call1(vm, state_of(vm).error, Value(TRY(str_from_ascii(vm, "unsupported locale setting"))));
  if (e.is_error()) return Error{};
  return vm.raise_value(e);
}

Status set_category(Vm& vm, size_t i, const std::string& name) {
  State& s = state_of(vm);
  locale_t changed = newlocale(kBasicMasks[i], name.c_str(), s.locale);
  if (changed == nullptr) return unsupported(vm);
  s.locale = changed;
  s.names[kBasic[i]] = name;
  return {};
}

Value locale_setlocale(Vm& vm, Args a) {
  int64_t category = TRY(index_checked(vm, a[0], E::OverflowError));
  State& s = state_of(vm);
  if (category < 0 || category > kCategories) return vm.raise(E::ValueError, "invalid locale category");
  bool query = !a.has(1) || a[1].is_none();
  if (query) {
    std::string name = category == LC_ALL ? all_names(s) : s.names[category];
    return str_from_utf8(vm, name);
  }
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "setlocale() argument 2 must be str or None, not {}", type_name_of(a[1]));
  std::string wanted = str_to_utf8(as_str(a[1]));
  if (category != LC_ALL) {
    for (size_t i = 0; i < std::size(kBasic); ++i) {
      if (kBasic[i] != category) continue;
      TRY(set_category(vm, i, wanted.empty() ? from_environment(kBasicNames[i]) : wanted));
      return str_from_utf8(vm, s.names[category]);
    }
    if (!wanted.empty() && wanted != "C" && wanted != "POSIX") return unsupported(vm);
    return str_from_utf8(vm, s.names[category]);
  }
  // What one category refuses must leave the others as they were: all are tried on a copy first.
  std::string chosen[std::size(kBasic)];
  for (size_t i = 0; i < std::size(kBasic); ++i) {
    chosen[i] = wanted;
    if (wanted.empty()) chosen[i] = from_environment(kBasicNames[i]);
    size_t found = wanted.find(std::string(kBasicNames[i]) + "=");
    if (found != std::string::npos) {
      size_t begin = found + std::strlen(kBasicNames[i]) + 1;
      chosen[i] = wanted.substr(begin, wanted.find(';', begin) - begin);
    }
    locale_t probe = newlocale(kBasicMasks[i], chosen[i].c_str(), nullptr);
    if (probe == nullptr) return unsupported(vm);
    freelocale(probe);
  }
  for (size_t i = 0; i < std::size(kBasic); ++i) TRY(set_category(vm, i, chosen[i]));
  return str_from_utf8(vm, all_names(s));
}

/// While one lives this thread's C library calls use the Vm's locale.
class InLocale {
 public:
  explicit InLocale(Vm& vm) : old_(uselocale(state_of(vm).locale)) {}
  ~InLocale() { uselocale(old_); }
  InLocale(const InLocale&) = delete;
  InLocale& operator=(const InLocale&) = delete;

 private:
  locale_t old_;
};

Value grouping_list(Vm& vm, const std::string& text) {
  List* list = TRY(list_new(vm));
  for (char c : text) {
    TRY(list_append(vm, list, Value::small_int(c)));
    if (c == CHAR_MAX) return list;
  }
  if (!text.empty()) TRY(list_append(vm, list, Value::small_int(0)));
  return list;
}

Value locale_localeconv(Vm& vm, Args) {
  struct Text {
    const char* key;
    std::string value;
  };
  struct Number {
    const char* key;
    int value;
  };
  std::vector<Text> texts, groupings;
  std::vector<Number> numbers;
  {
    InLocale scope(vm);
    const lconv* c = localeconv();
    texts = {{"decimal_point", c->decimal_point},         {"thousands_sep", c->thousands_sep},
             {"int_curr_symbol", c->int_curr_symbol},     {"currency_symbol", c->currency_symbol},
             {"mon_decimal_point", c->mon_decimal_point}, {"mon_thousands_sep", c->mon_thousands_sep},
             {"positive_sign", c->positive_sign},         {"negative_sign", c->negative_sign}};
    groupings = {{"grouping", c->grouping}, {"mon_grouping", c->mon_grouping}};
    numbers = {{"int_frac_digits", c->int_frac_digits}, {"frac_digits", c->frac_digits},
               {"p_cs_precedes", c->p_cs_precedes},     {"p_sep_by_space", c->p_sep_by_space},
               {"n_cs_precedes", c->n_cs_precedes},     {"n_sep_by_space", c->n_sep_by_space},
               {"p_sign_posn", c->p_sign_posn},         {"n_sign_posn", c->n_sign_posn}};
  }
  Dict* out = TRY(dict_new(vm));
  for (const Number& n : numbers) TRY(dict_set_str(vm, out, TRY(vm.intern(n.key)), Value::small_int(n.value)));
  for (const Text& t : texts) TRY(dict_set_str(vm, out, TRY(vm.intern(t.key)), TRY(str_decode_fs(vm, t.value))));
  for (const Text& t : groupings) TRY(dict_set_str(vm, out, TRY(vm.intern(t.key)), TRY(grouping_list(vm, t.value))));
  return out;
}

Status text_argument(Vm& vm, Value v, std::string& out, const char* function) {
  if (!is_str(v)) return vm.raise(E::TypeError, "{} argument must be str, not {}", function, argument_type(v));
  if (str_contains_nul(as_str(v))) return vm.raise(E::ValueError, "embedded null character");
  return str_encode_fs(vm, as_str(v), out);
}
Value locale_strcoll(Vm& vm, Args a) {
  std::string x, y;
  TRY(text_argument(vm, a[0], x, "strcoll()"));
  TRY(text_argument(vm, a[1], y, "strcoll()"));
  return Value::small_int(strcoll_l(x.c_str(), y.c_str(), state_of(vm).locale));
}
Value locale_strxfrm(Vm& vm, Args a) {
  std::string text;
  TRY(text_argument(vm, a[0], text, "strxfrm()"));
  if (state_of(vm).names[LC_COLLATE] == "C") return a[0];
  size_t n = strxfrm_l(nullptr, text.c_str(), 0, state_of(vm).locale);
  std::string key(n, 0);
  strxfrm_l(key.data(), text.c_str(), n + 1, state_of(vm).locale);
  return str_from_latin1(vm, {reinterpret_cast<const uint8_t*>(key.data()), key.size()});
}

struct Item {
  const char* name;
  nl_item item;
};
constexpr Item kItems[] = {
#define ITEM(name) {#name, name},
    ITEM(DAY_1) ITEM(DAY_2) ITEM(DAY_3) ITEM(DAY_4) ITEM(DAY_5) ITEM(DAY_6) ITEM(DAY_7) ITEM(ABDAY_1) ITEM(ABDAY_2)
        ITEM(ABDAY_3) ITEM(ABDAY_4) ITEM(ABDAY_5) ITEM(ABDAY_6) ITEM(ABDAY_7) ITEM(MON_1) ITEM(MON_2) ITEM(MON_3)
            ITEM(MON_4) ITEM(MON_5) ITEM(MON_6) ITEM(MON_7) ITEM(MON_8) ITEM(MON_9) ITEM(MON_10) ITEM(MON_11)
                ITEM(MON_12) ITEM(ABMON_1) ITEM(ABMON_2) ITEM(ABMON_3) ITEM(ABMON_4) ITEM(ABMON_5) ITEM(ABMON_6)
                    ITEM(ABMON_7) ITEM(ABMON_8) ITEM(ABMON_9) ITEM(ABMON_10) ITEM(ABMON_11) ITEM(ABMON_12)
                        ITEM(RADIXCHAR) ITEM(THOUSEP) ITEM(CRNCYSTR) ITEM(D_FMT) ITEM(D_T_FMT) ITEM(T_FMT) ITEM(AM_STR)
                            ITEM(PM_STR) ITEM(CODESET) ITEM(T_FMT_AMPM) ITEM(ERA) ITEM(ERA_D_FMT) ITEM(ERA_D_T_FMT)
                                ITEM(ERA_T_FMT) ITEM(ALT_DIGITS) ITEM(YESEXPR) ITEM(NOEXPR)
#undef ITEM
};
Value locale_nl_langinfo(Vm& vm, Args a) {
  int64_t key = TRY(index_checked(vm, a[0], E::OverflowError));
  for (const Item& item : kItems) {
    if (item.item != key) continue;
    const char* text = nl_langinfo_l(item.item, state_of(vm).locale);
    return str_decode_fs(vm, text == nullptr ? "" : text);
  }
  return vm.raise(E::ValueError, "unsupported langinfo constant");
}
Value locale_getencoding(Vm& vm, Args) { return str_from_ascii(vm, "UTF-8"); }

const NativeRow kFunctions[] = {
    {"setlocale(category, locale=None, /)", locale_setlocale, 0, "Set or ask for the locale of a category."},
    {"localeconv()", locale_localeconv, 0, "How numbers and amounts of money are written."},
    {"strcoll(os1, os2, /)", locale_strcoll, 0, "Compare two strings by the locale's order."},
    {"strxfrm(string, /)", locale_strxfrm, 0, "A string to be used as a key in sorts by the locale's order."},
    {"nl_langinfo(key, /)", locale_nl_langinfo, 0, "A piece of the locale's information."},
    {"getencoding()", locale_getencoding, 0, "The encoding of the locale."},
};

constexpr TypeSpec kErrorSpec{.name = "locale.Error", .flags = kTypeBase};

Status locale_init(Vm& vm, Module* m) {
  Type* error = TRY(make_type(vm, kErrorSpec, vm.exception_type(E::Exception)));
  state_of(vm).error = error;
  TRY(module_add(vm, m, "Error", error));
  for (size_t i = 0; i < std::size(kBasic); ++i) TRY(module_add_int(vm, m, kBasicNames[i], kBasic[i]));
  TRY(module_add_int(vm, m, "LC_ALL", LC_ALL));
  TRY(module_add_int(vm, m, "CHAR_MAX", CHAR_MAX));
  for (const Item& item : kItems) TRY(module_add_int(vm, m, item.name, item.item));
  return {};
}

}  // namespace

extern const ModuleSpec locale_module{
    .name = "_locale",
    .doc = "Support for locales.",
    .functions = kFunctions,
    .init = locale_init,
};

}  // namespace krait
