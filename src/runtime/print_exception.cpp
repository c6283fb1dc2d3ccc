#include "runtime/print_exception.hpp"

#include "interp/frame.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

void format_exception(Vm& vm, Value exception, std::string& out) {
  if (!is_exception(exception)) return;
  Value t = as_exception(exception)->traceback;
  if (is_kind(t, Kind::Traceback)) out += "Traceback (most recent call last):\n";
  for (; is_kind(t, Kind::Traceback); t = t.as<Traceback>()->next) {
    Traceback* tb = t.as<Traceback>();
    Location l = code_location(tb->frame->code, tb->last_instruction);
    out += "  File \"" + str_to_utf8(tb->frame->code->filename) + "\", line " + std::to_string(l.line) + ", in " +
           str_to_utf8(tb->frame->code->qualname) + "\n";
  }
  Result<Str*> name = type_full_name(vm, vm.type_of(exception));
  out += name.is_error() ? "<unknown>" : str_to_utf8(name.release());
  Value text = str(vm, exception);
  if (text.is_error()) {
    (void)vm.take_pending();
    out += ": <exception str() failed>";
  } else if (as_str(text)->length != 0) {
    out += ": " + str_to_utf8(as_str(text));
  }
  out += "\n";
}

}  // namespace krait
