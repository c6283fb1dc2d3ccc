// Each function becomes one code object through the compiler's own assembler (compiler/ir.hpp), so jump threading, stack depths,
// the verifier and tracebacks are what Python code has.
#include "aspl/codegen.hpp"

#include "aspl/operations.hpp"
#include "base/float_text.hpp"
#include "compiler/compiler.hpp"
#include "compiler/ir.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"

namespace krait::aspl {
namespace {

class Generator {
 public:
  Generator(Vm& vm, Str* filename) : vm_(vm), filename_(filename), constants_(vm) {}
  Result<Code*> run(const FunctionNode* script) {
    TRY(constants_.init());
    Code* code = function_code(script);
    if (failed_) return Error{};
    return code;
  }

 private:
  /// One code object under way.
  struct Unit {
    Unit* outer;
    const FunctionNode* function;
    IrCode ir;
    NameMap<uint32_t> names, varnames, cellvars, freevars;
    NameMap<bool> hidden;
    int depth = 0;  ///< operands on the stack
  };

  // Errors are sticky: `failed_` means that an exception is pending, and nothing is emitted any more.
  template <class T>
  T take(Result<T> r) {
    if (failed_ || r.is_error()) {
      failed_ = true;
      return T{};
    }
    return r.release();
  }
  Value take(Value v) {
    if (v.is_error()) failed_ = true;
    return v;
  }
  bool guard() {
    if (!failed_ && (vm_.check_stack(" during compilation").is_error() || vm_.poll().is_error())) failed_ = true;
    return !failed_;
  }

  Code* function_code(const FunctionNode* f);
  Code* assemble_unit();
  void lay_out_variables();

  // --- Emission
  void emit(Op op, int64_t arg, uint32_t line) {
    if (failed_) return;
    int after = u_->depth + op_pushes(op, arg) - op_pops(op, arg);
    if (after > kMostOperands && u_->depth <= kMostOperands)
      raw(Op::CALL_INTRINSIC_1, static_cast<int>(Unary::kOverflow), {}, line);
    raw(op, static_cast<int32_t>(arg), {}, line);
    u_->depth = after;
  }
  void raw(Op op, int32_t arg, Label label, uint32_t line) {
    int32_t n = static_cast<int32_t>(line);
    u_->ir.code.push_back({op, arg, label, Location{n, n, -1, -1}});
  }
  void jump(Op op, Label to, uint32_t line) {
    if (failed_) return;
    raw(op, 0, to, line);
    u_->depth += op_pushes(op, 0) - op_pops(op, 0);
  }
  void operation(Unary which, uint32_t line) { emit(Op::CALL_INTRINSIC_1, static_cast<uint32_t>(which), line); }
  void operation(BinaryOperation which, uint32_t line) {
    emit(Op::CALL_INTRINSIC_2, static_cast<uint32_t>(which), line);
  }
  void constant(Value v, uint32_t line) {
    if (take(v).is_error()) return;
    emit(Op::LOAD_CONST, take(constants_.add(v)), line);
  }
  void text(std::string_view s, uint32_t line) { constant(take_str(s), line); }
  Value take_str(std::string_view s) {
    Result<Str*> r = str_from_generalised_utf8(vm_, s);
    if (r.is_error()) return Error{};
    return r.release();
  }
  Label new_label() {
    u_->ir.labels.push_back(UINT32_MAX);
    return {static_cast<uint32_t>(u_->ir.labels.size() - 1)};
  }
  void place(Label l) { u_->ir.labels[l.id] = static_cast<uint32_t>(u_->ir.code.size()); }
  void named(Op op, std::string_view attribute, uint32_t line) {
    NameId id = names_.intern(attribute);
    uint32_t next = static_cast<uint32_t>(u_->names.size());
    if (!u_->names.contains(id)) u_->names.get(id) = next;
    emit(op, *u_->names.find(id), line);
  }

  // --- Names
  NameId own_name(const Variable* v);
  NameId free_name(const Variable* v);
  int32_t cell(const Variable* v);
  void load(const Variable* v, std::string_view name, uint32_t line);
  void store(const Variable* v, std::string_view name, uint32_t line);
  /// Takes the top of the stack.
  void define(const Variable* v, std::string_view name, uint32_t line);

  // --- Tree
  void visit(const Statement* s);
  void visit(const Expression* e);
  void body(const List<Statement*>& list) {
    for (auto* item = list.first; item != nullptr; item = item->next) visit(item->value);
  }
  void value_or_nil(const Statement* s) {
    if (s->value != nullptr) return visit(s->value);
    constant(Value::none(), s->line);
  }
  void loop(const Statement* s);
  void class_statement(const Statement* s);
  void closure(const FunctionNode* f, uint32_t line);
  void call(const Expression* e);
  void logical(const Expression* e);
  void number(const Expression* e);

  Vm& vm_;
  Str* filename_;
  ConstantPool constants_;
  NamePool names_;
  Unit* u_ = nullptr;
  bool failed_ = false;
};

// --- Names. Slots need names of their own: the first variable of a name has it, later ones and captured ones are numbered.

NameId Generator::own_name(const Variable* v) {
  bool first = true;
  for (auto* item = v->owner->variables.first; item->value != v; item = item->next)
    first &= item->value->name != v->name;
  std::string name(v->name);
  return names_.intern(first ? name : name + "." + std::to_string(v->number));
}
NameId Generator::free_name(const Variable* v) {
  int level = 0;
  for (const FunctionNode* f = v->owner; f != nullptr; f = f->outer) ++level;
  return names_.intern(std::string(v->name) + "." + std::to_string(v->number) + "@" + std::to_string(level));
}

void Generator::lay_out_variables() {
  const FunctionNode* f = u_->function;
  for (auto* item = f->variables.first; item != nullptr; item = item->next) {
    NameId name = own_name(item->value);
    uint32_t number = static_cast<uint32_t>(u_->varnames.size());
    u_->varnames.get(name) = number;
    if (f->kind == FunctionNode::kScript) u_->hidden.get(name) = true;
    if (item->value->captured) {
      number = static_cast<uint32_t>(u_->cellvars.size());
      u_->cellvars.get(name) = number;
    }
  }
  for (auto* item = f->free.first; item != nullptr; item = item->next) {
    uint32_t number = static_cast<uint32_t>(u_->freevars.size());
    u_->freevars.get(free_name(item->value)) = number;
  }
}

int32_t Generator::cell(const Variable* v) {
  if (v->owner == u_->function) return static_cast<int32_t>(*u_->cellvars.find(own_name(v)));
  return static_cast<int32_t>(u_->cellvars.size() + *u_->freevars.find(free_name(v)));
}

void Generator::load(const Variable* v, std::string_view name, uint32_t line) {
  if (v == nullptr) return named(Op::LOAD_GLOBAL, attribute_name(name), line);
  if (v->captured) return emit(Op::LOAD_DEREF, cell(v), line);
  emit(Op::LOAD_FAST, *u_->varnames.find(own_name(v)), line);
}

void Generator::store(const Variable* v, std::string_view name, uint32_t line) {
  if (v == nullptr) {
    // Only what was declared can be assigned to.
    load(v, name, line);
    emit(Op::POP_TOP, 0, line);
    return named(Op::STORE_GLOBAL, attribute_name(name), line);
  }
  if (v->captured) return emit(Op::STORE_DEREF, cell(v), line);
  emit(Op::STORE_FAST, *u_->varnames.find(own_name(v)), line);
}

void Generator::define(const Variable* v, std::string_view name, uint32_t line) {
  if (v == nullptr) return named(Op::STORE_GLOBAL, attribute_name(name), line);
  emit(Op::STORE_FAST, *u_->varnames.find(own_name(v)), line);
  if (v->captured) emit(Op::MAKE_CELL, cell(v), line);
}

// --- Functions

Code* Generator::function_code(const FunctionNode* f) {
  if (!guard()) return nullptr;
  Unit unit{u_, f, {}, {}, {}, {}, {}, {}};
  u_ = &unit;
  lay_out_variables();
  emit(Op::RESUME, 0, f->line);
  const Statement* last = f->body.last == nullptr ? nullptr : f->body.last->value;
  bool gives = f->kind == FunctionNode::kScript && last != nullptr && last->kind == Statement::kExpression;
  for (auto* item = f->body.first; item != nullptr; item = item->next) {
    if (gives && item->value == last) {
      visit(last->value);
    } else {
      visit(item->value);
    }
  }
  uint32_t line = last != nullptr ? last->line : f->line;
  if (!gives) constant(Value::none(), line);
  emit(Op::RETURN_VALUE, 0, line);
  Code* code = failed_ ? nullptr : assemble_unit();
  u_ = unit.outer;
  return code;
}

Code* Generator::assemble_unit() {
  const FunctionNode* f = u_->function;
  AssemblyInput in;
  in.ir = &u_->ir;
  in.constants = &constants_;
  in.names = &names_;
  in.used_names = &u_->names;
  in.varnames = &u_->varnames;
  in.cellvars = &u_->cellvars;
  in.freevars = &u_->freevars;
  in.hidden = &u_->hidden;
  in.argument_count = in.parameter_slots = f->parameter_count;
  in.flags = f->kind == FunctionNode::kScript ? 0 : static_cast<uint32_t>(kCoOptimized | kCoNewLocals);
  in.first_line = f->line;
  in.filename = filename_;
  in.name = in.qualname = take(str_from_generalised_utf8(vm_, f->name));
  return failed_ ? nullptr : take(assemble(vm_, in));
}

void Generator::closure(const FunctionNode* f, uint32_t line) {
  Code* code = function_code(f);
  if (failed_) return;
  for (auto* item = f->free.first; item != nullptr; item = item->next) emit(Op::LOAD_CLOSURE, cell(item->value), line);
  if (f->free.count > 0) emit(Op::BUILD_TUPLE, f->free.count, line);
  constant(Value(code), line);
  emit(Op::MAKE_FUNCTION, 0, line);
  if (f->free.count > 0) emit(Op::SET_FUNCTION_ATTRIBUTE, 8, line);
}

// --- Statements

void Generator::visit(const Statement* s) {
  if (s == nullptr || !guard()) return;
  switch (s->kind) {
    case Statement::kExpression:
      visit(s->value);
      emit(Op::POP_TOP, 0, s->line);
      break;
    case Statement::kPrint:
      visit(s->value);
      operation(Unary::kPrint, s->line);
      emit(Op::POP_TOP, 0, s->line);
      break;
    case Statement::kReturn:
      value_or_nil(s);
      emit(Op::RETURN_VALUE, 0, s->line);
      break;
    case Statement::kVar:
      value_or_nil(s);
      define(s->variable, s->text, s->line);
      break;
    case Statement::kBlock: body(s->body); break;
    case Statement::kIf: {
      Label otherwise = new_label(), end = new_label();
      visit(s->value);
      operation(Unary::kTruth, s->line);
      jump(Op::POP_JUMP_IF_FALSE, otherwise, s->line);
      visit(s->first);
      if (s->second != nullptr) jump(Op::JUMP, end, s->line);
      place(otherwise);
      visit(s->second);
      place(end);
      break;
    }
    case Statement::kLoop: loop(s); break;
    case Statement::kFunction:
      if (s->variable != nullptr && s->variable->captured) {
        // The function is inside its own closure: the cell is there first.
        constant(Value::none(), s->line);
        define(s->variable, s->text, s->line);
        closure(s->function, s->line);
        emit(Op::STORE_DEREF, cell(s->variable), s->line);
      } else {
        closure(s->function, s->line);
        define(s->variable, s->text, s->line);
      }
      break;
    case Statement::kClass: class_statement(s); break;
  }
}

void Generator::loop(const Statement* s) {
  Label start = new_label(), end = new_label();
  place(start);
  if (s->value != nullptr) {
    visit(s->value);
    operation(Unary::kTruth, s->line);
    jump(Op::POP_JUMP_IF_FALSE, end, s->line);
  }
  visit(s->first);
  if (s->step != nullptr) {
    visit(s->step);
    emit(Op::POP_TOP, 0, s->line);
  }
  jump(Op::JUMP, start, s->line);
  place(end);
}

void Generator::class_statement(const Statement* s) {
  // Methods may name the class and, through `super`, its superclass: both variables are there before the methods are made.
  if (s->super_variable != nullptr) {
    visit(s->value);
    define(s->super_variable, "super", s->line);
  }
  text(s->text, s->line);
  if (s->super_variable != nullptr) {
    load(s->super_variable, "super", s->line);
  } else {
    constant(Value::none(), s->line);
  }
  operation(BinaryOperation::kMakeClass, s->line);
  define(s->variable, s->text, s->line);
  for (auto* item = s->methods.first; item != nullptr; item = item->next) {
    closure(item->value, item->value->line);
    load(s->variable, s->text, item->value->line);
    named(Op::STORE_ATTR, attribute_name(item->value->name), item->value->line);
  }
}

// --- Expressions

void Generator::number(const Expression* e) {
  if (e->kind == Expression::kInteger) return constant(take(int_from_digits(vm_, e->text, 10)), e->line);
  constant(take(float_from_text(vm_, take(take_str(e->text)))), e->line);
}

/// `a and b` is a if that is false, else b.
void Generator::logical(const Expression* e) {
  Label end = new_label();
  visit(e->left);
  emit(Op::COPY, 1, e->line);
  operation(e->kind == Expression::kAnd ? Unary::kTruth : Unary::kNot, e->line);
  jump(Op::POP_JUMP_IF_FALSE, end, e->line);
  emit(Op::POP_TOP, 0, e->line);
  visit(e->right);
  place(end);
}

void Generator::call(const Expression* e) {
  bool super = e->kind == Expression::kSuperCall;
  if (super) {
    load(e->variable, "super", e->line);
    text(attribute_name(e->text), e->line);
    operation(BinaryOperation::kSuperMethod, e->line);
  } else {
    visit(e->left);
  }
  constant(Value::small_int(e->arguments.count), e->line);
  operation(super ? BinaryOperation::kCheckMethodCall : BinaryOperation::kCheckCall, e->line);
  // The verifier takes a receiver only beside the method that it was looked up for: `this` goes first among the arguments.
  emit(Op::PUSH_NULL, 0, e->line);
  if (super) visit(e->right);
  for (auto* item = e->arguments.first; item != nullptr; item = item->next) visit(item->value);
  emit(Op::CALL, e->arguments.count + (super ? 1 : 0), e->line);
}

void Generator::visit(const Expression* e) {
  if (!guard()) return;
  switch (e->kind) {
    case Expression::kNil: return constant(Value::none(), e->line);
    case Expression::kTrue: return constant(Value::boolean(true), e->line);
    case Expression::kFalse: return constant(Value::boolean(false), e->line);
    case Expression::kInteger:
    case Expression::kDouble: return number(e);
    case Expression::kString: return text(e->text, e->line);
    case Expression::kName: return load(e->variable, e->text, e->line);
    case Expression::kAssign:
      visit(e->right);
      emit(Op::COPY, 1, e->line);
      return store(e->variable, e->text, e->line);
    case Expression::kNegate: visit(e->right); return operation(Unary::kNegate, e->line);
    case Expression::kNot: visit(e->right); return operation(Unary::kNot, e->line);
    case Expression::kBinary:
      visit(e->left);
      visit(e->right);
      return operation(static_cast<BinaryOperation>(static_cast<uint32_t>(BinaryOperation::kAdd) +
                                                    static_cast<uint32_t>(e->operation)),
                       e->line);
    case Expression::kAnd:
    case Expression::kOr: return logical(e);
    case Expression::kCall:
    case Expression::kSuperCall: return call(e);
    case Expression::kGet:
      visit(e->left);
      operation(Unary::kInstance, e->line);
      return named(Op::LOAD_ATTR, attribute_name(e->text), e->line);
    case Expression::kSet:
      visit(e->left);
      operation(Unary::kInstance, e->line);
      visit(e->right);
      emit(Op::SWAP, 2, e->line);  // value, instance
      emit(Op::COPY, 2, e->line);  // value, instance, value
      emit(Op::SWAP, 2, e->line);  // value, value, instance
      return named(Op::STORE_ATTR, attribute_name(e->text), e->line);
    case Expression::kSuper:
      load(e->variable, "super", e->line);
      text(attribute_name(e->text), e->line);
      operation(BinaryOperation::kSuperMethod, e->line);
      visit(e->right);
      return operation(BinaryOperation::kBind, e->line);
  }
}

}  // namespace

Result<Code*> generate(Vm& vm, const FunctionNode* script, Str* filename) {
  return Generator(vm, filename).run(script);
}

}  // namespace krait::aspl
