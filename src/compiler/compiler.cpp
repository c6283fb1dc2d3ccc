// The compiler's entry points: parsing, errors as exceptions, future statements, docstrings, constants.
#include "compiler/compiler.hpp"

#include <algorithm>

#include "compiler/codegen.hpp"
#include "objects/codecs.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/scratch_charge.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

Result<Code*> compile(Vm& vm, const ast::Mod* module, Str* filename, const CompileOptions& options) {
  CodeGenerator generator(vm, filename, options);
  return generator.run(module);
}

// --- Parsing

Error raise_syntax_error(Vm& vm, const syntax::SyntaxErrorInfo& info, Str* filename, std::string_view source) {
  E kind = E::SyntaxError;
  switch (info.kind) {
    case syntax::ErrorKind::IndentationError: kind = E::IndentationError; break;
    case syntax::ErrorKind::TabError: kind = E::TabError; break;
    case syntax::ErrorKind::IncompleteInput: kind = E::_IncompleteInputError; break;
    case syntax::ErrorKind::MemoryError: return vm.raise(E::MemoryError, "{}", std::string_view(info.message));
    case syntax::ErrorKind::Interrupted: return Error{};  // the poll callback left what it wants pending
    default: break;
  }
  Str* message = TRY(str_from_generalised_utf8(vm, info.message));
  if (!info.has_location()) return vm.raise(kind, "{}", message);
  Value text = Value::none();
  if (info.text.data() != nullptr) {
    text = str_from_utf8(vm, info.text);
    if (text.is_error()) return Error{};
  }
  Tuple* details = TRY(tuple_of(vm, Value(filename), Value::small_int(info.lineno), Value::small_int(info.offset), text,
                                Value::small_int(info.end_lineno), Value::small_int(info.end_offset)));
  Tuple* args = TRY(tuple_of(vm, message, details));
  Value e = exception_new(vm, vm.exception_type(kind), args);
  if (e.is_error()) return Error{};
  // What the display of the error looks for misspelt keywords in.
  if (source.data() != nullptr && info.message.starts_with("invalid syntax")) {
    Value shown = str_from_utf8(vm, source);
    if (shown.is_error()) return Error{};
    Tuple* metadata = TRY(
        tuple_of(vm, Value::small_int(info.last_statement_line), Value::small_int(info.last_statement_column), shown));
    as_exception(e)->extra[extra::kSyntaxErrorMetadata] = metadata;
    vm.heap.write_barrier(as_exception(e));
  }
  return vm.raise_value(e);
}

namespace {

// Source in an encoding other than UTF-8: Python's codecs do it.
bool decode_with_codec(void* context, std::string_view encoding, std::string_view bytes, std::string& out,
                       std::string& error) {
  Vm& vm = *static_cast<Vm*>(context);
  auto attempt = [&]() -> Status {
    Value text = bytes_decode(vm, TRY(bytes_from(vm, bytes)), TRY(str_from_utf8(vm, encoding)));
    if (text.is_error()) return Error{};
    if (!is_str(text)) return vm.raise(E::TypeError, "codec did not return a str");
    str_append_utf8(as_str(text), out);
    return {};
  };
  if (attempt().ok()) return true;
  const bool lookup = vm.pending_is(E::LookupError);
  Value e = vm.t.pending;
  (void)vm.take_pending();
  Value shown = str(vm, e);
  if (!shown.is_error()) error = str_to_utf8(as_str(shown));
  // An unknown encoding is told by the parser; one that is known and no encoding of text by the method's own words.
  if (lookup && error.find("is not a text encoding") == std::string::npos) {
    error.clear();
  } else if (error.empty()) {
    error = "cannot decode";
  }
  (void)vm.clear_pending();
  return false;
}

bool poll_vm(void* context) { return static_cast<Vm*>(context)->poll().is_error(); }

Result<ast::Mod*> parse_with_text(Vm& vm, std::string_view source, Str* filename, CompileMode mode,
                                  const CompileOptions& options, Arena& arena, std::string_view* text) {
  syntax::ParseOptions parse_options;
  switch (mode) {
    case CompileMode::Exec: parse_options.mode = syntax::ParseMode::Exec; break;
    case CompileMode::Eval: parse_options.mode = syntax::ParseMode::Eval; break;
    case CompileMode::Single: parse_options.mode = syntax::ParseMode::Single; break;
    case CompileMode::FunctionType: parse_options.mode = syntax::ParseMode::FuncType; break;
  }
  std::string file = str_to_utf8(filename);
  parse_options.type_comments = options.type_comments;
  parse_options.barry_as_flufl = options.future_flags & kCoFutureBarryAsBdfl;
  parse_options.max_decimal_digits = static_cast<int>(vm.int_max_str_digits);
  parse_options.allow_incomplete_input = options.allow_incomplete_input;
  parse_options.dont_imply_dedent = options.dont_imply_dedent;
  parse_options.source_is_text = options.source_is_text;
  parse_options.is_file = options.is_file;
  parse_options.filename = file;
  parse_options.decode = decode_with_codec;
  parse_options.decode_context = &vm;
  parse_options.poll = poll_vm;
  parse_options.poll_context = &vm;
  parse_options.stack_limit = vm.t.native_stack_limit;
  limit_arena(vm, arena);
  syntax::ParseResult result = syntax::parse(source, parse_options, arena);
  if (options.warn != nullptr) {
    for (const syntax::ParseWarning& w : result.warnings) {
      bool deprecation = w.kind == syntax::ParseWarning::DeprecationWarning;
      E category = deprecation ? E::DeprecationWarning : E::SyntaxWarning;
      if (options.warn(vm, category, w.message, filename, w.lineno).ok()) continue;
      if (!vm.pending_is(category) || !vm.clear_pending()) return Error{};
      // Made an error: a SyntaxError at the place.
      syntax::SyntaxErrorInfo info;
      info.kind = syntax::ErrorKind::SyntaxError;
      info.message = w.message;
      // Here they do not work already now.
      constexpr std::string_view kFuture = "Such sequences will not work in the future. ";
      if (size_t at = info.message.find(kFuture); at != std::string::npos) info.message.erase(at, kFuture.size());
      info.lineno = info.end_lineno = w.lineno;
      info.offset = info.end_offset = w.offset;
      return raise_syntax_error(vm, info, filename);
    }
  }
  if (!result.ok()) return raise_syntax_error(vm, result.error, filename, result.text);
  if (text != nullptr) *text = result.text;
  return result.module;
}

}  // namespace

void limit_arena(const Vm& vm, Arena& arena) {
  if (vm.heap.limit() == UINT64_MAX) return;
  uint64_t used = vm.heap.bytes_in_use();
  arena.set_limit(used < vm.heap.limit() ? vm.heap.limit() - used : 0);
}

Result<ast::Mod*> parse_source(Vm& vm, std::string_view source, Str* filename, CompileMode mode,
                               const CompileOptions& options, Arena& arena) {
  return parse_with_text(vm, source, filename, mode, options, arena, nullptr);
}

Result<Code*> compile_source(Vm& vm, std::string_view source, Str* filename, CompileMode mode,
                             const CompileOptions& options) {
  Arena arena;
  std::string_view text;
  ast::Mod* module = TRY(parse_with_text(vm, source, filename, mode, options, arena, &text));
  ScratchCharge charge(vm);
  TRY(charge.take(arena.reserved()));
  CompileOptions with_text = options;
  // As in CPython, errors of the compiler show the line only of sources that a file holds.
  if (options.is_file) with_text.source_text = text;
  return compile(vm, module, filename, with_text);
}

// --- from __future__ import ...

Result<uint32_t> future_features(Vm& vm, const ast::Mod* module, Str* filename, std::string_view source_text,
                                 int* last_line) {
  const ast::Seq<ast::Stmt*>* body = nullptr;
  if (auto* m = ast::as<ast::Module>(module)) body = &m->body;
  if (auto* m = ast::as<ast::Interactive>(module)) body = &m->body;
  *last_line = -1;
  uint32_t features = 0;
  if (body == nullptr) return features;
  for (size_t i = 0; i < body->size(); ++i) {
    const ast::Stmt* s = (*body)[i];
    auto* import = ast::as<ast::ImportFrom>(s);
    if (import == nullptr || import->level != 0 || import->module != "__future__") {
      auto* e = ast::as<ast::ExprStmt>(s);
      auto* constant = e ? ast::as<ast::Constant>(e->value) : nullptr;
      if (i == 0 && constant && constant->value.kind == ast::ConstantKind::Str) continue;  // the docstring
      break;
    }
    for (const ast::Alias* a : import->names) {
      std::string_view name = a->name;
      if (name == "nested_scopes" || name == "generators" || name == "division" || name == "absolute_import" ||
          name == "with_statement" || name == "print_function" || name == "unicode_literals" ||
          name == "generator_stop") {
        continue;
      }
      if (name == "barry_as_FLUFL") {
        features |= kCoFutureBarryAsBdfl;
        continue;
      }
      if (name == "annotations") {
        features |= kCoFutureAnnotations;
        continue;
      }
      std::string message =
          name == "braces" ? "not a chance" : "future feature " + std::string(name) + " is not defined";
      Location where{a->range.lineno, a->range.end_lineno, a->range.col_offset, a->range.end_col_offset};
      return raise_syntax_error_at(vm, TRY(str_from_generalised_utf8(vm, message)), filename, where, source_text,
                                   Place::kAttribute);
    }
    *last_line = s->range.lineno;
  }
  return features;
}

// --- Docstrings

std::string clean_docstring(std::string_view text) {
  // Tabs first: to columns of eight, counted from each line's start.
  std::string expanded;
  size_t column = 0;
  for (char c : text) {
    if (c == '\t') {
      size_t spaces = 8 - column % 8;
      expanded.append(spaces, ' ');
      column += spaces;
    } else {
      expanded += c;
      if (c == '\n' || c == '\r') {
        column = 0;
      } else if ((c & 0xC0) != 0x80) {
        ++column;
      }
    }
  }
  // The smallest indentation of the lines after the first that are not blank.
  size_t margin = std::string::npos;
  for (size_t line = expanded.find('\n'); line != std::string::npos; line = expanded.find('\n', line)) {
    ++line;
    size_t first = expanded.find_first_not_of(' ', line);
    if (first == std::string::npos) break;
    if (expanded[first] != '\n') margin = std::min(margin, first - line);
  }
  if (margin == std::string::npos) margin = 0;
  std::string out;
  size_t at = expanded.find_first_not_of(' ');
  if (at == std::string::npos) at = expanded.size();
  while (at < expanded.size()) {
    size_t end = expanded.find('\n', at);
    if (end == std::string::npos) {
      out.append(expanded, at);
      break;
    }
    out.append(expanded, at, end + 1 - at);
    at = end + 1;
    for (size_t i = 0; i < margin && at < expanded.size() && expanded[at] == ' '; ++i) ++at;
  }
  return out;
}

// --- Constants

Value constant_value(Vm& vm, const ast::ConstantValue& c) {
  TRY(vm.check_stack(" during compilation"));
  switch (c.kind) {
    case ast::ConstantKind::None: return Value::none();
    case ast::ConstantKind::True: return Value::true_();
    case ast::ConstantKind::False: return Value::false_();
    case ast::ConstantKind::Ellipsis: return Value::ellipsis();
    case ast::ConstantKind::Int: {
      if (c.fits_u64) return int_from_u64(vm, c.small);
      std::string_view digits = c.text;
      bool negative = digits.starts_with('-');
      if (negative) digits.remove_prefix(1);
      Value v = int_from_digits(vm, digits, c.base);
      if (v.is_error() || !negative) return v;
      return int_neg(vm, v);
    }
    case ast::ConstantKind::Float: return float_from(vm, c.number);
    case ast::ConstantKind::Complex: return complex_from(vm, c.real, c.number);
    case ast::ConstantKind::Str: {
      Str* s = TRY(str_from_generalised_utf8(vm, c.text));
      // What may be a name is compared by identity later.
      bool name = s->is_ascii();
      for (char ch : c.text) {
        bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_';
        name &= letter;
      }
      return name ? vm.intern(s) : s;
    }
    case ast::ConstantKind::Bytes: return bytes_from(vm, c.text);
    case ast::ConstantKind::Tuple:
    case ast::ConstantKind::FrozenSet: {
      List* items = TRY(list_new(vm, c.elements.size()));
      for (const ast::ConstantValue& element : c.elements) {
        Value v = constant_value(vm, element);
        if (v.is_error()) return v;
        TRY(list_append(vm, items, v));
      }
      if (c.kind == ast::ConstantKind::Tuple) return list_to_tuple(vm, items);
      Set* set = TRY(set_new(vm, vm.types.frozenset));
      for (uint64_t i = 0; i < items->length; ++i) TRY(set_add(vm, set, items->items()[i]));
      return set;
    }
  }
  return Value::none();
}

}  // namespace krait
