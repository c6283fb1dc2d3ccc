// Bytes as source text, through lexer, parser, compiler and verifier. The first byte chooses mode and flags.
//
// Whatever the text, there is a code object or an exception; what the compiler makes passes the verifier (nested code objects too); and
// an error can be shown as text.
#include "bytecode/code.hpp"
#include "compiler/compiler.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "sandbox.hpp"

using namespace krait;

namespace {

Status verify_all(Vm& vm, Code* code) {
  TRY(code_verify(vm, code));
  for (uint64_t i = 0; i < code->consts->length; ++i)
    if (is_code(code->consts->items[i])) TRY(verify_all(vm, code->consts->items[i].as<Code>()));
  return {};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static fuzz::Sandbox sandbox(1000, 200000);
  if (size < 1) return 0;
  Vm& vm = sandbox.next();
  uint8_t choice = data[0];
  CompileOptions options;
  options.optimize = choice >> 2 & 1 ? 2 : 0;
  options.top_level_await = choice >> 3 & 1;
  options.dont_imply_dedent = choice >> 4 & 1;
  options.allow_incomplete_input = choice >> 5 & 1;
  options.type_comments = choice >> 6 & 1;
  options.source_is_text = false;
  constexpr CompileMode kModes[] = {CompileMode::Exec, CompileMode::Eval, CompileMode::Single, CompileMode::Exec};
  std::string_view source(reinterpret_cast<const char*>(data) + 1, size - 1);
  Str* name = vm.intern("<fuzz>").unchecked();
  if (name == nullptr) fuzz::broken("no memory for a name");
  Result<Code*> code = compile_source(vm, source, name, kModes[choice & 3], options);
  if (code.ok()) {
    if (verify_all(vm, code.release()).is_error() && vm.tripped == Limit::kNone && !vm.pending_is(E::MemoryError))
      fuzz::broken("the compiler's code does not verify");
    sandbox.after(vm.has_pending());
    return 0;
  }
  if (!vm.has_pending()) fuzz::broken("an error without an exception");
  if (vm.tripped == Limit::kNone) {
    Value exception = vm.take_pending();
    Value text = repr(vm, exception);
    sandbox.after(text.is_error());
  } else {
    sandbox.after(true);
  }
  return 0;
}
