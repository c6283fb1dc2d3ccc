// The code generator's frame: units, names, emission, errors. What visits the tree is in the codegen_*.cpp
// files beside it.
#include "compiler/codegen.hpp"

#include <algorithm>

#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

CodeGenerator::CodeGenerator(Vm& vm, Str* filename, const CompileOptions& options)
    : vm_(vm), filename_(filename), options_(options), constants_(vm) {
  auto name = [&](const char* text) { return names_.intern(text); };
  n_ = {name("__class__"),
        name("__classdict__"),
        name("__conditional_annotations__"),
        name("__debug__"),
        name("__doc__"),
        name("__annotations__"),
        name("__annotate__"),
        name("__annotate_func__"),
        name("__name__"),
        name("__module__"),
        name("__qualname__"),
        name("__firstlineno__"),
        name("__static_attributes__"),
        name("__classdictcell__"),
        name("__classcell__"),
        name("__type_params__"),
        name(".type_params"),
        name(".generic_base"),
        name(".format"),
        name("super"),
        name("self"),
        name("<lambda>"),
        name("<module>"),
        name("return"),
        name("join"),
        name(".defaults"),
        name(".kwdefaults")};
}

// --- Errors and warnings

/// Line `line` of the source with its newline; None if it is not known.
static Value source_line(Vm& vm, std::string_view text, int line) {
  if (text.data() == nullptr || line < 1) return Value::none();
  size_t start = 0;
  for (int i = 1; i < line; ++i) {
    size_t newline = text.find('\n', start);
    if (newline == text.npos) return Value::none();
    start = newline + 1;
  }
  if (start >= text.size()) return Value::none();
  size_t end = text.find('\n', start);
  return str_from_utf8(vm, text.substr(start, end == text.npos ? text.npos : end + 1 - start));
}

Error raise_syntax_error_at(Vm& vm, Str* message, Str* filename, const Location& where, std::string_view source,
                            Place place) {
  Value line = source_line(vm, source, where.line);
  if (line.is_error()) return Error{};
  Value file = filename == nullptr ? Value::none() : Value(filename);
  Value fields[] = {file, Value::small_int(where.line),     Value::small_int(where.column + 1),
                    line, Value::small_int(where.end_line), Value::small_int(where.end_column + 1)};
  Tuple* args = place == Place::kArgument ? TRY(tuple_of(vm, message, TRY(tuple_from_span(vm, fields))))
                                          : TRY(tuple_of(vm, message));
  Value e = exception_new(vm, vm.exception_type(E::SyntaxError), args);
  if (e.is_error()) return Error{};
  if (place == Place::kAttribute) {
    constexpr int kPlaces[] = {extra::kSyntaxErrorFilename, extra::kSyntaxErrorLineno,    extra::kSyntaxErrorOffset,
                               extra::kSyntaxErrorText,     extra::kSyntaxErrorEndLineno, extra::kSyntaxErrorEndOffset};
    for (size_t i = 0; i < std::size(kPlaces); ++i) as_exception(e)->extra[kPlaces[i]] = fields[i];
    vm.barrier(e.cell());
  }
  return vm.raise_value(e);
}

Error raise_symtable_error(Vm& vm, const SymtableError& e, Str* filename, std::string_view source) {
  if (e.kind == SymtableError::Recursion)
    return vm.raise(E::RecursionError, "maximum recursion depth exceeded during compilation");
  Str* message = TRY(str_from_generalised_utf8(vm, e.message));
  if (!e.has_location) return vm.raise(E::SyntaxError, "{}", message);
  Location where{e.range.lineno, e.range.end_lineno, e.range.col_offset, e.range.end_col_offset};
  return raise_syntax_error_at(vm, message, filename, where, source, Place::kAttribute);
}

void CodeGenerator::raise_error(const Location& where, const char* format, const MessagePart* parts, size_t count) {
  failed_ = true;
  Result<Str*> message = str_format_message(vm_, format, parts, count);
  if (message.ok())
    (void)raise_syntax_error_at(vm_, message.release(), filename_, where, options_.source_text, Place::kArgument);
}

void CodeGenerator::give_warning(const Location& where, const char* format, const MessagePart* parts, size_t count) {
  if (failed_ || options_.warn == nullptr) return;
  uint64_t place = static_cast<uint64_t>(where.line) << 32 | static_cast<uint32_t>(where.column) << 4 |
                   (static_cast<uint8_t>(format[0]) & 15);
  if (!warned_.insert(place).second) return;
  Result<Str*> message = str_format_message(vm_, format, parts, count);
  if (message.is_error()) {
    failed_ = true;
    return;
  }
  std::string text = str_to_utf8(message.release());
  if (options_.warn(vm_, E::SyntaxWarning, text, filename_, where.line).ok()) return;
  failed_ = true;
  // A warning made an error is a SyntaxError that knows its place.
  if (!vm_.pending_is(E::SyntaxWarning) || !vm_.clear_pending()) return;
  Result<Str*> again = str_format_message(vm_, format, parts, count);
  if (again.ok())
    (void)raise_syntax_error_at(vm_, again.release(), filename_, where, options_.source_text, Place::kArgument);
}

bool CodeGenerator::guard() {
  if (failed_) return false;
  if (!check(vm_.check_stack(" during compilation")) || !check(vm_.poll())) return false;
  // A finally body is written once per way out: small programs can make long code.
  if (u_ != nullptr && u_->ir.code.size() > u_->charged) [[unlikely]] {
    constexpr size_t kStep = 4096, kBytes = kStep * (sizeof(IrInstruction) + 64), kMost = size_t{1} << 21;
    if (u_->ir.code.size() > kMost) {
      (void)vm_.raise(E::OverflowError, "code of {} is too large", std::string_view(u_->qualname));
      failed_ = true;
      return false;
    }
    if (!vm_.heap.charge(kBytes)) {
      (void)vm_.allocation_failed(kBytes);
      failed_ = true;
      return false;
    }
    charged_ += kBytes;
    u_->charged += kStep;
  }
  return true;
}

// --- Units

void CodeGenerator::enter_unit(UnitKind kind, NameId name, Scope* scope, int first_line, NameId class_name) {
  if (failed_) return;
  units_.push_back(std::make_unique<Unit>());
  Unit* unit = units_.back().get();
  unit->outer = u_;
  unit->kind = kind;
  unit->scope = scope;
  unit->name = name;
  unit->first_line = first_line;
  unit->class_name = class_name;
  auto number = [&](NameMap<uint32_t>& in, NameId id) {
    uint32_t next = static_cast<uint32_t>(in.size());
    in.get(id) = next;
  };
  for (NameId parameter : scope->parameters) number(unit->varnames, parameter);
  auto collect = [&](NameMap<uint32_t>& into, auto&& wanted) {
    std::vector<NameId> list;
    for (const auto& [id, symbol] : scope->symbols)
      if (wanted(symbol)) list.push_back(id);
    std::sort(list.begin(), list.end(), [&](NameId a, NameId b) { return names_.text(a) < names_.text(b); });
    for (NameId id : list) number(into, id);
  };
  collect(unit->cellvars, [](const Symbol& s) { return s.scope == NameScope::Cell || (s.flags & kDefCompCell); });
  if (scope->needs_class_closure) number(unit->cellvars, n_.d_class);
  if (scope->needs_classdict) number(unit->cellvars, n_.d_classdict);
  if (scope->type == BlockType::Class && scope->has_conditional_annotations) number(unit->cellvars, n_.d_conditional);
  collect(unit->freevars, [](const Symbol& s) { return s.scope == NameScope::Free || (s.flags & kDefFreeClass); });
  u_ = unit;
  unit->qualname = qualified_name(*unit);
  Location loc{first_line, first_line, 0, 0};
  if (kind == UnitKind::Module) loc = {0, 1, 0, 0};  // as in CPython
  emit(Op::RESUME, 0, loc);
  if (kind == UnitKind::Module) emit(kAnnotationsPlace, kNoLocation);
}

std::string CodeGenerator::qualified_name(const Unit& unit) const {
  std::string base;
  const Unit* parent = unit.outer;
  if (parent != nullptr && parent->kind == UnitKind::TypeParameters) parent = parent->outer;
  if (parent != nullptr && parent->outer != nullptr) {
    bool global = false;
    if (unit.kind == UnitKind::Function || unit.kind == UnitKind::AsyncFunction || unit.kind == UnitKind::Class) {
      NameId name = mangle(const_cast<NamePool&>(names_), parent->class_name, unit.name);
      global = parent->scope->scope_of(name) == NameScope::GlobalExplicit;
    }
    if (!global) {
      base = parent->qualname;
      if (parent->kind == UnitKind::Function || parent->kind == UnitKind::AsyncFunction ||
          parent->kind == UnitKind::Lambda)
        base += ".<locals>";
    }
  }
  if (!base.empty()) base += '.';
  if (unit.scope->function_name != kNoName) {
    base += names_.text(unit.scope->function_name);
    base += '.';
  }
  base += names_.text(unit.name);
  return base;
}

uint32_t CodeGenerator::unit_flags() const {
  const Scope* s = u_->scope;
  uint32_t flags = 0;
  if (s->is_function_like()) {
    flags |= kCoNewLocals | kCoOptimized;
    if (s->nested) flags |= kCoNested;
    if (s->generator && !s->coroutine) flags |= kCoGenerator;
    if (s->generator && s->coroutine) flags |= kCoAsyncGenerator;
    if (!s->generator && s->coroutine) flags |= kCoCoroutine;
    if (s->varargs) flags |= kCoVarArgs;
    if (s->varkeywords) flags |= kCoVarKeywords;
    if (s->method) flags |= kCoMethod;
  } else if (s->type == BlockType::Module && s->coroutine && options_.top_level_await) {
    flags |= kCoCoroutine;
  }
  if (u_->has_docstring) flags |= kCoHasDocstring;
  return flags | future_;
}

Code* CodeGenerator::leave_unit(bool return_none) {
  if (failed_) return nullptr;
  if (return_none) load_none(kNoLocation);
  emit(Op::RETURN_VALUE, kNoLocation);
  AssemblyInput in;
  in.ir = &u_->ir;
  in.constants = &constants_;
  in.names = &names_;
  in.used_names = &u_->names;
  in.varnames = &u_->varnames;
  in.cellvars = &u_->cellvars;
  in.freevars = &u_->freevars;
  in.hidden = &u_->hidden;
  in.argument_count = u_->argument_count;
  in.positional_only = u_->positional_only;
  in.keyword_only = u_->keyword_only;
  in.parameter_slots = static_cast<uint32_t>(u_->scope->parameters.size());
  in.flags = unit_flags();
  in.first_line = static_cast<uint32_t>(std::max(u_->first_line, 0));
  in.has_docstring = u_->has_docstring;
  in.docstring = u_->docstring;
  in.filename = filename_;
  Value name = str_value(names_.text(u_->name)), qualname = str_value(u_->qualname);
  if (failed_) return nullptr;
  in.name = as_str(name);
  in.qualname = as_str(qualname);
  Code* code = take(assemble(vm_, in));
  u_ = u_->outer;
  units_.pop_back();
  return failed_ ? nullptr : code;
}

Result<Code*> CodeGenerator::run(const ast::Mod* module) {
  TRY(constants_.init());
  future_ =
      options_.future_flags | TRY(future_features(vm_, module, filename_, options_.source_text, &last_future_line_));
  SymtableOptions table_options;
  table_options.future_annotations = future_ & kCoFutureAnnotations;
  table_options.top_level_await = options_.top_level_await;
  table_options.older_annotations = vm_.annotations_hook != nullptr;
  table_options.stack_limit = vm_.t.native_stack_limit;
  if (!table_.build(module, table_options)) {
    return raise_symtable_error(vm_, table_.error(), filename_, options_.source_text);
  }
  enter_unit(UnitKind::Module, n_.module, table_.top(), 1, kNoName);
  Location start{1, 1, 0, 0};
  bool return_none = true;
  switch (module->kind) {
    case ast::NodeKind::Module: module_body(static_cast<const ast::Module*>(module)->body, start, false); break;
    case ast::NodeKind::Interactive:
      interactive_ = true;
      module_body(static_cast<const ast::Interactive*>(module)->body, start, true);
      break;
    default: visit(static_cast<const ast::Expression*>(module)->body); return_none = false;
  }
  Code* code = leave_unit(return_none);
  if (failed_) return Error{};
  return code;
}

// --- Emission

Location CodeGenerator::at_attribute(Location loc, const ast::Attribute* a) {
  if (loc.line == a->range.end_lineno) return loc;
  loc.line = a->range.end_lineno;
  int length = 0;
  for (char c : a->attr) length += (c & 0xC0) != 0x80;
  if (length <= a->range.end_col_offset) {
    loc.column = a->range.end_col_offset - length;
  } else {
    loc.column = loc.end_column = -1;  // a tree with odd positions
  }
  return loc;
}

Value CodeGenerator::str_value(std::string_view text) {
  Value v = take(Value(str_from_generalised_utf8(vm_, text)));
  return failed_ ? v : Value(vm_.intern(as_str(v)));
}

void CodeGenerator::load_const(Value v, const Location& loc) {
  if (failed_) return;
  uint32_t number = take(constants_.add(v));
  emit(Op::LOAD_CONST, static_cast<int32_t>(number), loc);
}

void CodeGenerator::load_text(std::string_view text, const Location& loc) {
  Value v = str_value(text);
  load_const(v, loc);
}

void CodeGenerator::load_str(NameId name, const Location& loc) { load_text(names_.text(name), loc); }

void CodeGenerator::emit_plain_name(Op op, NameId name, const Location& loc) {
  if (failed_) return;
  uint32_t count = static_cast<uint32_t>(u_->names.size());
  uint32_t& number = u_->names.get(name);
  if (u_->names.size() != count) number = count;
  emit(op, static_cast<int32_t>(number), loc);
}

void CodeGenerator::emit_name(Op op, NameId name, const Location& loc) { emit_plain_name(op, mangled(name), loc); }

// `v` to be sent and the iterator are on the stack; leaves the result.
void CodeGenerator::emit_yield_from(bool await, const Location& loc) {
  Label send = new_label(), fail = new_label(), exit = new_label();
  use(send);
  jump(Op::SEND, exit, loc);
  // What close() and throw() raise here may be the StopIteration that carries the result.
  jump(kSetupFinally, fail, loc);
  emit(Op::YIELD_VALUE, 1, loc);
  emit(kPopBlock, kNoLocation);
  emit(Op::RESUME, await ? 3 : 2, loc);
  jump(Op::JUMP, send, loc);
  use(fail);
  emit(Op::CLEANUP_THROW, loc);
  use(exit);
  emit(Op::END_SEND, loc);
}

void CodeGenerator::emit_compare(ast::CmpOperator op, const Location& loc) {
  using C = ast::CmpOperator;
  auto rich = [&](CompareOp c) { emit(Op::COMPARE_OP, static_cast<int>(c), loc); };
  switch (op) {
    case C::Eq: return rich(CompareOp::Eq);
    case C::NotEq: return rich(CompareOp::Ne);
    case C::Lt: return rich(CompareOp::Lt);
    case C::LtE: return rich(CompareOp::Le);
    case C::Gt: return rich(CompareOp::Gt);
    case C::GtE: return rich(CompareOp::Ge);
    case C::Is: return emit(Op::IS_OP, 0, loc);
    case C::IsNot: return emit(Op::IS_OP, 1, loc);
    case C::In: return emit(Op::CONTAINS_OP, 0, loc);
    case C::NotIn: return emit(Op::CONTAINS_OP, 1, loc);
  }
}

// Are the last n instructions loads of constants that nothing jumps between?
bool CodeGenerator::ends_in_constants(size_t n) const {
  const auto& code = u_->ir.code;
  if (failed_ || code.size() < n || code.size() - n < u_->fold_barrier) return false;
  for (size_t i = code.size() - n; i < code.size(); ++i)
    if (code[i].op != Op::LOAD_CONST) return false;
  return true;
}

Value CodeGenerator::constant_at(size_t from_end) const {
  const auto& code = u_->ir.code;
  return constants_[static_cast<uint32_t>(code[code.size() - from_end].arg)];
}

// --- Names

NameScope CodeGenerator::scope_of(NameId name) const {
  if (const NameScope* s = u_->overrides.find(name); s != nullptr && *s != NameScope::None) return *s;
  return u_->scope->scope_of(name);
}

uint32_t CodeGenerator::varname(NameId name) {
  uint32_t count = static_cast<uint32_t>(u_->varnames.size());
  uint32_t& number = u_->varnames.get(name);
  if (u_->varnames.size() != count) number = count;
  return number;
}

int32_t CodeGenerator::cell_index(NameId name) {
  // A free name may also be the cell of an inlined comprehension, which is another one.
  const uint32_t* free = u_->freevars.find(name);
  if (free != nullptr && scope_of(name) == NameScope::Free) return static_cast<int32_t>(u_->cellvars.size() + *free);
  if (const uint32_t* i = u_->cellvars.find(name)) return static_cast<int32_t>(*i);
  if (free != nullptr) return static_cast<int32_t>(u_->cellvars.size() + *free);
  if (!failed_) {
    failed_ = true;
    (void)vm_.raise(E::SystemError, "compiler: no cell for '{}' in {}", names_.text(name), names_.text(u_->name));
  }
  return 0;
}

void CodeGenerator::name_op(NameId plain, Ctx ctx, const Location& loc) {
  if (failed_) return;
  if (plain == n_.d_debug && ctx == Ctx::Load) return load_const(Value::boolean(options_.optimize == 0), loc);
  NameId name = mangled(plain);
  const Scope* scope = u_->scope;
  NameScope where = scope_of(name);
  bool is_fast = scope->is_function_like();
  switch (where) {
    case NameScope::Free:
    case NameScope::Cell: {
      int32_t index = cell_index(name);
      if (ctx == Ctx::Store) return emit(Op::STORE_DEREF, index, loc);
      if (ctx == Ctx::Del) return emit(Op::DELETE_DEREF, index, loc);
      if (scope->type == BlockType::Class && u_->inlined_depth == 0) {
        emit(Op::LOAD_LOCALS, loc);
        return emit(Op::LOAD_FROM_DICT_OR_DEREF, index, loc);
      }
      if (scope->can_see_class_scope && name != n_.d_classdict) {
        name_op(n_.d_classdict, Ctx::Load, loc);
        return emit(Op::LOAD_FROM_DICT_OR_DEREF, index, loc);
      }
      return emit(Op::LOAD_DEREF, index, loc);
    }
    case NameScope::Local: {
      if (const bool* hidden = u_->hidden.find(name); hidden != nullptr && *hidden) is_fast = true;
      if (!is_fast) break;
      int32_t slot = static_cast<int32_t>(varname(name));
      return emit(ctx == Ctx::Load ? Op::LOAD_FAST : ctx == Ctx::Store ? Op::STORE_FAST : Op::DELETE_FAST, slot, loc);
    }
    case NameScope::GlobalImplicit:
      if (!is_fast) break;
      if (ctx == Ctx::Load && scope->can_see_class_scope) {
        name_op(n_.d_classdict, Ctx::Load, loc);
        return emit_plain_name(Op::LOAD_FROM_DICT_OR_GLOBALS, name, loc);
      }
      [[fallthrough]];
    case NameScope::GlobalExplicit:
      return emit_plain_name(ctx == Ctx::Load    ? Op::LOAD_GLOBAL
                             : ctx == Ctx::Store ? Op::STORE_GLOBAL
                                                 : Op::DELETE_GLOBAL,
                             name, loc);
    case NameScope::None: break;
  }
  if (ctx == Ctx::Load) {
    // Inside a comprehension inlined in a class body, names of the class are not seen.
    bool global = scope->type == BlockType::Class && u_->inlined_depth > 0;
    return emit_plain_name(global ? Op::LOAD_GLOBAL : Op::LOAD_NAME, name, loc);
  }
  emit_plain_name(ctx == Ctx::Store ? Op::STORE_NAME : Op::DELETE_NAME, name, loc);
}

}  // namespace krait
