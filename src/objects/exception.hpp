// The layout of exceptions and the machine's access to them.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// Every exception has this layout; what a class adds (SyntaxError.lineno, OSError.errno, ...) lies in `extra`, at the places
/// named below, and is shown by members and getsets of that class.
struct ExceptionObject : Object {
  static constexpr size_t kExtra = 10;
  Tuple* args;
  Value traceback;         ///< Traceback or unset
  Value context;           ///< or unset
  Value cause;             ///< or unset
  Value suppress_context;  ///< True, or unset
  Value extra[kExtra];
};
/// Places in ExceptionObject::extra.
namespace extra {
constexpr int kStopIterationValue = 0;
constexpr int kSystemExitCode = 0;
constexpr int kNameErrorName = 0;
constexpr int kAttributeErrorName = 0, kAttributeErrorObj = 1;
constexpr int kImportErrorMsg = 0, kImportErrorName = 1, kImportErrorPath = 2, kImportErrorNameFrom = 3;
constexpr int kOsErrorErrno = 0, kOsErrorStrerror = 1, kOsErrorFilename = 2, kOsErrorFilename2 = 3, kOsErrorWritten = 4;
constexpr int kSyntaxErrorMsg = 0, kSyntaxErrorFilename = 1, kSyntaxErrorLineno = 2, kSyntaxErrorOffset = 3,
              kSyntaxErrorText = 4, kSyntaxErrorPrintFileAndLine = 5, kSyntaxErrorEndLineno = 6,
              kSyntaxErrorEndOffset = 7, kSyntaxErrorMetadata = 8;
constexpr int kUnicodeErrorEncoding = 0, kUnicodeErrorObject = 1, kUnicodeErrorStart = 2, kUnicodeErrorEnd = 3,
              kUnicodeErrorReason = 4;
constexpr int kGroupMessage = 0, kGroupExceptions = 1, kGroupShown = 2;
}  // namespace extra

inline bool is_exception(Value v) { return is_kind(v, Kind::Exception); }
inline ExceptionObject* as_exception(Value v) { return v.as<ExceptionObject>(); }
/// An exception class (a Type whose layout is Kind::Exception). Runs nothing.
bool is_exception_class(Vm& vm, Value v);
/// `type(*args)` for a built-in exception type without running Python code.
Value exception_new(Vm& vm, Type* type, Tuple* args);
/// What `raise X` does with X: an instance, or a class to be called. TypeError otherwise.
Value exception_from_raise(Vm& vm, Value v);
/// Does the exception match an `except` clause's value (a class or tuple of classes)? TypeError for others.
Result<bool> exception_matches(Vm& vm, Value exception, Value classes);
Status exception_set_context(Vm& vm, Value exception, Value context);  ///< breaks cycles as CPython does
Status exception_set_cause(Vm& vm, Value exception, Value cause);      ///< cause None: suppresses the context
/// StopIteration(value), or StopIteration() where it is unset.
Error raise_stop_iteration(Vm& vm, Value value);
/// If StopIteration is pending, takes it and gives its value; else exhausted() (nothing pending) or an error (another pending).
Value take_stop_iteration(Vm& vm);
/// add_note().
Status exception_add_note(Vm& vm, Value exception, Str* note);
/// Start-up: all types of exceptions.def, ExceptionGroup and Vm::limit_type.
void exceptions_make_types(Vm& vm);
/// The errors of codecs: `start..end` are character (byte) positions in `object`.
Error raise_unicode_encode_error(Vm& vm, const char* encoding, Value object, uint64_t start, uint64_t end,
                                 const char* reason);
Error raise_unicode_decode_error(Vm& vm, const char* encoding, Value object, uint64_t start, uint64_t end,
                                 const char* reason);
/// A tripped limit: no `except` clause, bare or not, may catch it.
bool exception_is_uncatchable(Vm& vm, Value exception);
/// except*: splits into (match, rest), each None if empty; see PEP 654.
Status exception_group_match(Vm& vm, Value exception, Value classes, Value* match, Value* rest);
/// Puts together what is to be re-raised after a try-except* statement; None if nothing is.
Value exception_group_reraise(Vm& vm, Value original, Value raised_list);

}  // namespace krait
