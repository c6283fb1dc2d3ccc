// Expressions, except calls (codegen_calls.cpp) and comprehensions (codegen_comprehensions.cpp). Operators on
// constants are folded as they are written: when the operands just emitted are constants, they are replaced
// by the result.
#include "compiler/codegen.hpp"

#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

void CodeGenerator::visit(const ast::Expr* e) {
  if (!guard()) return;
  visit_expr(e);
}

void CodeGenerator::visit_expr(const ast::Expr* e) {
  using K = ast::NodeKind;
  Location loc = at(e);
  switch (e->kind) {
    case K::NamedExpr: {
      auto* n = static_cast<const ast::NamedExpr*>(e);
      visit(n->value);
      emit(Op::COPY, 1, loc);
      return visit(n->target);
    }
    case K::BoolOp: return visit_bool_op(static_cast<const ast::BoolOp*>(e));
    case K::BinOp: return visit_binary(static_cast<const ast::BinOp*>(e));
    case K::UnaryOp: return visit_unary(static_cast<const ast::UnaryOp*>(e));
    case K::Lambda: return visit_lambda(static_cast<const ast::Lambda*>(e));
    case K::IfExp: return visit_conditional(static_cast<const ast::IfExp*>(e));
    case K::Dict: return visit_dict(static_cast<const ast::Dict*>(e));
    case K::Set: return visit_collection(e, static_cast<const ast::Set*>(e)->elts, Collection::Set);
    case K::ListComp: {
      auto* n = static_cast<const ast::ListComp*>(e);
      return visit_comprehension(e, n->generators, n->elt, nullptr);
    }
    case K::SetComp: {
      auto* n = static_cast<const ast::SetComp*>(e);
      return visit_comprehension(e, n->generators, n->elt, nullptr);
    }
    case K::DictComp: {
      auto* n = static_cast<const ast::DictComp*>(e);
      return visit_comprehension(e, n->generators, n->key, n->value);
    }
    case K::GeneratorExp: {
      auto* n = static_cast<const ast::GeneratorExp*>(e);
      return visit_comprehension(e, n->generators, n->elt, nullptr);
    }
    case K::Await: return visit_await(static_cast<const ast::Await*>(e));
    case K::Yield: return visit_yield(static_cast<const ast::Yield*>(e));
    case K::YieldFrom: return visit_yield_from(static_cast<const ast::YieldFrom*>(e));
    case K::Compare: return visit_compare(static_cast<const ast::Compare*>(e));
    case K::Call: return visit_call(static_cast<const ast::Call*>(e));
    case K::FormattedValue: return visit_formatted_value(static_cast<const ast::FormattedValue*>(e));
    case K::Interpolation: return visit_interpolation(static_cast<const ast::Interpolation*>(e));
    case K::JoinedStr: return visit_joined_str(static_cast<const ast::JoinedStr*>(e));
    case K::TemplateStr: return visit_template_str(static_cast<const ast::TemplateStr*>(e));
    case K::Constant: return load_const(take(constant_value(vm_, static_cast<const ast::Constant*>(e)->value)), loc);
    case K::Attribute: return visit_attribute(static_cast<const ast::Attribute*>(e));
    case K::Subscript: return visit_subscript(static_cast<const ast::Subscript*>(e));
    case K::Starred:
      if (static_cast<const ast::Starred*>(e)->ctx == ast::ExprContext::Store)
        return error(loc, "starred assignment target must be in a list or tuple");
      return error(loc, "can't use starred expression here");
    case K::Slice: return visit_slice(static_cast<const ast::Slice*>(e));
    case K::Name: {
      auto* n = static_cast<const ast::Name*>(e);
      return name_op(n->id, context(n->ctx), loc);
    }
    case K::List:
    case K::Tuple: {
      // The two have the same layout of fields.
      const auto& elements =
          e->kind == K::List ? static_cast<const ast::List*>(e)->elts : static_cast<const ast::Tuple*>(e)->elts;
      ast::ExprContext ctx =
          e->kind == K::List ? static_cast<const ast::List*>(e)->ctx : static_cast<const ast::Tuple*>(e)->ctx;
      if (ctx == ast::ExprContext::Store) return unpack_targets(elements, loc);
      if (ctx == ast::ExprContext::Del) {
        for (const ast::Expr* t : elements) visit(t);
        return;
      }
      return visit_collection(e, elements, e->kind == K::List ? Collection::List : Collection::Tuple);
    }
    default: return;
  }
}

// --- Conditions

void CodeGenerator::jump_if(const ast::Expr* e, Label target, bool condition, const Location& loc) {
  if (!guard()) return;
  switch (e->kind) {
    case ast::NodeKind::UnaryOp: {
      auto* n = static_cast<const ast::UnaryOp*>(e);
      if (n->op == ast::UnaryOperator::Not) return jump_if(n->operand, target, !condition, loc);
      break;
    }
    case ast::NodeKind::BoolOp: {
      auto* n = static_cast<const ast::BoolOp*>(e);
      bool is_or = n->op == ast::BoolOperator::Or;
      // An operand that decides the whole goes to the target if it decides for it, else past the rest.
      Label decided = is_or == condition ? target : new_label();
      for (size_t i = 0; i + 1 < n->values.size(); ++i) jump_if(n->values[i], decided, is_or, loc);
      jump_if(n->values.back(), target, condition, loc);
      if (is_or != condition && !failed_) use(decided);
      return;
    }
    case ast::NodeKind::IfExp: {
      auto* n = static_cast<const ast::IfExp*>(e);
      Label end = new_label(), other = new_label();
      jump_if(n->test, other, false, loc);
      jump_if(n->body, target, condition, loc);
      jump(Op::JUMP, end, kNoLocation);
      use(other);
      jump_if(n->orelse, target, condition, loc);
      use(end);
      return;
    }
    case ast::NodeKind::Compare: {
      auto* n = static_cast<const ast::Compare*>(e);
      if (n->ops.size() < 2) break;
      Location where = at(e);
      Label cleanup = new_label(), end = new_label();
      check_compare(n);
      visit(n->left);
      for (size_t i = 0; i + 1 < n->ops.size(); ++i) {
        visit(n->comparators[i]);
        emit(Op::SWAP, 2, where);
        emit(Op::COPY, 2, where);
        emit_compare(n->ops[i], where);
        jump(Op::POP_JUMP_IF_FALSE, cleanup, where);
      }
      visit(n->comparators.back());
      emit_compare(n->ops.back(), where);
      jump(condition ? Op::POP_JUMP_IF_TRUE : Op::POP_JUMP_IF_FALSE, target, where);
      jump(Op::JUMP, end, kNoLocation);
      use(cleanup);
      emit(Op::POP_TOP, where);
      if (!condition) jump(Op::JUMP, target, kNoLocation);
      use(end);
      return;
    }
    default: break;
  }
  visit(e);
  jump(condition ? Op::POP_JUMP_IF_TRUE : Op::POP_JUMP_IF_FALSE, target, at(e));
}

void CodeGenerator::visit_bool_op(const ast::BoolOp* e) {
  Location loc = at(e);
  Op op = e->op == ast::BoolOperator::And ? Op::JUMP_IF_FALSE_OR_POP : Op::JUMP_IF_TRUE_OR_POP;
  Label end = new_label();
  for (size_t i = 0; i + 1 < e->values.size(); ++i) {
    visit(e->values[i]);
    jump(op, end, loc);
  }
  visit(e->values.back());
  use(end);
}

void CodeGenerator::visit_conditional(const ast::IfExp* e) {
  Label end = new_label(), other = new_label();
  jump_if(e->test, other, false, at(e));
  visit(e->body);
  jump(Op::JUMP, end, kNoLocation);
  use(other);
  visit(e->orelse);
  use(end);
}

// --- Operators

void CodeGenerator::visit_unary(const ast::UnaryOp* e) {
  visit(e->operand);
  Location loc = at(e);
  Op op;
  UnaryFold fold;
  switch (e->op) {
    case ast::UnaryOperator::Invert: op = Op::UNARY_INVERT, fold = UnaryFold::Invert; break;
    case ast::UnaryOperator::Not: op = Op::UNARY_NOT, fold = UnaryFold::Not; break;
    case ast::UnaryOperator::UAdd: op = Op::UNARY_POSITIVE, fold = UnaryFold::Positive; break;
    default: op = Op::UNARY_NEGATIVE, fold = UnaryFold::Negative; break;
  }
  if (ends_in_constants(1)) {
    Value folded;
    if (take(fold_unary(vm_, fold, constant_at(1), &folded))) {
      drop_last(1);
      return load_const(folded, loc);
    }
  }
  emit(op, loc);
}

static BinaryOp binary_of(ast::Operator op) {
  switch (op) {
    case ast::Operator::Add: return BinaryOp::Add;
    case ast::Operator::Sub: return BinaryOp::Sub;
    case ast::Operator::Mult: return BinaryOp::Mul;
    case ast::Operator::MatMult: return BinaryOp::MatMul;
    case ast::Operator::Div: return BinaryOp::TrueDiv;
    case ast::Operator::Mod: return BinaryOp::Mod;
    case ast::Operator::Pow: return BinaryOp::Pow;
    case ast::Operator::LShift: return BinaryOp::LShift;
    case ast::Operator::RShift: return BinaryOp::RShift;
    case ast::Operator::BitOr: return BinaryOp::Or;
    case ast::Operator::BitXor: return BinaryOp::Xor;
    case ast::Operator::BitAnd: return BinaryOp::And;
    case ast::Operator::FloorDiv: return BinaryOp::FloorDiv;
  }
  return BinaryOp::Add;
}

void CodeGenerator::binary_op(ast::Operator op, bool inplace, const Location& loc) {
  int arg = static_cast<int>(binary_of(op));
  emit(Op::BINARY_OP, inplace ? arg + static_cast<int>(BinaryOp::kCount) : arg, loc);
}

void CodeGenerator::visit_binary(const ast::BinOp* e) {
  if (format_percent(e)) return;
  visit(e->left);
  visit(e->right);
  if (ends_in_constants(2)) {
    Value folded;
    if (take(fold_binary(vm_, binary_of(e->op), constant_at(2), constant_at(1), &folded))) {
      drop_last(2);
      return load_const(folded, at(e));
    }
  }
  binary_op(e->op, false, at(e));
}

// `"..." % (a, b)` with only %s, %r and %a in the text is an f-string.
bool CodeGenerator::format_percent(const ast::BinOp* e) {
  if (e->op != ast::Operator::Mod) return false;
  auto* format = ast::as<ast::Constant>(e->left);
  auto* values = ast::as<ast::Tuple>(e->right);
  if (!format || !values || format->value.kind != ast::ConstantKind::Str) return false;
  for (const ast::Expr* v : values->elts)
    if (ast::is<ast::Starred>(v)) return false;
  std::string_view text = format->value.text;
  if (values->elts.size() > kStackGuideline) return false;
  // First look whether all of it can be done.
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') continue;
    if (++i >= text.size()) return false;
    if (text[i] == '%') continue;
    if (text[i] != 's' && text[i] != 'r' && text[i] != 'a') return false;
    ++count;
  }
  if (count != values->elts.size()) return false;
  uint32_t pieces = 0;
  size_t next = 0;
  std::string literal;
  Location whole = at(e);
  auto flush = [&] {
    if (literal.empty()) return;
    load_text(literal, whole);
    literal.clear();
    ++pieces;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      literal += text[i];
      continue;
    }
    char kind = text[++i];
    if (kind == '%') {
      literal += '%';
      continue;
    }
    flush();
    const ast::Expr* value = values->elts[next++];
    visit(value);
    Location loc = at(value);
    emit(Op::CONVERT_VALUE, kind == 's' ? 1 : kind == 'r' ? 2 : 3, loc);
    emit(Op::FORMAT_SIMPLE, loc);
    ++pieces;
  }
  flush();
  if (pieces == 0) {
    load_text("", whole);
  } else if (pieces > 1) {
    emit(Op::BUILD_STRING, static_cast<int>(pieces), whole);
  }
  return true;
}

void CodeGenerator::visit_compare(const ast::Compare* e) {
  check_compare(e);
  Location loc = at(e);
  visit(e->left);
  size_t last = e->ops.size() - 1;
  if (last == 0) {
    visit(e->comparators[0]);
    if (e->ops[0] == ast::CmpOperator::In || e->ops[0] == ast::CmpOperator::NotIn) constant_collection_as_tuple();
    return emit_compare(e->ops[0], loc);
  }
  Label cleanup = new_label(), end = new_label();
  for (size_t i = 0; i < last; ++i) {
    visit(e->comparators[i]);
    emit(Op::SWAP, 2, loc);
    emit(Op::COPY, 2, loc);
    emit_compare(e->ops[i], loc);
    jump(Op::JUMP_IF_FALSE_OR_POP, cleanup, loc);
  }
  visit(e->comparators[last]);
  emit_compare(e->ops[last], loc);
  jump(Op::JUMP, end, kNoLocation);
  use(cleanup);
  emit(Op::SWAP, 2, loc);
  emit(Op::POP_TOP, loc);
  use(end);
}

// --- Displays

void CodeGenerator::dict_part(const ast::Dict* e, size_t begin, size_t end) {
  size_t n = end - begin;
  bool big = n * 2 > kStackGuideline;
  Location loc = at(e);
  if (big) emit(Op::BUILD_MAP, 0, loc);
  for (size_t i = begin; i < end; ++i) {
    visit(e->keys[i]);
    visit(e->values[i]);
    if (big) emit(Op::MAP_ADD, 1, loc);
  }
  if (!big) emit(Op::BUILD_MAP, static_cast<int>(n), loc);
}

void CodeGenerator::visit_dict(const ast::Dict* e) {
  Location loc = at(e);
  bool have_dict = false;
  size_t waiting = 0;  // pairs seen since the last piece was written
  size_t n = e->values.size();
  auto flush = [&](size_t end) {
    dict_part(e, end - waiting, end);
    if (have_dict) emit(Op::DICT_UPDATE, 1, loc);
    have_dict = true;
    waiting = 0;
  };
  for (size_t i = 0; i < n; ++i) {
    if (e->keys[i] == nullptr) {
      if (waiting > 0) flush(i);
      if (!have_dict) emit(Op::BUILD_MAP, 0, loc);
      have_dict = true;
      visit(e->values[i]);
      emit(Op::DICT_UPDATE, 1, loc);
    } else {
      ++waiting;
      if (waiting * 2 > kStackGuideline) flush(i + 1);
    }
  }
  if (waiting > 0) flush(n);
  if (!have_dict) emit(Op::BUILD_MAP, 0, loc);
}

static Op build_op(int kind) { return kind == 0 ? Op::BUILD_LIST : kind == 1 ? Op::BUILD_TUPLE : Op::BUILD_SET; }

void CodeGenerator::visit_collection(const ast::Expr* e, const ast::Seq<ast::Expr*>& elements, Collection kind) {
  unpacked_collection(elements, 0, kind, nullptr, at(e));
}

// The last n instructions load the constants of a display: one constant instead, where that is the same.
void CodeGenerator::fold_collection(uint32_t n, Collection kind, const Location& loc) {
  Op build = build_op(static_cast<int>(kind));
  bool fold = kind == Collection::Tuple ? true : n >= 3;
  if (!fold || !ends_in_constants(n) || (n == 0 && kind != Collection::Tuple))
    return emit(build, static_cast<int>(n), loc);
  List* items = take(list_new(vm_, n));
  if (failed_) return;
  for (uint32_t i = n; i > 0; --i)
    if (!check(list_append(vm_, items, constant_at(i)))) return;
  Tuple* tuple = take(list_to_tuple(vm_, items));
  if (failed_) return;
  Value constant = tuple;
  if (kind == Collection::Set) {
    Set* set = take(set_new(vm_, vm_.types.frozenset));
    if (failed_) return;
    for (Value item : tuple->span()) {
      if (set_add(vm_, set, item).is_error()) {
        // Not hashable: fails at run time.
        if (!vm_.clear_pending()) failed_ = true;
        return emit(build, static_cast<int>(n), loc);
      }
    }
    constant = set;
  }
  drop_last(n);
  if (kind == Collection::Tuple) return load_const(constant, loc);
  emit(build, 0, loc);
  load_const(constant, loc);
  emit(kind == Collection::List ? Op::LIST_EXTEND : Op::SET_UPDATE, 1, loc);
}

// Elements, some perhaps starred, above `pushed` values that are already on the stack.
void CodeGenerator::unpacked_collection(const ast::Seq<ast::Expr*>& elements, uint32_t pushed, Collection kind,
                                        const ast::Name* injected, const Location& loc) {
  size_t n = elements.size();
  bool starred = false, constants = true;
  for (const ast::Expr* e : elements) {
    starred |= ast::is<ast::Starred>(e);
    constants &= ast::is<ast::Constant>(e);
  }
  bool big = n + pushed + (injected != nullptr) > kStackGuideline;
  if (!starred && (!big || (constants && pushed == 0 && injected == nullptr))) {
    for (const ast::Expr* e : elements) visit(e);
    if (injected != nullptr) {
      name_op(injected->id, Ctx::Load, loc);
      ++n;
    }
    if (pushed > 0 || injected != nullptr)
      return emit(build_op(static_cast<int>(kind)), static_cast<int>(n + pushed), loc);
    return fold_collection(static_cast<uint32_t>(n), kind, loc);
  }
  Op build = kind == Collection::Set ? Op::BUILD_SET : Op::BUILD_LIST;
  Op add = kind == Collection::Set ? Op::SET_ADD : Op::LIST_APPEND;
  Op extend = kind == Collection::Set ? Op::SET_UPDATE : Op::LIST_EXTEND;
  bool built = false;
  if (big) {
    emit(build, static_cast<int>(pushed), loc);
    built = true;
  }
  for (size_t i = 0; i < n; ++i) {
    if (auto* star = ast::as<ast::Starred>(elements[i])) {
      if (!built) emit(build, static_cast<int>(i + pushed), loc);
      built = true;
      visit(star->value);
      emit(extend, 1, loc);
    } else {
      visit(elements[i]);
      if (built) emit(add, 1, loc);
    }
  }
  if (injected != nullptr) {
    name_op(injected->id, Ctx::Load, loc);
    emit(add, 1, loc);
  }
  if (kind == Collection::Tuple) call_intrinsic(Intrinsic1::kListToTuple, loc);
}

// A list or set of constants that was just written and is only looked at becomes a tuple or frozenset.
void CodeGenerator::constant_collection_as_tuple() {
  auto& code = u_->ir.code;
  size_t size = code.size();
  if (failed_ || size < 1 || size - 1 < u_->fold_barrier) return;
  IrInstruction last = code[size - 1];
  if ((last.op == Op::LIST_EXTEND || last.op == Op::SET_UPDATE) && size >= 3 && size - 3 >= u_->fold_barrier &&
      code[size - 2].op == Op::LOAD_CONST && code[size - 3].arg == 0 &&
      code[size - 3].op == (last.op == Op::LIST_EXTEND ? Op::BUILD_LIST : Op::BUILD_SET)) {
    // `[*'ab']` is written like this too: being searched, a str would find more than its characters.
    Value constant = constant_at(2);
    bool folded = last.op == Op::LIST_EXTEND ? is_exact(vm_, constant, vm_.types.tuple)
                                             : is_exact(vm_, constant, vm_.types.frozenset);
    if (!folded) return;
    code[size - 3] = code[size - 2];
    return drop_last(2);
  }
  if (last.op != Op::BUILD_LIST && last.op != Op::BUILD_SET) return;
  uint32_t n = static_cast<uint32_t>(last.arg);
  if (last.op == Op::BUILD_SET && n == 0) return;
  drop_last(1);
  if (!ends_in_constants(n)) {
    code.push_back(last);
    // Any list display that is only iterated or searched may as well be a tuple.
    if (last.op == Op::BUILD_LIST) code.back().op = Op::BUILD_TUPLE;
    return;
  }
  if (last.op == Op::BUILD_LIST) return fold_collection(n, Collection::Tuple, last.loc);
  Set* set = take(set_new(vm_, vm_.types.frozenset));
  for (uint32_t i = n; i > 0 && !failed_; --i) {
    if (set_add(vm_, set, constant_at(i)).is_error()) {
      if (!vm_.clear_pending()) failed_ = true;
      code.push_back(last);
      return;
    }
  }
  if (failed_) return;
  drop_last(n);
  load_const(set, last.loc);
}

void CodeGenerator::visit_iterable(const ast::Expr* e) {
  visit(e);
  if (ast::is<ast::List>(e) || ast::is<ast::Set>(e)) {
    bool starred = false;
    const auto& elements =
        ast::is<ast::List>(e) ? static_cast<const ast::List*>(e)->elts : static_cast<const ast::Set*>(e)->elts;
    for (const ast::Expr* element : elements) starred |= ast::is<ast::Starred>(element);
    if (!starred) constant_collection_as_tuple();
  }
}

void CodeGenerator::unpack_targets(const ast::Seq<ast::Expr*>& targets, const Location& loc) {
  size_t n = targets.size();
  bool star_seen = false;
  for (size_t i = 0; i < n; ++i) {
    if (!ast::is<ast::Starred>(targets[i])) continue;
    if (star_seen) return error(loc, "multiple starred expressions in assignment");
    star_seen = true;
    if (i >= 1 << 8 || n - i - 1 >= (1 << 15)) return error(loc, "too many expressions in star-unpacking assignment");
    emit(Op::UNPACK_EX, static_cast<int>(i | (n - i - 1) << 8), loc);
  }
  if (!star_seen) emit(Op::UNPACK_SEQUENCE, static_cast<int>(n), loc);
  for (const ast::Expr* t : targets) {
    auto* star = ast::as<ast::Starred>(t);
    visit(star ? star->value : t);
  }
}

// --- Strings

void CodeGenerator::visit_joined_str(const ast::JoinedStr* e) {
  Location loc = at(e);
  size_t n = e->values.size();
  if (n == 0) return load_text("", loc);
  if (n > kStackGuideline) {
    load_text("", loc);
    emit_plain_name(Op::LOAD_METHOD, n_.join, loc);
    emit(Op::BUILD_LIST, 0, loc);
    for (const ast::Expr* v : e->values) {
      visit(v);
      emit(Op::LIST_APPEND, 1, loc);
    }
    return emit(Op::CALL, 1, loc);
  }
  for (const ast::Expr* v : e->values) visit(v);
  if (n > 1) emit(Op::BUILD_STRING, static_cast<int>(n), loc);
}

static int conversion_number(int c) { return c == 's' ? 1 : c == 'r' ? 2 : c == 'a' ? 3 : 0; }

void CodeGenerator::visit_formatted_value(const ast::FormattedValue* e) {
  Location loc = at(e);
  visit(e->value);
  if (e->conversion != -1) {
    int conversion = conversion_number(e->conversion);
    if (conversion == 0) {
      if (!failed_) (void)vm_.raise(E::SystemError, "Unrecognized conversion character {}", e->conversion);
      failed_ = true;
      return;
    }
    emit(Op::CONVERT_VALUE, conversion, loc);
  }
  if (e->format_spec != nullptr) {
    visit(e->format_spec);
    return emit(Op::FORMAT_WITH_SPEC, loc);
  }
  emit(Op::FORMAT_SIMPLE, loc);
}

void CodeGenerator::visit_interpolation(const ast::Interpolation* e) {
  Location loc = at(e);
  visit(e->value);
  load_const(take(constant_value(vm_, e->str)), loc);
  int arg = 2 * 2 * (e->conversion == -1 ? 0 : conversion_number(e->conversion));
  if (e->format_spec != nullptr) {
    visit(e->format_spec);
    arg |= 1;
  }
  emit(Op::BUILD_INTERPOLATION, arg, loc);
}

void CodeGenerator::visit_template_str(const ast::TemplateStr* e) {
  Location loc = at(e);
  // Strings and interpolations alternate, beginning and ending with a string.
  bool after_string = false;
  int strings = 0, interpolations = 0;
  for (const ast::Expr* v : e->values) {
    if (ast::is<ast::Interpolation>(v)) {
      if (!after_string) {
        load_text("", loc);
        ++strings;
      }
      after_string = false;
    } else {
      visit(v);
      ++strings;
      after_string = true;
    }
  }
  if (!after_string) {
    load_text("", loc);
    ++strings;
  }
  fold_collection(static_cast<uint32_t>(strings), Collection::Tuple, loc);
  for (const ast::Expr* v : e->values) {
    if (!ast::is<ast::Interpolation>(v)) continue;
    visit(v);
    ++interpolations;
  }
  emit(Op::BUILD_TUPLE, interpolations, loc);
  emit(Op::BUILD_TEMPLATE, loc);
}

// --- Attributes, items

void CodeGenerator::visit_attribute(const ast::Attribute* e) {
  Location loc = at_attribute(at(e), e);
  NameId name = names_.intern(e->attr);
  if (e->ctx == ast::ExprContext::Load && super_call(e)) {
    load_super_arguments(e);
    bool zero = static_cast<const ast::Call*>(e->value)->args.empty();
    return emit_name(zero ? Op::LOAD_ZERO_SUPER_ATTR : Op::LOAD_SUPER_ATTR, name, loc);
  }
  note_static_attribute(e);
  visit(e->value);
  switch (e->ctx) {
    case ast::ExprContext::Load: return emit_name(Op::LOAD_ATTR, name, loc);
    case ast::ExprContext::Store: return emit_name(Op::STORE_ATTR, name, loc);
    case ast::ExprContext::Del: return emit_name(Op::DELETE_ATTR, name, loc);
  }
}

// __static_attributes__ of a class: the names that its methods assign on `self`.
void CodeGenerator::note_static_attribute(const ast::Attribute* a) {
  if (failed_ || a->ctx != ast::ExprContext::Store) return;
  auto* owner = ast::as<ast::Name>(a->value);
  if (owner == nullptr || owner->id != "self") return;
  for (Unit* u = u_; u != nullptr; u = u->outer) {
    if (u->kind != UnitKind::Class) continue;
    u->static_attributes.get(names_.intern(a->attr)) = true;
    return;
  }
}

bool CodeGenerator::two_element_slice(const ast::Expr* slice) const {
  auto* s = ast::as<ast::Slice>(slice);
  return s != nullptr && s->step == nullptr;
}

void CodeGenerator::slice_parts(const ast::Slice* s, bool all) {
  auto part = [&](const ast::Expr* e) {
    if (e != nullptr) {
      visit(e);
    } else {
      load_none(at(s));
    }
  };
  part(s->lower);
  part(s->upper);
  if (all && s->step != nullptr) visit(s->step);
}

void CodeGenerator::visit_slice(const ast::Slice* s) {
  slice_parts(s, true);
  int n = s->step != nullptr ? 3 : 2;
  if (ends_in_constants(static_cast<size_t>(n))) {
    Value start = constant_at(static_cast<size_t>(n)), stop = constant_at(static_cast<size_t>(n - 1));
    Value step = n == 3 ? constant_at(1) : Value::none();
    Value slice = take(slice_new(vm_, start, stop, step));
    if (failed_) return;
    drop_last(static_cast<size_t>(n));
    return load_const(slice, at(s));
  }
  emit(Op::BUILD_SLICE, n, at(s));
}

void CodeGenerator::visit_subscript(const ast::Subscript* e) {
  Location loc = at(e);
  if (e->ctx == ast::ExprContext::Load) {
    check_subscripted(e->value);
    check_index(e->value, e->slice);
  }
  if (two_element_slice(e->slice) && e->ctx != ast::ExprContext::Del) {
    visit(e->value);
    slice_parts(static_cast<const ast::Slice*>(e->slice), false);
    return emit(e->ctx == ast::ExprContext::Load ? Op::BINARY_SLICE : Op::STORE_SLICE, loc);
  }
  visit(e->value);
  visit(e->slice);
  switch (e->ctx) {
    case ast::ExprContext::Load:
      if (ends_in_constants(2)) {
        Value folded;
        if (take(fold_subscript(vm_, constant_at(2), constant_at(1), &folded))) {
          drop_last(2);
          return load_const(folded, loc);
        }
      }
      return emit(Op::BINARY_SUBSCR, loc);
    case ast::ExprContext::Store: return emit(Op::STORE_SUBSCR, loc);
    case ast::ExprContext::Del: return emit(Op::DELETE_SUBSCR, loc);
  }
}

// --- yield, await

void CodeGenerator::visit_yield(const ast::Yield* e) {
  Location loc = at(e);
  if (!u_->scope->is_function_like()) return error(loc, "'yield' outside function");
  if (e->value != nullptr) {
    visit(e->value);
  } else {
    load_none(loc);
  }
  if (u_->scope->generator && u_->scope->coroutine) call_intrinsic(Intrinsic1::kAsyncGenWrap, loc);
  emit(Op::YIELD_VALUE, 0, loc);
  emit(Op::RESUME, 1, loc);
}

void CodeGenerator::visit_yield_from(const ast::YieldFrom* e) {
  Location loc = at(e);
  if (!u_->scope->is_function_like()) return error(loc, "'yield from' outside function");
  if (is_async_function()) return error(loc, "'yield from' inside async function");
  visit(e->value);
  emit(Op::GET_YIELD_FROM_ITER, loc);
  load_none(loc);
  emit_yield_from(false, loc);
}

void CodeGenerator::visit_await(const ast::Await* e) {
  Location loc = at(e);
  visit(e->value);
  emit(Op::GET_AWAITABLE, 0, loc);
  load_none(loc);
  emit_yield_from(true, loc);
}

}  // namespace krait
