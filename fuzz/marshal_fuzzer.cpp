// Bytes as marshal.loads() reads them; code objects among what they hold are run. Nothing but a Python exception may come of it.
#include "bytecode/code.hpp"
#include "interp/interpreter.hpp"
#include "objects/bytes.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "runtime/import.hpp"
#include "sandbox.hpp"

using namespace krait;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static fuzz::Sandbox sandbox(500, 20000);
  Vm& vm = sandbox.next();
  auto run = [&]() -> Status {
    Value marshal = import_module(vm, "marshal");
    if (marshal.is_error()) return Error{};
    Value loads = TRY(get_attr(vm, marshal, TRY(vm.intern("loads"))));
    Value made =
        TRY(call1(vm, loads, TRY(bytes_from(vm, std::string_view(reinterpret_cast<const char*>(data), size)))));
    (void)TRY(repr(vm, made));
    if (!is_code(made)) return {};
    Module* main = TRY(make_main_module(vm, nullptr));
    (void)TRY(run_code(vm, made.as<Code>(), main->dict, Value()));
    return {};
  };
  sandbox.after(run().is_error());
  return 0;
}
