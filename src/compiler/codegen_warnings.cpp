// SyntaxWarnings on expressions that are surely mistakes.
#include "compiler/codegen.hpp"

namespace krait {

static const char* type_of_constant(const ast::ConstantValue& v) {
  switch (v.kind) {
    case ast::ConstantKind::None: return "NoneType";
    case ast::ConstantKind::True:
    case ast::ConstantKind::False: return "bool";
    case ast::ConstantKind::Ellipsis: return "ellipsis";
    case ast::ConstantKind::Int: return "int";
    case ast::ConstantKind::Float: return "float";
    case ast::ConstantKind::Complex: return "complex";
    case ast::ConstantKind::Str: return "str";
    case ast::ConstantKind::Bytes: return "bytes";
    case ast::ConstantKind::Tuple: return "tuple";
    case ast::ConstantKind::FrozenSet: return "frozenset";
  }
  return nullptr;
}

/// The type that an expression certainly has, or null.
const char* CodeGenerator::type_of_literal(const ast::Expr* e) const {
  using K = ast::NodeKind;
  switch (e->kind) {
    case K::Tuple: return "tuple";
    case K::List:
    case K::ListComp: return "list";
    case K::Dict:
    case K::DictComp: return "dict";
    case K::Set:
    case K::SetComp: return "set";
    case K::GeneratorExp: return "generator";
    case K::Lambda: return "function";
    case K::TemplateStr:
    case K::Interpolation: return "string.templatelib.Template";
    case K::JoinedStr:
    case K::FormattedValue: return "str";
    case K::Constant: return type_of_constant(static_cast<const ast::Constant*>(e)->value);
    default: return nullptr;
  }
}

void CodeGenerator::check_compare(const ast::Compare* e) {
  // A constant that is not one of the singletons. (Tuples of constants count.)
  auto literal = [](const ast::Expr* x) {
    if (auto* t = ast::as<ast::Tuple>(x)) {
      bool constants = true;
      for (const ast::Expr* item : t->elts) constants &= ast::is<ast::Constant>(item);
      return constants;
    }
    auto* c = ast::as<ast::Constant>(x);
    return c != nullptr && c->value.kind > ast::ConstantKind::Ellipsis;
  };
  const ast::Expr* left = e->left;
  for (size_t i = 0; i < e->ops.size(); ++i) {
    const ast::Expr* right = e->comparators[i];
    bool is = e->ops[i] == ast::CmpOperator::Is, is_not = e->ops[i] == ast::CmpOperator::IsNot;
    if ((is || is_not) && (literal(left) || literal(right))) {
      const char* type = type_of_literal(literal(left) ? left : right);
      if (is) {
        warn(at(e), "\"is\" with '{}' literal. Did you mean \"==\"?", type);
      } else {
        warn(at(e), "\"is not\" with '{}' literal. Did you mean \"!=\"?", type);
      }
      return;
    }
    left = right;
  }
}

void CodeGenerator::check_callee(const ast::Expr* e) {
  const char* type = type_of_literal(e);
  if (type == nullptr || ast::is<ast::Lambda>(e)) return;
  warn(at(e), "'{}' object is not callable; perhaps you missed a comma?", type);
}

void CodeGenerator::check_subscripted(const ast::Expr* e) {
  using K = ast::NodeKind;
  switch (e->kind) {
    case K::Constant: {
      using C = ast::ConstantKind;
      C kind = static_cast<const ast::Constant*>(e)->value.kind;
      if (kind == C::Str || kind == C::Bytes || kind == C::Tuple) return;
      break;
    }
    case K::Set:
    case K::SetComp:
    case K::GeneratorExp:
    case K::TemplateStr:
    case K::Interpolation:
    case K::Lambda: break;
    default: return;
  }
  warn(at(e), "'{}' object is not subscriptable; perhaps you missed a comma?", type_of_literal(e));
}

void CodeGenerator::check_index(const ast::Expr* value, const ast::Expr* index) {
  std::string_view index_type = type_of_literal(index) ? type_of_literal(index) : "";
  if (index_type.empty() || index_type == "int" || index_type == "bool") return;
  using K = ast::NodeKind;
  switch (value->kind) {
    case K::Constant: {
      using C = ast::ConstantKind;
      C kind = static_cast<const ast::Constant*>(value)->value.kind;
      if (kind != C::Str && kind != C::Bytes && kind != C::Tuple) return;
      break;
    }
    case K::Tuple:
    case K::List:
    case K::ListComp:
    case K::JoinedStr:
    case K::FormattedValue: break;
    default: return;
  }
  warn(at(value), "{} indices must be integers or slices, not {}; perhaps you missed a comma?", type_of_literal(value),
       index_type);
}

}  // namespace krait
