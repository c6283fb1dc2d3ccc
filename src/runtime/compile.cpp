#include "runtime/compile.hpp"

#include <string>

#include "compiler/compiler.hpp"
#include "objects/bytes.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "interp/frame.hpp"
#include "runtime/ast_bridge.hpp"
#include "runtime/import.hpp"

namespace krait {
namespace {

constexpr uint32_t kFutureMask = kCoFutureDivision | kCoFutureAbsoluteImport | kCoFutureWithStatement |
                                 kCoFuturePrintFunction | kCoFutureUnicodeLiterals | kCoFutureBarryAsBdfl |
                                 kCoFutureGeneratorStop | kCoFutureAnnotations;
// PyCF_ flags.
constexpr int64_t kDontImplyDedent = 0x200, kOnlyAst = 0x400, kIgnoreCookie = 0x800, kTypeComments = 0x1000,
                  kTopLevelAwait = 0x2000, kAllowIncomplete = 0x4000, kOptimizedAst = 0x8000;

/// Gives a source warning to warnings.warn_explicit, if the program has any warnings machinery.
Status deliver_warning(Vm& vm, E category, std::string_view message, Str* filename, int line) {
  return warn_explicit(vm, category, message, filename, line);
}

struct Source {
  std::string text;
  bool is_text = false;
};
Result<Source> source_of(Vm& vm, Value source, const char* type_message) {
  Source out;
  if (is_str(source)) {
    TRY(str_encode_utf8(vm, as_str(source), out.text));
    out.is_text = true;
  } else if (has_buffer(vm, source)) {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(source));
    out.text = std::string(buffer.view());
  } else {
    return vm.raise(E::TypeError, "{}", type_message);
  }
  if (out.text.find('\0') != std::string::npos)
    return vm.raise(E::SyntaxError, "source code string cannot contain null bytes");
  return out;
}

uint32_t inherited_flags(Vm& vm) { return vm.t.frame == nullptr ? 0 : vm.t.frame->code->flags & kFutureMask; }

}  // namespace

Result<Code*> compile_value(Vm& vm, Value source, const char* filename, const char* mode, const char* type_message,
                            bool strip_blanks) {
  Source s = TRY(source_of(vm, source, type_message));
  if (strip_blanks) {
    size_t begin = s.text.find_first_not_of(" \t");
    s.text.erase(0, begin == std::string::npos ? s.text.size() : begin);
  }
  CompileOptions options;
  options.source_is_text = s.is_text;
  options.future_flags = inherited_flags(vm);
  options.warn = deliver_warning;
  options.optimize = vm.optimize;
  CompileMode which = std::string_view(mode) == "eval" ? CompileMode::Eval : CompileMode::Exec;
  return compile_source(vm, s.text, TRY(vm.intern(filename)), which, options);
}

Value compile_builtin(Vm& vm, Args a) {
  // source, filename, mode, flags, dont_inherit, optimize, _feature_version
  Str* filename;
  if (is_str(a[1])) {
    filename = as_str(a[1]);
  } else if (is_bytes(a[1])) {
    filename = TRY(str_decode_fs(vm, a[1].as<Bytes>()->view()));
  } else {
    Value path = special_of(vm, a[1], Special::FsPath);
    if (path.is_unset())
      return vm.raise(E::TypeError, "expected str, bytes or os.PathLike object, not {}", type_name_of(a[1]));
    Value text = call_special(vm, path, a[1]);
    if (text.is_error()) return text;
    if (is_bytes(text)) {
      filename = TRY(str_decode_fs(vm, text.as<Bytes>()->view()));
    } else if (is_str(text)) {
      filename = as_str(text);
    } else {
      return vm.raise(E::TypeError, "expected {}.__fspath__() to return str or bytes, not {}", type_name_of(a[1]),
                      type_name_of(text));
    }
  }
  if (!is_str(a[2]))
    return vm.raise(E::TypeError, "compile() argument 'mode' must be str, not {}", argument_type(a[2]));
  Str* mode = as_str(a[2]);
  int64_t flags = a.has(3) ? TRY(index_checked(vm, a[3], E::OverflowError)) : 0;
  bool dont_inherit = a.has(4) && TRY(truthy(vm, a[4]));
  int64_t optimize = a.has(5) ? TRY(index_checked(vm, a[5], E::OverflowError)) : -1;
  constexpr int64_t kKnown = kFutureMask | kDontImplyDedent | kOnlyAst | kIgnoreCookie | kTypeComments |
                             kTopLevelAwait | kAllowIncomplete | kOptimizedAst |
                             0x10 /* CO_NESTED: accepted, of no effect */;
  if (flags & ~kKnown) return vm.raise(E::ValueError, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return vm.raise(E::ValueError, "compile(): invalid optimize value");
  CompileMode which;
  if (mode->equals("exec")) {
    which = CompileMode::Exec;
  } else if (mode->equals("eval")) {
    which = CompileMode::Eval;
  } else if (mode->equals("single")) {
    which = CompileMode::Single;
  } else if (mode->equals("func_type")) {
    if (!(flags & kOnlyAst)) return vm.raise(E::ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    which = CompileMode::FunctionType;
  } else if (flags & kOnlyAst) {
    return vm.raise(E::ValueError, "compile() mode must be 'exec', 'eval', 'single' or 'func_type'");
  } else {
    return vm.raise(E::ValueError, "compile() mode must be 'exec', 'eval' or 'single'");
  }
  CompileOptions options;
  options.optimize = optimize < 0 ? vm.optimize : static_cast<int>(optimize);
  options.future_flags = static_cast<uint32_t>(flags & kFutureMask) | (dont_inherit ? 0 : inherited_flags(vm));
  options.top_level_await = flags & kTopLevelAwait;
  options.dont_imply_dedent = flags & kDontImplyDedent;
  options.allow_incomplete_input = flags & kAllowIncomplete;
  options.type_comments = flags & kTypeComments;
  options.warn = deliver_warning;
  const AstBridge& bridge = ast_bridge(vm);
  if (bridge.is_tree != nullptr && bridge.is_tree(vm, a[0])) {
    if (flags & kOnlyAst) return bridge.check_tree(vm, a[0], which, options);
    return bridge.compile_tree(vm, a[0], which, filename, options);
  }
  Source s = TRY(source_of(vm, a[0], "compile() arg 1 must be a string, bytes or AST object"));
  options.source_is_text = s.is_text;
  if (flags & kOnlyAst) {
    if (bridge.parse == nullptr && import_module(vm, "_ast").is_error()) return Error{};
    if (bridge.parse == nullptr) return vm.raise(E::SystemError, "the _ast module is not part of this machine");
    return bridge.parse(vm, s.text, which, filename, options);
  }
  return compile_source(vm, s.text, filename, which, options);
}

struct AstBridgeExtension : Extension {
  AstBridge bridge;
};
AstBridge& ast_bridge(Vm& vm) { return vm.extension<AstBridgeExtension>().bridge; }

}  // namespace krait
