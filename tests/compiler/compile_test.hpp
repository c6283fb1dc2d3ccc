// A machine and short ways to compile text, for the tests of the compiler and of code objects.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "bytecode/disassembler.hpp"
#include "compiler/compiler.hpp"
#include "modules/modules.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/machine.hpp"

namespace krait {

class CompileTest : public testing::Test {
 protected:
  CompileTest() : vm_(machine_start(MachineOptions{}, native_modules())), vm(*vm_) {}
  ~CompileTest() override { machine_stop(std::move(vm_)); }

  /// Null with the exception pending.
  Code* compile_text(std::string_view source, CompileOptions options = {},
                     CompileMode mode = CompileMode::Exec) {
    options.source_is_text = true;
    return compile_source(vm, source, vm.intern("<test>").release(), mode, options).unchecked();
  }
  /// "SyntaxError: message @ line:offset-end line:end offset", or "ok".
  std::string outcome(std::string_view source, const CompileOptions& options = {}) {
    Code* code = compile_text(source, options);
    if (code != nullptr) return code_verify(vm, code).ok() ? "ok" : "bad code: " + pending_text();
    Value e = vm.take_pending();
    std::string out = str_to_utf8(vm.type_of(e)->name) + ": ";
    const ExceptionObject* x = as_exception(e);
    auto number = [&](int i) {
      return x->extra[i].is_unset() ? std::string("-") : std::to_string(int_to_i64(x->extra[i]).value_or(-1));
    };
    Value message = x->extra[extra::kSyntaxErrorMsg];
    out += is_str(message) ? str_to_utf8(as_str(message)) : "?";
    return out + " @ " + number(extra::kSyntaxErrorLineno) + ":" + number(extra::kSyntaxErrorOffset) + "-" +
           number(extra::kSyntaxErrorEndLineno) + ":" + number(extra::kSyntaxErrorEndOffset);
  }
  std::string pending_text() {
    Value e = vm.take_pending();
    Value s = str(vm, e);
    return s.is_error() ? "?" : str_to_utf8(as_str(s));
  }
  std::string listing(const Code* code) {
    std::string text;
    EXPECT_TRUE(disassembly_text(vm, code, {}, text).ok());
    return text;
  }
  /// Names of the instructions with what their operands mean, one per line; no RESUME.
  std::string instructions(const Code* code) {
    Disassembly d;
    EXPECT_TRUE(disassemble(vm, code, d).ok());
    std::string text;
    for (const DisInstruction& i : d.instructions) {
      if (i.op == Op::RESUME) continue;
      if (i.label) text += "L" + std::to_string(i.label) + ": ";
      text += kOpInfo[static_cast<int>(i.op)].name;
      if (!i.arg_text.empty())
        text += " " + i.arg_text;
      else if (i.has_arg)
        text += " " + std::to_string(i.arg);
      text += "\n";
    }
    return text;
  }
  std::string function(std::string_view source) {
    Code* code = compile_text(source);
    if (code == nullptr) return pending_text();
    for (Value v : code->consts->span())
      if (is_code(v)) return instructions(v.as<Code>());
    return "no function";
  }

  std::unique_ptr<Vm> vm_;
  Vm& vm;
};

}  // namespace krait
