#include "syntax/unparse.hpp"

#include "syntax/dump.hpp"

namespace krait::syntax {

using namespace ast;

namespace {

constexpr int kMaxDepth = 6000;

// How tightly an expression binds; one that binds less than its place asks for gets parentheses.
enum Level : int {
  kTuple,
  kTest,
  kOr,
  kAnd,
  kNot,
  kCompare,
  kBitOr,
  kBitXor,
  kBitAnd,
  kShift,
  kSum,
  kTerm,
  kFactor,
  kPower,
  kAwait,
  kAtom,
  kExpression = kBitOr,
};

Level level_of(Operator op) {
  switch (op) {
    case Operator::Add:
    case Operator::Sub: return kSum;
    case Operator::LShift:
    case Operator::RShift: return kShift;
    case Operator::BitOr: return kBitOr;
    case Operator::BitXor: return kBitXor;
    case Operator::BitAnd: return kBitAnd;
    case Operator::Pow: return kPower;
    default: return kTerm;
  }
}

class Unparser {
 public:
  Unparser(std::string& out, const char* stack_limit) : out_(&out), stack_limit_(stack_limit) {}

  void expression(const Expr* e, int level);
  bool failed() const { return failed_; }

 private:
  void text(std::string_view s) { out_->append(s); }
  void open_if(bool needed) {
    if (needed) text("(");
  }
  void close_if(bool needed) {
    if (needed) text(")");
  }
  // `items` separated by commas, each at `level`.
  void list(Seq<Expr*> items, int level = kTest) {
    for (size_t i = 0; i < items.size(); ++i) {
      if (i) text(", ");
      expression(items[i], level);
    }
  }
  void constant(const ConstantValue& value);
  void parameter(const Arg* arg);
  void parameters(const Arguments* args);
  void clauses(Seq<Comprehension*> generators);
  void call(const Call* e);
  void format_string(Seq<Expr*> values, const char* prefix);
  void format_parts(Seq<Expr*> values);
  void field(std::string_view source, int conversion, const Expr* spec);

  std::string* out_;
  const char* stack_limit_;
  int depth_ = 0;
  bool failed_ = false;
};

void Unparser::constant(const ConstantValue& value) {
  // There is no literal for infinity: a number too large reads back as one.
  std::string repr = value.kind == ConstantKind::Ellipsis ? "..." : repr_constant(value);
  if (value.kind == ConstantKind::Float || value.kind == ConstantKind::Complex) {
    for (size_t at = repr.find("inf"); at != repr.npos; at = repr.find("inf", at + 1)) repr.replace(at, 3, "1e309");
  } else if (value.kind == ConstantKind::Tuple) {
    repr = "(";
    for (size_t i = 0; i < value.elements.size(); ++i) {
      if (i) repr += ", ";
      repr += repr_constant(value.elements[i]);
    }
    repr += value.elements.size() == 1 ? ",)" : ")";
  }
  text(repr);
}

void Unparser::parameter(const Arg* arg) {
  text(arg->arg);
  if (arg->annotation) {
    text(": ");
    expression(arg->annotation, kTest);
  }
}

void Unparser::parameters(const Arguments* args) {
  bool first = true;
  auto separate = [&] {
    if (!first) text(", ");
    first = false;
  };
  const size_t positional_only = args->posonlyargs.size(), positional = positional_only + args->args.size();
  for (size_t i = 0; i < positional; ++i) {
    separate();
    parameter(i < positional_only ? args->posonlyargs[i] : args->args[i - positional_only]);
    if (i + args->defaults.size() >= positional) {
      text("=");
      expression(args->defaults[i + args->defaults.size() - positional], kTest);
    }
    if (i + 1 == positional_only) text(", /");
  }
  if (args->vararg || !args->kwonlyargs.empty()) {
    separate();
    text("*");
    if (args->vararg) parameter(args->vararg);
  }
  for (size_t i = 0; i < args->kwonlyargs.size(); ++i) {
    separate();
    parameter(args->kwonlyargs[i]);
    if (i < args->kw_defaults.size() && args->kw_defaults[i]) {
      text("=");
      expression(args->kw_defaults[i], kTest);
    }
  }
  if (args->kwarg) {
    separate();
    text("**");
    parameter(args->kwarg);
  }
}

void Unparser::clauses(Seq<Comprehension*> generators) {
  for (const Comprehension* clause : generators) {
    text(clause->is_async ? " async for " : " for ");
    expression(clause->target, kTuple);
    text(" in ");
    expression(clause->iter, kTest + 1);
    for (const Expr* test : clause->ifs) {
      text(" if ");
      expression(test, kTest + 1);
    }
  }
}

void Unparser::call(const Call* e) {
  expression(e->func, kAtom);
  if (e->args.size() == 1 && e->keywords.empty() && is<GeneratorExp>(e->args[0])) {
    expression(e->args[0], kTest);  // its parentheses are enough
    return;
  }
  text("(");
  list(e->args);
  for (size_t i = 0; i < e->keywords.size(); ++i) {
    if (i || !e->args.empty()) text(", ");
    const Keyword* keyword = e->keywords[i];
    text(keyword->arg.data() ? keyword->arg : "**");
    if (keyword->arg.data()) text("=");
    expression(keyword->value, kTest);
  }
  text(")");
}

// The parts of an f-string, braces in texts doubled.
void Unparser::format_parts(Seq<Expr*> values) {
  for (const Expr* part : values) {
    if (const auto* literal = as<Constant>(part)) {
      for (char c : literal->value.text) {
        if (c == '{' || c == '}') *out_ += c;
        *out_ += c;
      }
    } else if (const auto* nested = as<JoinedStr>(part)) {
      format_parts(nested->values);
    } else if (const auto* value = as<FormattedValue>(part)) {
      std::string source;
      std::string* outer = out_;
      out_ = &source;
      expression(value->value, kTest + 1);  // a lambda needs parentheses here
      out_ = outer;
      field(source, value->conversion, value->format_spec);
    } else if (const auto* interpolation = as<Interpolation>(part)) {
      field(interpolation->str.text, interpolation->conversion, interpolation->format_spec);
    }
  }
}

void Unparser::field(std::string_view source, int conversion, const Expr* spec) {
  text(source.substr(0, 1) == "{" ? "{ " : "{");
  text(source);
  if (conversion > 0) {
    text("!");
    *out_ += static_cast<char>(conversion);
  }
  if (spec) {
    text(":");
    if (const auto* joined = as<JoinedStr>(spec)) format_parts(joined->values);
  }
  text("}");
}

void Unparser::format_string(Seq<Expr*> values, const char* prefix) {
  std::string body;
  std::string* outer = out_;
  out_ = &body;
  format_parts(values);
  out_ = outer;
  text(prefix);
  text(repr_text(body));
}

void Unparser::expression(const Expr* e, int level) {
  const char here = 0;
  if (failed_ || depth_ >= kMaxDepth || &here < stack_limit_) {
    failed_ = true;
    return;
  }
  ++depth_;
  switch (e->kind) {
    case NodeKind::BoolOp: {
      const auto* n = static_cast<const BoolOp*>(e);
      const bool is_and = n->op == BoolOperator::And;
      const int own = is_and ? kAnd : kOr;
      open_if(level > own);
      for (size_t i = 0; i < n->values.size(); ++i) {
        if (i) text(is_and ? " and " : " or ");
        expression(n->values[i], own + 1);
      }
      close_if(level > own);
      break;
    }
    case NodeKind::BinOp: {
      const auto* n = static_cast<const BinOp*>(e);
      const int own = level_of(n->op);
      const bool from_right = n->op == Operator::Pow;
      open_if(level > own);
      expression(n->left, own + from_right);
      text(" ");
      text(symbol(n->op));
      text(" ");
      expression(n->right, own + !from_right);
      close_if(level > own);
      break;
    }
    case NodeKind::UnaryOp: {
      const auto* n = static_cast<const UnaryOp*>(e);
      const int own = n->op == UnaryOperator::Not ? kNot : kFactor;
      open_if(level > own);
      text(symbol(n->op));
      if (n->op == UnaryOperator::Not) text(" ");
      expression(n->operand, own);
      close_if(level > own);
      break;
    }
    case NodeKind::Lambda: {
      const auto* n = static_cast<const Lambda*>(e);
      open_if(level > kTest);
      text(n->args->args.empty() && n->args->posonlyargs.empty() ? "lambda" : "lambda ");
      parameters(n->args);
      text(": ");
      expression(n->body, kTest);
      close_if(level > kTest);
      break;
    }
    case NodeKind::IfExp: {
      const auto* n = static_cast<const IfExp*>(e);
      open_if(level > kTest);
      expression(n->body, kTest + 1);
      text(" if ");
      expression(n->test, kTest + 1);
      text(" else ");
      expression(n->orelse, kTest);
      close_if(level > kTest);
      break;
    }
    case NodeKind::Dict: {
      const auto* n = static_cast<const Dict*>(e);
      text("{");
      for (size_t i = 0; i < n->values.size(); ++i) {
        if (i) text(", ");
        if (n->keys[i]) {
          expression(n->keys[i], kTest);
          text(": ");
          expression(n->values[i], kTest);
        } else {
          text("**");
          expression(n->values[i], kExpression);
        }
      }
      text("}");
      break;
    }
    case NodeKind::Set:
      text("{");
      list(static_cast<const Set*>(e)->elts);
      text("}");
      break;
    case NodeKind::List:
      text("[");
      list(static_cast<const List*>(e)->elts);
      text("]");
      break;
    case NodeKind::Tuple: {
      Seq<Expr*> elements = static_cast<const Tuple*>(e)->elts;
      open_if(level > kTuple || elements.empty());
      list(elements);
      if (elements.size() == 1) text(",");
      close_if(level > kTuple || elements.empty());
      break;
    }
    case NodeKind::GeneratorExp: {
      const auto* n = static_cast<const GeneratorExp*>(e);
      text("(");
      expression(n->elt, kTest);
      clauses(n->generators);
      text(")");
      break;
    }
    case NodeKind::ListComp: {
      const auto* n = static_cast<const ListComp*>(e);
      text("[");
      expression(n->elt, kTest);
      clauses(n->generators);
      text("]");
      break;
    }
    case NodeKind::SetComp: {
      const auto* n = static_cast<const SetComp*>(e);
      text("{");
      expression(n->elt, kTest);
      clauses(n->generators);
      text("}");
      break;
    }
    case NodeKind::DictComp: {
      const auto* n = static_cast<const DictComp*>(e);
      text("{");
      expression(n->key, kTest);
      text(": ");
      expression(n->value, kTest);
      clauses(n->generators);
      text("}");
      break;
    }
    case NodeKind::Yield: {
      const auto* n = static_cast<const Yield*>(e);
      text(n->value ? "(yield " : "(yield");
      if (n->value) expression(n->value, kTest);
      text(")");
      break;
    }
    case NodeKind::YieldFrom:
      text("(yield from ");
      expression(static_cast<const YieldFrom*>(e)->value, kTest);
      text(")");
      break;
    case NodeKind::Await:
      open_if(level > kAwait);
      text("await ");
      expression(static_cast<const Await*>(e)->value, kAtom);
      close_if(level > kAwait);
      break;
    case NodeKind::Compare: {
      const auto* n = static_cast<const Compare*>(e);
      open_if(level > kCompare);
      expression(n->left, kCompare + 1);
      for (size_t i = 0; i < n->ops.size(); ++i) {
        text(" ");
        text(symbol(n->ops[i]));
        text(" ");
        expression(n->comparators[i], kCompare + 1);
      }
      close_if(level > kCompare);
      break;
    }
    case NodeKind::Call: call(static_cast<const Call*>(e)); break;
    case NodeKind::Constant: {
      const auto* n = static_cast<const Constant*>(e);
      if (n->string_kind.data()) text(n->string_kind);
      constant(n->value);
      break;
    }
    case NodeKind::JoinedStr: format_string(static_cast<const JoinedStr*>(e)->values, "f"); break;
    case NodeKind::TemplateStr: format_string(static_cast<const TemplateStr*>(e)->values, "t"); break;
    case NodeKind::FormattedValue:
    case NodeKind::Interpolation: {
      Expr* only = const_cast<Expr*>(e);
      format_parts({&only, 1});
      break;
    }
    case NodeKind::Attribute: {
      const auto* n = static_cast<const Attribute*>(e);
      expression(n->value, kAtom);
      const auto* number = as<Constant>(n->value);
      // An int would take the dot for its own.
      text(number && number->value.kind == ConstantKind::Int ? " ." : ".");
      text(n->attr);
      break;
    }
    case NodeKind::Subscript: {
      const auto* n = static_cast<const Subscript*>(e);
      expression(n->value, kAtom);
      text("[");
      expression(n->slice, kTuple);
      text("]");
      break;
    }
    case NodeKind::Starred:
      text("*");
      expression(static_cast<const Starred*>(e)->value, kExpression);
      break;
    case NodeKind::Slice: {
      const auto* n = static_cast<const Slice*>(e);
      if (n->lower) expression(n->lower, kTest);
      text(":");
      if (n->upper) expression(n->upper, kTest);
      if (n->step) {
        text(":");
        expression(n->step, kTest);
      }
      break;
    }
    case NodeKind::Name: text(static_cast<const Name*>(e)->id); break;
    case NodeKind::NamedExpr: {
      const auto* n = static_cast<const NamedExpr*>(e);
      open_if(level > kTuple);
      expression(n->target, kAtom);
      text(" := ");
      expression(n->value, kAtom);
      close_if(level > kTuple);
      break;
    }
    default: failed_ = true;
  }
  --depth_;
}

}  // namespace

bool unparse(const Expr* e, std::string& out, const char* stack_limit) {
  Unparser unparser(out, stack_limit);
  unparser.expression(e, kTest);
  return !unparser.failed();
}

}  // namespace krait::syntax
