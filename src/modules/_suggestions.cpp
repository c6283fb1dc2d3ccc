// _suggestions: the nearest word, for "Did you mean ...?" as the library's traceback module says it.
#include <string>
#include <vector>

#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "syntax/suggest.hpp"

namespace krait {

namespace {

constexpr uint64_t kMostCandidates = 750;  // more are not compared

Value generate_suggestions(Vm& vm, Args a) {
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "_generate_suggestions() argument 2 must be str, not {}", argument_type(a[1]));
  if (!is_list(a[0])) return vm.raise(E::TypeError, "candidates must be a list");
  const List* list = a[0].as<List>();
  for (Value item : std::span(list->items(), list->length))
    if (!is_str(item)) return vm.raise(E::TypeError, "all elements in 'candidates' must be strings");
  if (list->length >= kMostCandidates) return Value::none();
  std::vector<std::string> words;
  std::vector<std::string_view> views;
  for (Value item : std::span(list->items(), list->length)) words.push_back(str_to_utf8(as_str(item)));
  views.assign(words.begin(), words.end());
  std::string_view found = syntax::closest_word(str_to_utf8(as_str(a[1])), views.data(), views.size());
  if (found.empty()) return Value::none();
  return str_from_utf8(vm, found);
}

constexpr NativeRow kFunctions[] = {
    {"_generate_suggestions(candidates, item, /)", generate_suggestions, 0,
     "Returns the candidate in a list of candidates that is nearest to the item, or None."},
};

}  // namespace

extern constinit const ModuleSpec suggestions_module{
    .name = "_suggestions",
    .doc = "The nearest word.",
    .functions = kFunctions,
};

}  // namespace krait
