#include "cli/views.hpp"

#include <cstdio>

#include "base/arena.hpp"
#include "bytecode/disassembler.hpp"
#include "bytecode/pyc/pyc.hpp"
#include "cli/program.hpp"
#include "compiler/compiler.hpp"
#include "lift/lift.hpp"
#include "objects/str.hpp"
#include "runtime/source_file.hpp"
#include "runtime/system.hpp"
#include "syntax/dump.hpp"

namespace krait::cli {
namespace {

Status tokens(Vm& vm, const std::string& source, Str* filename, std::string& out) {
  Arena arena;
  syntax::ParseOptions options;
  options.is_file = true;
  options.stack_limit = vm.t.native_stack_limit;
  syntax::SyntaxErrorInfo error = syntax::dump_tokens(source, options, arena, out);
  if (error.kind != syntax::ErrorKind::None) return raise_syntax_error(vm, error, filename);
  return {};
}

Status tree(Vm& vm, const std::string& source, Str* filename, std::string& out) {
  Arena arena;
  CompileOptions options;
  options.is_file = true;
  ast::Mod* module = TRY(parse_source(vm, source, filename, CompileMode::Exec, options, arena));
  syntax::DumpOptions dump;
  dump.include_attributes = true;
  dump.indent = 2;
  if (!syntax::dump_ast(module, dump, out))
    return vm.raise(E::RecursionError, "the syntax tree is nested too deeply to be shown");
  out += '\n';
  return {};
}

Status instructions(Vm& vm, const std::string& source, Str* filename, std::string& out) {
  CompileOptions options;
  options.is_file = true;
  options.optimize = vm.optimize;
  Code* code = TRY(compile_source(vm, source, filename, CompileMode::Exec, options));
  return disassembly_text_recursive(vm, code, DisOptions{}, -1, out);
}

/// Of a .pyc file: as the version that wrote it shows them, and then what Krait runs.
Status foreign_instructions(Vm& vm, const std::string& data, const std::string& name, bool lifted, std::string& out) {
  pyc::PycFile file(vm);
  TRY(file.read(data, name));
  TRY(pyc::disassembly_text(vm, file, *file.main(), -1, out));
  if (!lifted) return {};
  Code* code = TRY(pyc::lift(vm, file, *file.main()));
  out += "\nLifted:\n";
  return disassembly_text_recursive(vm, code, DisOptions{}, -1, out);
}

Status version(Vm& vm, std::string& out) {
  Value text = sys_get(vm, "version");
  out = "Python " + (is_str(text) ? str_to_utf8(as_str(text)) : std::string()) + "\n";
  return {};
}

}  // namespace

int show_view(Vm& vm, const Command& command) {
  std::string out;
  if (command.action != Command::kVersionLong) {
    if (int code = check_file(command); code != 0) return code;
  }
  auto make = [&]() -> Status {
    if (command.action == Command::kVersionLong) return version(vm, out);
    std::string source;
    TRY(read_source_file(vm, command.text, source));
    Str* filename = TRY(str_decode_fs(vm, command.text));
    switch (command.action) {
      case Command::kDumpTokens: return tokens(vm, source, filename, out);
      case Command::kDumpAst: return tree(vm, source, filename, out);
      default:
        if (pyc::is_pyc(source)) return foreign_instructions(vm, source, command.text, command.lifted, out);
        return instructions(vm, source, filename, out);
    }
  };
  bool failed = make().is_error();
  // What there is up to an error is worth seeing.
  bool written = std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0;
  if (failed) return report_exception(vm);
  return written ? 0 : kExitError;
}

}  // namespace krait::cli
