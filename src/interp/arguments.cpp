// Matching the arguments of a call to a Python function's parameters, and the messages when they do not match.
#include <string>
#include <vector>

#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

Str* slot_name(const Code* code, uint32_t i) { return code->slot_names->items[i].as<Str>(); }

/// 'a', 'b' and 'c'
std::string quoted_list(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 < names.size() ? ", " : names.size() == 2 ? " and " : ", and ";
    out += "'" + names[i] + "'";
  }
  return out;
}

[[gnu::cold]] Error missing(Vm& vm, Function* f, const char* kind, const std::vector<std::string>& names) {
  return vm.raise(E::TypeError, "{}() missing {} required {} argument{}: {}", f->qualname,
                  static_cast<int>(names.size()), kind, names.size() == 1 ? "" : "s",
                  std::string_view(quoted_list(names)));
}

[[gnu::cold]] Error too_many(Vm& vm, Function* f, uint32_t given, const Value* slots) {
  const Code* code = f->code;
  uint32_t takes = code->argument_count;
  uint32_t defaults = f->defaults == nullptr ? 0 : static_cast<uint32_t>(f->defaults->length);
  uint32_t keyword_given = 0;
  for (uint32_t i = 0; i < code->keyword_only; ++i)
    if (!slots[takes + i].is_unset()) ++keyword_given;
  std::string text = defaults != 0 ? "from " + std::to_string(takes - defaults) + " to " + std::to_string(takes)
                                   : std::to_string(takes);
  bool plural = defaults != 0 || takes != 1;
  std::string keyword_text;
  if (keyword_given != 0) {
    keyword_text = std::string(" positional argument") + (given != 1 ? "s" : "") + " (and " +
                   std::to_string(keyword_given) + " keyword-only argument" + (keyword_given != 1 ? "s" : "") + ")";
  }
  return vm.raise(E::TypeError, "{}() takes {} positional argument{} but {}{} {} given", f->qualname,
                  std::string_view(text), plural ? "s" : "", given, std::string_view(keyword_text),
                  given == 1 && keyword_given == 0 ? "was" : "were");
}

[[gnu::cold]] Error unexpected_keyword(Vm& vm, Function* f, Value name, const CallArgs& args) {
  const Code* code = f->code;
  // Keywords that name positional-only parameters are reported together.
  std::string positional_only;
  uint64_t keywords = args.keywords->length;
  for (uint32_t i = 0; i < code->positional_only; ++i) {
    for (uint64_t k = 0; k < keywords; ++k) {
      if (str_equal(slot_name(code, i), args.keywords->items[k].as<Str>())) {
        if (!positional_only.empty()) positional_only += ", ";
        str_append_utf8(slot_name(code, i), positional_only);
      }
    }
  }
  if (!positional_only.empty())
    return vm.raise(E::TypeError, "{}() got some positional-only arguments passed as keyword arguments: '{}'",
                    f->qualname, std::string_view(positional_only));
  // A parameter of a similar name, as CPython suggests one.
  std::string wanted = str_to_utf8(name.as<Str>());
  std::string best;
  size_t best_distance = SIZE_MAX;
  for (uint32_t i = code->positional_only; i < code->argument_count + code->keyword_only; ++i) {
    std::string candidate = str_to_utf8(slot_name(code, i));
    size_t distance = suggestion_distance(wanted, candidate, best_distance);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  if (!best.empty())
    return vm.raise(E::TypeError, "{}() got an unexpected keyword argument '{}'. Did you mean '{}'?", f->qualname, name,
                    std::string_view(best));
  return vm.raise(E::TypeError, "{}() got an unexpected keyword argument '{}'", f->qualname, name);
}

}  // namespace

size_t suggestion_distance(std::string_view wanted, std::string_view candidate, size_t limit) {
  // CPython's weights: a substitution of letters that differ in case costs 1, any other edit 2; too far gives SIZE_MAX.
  constexpr size_t kMove = 2, kCase = 1, kMaxSize = 40;
  if (wanted == candidate) return SIZE_MAX;
  if (wanted.size() > kMaxSize || candidate.size() > kMaxSize) return SIZE_MAX;
  size_t max_distance = (wanted.size() + candidate.size() + 3) * kMove / 6;
  if (limit != SIZE_MAX && limit - 1 < max_distance) max_distance = limit - 1;
  auto substitution = [](char a, char b) -> size_t {
    if (a == b) return 0;
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b) ? kCase : kMove;
  };
  size_t row[kMaxSize + 1];
  for (size_t i = 0; i <= candidate.size(); ++i) row[i] = i * kMove;
  for (size_t i = 1; i <= wanted.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i * kMove;
    for (size_t j = 1; j <= candidate.size(); ++j) {
      size_t edit = diagonal + substitution(wanted[i - 1], candidate[j - 1]);
      diagonal = row[j];
      size_t other = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + kMove;
      row[j] = edit < other ? edit : other;
    }
  }
  return row[candidate.size()] > max_distance ? SIZE_MAX : row[candidate.size()];
}

Status bind_arguments(Vm& vm, Function* f, CallArgs args, Value* slots) {
  const Code* code = f->code;
  uint32_t named = code->argument_count + code->keyword_only;
  uint32_t keywords = args.keywords == nullptr ? 0 : static_cast<uint32_t>(args.keywords->length);
  uint32_t given = args.n - keywords;
  bool varargs = code->is(kCoVarArgs), varkw = code->is(kCoVarKeywords);
  uint32_t total = named + varargs + varkw;

  // The keyword values (and surplus positionals) may lie where the slots will: take them away first.
  Value extra = Value();
  Value kwdict = Value();
  if (varargs) {
    uint32_t surplus = given > code->argument_count ? given - code->argument_count : 0;
    extra = TRY(tuple_from_span(vm, {args.v + (surplus != 0 ? code->argument_count : 0), surplus}));
  }
  constexpr uint32_t kInline = 16;
  Value inline_values[kInline];
  const Value* values = inline_values;
  Tuple* kept = nullptr;
  if (keywords > kInline) {
    kept = TRY(tuple_from_span(vm, {args.v + given, keywords}));
    values = kept->items;
  } else {
    for (uint32_t i = 0; i < keywords; ++i) inline_values[i] = args.v[given + i];
  }
  if (varkw) kwdict = TRY(dict_new(vm));

  uint32_t placed = given < code->argument_count ? given : code->argument_count;
  if (slots != args.v)
    for (uint32_t i = 0; i < placed; ++i) slots[i] = args.v[i];
  for (uint32_t i = placed; i < total; ++i) slots[i] = Value();

  for (uint32_t k = 0; k < keywords; ++k) {
    Value name = args.keywords->items[k];
    uint32_t slot = UINT32_MAX;
    for (uint32_t i = code->positional_only; i < named; ++i) {
      if (code->slot_names->items[i] == name) {
        slot = i;
        break;
      }
    }
    if (slot == UINT32_MAX) {
      for (uint32_t i = code->positional_only; i < named; ++i) {
        if (str_equal(slot_name(code, i), name.as<Str>())) {
          slot = i;
          break;
        }
      }
    }
    if (slot == UINT32_MAX) {
      if (!varkw) return unexpected_keyword(vm, f, name, args);
      TRY(dict_set_str(vm, kwdict.as<Dict>(), name.as<Str>(), values[k]));
      continue;
    }
    if (!slots[slot].is_unset())
      return vm.raise(E::TypeError, "{}() got multiple values for argument '{}'", f->qualname, name);
    slots[slot] = values[k];
  }

  if (given > code->argument_count && !varargs) return too_many(vm, f, given, slots);
  if (given < code->argument_count) {
    uint32_t defaults = f->defaults == nullptr ? 0 : static_cast<uint32_t>(f->defaults->length);
    uint32_t required = code->argument_count > defaults ? code->argument_count - defaults : 0;
    bool lacking = false;
    for (uint32_t i = given; i < required; ++i) lacking |= slots[i].is_unset();
    if (lacking) {
      std::vector<std::string> names;
      for (uint32_t i = given; i < required; ++i)
        if (slots[i].is_unset()) names.push_back(str_to_utf8(slot_name(code, i)));
      return missing(vm, f, "positional", names);
    }
    uint32_t skip = defaults > code->argument_count ? defaults - code->argument_count : 0;
    for (uint32_t i = given > required ? given : required; i < code->argument_count; ++i)
      if (slots[i].is_unset()) slots[i] = f->defaults->items[i - required + skip];
  }
  if (code->keyword_only != 0) {
    bool lacking = false;
    for (uint32_t i = code->argument_count; i < named; ++i) {
      if (!slots[i].is_unset()) continue;
      if (f->kwdefaults != nullptr) {
        Value v = dict_get_str(vm, f->kwdefaults, slot_name(code, i));
        if (!v.is_unset()) {
          slots[i] = v;
          continue;
        }
      }
      lacking = true;
    }
    if (lacking) {
      std::vector<std::string> names;
      for (uint32_t i = code->argument_count; i < named; ++i)
        if (slots[i].is_unset()) names.push_back(str_to_utf8(slot_name(code, i)));
      return missing(vm, f, "keyword-only", names);
    }
  }
  if (varargs) slots[named] = extra;
  if (varkw) slots[named + varargs] = kwdict;
  return {};
}

}  // namespace krait
