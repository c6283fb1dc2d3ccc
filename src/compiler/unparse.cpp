// Source text of expressions, for `from __future__ import annotations`. The text is one that parses back to the same tree, with
// the fewest parentheses and CPython's spacing.
#include <string>

#include "compiler/compiler.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

// Binding strength of operators, weakest first.
enum Level { kNamed, kTuple, kTest, kOr, kAnd, kNot, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kArith, kTerm, kFactor, kPower, kAwait, kAtom };

class Unparser {
 public:
  explicit Unparser(Vm& vm) : vm_(vm) {}
  Status expr(const ast::Expr* e, int level);
  std::string out;

 private:
  void open(bool parenthesised) {
    if (parenthesised) out += '(';
  }
  void close(bool parenthesised) {
    if (parenthesised) out += ')';
  }
  Status list(const ast::Seq<ast::Expr*>& items, int level) {
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += ", ";
      TRY(expr(items[i], level));
    }
    return {};
  }
  Status constant(const ast::ConstantValue& c);
  Status arguments(const ast::Arguments* a);
  Status comprehensions(const ast::Seq<ast::Comprehension*>& list);
  Status call(const ast::Call* c);
  Status joined_str(const ast::Seq<ast::Expr*>& values, char prefix);
  Status joined_part(const ast::Expr* e, std::string& text);
  Status replacement(const ast::Expr* value, int conversion, const ast::Expr* spec, std::string& text);
  Status quoted(std::string_view text) {
    Value s = str_from_generalised_utf8(vm_, text);
    if (s.is_error()) return Error{};
    Value shown = repr(vm_, s);
    if (shown.is_error()) return Error{};
    str_append_utf8(as_str(shown), out);
    return {};
  }

  Vm& vm_;
};

Status Unparser::constant(const ast::ConstantValue& c) {
  if (c.kind == ast::ConstantKind::Ellipsis) {
    out += "...";
    return {};
  }
  if (c.kind == ast::ConstantKind::Tuple) {
    out += '(';
    for (size_t i = 0; i < c.elements.size(); ++i) {
      if (i > 0) out += ", ";
      TRY(constant(c.elements[i]));
    }
    out += c.elements.size() == 1 ? ",)" : ")";
    return {};
  }
  Value v = constant_value(vm_, c);
  if (v.is_error()) return Error{};
  Value shown = repr(vm_, v);
  if (shown.is_error()) return Error{};
  std::string text = str_to_utf8(as_str(shown));
  // An infinity is written as a number that is one.
  for (size_t at = text.find("inf"); (c.kind == ast::ConstantKind::Float || c.kind == ast::ConstantKind::Complex) && at != text.npos;
       at = text.find("inf", at + 5))
    text.replace(at, 3, "1e309");
  out += text;
  return {};
}

Status Unparser::arguments(const ast::Arguments* a) {
  bool first = true;
  auto comma = [&] {
    if (!first) out += ", ";
    first = false;
  };
  auto arg = [&](const ast::Arg* x) -> Status {
    out += x->arg;
    if (x->annotation != nullptr) {
      out += ": ";
      TRY(expr(x->annotation, kTest));
    }
    return {};
  };
  size_t positional = a->posonlyargs.size() + a->args.size();
  for (size_t i = 0; i < positional; ++i) {
    comma();
    TRY(arg(i < a->posonlyargs.size() ? a->posonlyargs[i] : a->args[i - a->posonlyargs.size()]));
    size_t without = positional - a->defaults.size();
    if (i >= without) {
      out += '=';
      TRY(expr(a->defaults[i - without], kTest));
    }
    if (!a->posonlyargs.empty() && i + 1 == a->posonlyargs.size()) out += ", /";
  }
  if (a->vararg != nullptr || !a->kwonlyargs.empty()) {
    comma();
    out += '*';
    if (a->vararg != nullptr) TRY(arg(a->vararg));
  }
  for (size_t i = 0; i < a->kwonlyargs.size(); ++i) {
    comma();
    TRY(arg(a->kwonlyargs[i]));
    if (a->kw_defaults[i] != nullptr) {
      out += '=';
      TRY(expr(a->kw_defaults[i], kTest));
    }
  }
  if (a->kwarg != nullptr) {
    comma();
    out += "**";
    TRY(arg(a->kwarg));
  }
  return {};
}

Status Unparser::comprehensions(const ast::Seq<ast::Comprehension*>& parts) {
  for (const ast::Comprehension* c : parts) {
    out += c->is_async ? " async for " : " for ";
    TRY(expr(c->target, kTuple));
    out += " in ";
    TRY(expr(c->iter, kTest + 1));
    for (const ast::Expr* condition : c->ifs) {
      out += " if ";
      TRY(expr(condition, kTest + 1));
    }
  }
  return {};
}

Status Unparser::call(const ast::Call* c) {
  TRY(expr(c->func, kAtom));
  if (c->args.size() == 1 && c->keywords.empty() && ast::is<ast::GeneratorExp>(c->args[0])) return expr(c->args[0], kAtom);
  out += '(';
  TRY(list(c->args, kTest));
  bool first = c->args.empty();
  for (const ast::Keyword* k : c->keywords) {
    if (!first) out += ", ";
    first = false;
    if (k->arg.data() == nullptr) {
      out += "**";
    } else {
      out += k->arg;
      out += '=';
    }
    TRY(expr(k->value, kTest));
  }
  out += ')';
  return {};
}

Status Unparser::replacement(const ast::Expr* value, int conversion, const ast::Expr* spec, std::string& text) {
  Unparser inner(vm_);
  TRY(inner.expr(value, kTest + 1));
  text += inner.out.starts_with('{') ? "{ " : "{";
  text += inner.out;
  if (conversion > 0) {
    text += '!';
    text += static_cast<char>(conversion);
  }
  if (spec != nullptr) {
    text += ':';
    TRY(joined_part(spec, text));
  }
  text += '}';
  return {};
}

// The inside of an f-string, with braces doubled, before it is quoted.
Status Unparser::joined_part(const ast::Expr* e, std::string& text) {
  TRY(vm_.check_stack(" during compilation"));
  if (auto* c = ast::as<ast::Constant>(e)) {
    for (char ch : c->value.text) {
      text += ch;
      if (ch == '{' || ch == '}') text += ch;
    }
    return {};
  }
  if (auto* j = ast::as<ast::JoinedStr>(e)) {
    for (const ast::Expr* v : j->values) TRY(joined_part(v, text));
    return {};
  }
  if (auto* f = ast::as<ast::FormattedValue>(e)) return replacement(f->value, f->conversion, f->format_spec, text);
  if (auto* f = ast::as<ast::Interpolation>(e)) return replacement(f->value, f->conversion, f->format_spec, text);
  return vm_.raise(E::SystemError, "unknown expression kind inside f-string");
}

Status Unparser::joined_str(const ast::Seq<ast::Expr*>& values, char prefix) {
  std::string text;
  for (const ast::Expr* v : values) TRY(joined_part(v, text));
  out += prefix;
  return quoted(text);
}

Status Unparser::expr(const ast::Expr* e, int level) {
  TRY(vm_.check_stack(" during compilation"));
  TRY(vm_.poll());
  using K = ast::NodeKind;
  switch (e->kind) {
    case K::BoolOp: {
      auto* n = static_cast<const ast::BoolOp*>(e);
      int own = n->op == ast::BoolOperator::Or ? kOr : kAnd;
      bool p = level > own;
      open(p);
      for (size_t i = 0; i < n->values.size(); ++i) {
        if (i > 0) out += n->op == ast::BoolOperator::Or ? " or " : " and ";
        TRY(expr(n->values[i], own + 1));
      }
      close(p);
      return {};
    }
    case K::NamedExpr: {
      auto* n = static_cast<const ast::NamedExpr*>(e);
      bool p = level > kNamed;
      open(p);
      TRY(expr(n->target, kAtom));
      out += " := ";
      TRY(expr(n->value, kAtom));
      close(p);
      return {};
    }
    case K::BinOp: {
      auto* n = static_cast<const ast::BinOp*>(e);
      int own = kArith;
      bool right_to_left = false;
      switch (n->op) {
        case ast::Operator::Add:
        case ast::Operator::Sub: own = kArith; break;
        case ast::Operator::Pow: own = kPower, right_to_left = true; break;
        case ast::Operator::LShift:
        case ast::Operator::RShift: own = kShift; break;
        case ast::Operator::BitOr: own = kBitOr; break;
        case ast::Operator::BitXor: own = kBitXor; break;
        case ast::Operator::BitAnd: own = kBitAnd; break;
        default: own = kTerm; break;
      }
      bool p = level > own;
      open(p);
      TRY(expr(n->left, own + right_to_left));
      out += ' ';
      out += ast::symbol(n->op);
      out += ' ';
      TRY(expr(n->right, own + !right_to_left));
      close(p);
      return {};
    }
    case K::UnaryOp: {
      auto* n = static_cast<const ast::UnaryOp*>(e);
      int own = n->op == ast::UnaryOperator::Not ? kNot : kFactor;
      bool p = level > own;
      open(p);
      out += n->op == ast::UnaryOperator::Not ? "not " : ast::symbol(n->op);
      TRY(expr(n->operand, own));
      close(p);
      return {};
    }
    case K::Lambda: {
      auto* n = static_cast<const ast::Lambda*>(e);
      bool p = level > kTest;
      open(p);
      const ast::Arguments* a = n->args;
      bool none = a->posonlyargs.empty() && a->args.empty() && a->kwonlyargs.empty() && !a->vararg && !a->kwarg;
      out += none ? "lambda" : "lambda ";
      TRY(arguments(a));
      out += ": ";
      TRY(expr(n->body, kTest));
      close(p);
      return {};
    }
    case K::IfExp: {
      auto* n = static_cast<const ast::IfExp*>(e);
      bool p = level > kTest;
      open(p);
      TRY(expr(n->body, kTest + 1));
      out += " if ";
      TRY(expr(n->test, kTest + 1));
      out += " else ";
      TRY(expr(n->orelse, kTest));
      close(p);
      return {};
    }
    case K::Dict: {
      auto* n = static_cast<const ast::Dict*>(e);
      out += '{';
      for (size_t i = 0; i < n->values.size(); ++i) {
        if (i > 0) out += ", ";
        if (n->keys[i] == nullptr) {
          out += "**";
          TRY(expr(n->values[i], kBitOr));
          continue;
        }
        TRY(expr(n->keys[i], kTest));
        out += ": ";
        TRY(expr(n->values[i], kTest));
      }
      out += '}';
      return {};
    }
    case K::Set: {
      auto* n = static_cast<const ast::Set*>(e);
      out += '{';
      TRY(list(n->elts, kTest));
      out += '}';
      return {};
    }
    case K::ListComp:
    case K::SetComp:
    case K::GeneratorExp: {
      const ast::Expr* element;
      const ast::Seq<ast::Comprehension*>* parts;
      char left = '(', right = ')';
      if (auto* l = ast::as<ast::ListComp>(e)) {
        element = l->elt, parts = &l->generators, left = '[', right = ']';
      } else if (auto* s = ast::as<ast::SetComp>(e)) {
        element = s->elt, parts = &s->generators, left = '{', right = '}';
      } else {
        auto* g = static_cast<const ast::GeneratorExp*>(e);
        element = g->elt, parts = &g->generators;
      }
      out += left;
      TRY(expr(element, kTest));
      TRY(comprehensions(*parts));
      out += right;
      return {};
    }
    case K::DictComp: {
      auto* n = static_cast<const ast::DictComp*>(e);
      out += '{';
      TRY(expr(n->key, kTest));
      out += ": ";
      TRY(expr(n->value, kTest));
      TRY(comprehensions(n->generators));
      out += '}';
      return {};
    }
    case K::Yield: {
      auto* n = static_cast<const ast::Yield*>(e);
      out += "(yield";
      if (n->value != nullptr) {
        out += ' ';
        TRY(expr(n->value, kTuple));
      }
      out += ')';
      return {};
    }
    case K::YieldFrom: {
      out += "(yield from ";
      TRY(expr(static_cast<const ast::YieldFrom*>(e)->value, kTest));
      out += ')';
      return {};
    }
    case K::Await: {
      bool p = level > kAwait;
      open(p);
      out += "await ";
      TRY(expr(static_cast<const ast::Await*>(e)->value, kAtom));
      close(p);
      return {};
    }
    case K::Compare: {
      auto* n = static_cast<const ast::Compare*>(e);
      bool p = level > kCompare;
      open(p);
      TRY(expr(n->left, kCompare + 1));
      for (size_t i = 0; i < n->ops.size(); ++i) {
        out += ' ';
        out += ast::symbol(n->ops[i]);
        out += ' ';
        TRY(expr(n->comparators[i], kCompare + 1));
      }
      close(p);
      return {};
    }
    case K::Call: return call(static_cast<const ast::Call*>(e));
    case K::JoinedStr: return joined_str(static_cast<const ast::JoinedStr*>(e)->values, 'f');
    case K::TemplateStr: return joined_str(static_cast<const ast::TemplateStr*>(e)->values, 't');
    case K::FormattedValue:
    case K::Interpolation: {
      std::string text;
      TRY(joined_part(e, text));
      out += ast::is<ast::FormattedValue>(e) ? 'f' : 't';
      return quoted(text);
    }
    case K::Constant: {
      auto* n = static_cast<const ast::Constant*>(e);
      if (n->string_kind.data() != nullptr) out += n->string_kind;
      return constant(n->value);
    }
    case K::Attribute: {
      auto* n = static_cast<const ast::Attribute*>(e);
      TRY(expr(n->value, kAtom));
      // `1 .real`: the space keeps the point out of the number.
      auto* c = ast::as<ast::Constant>(n->value);
      out += c && c->value.kind == ast::ConstantKind::Int ? " ." : ".";
      out += n->attr;
      return {};
    }
    case K::Starred:
      out += '*';
      return expr(static_cast<const ast::Starred*>(e)->value, kBitOr);
    case K::Name: out += static_cast<const ast::Name*>(e)->id; return {};
    case K::List: {
      auto* n = static_cast<const ast::List*>(e);
      out += '[';
      TRY(list(n->elts, kTest));
      out += ']';
      return {};
    }
    case K::Tuple: {
      auto* n = static_cast<const ast::Tuple*>(e);
      if (n->elts.empty()) {
        out += "()";
        return {};
      }
      bool p = level > kTuple;
      open(p);
      TRY(list(n->elts, kTest));
      if (n->elts.size() == 1) out += ',';
      close(p);
      return {};
    }
    case K::Subscript: {
      auto* n = static_cast<const ast::Subscript*>(e);
      TRY(expr(n->value, kAtom));
      out += '[';
      TRY(expr(n->slice, kTuple));
      out += ']';
      return {};
    }
    case K::Slice: {
      auto* n = static_cast<const ast::Slice*>(e);
      if (n->lower != nullptr) TRY(expr(n->lower, kTest));
      out += ':';
      if (n->upper != nullptr) TRY(expr(n->upper, kTest));
      if (n->step != nullptr) {
        out += ':';
        TRY(expr(n->step, kTest));
      }
      return {};
    }
    default: return {};
  }
}

}  // namespace

Result<Str*> unparse_expression(Vm& vm, const ast::Expr* expression) {
  Unparser u(vm);
  TRY(u.expr(expression, kTest));
  return str_from_generalised_utf8(vm, u.out);
}

}  // namespace krait
