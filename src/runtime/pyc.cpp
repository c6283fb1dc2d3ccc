#include "runtime/pyc.hpp"

#include <cstring>

#include "interp/interpreter.hpp"
#include "lift/lift.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "runtime/machine.hpp"

namespace krait {
namespace {

bool is_own(std::string_view data) {
  uint32_t magic = 0;
  if (data.size() < sizeof magic) return false;
  std::memcpy(&magic, data.data(), sizeof magic);
  return magic == import_magic_number();
}

}  // namespace

bool is_compiled_file(std::string_view data) { return is_own(data) || pyc::is_pyc(data); }

Result<Code*> compiled_file_code(Vm& vm, std::string_view data, std::string_view shown_name) {
  if (!is_own(data)) {
    pyc::PycFile file(vm);
    TRY(file.read(data, shown_name));
    return pyc::lift(vm, file, *file.main());
  }
  constexpr size_t kHeader = 16;
  if (data.size() < kHeader) return vm.raise(E::EOFError, "reached EOF while reading pyc header of '{}'", shown_name);
  Value marshal = TRY(import_module(vm, "marshal"));
  Value code = TRY(call_method(vm, marshal, TRY(vm.intern("loads")), TRY(bytes_from(vm, data.substr(kHeader)))));
  if (!is_code(code)) return vm.raise(E::ImportError, "Non-code object in '{}'", shown_name);
  return code.as<Code>();
}

Value run_main_compiled(Vm& vm, std::string_view data, std::string_view filename) {
  Code* code = TRY(compiled_file_code(vm, data, filename));
  Module* main = TRY(make_main_module(vm, TRY(str_decode_fs(vm, filename))));
  return run_code(vm, code, main->dict, Value());
}

}  // namespace krait
