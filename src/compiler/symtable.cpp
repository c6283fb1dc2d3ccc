// First half of the symbol table: one walk over the tree that notes how each block uses its names.
//
// Errors are sticky: after the first, every visit returns at once. Recursion is bounded by the real stack.
#include "compiler/symtable.hpp"

namespace krait {

NameId mangle(NamePool& names, NameId class_name, NameId name) {
  if (class_name == kNoName) return name;
  std::string_view text = names.text(name);
  if (text.size() < 2 || text[0] != '_' || text[1] != '_') return name;
  if (text.ends_with("__") || text.find('.') != text.npos) return name;
  std::string_view owner = names.text(class_name);
  size_t underscores = owner.find_first_not_of('_');
  if (underscores == owner.npos) return name;  // a class named only with underscores mangles nothing
  std::string mangled = "_";
  mangled += owner.substr(underscores);
  mangled += text;
  return names.intern(mangled);
}

NameId mangle_in_scope(NamePool& names, NameId class_name, const Scope* scope, NameId name) {
  if (scope->mangled_names != nullptr && !scope->mangled_names->contains(name)) return name;
  return mangle(names, class_name, name);
}

class SymtableBuilder {
 public:
  /// `eager`: keys in by_node_ of the bodies that evaluate annotations in place.
  SymtableBuilder(Symtable& table, const SymtableOptions& options, std::unordered_set<uintptr_t> eager)
      : table_(table), names_(table.names_), options_(options), eager_(std::move(eager)) {
    d_classdict_ = names_.intern("__classdict__");
    d_class_ = names_.intern("__class__");
    d_annotate_ = names_.intern("__annotate__");
    d_conditional_ = names_.intern("__conditional_annotations__");
    d_type_params_ = names_.intern("__type_params__");
    d_debug_ = names_.intern("__debug__");
    format_ = names_.intern(".format");
    type_params_ = names_.intern(".type_params");
    generic_base_ = names_.intern(".generic_base");
    defaults_ = names_.intern(".defaults");
    kwdefaults_ = names_.intern(".kwdefaults");
    dot_zero_ = names_.intern(".0");
    super_ = names_.intern("super");
    lambda_ = names_.intern("lambda");
  }

  bool build(const ast::Mod* module);

 private:
  using Range = ast::SourceRange;

  bool failed() const { return table_.error_.kind != SymtableError::None; }
  void fail(std::string message, const Range& range) {
    if (failed()) return;
    table_.error_ = {SymtableError::Syntax, std::move(message), range, true};
  }
  std::string quoted(const char* before, NameId name, const char* after) const {
    std::string s = before;
    s += names_.text(name);
    return s += after;
  }
  bool guard() {
    if (failed()) return false;
    if (options_.stack_limit != nullptr &&
        static_cast<const char*>(__builtin_frame_address(0)) < options_.stack_limit) {
      table_.error_.kind = SymtableError::Recursion;
      return false;
    }
    return true;
  }

  // --- Blocks
  Scope* new_scope(NameId name, BlockType type, const void* node, ScopeRole role, const Range& range);
  void enter(Scope* scope);
  Scope* enter_new(NameId name, BlockType type, const void* node, ScopeRole role, const Range& range) {
    Scope* scope = new_scope(name, type, node, role, range);
    enter(scope);
    return scope;
  }
  void leave() { current_ = current_->parent; }
  void see_class_scope(const Range& range) {
    current_->can_see_class_scope = true;
    add(d_classdict_, kUse, range);
  }
  void enter_type_parameters(NameId name, const void* node, bool defaults, bool kwdefaults, bool of_class,
                             const Range& range);

  // --- Names
  bool check_name(NameId name, const Range& range, ast::ExprContext ctx);
  void add(NameId name, uint32_t flag, const Range& range, ast::ExprContext ctx = ast::ExprContext::Store);
  void add_to(Scope* scope, NameId name, uint32_t flag, const Range& range);
  uint32_t flags_in(Scope* scope, NameId name) {
    Symbol* s = scope->symbols.find(mangle_in_scope(names_, class_name_, scope, name));
    return s ? s->flags : 0;
  }
  void directive(NameId name, const Range& range) {
    directives_[current_].push_back({mangle_in_scope(names_, class_name_, current_, name), range});
  }

  // --- The walk
  template <class T>
  void visit_all(const ast::Seq<T*>& nodes) {
    for (T* node : nodes)
      if (node != nullptr) visit(node);
  }
  void visit(const ast::Stmt* s);
  void visit(const ast::Expr* e);
  void visit(const ast::Pattern* p);
  void visit(const ast::TypeParam* p);
  void visit(const ast::ExceptHandlerBase* base);
  void visit(const ast::Keyword* k) {
    if (k->arg.data() != nullptr) check_name(names_.intern(k->arg), k->range, ast::ExprContext::Store);
    visit(k->value);
  }
  void visit(const ast::Alias* a);
  void visit(const ast::WithItem* w) {
    visit(w->context_expr);
    if (w->optional_vars) visit(w->optional_vars);
  }
  void visit(const ast::MatchCase* c) {
    visit(c->pattern);
    if (c->guard) visit(c->guard);
    visit_all(c->body);
  }
  void visit(const ast::Comprehension* c);
  void visit_keywords(const ast::Seq<ast::Keyword*>& keywords) {
    for (const ast::Keyword* k : keywords)
      if (k->arg.data() != nullptr && !check_name(names_.intern(k->arg), k->range, ast::ExprContext::Store)) return;
    for (const ast::Keyword* k : keywords) visit(k->value);
  }
  template <class F>
  void visit_function(const F* f);
  void visit_class(const ast::ClassDef* c);
  void visit_type_alias(const ast::TypeAlias* t);
  void visit_annotated_assignment(const ast::AnnAssign* a);
  void visit_annotation(const ast::Expr* annotation);
  void visit_signature_annotations(const ast::Node* function, const ast::Arguments* args, const ast::Expr* returns,
                                   Scope* function_scope);
  void visit_parameters(const ast::Arguments* args);
  void visit_scope_statement(const ast::Seq<ast::Identifier>& list, bool global, const Range& range);
  void visit_bound_or_default(const ast::Expr* e, NameId name, const void* key, ScopeRole role, const char* kind);
  void visit_comprehension(const ast::Expr* e, const char* name, const ast::Seq<ast::Comprehension*>& generators,
                           const ast::Expr* element, const ast::Expr* value, ComprehensionKind kind);
  void visit_named(const ast::NamedExpr* e);
  void bind_outside_comprehension(const ast::Name* target);
  bool allowed_here(const char* what, const ast::Expr* e);
  /// Whether code of this block itself may await: it is an `async def`'s, or of a module compiled for that.
  bool may_await() const {
    return current_->async_function || (options_.top_level_await && current_->type == BlockType::Module);
  }
  void reject_in_comprehension(const ast::Expr* e);
  static bool has_kwonly_defaults(const ast::Arguments* a) {
    for (const ast::Expr* e : a->kw_defaults)
      if (e != nullptr) return true;
    return false;
  }

  /// While it lives, the current block's statements count as conditionally executed.
  class Conditional {
   public:
    explicit Conditional(Scope* scope) : scope_(scope), before_(scope->in_conditional_block) {
      scope->in_conditional_block = true;
    }
    ~Conditional() { scope_->in_conditional_block = before_; }
    Conditional(const Conditional&) = delete;
    Conditional& operator=(const Conditional&) = delete;

   private:
    Scope* scope_;
    bool before_;
  };

  Symtable& table_;
  NamePool& names_;
  const SymtableOptions& options_;
  const std::unordered_set<uintptr_t> eager_;
  Scope* current_ = nullptr;
  NameId class_name_ = kNoName;  // innermost class, for mangling
  std::unordered_map<const Scope*, std::vector<std::pair<NameId, Range>>> directives_;
  NameId d_classdict_, d_class_, d_annotate_, d_conditional_, d_type_params_, d_debug_, format_, type_params_,
      generic_base_, defaults_, kwdefaults_, dot_zero_, super_, lambda_;
};

// --- Blocks

Scope* SymtableBuilder::new_scope(NameId name, BlockType type, const void* node, ScopeRole role, const Range& range) {
  table_.scopes_.push_back(std::make_unique<Scope>());
  Scope* scope = table_.scopes_.back().get();
  scope->name = name;
  scope->type = type;
  scope->range = range;
  scope->parent = current_;
  if (current_ != nullptr) {
    scope->comp_iter_expr = current_->comp_iter_expr;
    scope->nested = current_->nested || current_->is_function_like();
    const Scope* owner = current_;
    if (owner->type == BlockType::TypeParameters && owner->parent != nullptr) owner = owner->parent;
    scope->method = type == BlockType::Function && owner->type == BlockType::Class;
    if (type != BlockType::Class) scope->mangled_names = current_->mangled_names;
  }
  uintptr_t key = reinterpret_cast<uintptr_t>(node) | static_cast<uintptr_t>(role);
  table_.by_node_[key] = scope;
  scope->eager_annotations = eager_.contains(key);
  return scope;
}

void SymtableBuilder::enter(Scope* scope) {
  Scope* before = current_;
  current_ = scope;
  bool again = scope->symbols.contains(format_);
  bool lazy = scope->type == BlockType::Annotation || scope->type == BlockType::TypeVariable ||
              scope->type == BlockType::TypeAlias;
  if (lazy && !again) {
    add(format_, kDefParam, scope->range);
    add(format_, kUse, scope->range);
  }
  // Annotations that only become strings do not take part in the analysis.
  if (scope->type == BlockType::Annotation && options_.future_annotations) return;
  if (before != nullptr && !(lazy && again)) before->children.push_back(scope);
}

void SymtableBuilder::enter_type_parameters(NameId name, const void* node, bool defaults, bool kwdefaults,
                                            bool of_class, const Range& range) {
  bool in_class = current_->type == BlockType::Class;
  enter_new(name, BlockType::TypeParameters, node, ScopeRole::TypeParameters, range);
  if (in_class) see_class_scope(range);
  if (of_class) {
    add(type_params_, kDefLocal, range);
    add(type_params_, kUse, range);
    add(generic_base_, kDefLocal, range);
    add(generic_base_, kUse, range);
  }
  if (defaults) add(defaults_, kDefParam, range);
  if (kwdefaults) add(kwdefaults_, kDefParam, range);
}

// --- Names

bool SymtableBuilder::check_name(NameId name, const Range& range, ast::ExprContext ctx) {
  if (name == d_debug_ && ctx != ast::ExprContext::Load) {
    fail(ctx == ast::ExprContext::Del ? "cannot delete __debug__" : "cannot assign to __debug__", range);
    return false;
  }
  return !failed();
}

void SymtableBuilder::add(NameId name, uint32_t flag, const Range& range, ast::ExprContext ctx) {
  if ((flag & (kDefParam | kDefLocal | kDefImport)) && !check_name(name, range, ctx)) return;
  if ((flag & kDefTypeParam) && current_->mangled_names != nullptr) current_->mangled_names->get(name) = true;
  add_to(current_, name, flag, range);
}

void SymtableBuilder::add_to(Scope* scope, NameId name, uint32_t flag, const Range& range) {
  if (failed()) return;
  NameId mangled = mangle_in_scope(names_, class_name_, current_, name);
  Symbol& symbol = scope->symbols.get(mangled);
  if (flag & symbol.flags & kDefParam)
    return fail(quoted("duplicate argument '", name, "' in function definition"), range);
  if (flag & symbol.flags & kDefTypeParam) return fail(quoted("duplicate type parameter '", name, "'"), range);
  symbol.flags |= flag;
  if (scope->comp_iter_target) {
    if (symbol.flags & (kDefGlobal | kDefNonlocal)) {
      return fail(quoted("comprehension inner loop cannot rebind assignment expression target '", name, "'"), range);
    }
    symbol.flags |= kDefCompIter;
  }
  if (flag & kDefParam) {
    scope->parameters.push_back(mangled);
  } else if (flag & kDefGlobal) {
    table_.top_->symbols.get(mangled).flags |= flag;
  }
}

// --- Statements

bool SymtableBuilder::build(const ast::Mod* module) {
  table_.top_ = new_scope(names_.intern("top"), BlockType::Module, module, ScopeRole::Main, {});
  enter(table_.top_);
  switch (module->kind) {
    case ast::NodeKind::Module: visit_all(static_cast<const ast::Module*>(module)->body); break;
    case ast::NodeKind::Interactive: visit_all(static_cast<const ast::Interactive*>(module)->body); break;
    case ast::NodeKind::Expression: visit(static_cast<const ast::Expression*>(module)->body); break;
    default:
      table_.error_ = {SymtableError::Syntax, "this compiler does not handle FunctionTypes", {}, false};
      return false;
  }
  if (failed()) return false;
  return analyze_scopes(names_, table_.top_, options_, directives_, table_.error_);
}

bool Symtable::build(const ast::Mod* module, const SymtableOptions& options) {
  bool built = SymtableBuilder(*this, options, {}).build(module);
  if (!built || !options.older_annotations || options.future_annotations) return built;
  NameId name = names_.intern("__annotations__");
  std::unordered_set<uintptr_t> eager;
  for (auto [key, scope] : by_node_) {
    if (!scope->annotations_used || scope->is_function_like()) continue;
    const Symbol* symbol = scope->symbols.find(name);
    if (symbol != nullptr && (symbol->flags & kUse) && !(symbol->flags & (kDefBound | kDefGlobal | kDefNonlocal)))
      eager.insert(key);
  }
  if (eager.empty()) return true;
  // Rare enough to walk a second time.
  scopes_.clear();
  name_sets_.clear();
  by_node_.clear();
  return SymtableBuilder(*this, options, std::move(eager)).build(module);
}

void SymtableBuilder::visit(const ast::Stmt* s) {
  if (!guard()) return;
  using K = ast::NodeKind;
  switch (s->kind) {
    case K::FunctionDef: return visit_function(static_cast<const ast::FunctionDef*>(s));
    case K::AsyncFunctionDef: return visit_function(static_cast<const ast::AsyncFunctionDef*>(s));
    case K::ClassDef: return visit_class(static_cast<const ast::ClassDef*>(s));
    case K::TypeAlias: return visit_type_alias(static_cast<const ast::TypeAlias*>(s));
    case K::Return: {
      auto* n = static_cast<const ast::Return*>(s);
      if (n->value) visit(n->value);
      return;
    }
    case K::Delete: return visit_all(static_cast<const ast::Delete*>(s)->targets);
    case K::Assign: {
      auto* n = static_cast<const ast::Assign*>(s);
      visit_all(n->targets);
      return visit(n->value);
    }
    case K::AugAssign: {
      auto* n = static_cast<const ast::AugAssign*>(s);
      visit(n->target);
      return visit(n->value);
    }
    case K::AnnAssign: return visit_annotated_assignment(static_cast<const ast::AnnAssign*>(s));
    case K::For: {
      auto* n = static_cast<const ast::For*>(s);
      visit(n->target);
      visit(n->iter);
      Conditional in(current_);
      visit_all(n->body);
      return visit_all(n->orelse);
    }
    case K::AsyncFor: {
      auto* n = static_cast<const ast::AsyncFor*>(s);
      if (!may_await()) return fail("'async for' outside async function", s->range);
      if (current_->type == BlockType::Module) current_->coroutine = true;
      visit(n->target);
      visit(n->iter);
      Conditional in(current_);
      visit_all(n->body);
      return visit_all(n->orelse);
    }
    case K::While: {
      auto* n = static_cast<const ast::While*>(s);
      visit(n->test);
      Conditional in(current_);
      visit_all(n->body);
      return visit_all(n->orelse);
    }
    case K::If: {
      auto* n = static_cast<const ast::If*>(s);
      visit(n->test);
      Conditional in(current_);
      visit_all(n->body);
      return visit_all(n->orelse);
    }
    case K::With: {
      auto* n = static_cast<const ast::With*>(s);
      Conditional in(current_);
      visit_all(n->items);
      return visit_all(n->body);
    }
    case K::AsyncWith: {
      auto* n = static_cast<const ast::AsyncWith*>(s);
      if (!may_await()) return fail("'async with' outside async function", s->range);
      if (current_->type == BlockType::Module) current_->coroutine = true;
      Conditional in(current_);
      visit_all(n->items);
      return visit_all(n->body);
    }
    case K::Match: {
      auto* n = static_cast<const ast::Match*>(s);
      visit(n->subject);
      Conditional in(current_);
      return visit_all(n->cases);
    }
    case K::Raise: {
      auto* n = static_cast<const ast::Raise*>(s);
      if (n->exc) visit(n->exc);
      if (n->cause) visit(n->cause);
      return;
    }
    case K::Try: {
      auto* n = static_cast<const ast::Try*>(s);
      Conditional in(current_);
      visit_all(n->body);
      visit_all(n->handlers);
      visit_all(n->orelse);
      return visit_all(n->finalbody);
    }
    case K::TryStar: {
      auto* n = static_cast<const ast::TryStar*>(s);
      Conditional in(current_);
      visit_all(n->body);
      visit_all(n->handlers);
      visit_all(n->orelse);
      return visit_all(n->finalbody);
    }
    case K::Assert: {
      auto* n = static_cast<const ast::Assert*>(s);
      visit(n->test);
      if (n->msg) visit(n->msg);
      return;
    }
    case K::Import: return visit_all(static_cast<const ast::Import*>(s)->names);
    case K::ImportFrom: return visit_all(static_cast<const ast::ImportFrom*>(s)->names);
    case K::Global: return visit_scope_statement(static_cast<const ast::Global*>(s)->names, true, s->range);
    case K::Nonlocal: return visit_scope_statement(static_cast<const ast::Nonlocal*>(s)->names, false, s->range);
    case K::ExprStmt: return visit(static_cast<const ast::ExprStmt*>(s)->value);
    default: return;  // pass, break, continue
  }
}

/// Is the first statement of the body a string?
static bool has_docstring(const ast::Seq<ast::Stmt*>& body) {
  if (body.empty()) return false;
  auto* first = ast::as<ast::ExprStmt>(body[0]);
  auto* constant = first ? ast::as<ast::Constant>(first->value) : nullptr;
  return constant && constant->value.kind == ast::ConstantKind::Str;
}

template <class F>
void SymtableBuilder::visit_function(const F* f) {
  NameId name = names_.intern(f->name);
  add(name, kDefLocal, f->range);
  visit_all(f->args->defaults);
  visit_all(f->args->kw_defaults);
  visit_all(f->decorator_list);
  bool generic = !f->type_params.empty();
  if (failed()) return;
  if (generic) {
    enter_type_parameters(name, f, !f->args->defaults.empty(), has_kwonly_defaults(f->args), false, f->range);
    visit_all(f->type_params);
    if (failed()) return;
  }
  Scope* scope = new_scope(name, BlockType::Function, f, ScopeRole::Main, f->range);
  visit_signature_annotations(f, f->args, f->returns, scope);
  if (failed()) return;
  enter(scope);
  visit_parameters(f->args);
  scope->has_docstring = has_docstring(f->body);
  if (f->kind == ast::NodeKind::AsyncFunctionDef) scope->coroutine = scope->async_function = true;
  visit_all(f->body);
  if (failed()) return;
  leave();
  if (generic) leave();
}

void SymtableBuilder::visit_class(const ast::ClassDef* c) {
  NameId name = names_.intern(c->name);
  add(name, kDefLocal, c->range);
  visit_all(c->decorator_list);
  if (failed()) return;
  NameId outer_class = class_name_;
  bool generic = !c->type_params.empty();
  if (generic) {
    enter_type_parameters(name, c, false, false, true, c->range);
    class_name_ = name;
    table_.name_sets_.push_back(std::make_unique<NameMap<bool>>());
    current_->mangled_names = table_.name_sets_.back().get();
    visit_all(c->type_params);
  }
  visit_all(c->bases);
  visit_keywords(c->keywords);
  if (failed()) return;
  enter_new(name, BlockType::Class, c, ScopeRole::Main, c->range);
  class_name_ = name;
  if (generic) {
    add(d_type_params_, kDefLocal, c->range);
    add(type_params_, kUse, c->range);
  }
  visit_all(c->body);
  if (failed()) return;
  leave();
  if (generic) leave();
  class_name_ = outer_class;
}

void SymtableBuilder::visit_type_alias(const ast::TypeAlias* t) {
  visit(t->name);
  if (failed()) return;
  NameId name = names_.intern(static_cast<const ast::Name*>(t->name)->id);
  bool in_class = current_->type == BlockType::Class;
  bool generic = !t->type_params.empty();
  if (generic) {
    enter_type_parameters(name, t, false, false, false, t->range);
    visit_all(t->type_params);
    if (failed()) return;
  }
  enter_new(name, BlockType::TypeAlias, t, ScopeRole::Main, t->range);
  if (in_class) see_class_scope(t->value->range);
  visit(t->value);
  if (failed()) return;
  leave();
  if (generic) leave();
}

void SymtableBuilder::visit_annotated_assignment(const ast::AnnAssign* a) {
  current_->annotations_used = true;
  if (auto* target = ast::as<ast::Name>(a->target)) {
    NameId name = names_.intern(target->id);
    uint32_t flags = flags_in(current_, name);
    if ((flags & (kDefGlobal | kDefNonlocal)) && current_ != table_.top_ && a->simple) {
      return fail(quoted("annotated name '", name, flags & kDefGlobal ? "' can't be global" : "' can't be nonlocal"),
                  a->range);
    }
    if (a->simple) {
      add(name, kDefAnnot | kDefLocal, target->range);
    } else if (a->value != nullptr) {
      add(name, kDefLocal, target->range);
    }
  } else {
    visit(a->target);
  }
  visit_annotation(a->annotation);
  if (a->value != nullptr) visit(a->value);
}

void SymtableBuilder::visit_annotation(const ast::Expr* annotation) {
  if (failed()) return;
  if (current_->eager_annotations) return visit(annotation);
  // Annotations of a function's variables are never evaluated: they are only looked at for errors.
  bool unevaluated = current_->type == BlockType::Function;
  Scope* owner = current_;
  // A module may be seen half executed, so each of its annotations counts as conditional.
  if (((owner->type == BlockType::Class && owner->in_conditional_block) || owner->type == BlockType::Module) &&
      !owner->has_conditional_annotations) {
    owner->has_conditional_annotations = true;
    if (owner->type == BlockType::Module) add(d_conditional_, kUse, annotation->range);
  }
  if (owner->annotation_block == nullptr) {
    owner->annotation_block =
        enter_new(d_annotate_, BlockType::Annotation, owner, ScopeRole::Annotations, annotation->range);
    if (owner->type == BlockType::Class) see_class_scope(annotation->range);
  } else {
    enter(owner->annotation_block);
  }
  if (unevaluated) current_->in_unevaluated_annotation = true;
  // In a class the set of annotations that were reached is a cell.
  if (owner->type == BlockType::Class && owner->has_conditional_annotations)
    add(d_conditional_, kUse, annotation->range);
  visit(annotation);
  if (failed()) return;
  leave();
}

void SymtableBuilder::visit_signature_annotations(const ast::Node* function, const ast::Arguments* args,
                                                  const ast::Expr* returns, Scope* function_scope) {
  bool in_class = current_->can_see_class_scope || current_->type == BlockType::Class;
  Scope* scope = enter_new(d_annotate_, BlockType::Annotation, args, ScopeRole::Annotations, function->range);
  scope->function_name = function_scope->name;
  auto visit_expression = [&](const ast::Expr* annotation) {
    if (!scope->annotations_used && in_class) see_class_scope(function->range);
    scope->annotations_used = true;
    visit(annotation);
  };
  auto visit_one = [&](const ast::Arg* a) {
    if (a != nullptr && a->annotation != nullptr) visit_expression(a->annotation);
  };
  for (const ast::Arg* a : args->posonlyargs) visit_one(a);
  for (const ast::Arg* a : args->args) visit_one(a);
  visit_one(args->vararg);
  visit_one(args->kwarg);
  for (const ast::Arg* a : args->kwonlyargs) visit_one(a);
  if (returns != nullptr) visit_expression(returns);
  if (failed()) return;
  leave();
}

void SymtableBuilder::visit_parameters(const ast::Arguments* args) {
  auto parameter = [&](const ast::Arg* a) { add(names_.intern(a->arg), kDefParam, a->range); };
  for (const ast::Arg* a : args->posonlyargs) parameter(a);
  for (const ast::Arg* a : args->args) parameter(a);
  for (const ast::Arg* a : args->kwonlyargs) parameter(a);
  if (args->vararg) {
    parameter(args->vararg);
    current_->varargs = true;
  }
  if (args->kwarg) {
    parameter(args->kwarg);
    current_->varkeywords = true;
  }
}

void SymtableBuilder::visit_scope_statement(const ast::Seq<ast::Identifier>& list, bool global, const Range& range) {
  const char* word = global ? "global" : "nonlocal";
  for (ast::Identifier id : list) {
    NameId name = names_.intern(id);
    if (!check_name(name, range, ast::ExprContext::Store)) return;
    uint32_t flags = flags_in(current_, name);
    if (flags & (kDefParam | kDefLocal | kUse | kDefAnnot)) {
      std::string message = flags & kDefAnnot && !(flags & (kDefParam | kUse)) ? "annotated name '" : "name '";
      message += names_.text(name);
      if (flags & kDefParam) {
        message += "' is parameter and ";
        message += word;
      } else if (flags & kUse) {
        message += std::string("' is used prior to ") + word + " declaration";
      } else if (flags & kDefAnnot) {
        message += std::string("' can't be ") + word;
      } else {
        message += std::string("' is assigned to before ") + word + " declaration";
      }
      return fail(std::move(message), range);
    }
    add(name, global ? kDefGlobal : kDefNonlocal, range);
    directive(name, range);
  }
}

void SymtableBuilder::visit(const ast::Alias* a) {
  if (a->asname.data() == nullptr && a->name == "*") {
    if (current_->type != BlockType::Module) fail("import * only allowed at module level", a->range);
    return;
  }
  std::string_view bound = a->asname.data() != nullptr ? a->asname : a->name.substr(0, a->name.find('.'));
  add(names_.intern(bound), kDefImport, a->range);
}

void SymtableBuilder::visit(const ast::ExceptHandlerBase* base) {
  auto* h = static_cast<const ast::ExceptHandler*>(base);
  if (!guard()) return;
  if (h->type) visit(h->type);
  if (h->name.data() != nullptr) add(names_.intern(h->name), kDefLocal, h->range);
  visit_all(h->body);
}

void SymtableBuilder::visit(const ast::TypeParam* p) {
  if (!guard()) return;
  NameId name;
  const ast::Expr *bound = nullptr, *fallback = nullptr;
  const char* kind;
  if (auto* v = ast::as<ast::TypeVar>(p)) {
    name = names_.intern(v->name);
    bound = v->bound;
    fallback = v->default_value;
    kind = "a TypeVar default";
  } else if (auto* t = ast::as<ast::TypeVarTuple>(p)) {
    name = names_.intern(t->name);
    fallback = t->default_value;
    kind = "a TypeVarTuple default";
  } else {
    auto* s = static_cast<const ast::ParamSpec*>(p);
    name = names_.intern(s->name);
    fallback = s->default_value;
    kind = "a ParamSpec default";
  }
  add(name, kDefTypeParam | kDefLocal, p->range);
  if (name == d_classdict_)
    return fail(quoted("reserved name '", name, "' cannot be used for type parameter"), p->range);
  const char* bound_kind = ast::is<ast::Tuple>(bound) ? "a TypeVar constraint" : "a TypeVar bound";
  visit_bound_or_default(bound, name, p, ScopeRole::Main, bound_kind);
  visit_bound_or_default(fallback, name, p, ScopeRole::Default, kind);
}

void SymtableBuilder::visit_bound_or_default(const ast::Expr* e, NameId name, const void* key, ScopeRole role,
                                             const char* kind) {
  if (e == nullptr || failed()) return;
  bool in_class = current_->can_see_class_scope;
  Scope* scope = enter_new(name, BlockType::TypeVariable, key, role, e->range);
  if (in_class) see_class_scope(e->range);
  scope->variable_kind = kind;
  visit(e);
  if (failed()) return;
  leave();
}

// --- Patterns

void SymtableBuilder::visit(const ast::Pattern* p) {
  if (!guard()) return;
  auto capture = [&](ast::Identifier id) {
    if (id.data() != nullptr) add(names_.intern(id), kDefLocal, p->range);
  };
  using K = ast::NodeKind;
  switch (p->kind) {
    case K::MatchValue: return visit(static_cast<const ast::MatchValue*>(p)->value);
    case K::MatchSequence: return visit_all(static_cast<const ast::MatchSequence*>(p)->patterns);
    case K::MatchMapping: {
      auto* n = static_cast<const ast::MatchMapping*>(p);
      visit_all(n->keys);
      visit_all(n->patterns);
      return capture(n->rest);
    }
    case K::MatchClass: {
      auto* n = static_cast<const ast::MatchClass*>(p);
      visit(n->cls);
      visit_all(n->patterns);
      for (size_t i = 0; i < n->kwd_attrs.size(); ++i)
        check_name(names_.intern(n->kwd_attrs[i]), n->kwd_patterns[i]->range, ast::ExprContext::Store);
      return visit_all(n->kwd_patterns);
    }
    case K::MatchStar: return capture(static_cast<const ast::MatchStar*>(p)->name);
    case K::MatchAs: {
      auto* n = static_cast<const ast::MatchAs*>(p);
      if (n->pattern) visit(n->pattern);
      return capture(n->name);
    }
    case K::MatchOr: return visit_all(static_cast<const ast::MatchOr*>(p)->patterns);
    default: return;
  }
}

// --- Expressions

void SymtableBuilder::visit(const ast::Expr* e) {
  if (!guard()) return;
  using K = ast::NodeKind;
  switch (e->kind) {
    case K::BoolOp: return visit_all(static_cast<const ast::BoolOp*>(e)->values);
    case K::NamedExpr: return visit_named(static_cast<const ast::NamedExpr*>(e));
    case K::BinOp: {
      auto* n = static_cast<const ast::BinOp*>(e);
      visit(n->left);
      return visit(n->right);
    }
    case K::UnaryOp: return visit(static_cast<const ast::UnaryOp*>(e)->operand);
    case K::Lambda: {
      auto* n = static_cast<const ast::Lambda*>(e);
      visit_all(n->args->defaults);
      visit_all(n->args->kw_defaults);
      if (failed()) return;
      enter_new(lambda_, BlockType::Function, n, ScopeRole::Main, n->range);
      visit_parameters(n->args);
      visit(n->body);
      if (!failed()) leave();
      return;
    }
    case K::IfExp: {
      auto* n = static_cast<const ast::IfExp*>(e);
      visit(n->test);
      visit(n->body);
      return visit(n->orelse);
    }
    case K::Dict: {
      auto* n = static_cast<const ast::Dict*>(e);
      visit_all(n->keys);
      return visit_all(n->values);
    }
    case K::Set: return visit_all(static_cast<const ast::Set*>(e)->elts);
    case K::ListComp: {
      auto* n = static_cast<const ast::ListComp*>(e);
      return visit_comprehension(e, "<listcomp>", n->generators, n->elt, nullptr, ComprehensionKind::List);
    }
    case K::SetComp: {
      auto* n = static_cast<const ast::SetComp*>(e);
      return visit_comprehension(e, "<setcomp>", n->generators, n->elt, nullptr, ComprehensionKind::Set);
    }
    case K::DictComp: {
      auto* n = static_cast<const ast::DictComp*>(e);
      return visit_comprehension(e, "<dictcomp>", n->generators, n->key, n->value, ComprehensionKind::Dict);
    }
    case K::GeneratorExp: {
      auto* n = static_cast<const ast::GeneratorExp*>(e);
      return visit_comprehension(e, "<genexpr>", n->generators, n->elt, nullptr, ComprehensionKind::Generator);
    }
    case K::Await:
      if (!allowed_here("await expression", e)) return;
      if (!may_await() && !current_->is_function_like()) return fail("'await' outside function", e->range);
      if (!may_await() && current_->comprehension == ComprehensionKind::None)
        return fail("'await' outside async function", e->range);
      visit(static_cast<const ast::Await*>(e)->value);
      current_->coroutine = true;
      return;
    case K::Yield: {
      if (!allowed_here("yield expression", e)) return;
      auto* n = static_cast<const ast::Yield*>(e);
      if (n->value) visit(n->value);
      current_->generator = true;
      return reject_in_comprehension(e);
    }
    case K::YieldFrom:
      if (!allowed_here("yield expression", e)) return;
      visit(static_cast<const ast::YieldFrom*>(e)->value);
      current_->generator = true;
      return reject_in_comprehension(e);
    case K::Compare: {
      auto* n = static_cast<const ast::Compare*>(e);
      visit(n->left);
      return visit_all(n->comparators);
    }
    case K::Call: {
      auto* n = static_cast<const ast::Call*>(e);
      visit(n->func);
      visit_all(n->args);
      return visit_keywords(n->keywords);
    }
    case K::FormattedValue: {
      auto* n = static_cast<const ast::FormattedValue*>(e);
      visit(n->value);
      if (n->format_spec) visit(n->format_spec);
      return;
    }
    case K::Interpolation: {
      auto* n = static_cast<const ast::Interpolation*>(e);
      visit(n->value);
      if (n->format_spec) visit(n->format_spec);
      return;
    }
    case K::JoinedStr: return visit_all(static_cast<const ast::JoinedStr*>(e)->values);
    case K::TemplateStr: return visit_all(static_cast<const ast::TemplateStr*>(e)->values);
    case K::Attribute: {
      auto* n = static_cast<const ast::Attribute*>(e);
      if (!check_name(names_.intern(n->attr), e->range, n->ctx)) return;
      return visit(n->value);
    }
    case K::Subscript: {
      auto* n = static_cast<const ast::Subscript*>(e);
      visit(n->value);
      return visit(n->slice);
    }
    case K::Starred: return visit(static_cast<const ast::Starred*>(e)->value);
    case K::Slice: {
      auto* n = static_cast<const ast::Slice*>(e);
      if (n->lower) visit(n->lower);
      if (n->upper) visit(n->upper);
      if (n->step) visit(n->step);
      return;
    }
    case K::Name: {
      auto* n = static_cast<const ast::Name*>(e);
      if (current_->in_unevaluated_annotation) return;
      NameId name = names_.intern(n->id);
      bool load = n->ctx == ast::ExprContext::Load;
      add(name, load ? kUse : kDefLocal, e->range, n->ctx);
      // super() finds the class by the cell __class__.
      if (load && name == super_ && current_->is_function_like()) add(d_class_, kUse, e->range);
      return;
    }
    case K::List: return visit_all(static_cast<const ast::List*>(e)->elts);
    case K::Tuple: return visit_all(static_cast<const ast::Tuple*>(e)->elts);
    default: return;  // constants
  }
}

bool SymtableBuilder::allowed_here(const char* what, const ast::Expr* e) {
  std::string message = what;
  message += " cannot be used within ";
  switch (current_->type) {
    case BlockType::Annotation: message += "an annotation"; break;
    case BlockType::TypeVariable:
      message += current_->variable_kind ? current_->variable_kind : "a TypeVar bound";
      break;
    case BlockType::TypeAlias: message += "a type alias"; break;
    case BlockType::TypeParameters: message += "the definition of a generic"; break;
    default: return true;
  }
  fail(std::move(message), e->range);
  return false;
}

void SymtableBuilder::reject_in_comprehension(const ast::Expr* e) {
  switch (current_->comprehension) {
    case ComprehensionKind::None: return;
    case ComprehensionKind::List: return fail("'yield' inside list comprehension", e->range);
    case ComprehensionKind::Set: return fail("'yield' inside set comprehension", e->range);
    case ComprehensionKind::Dict: return fail("'yield' inside dict comprehension", e->range);
    case ComprehensionKind::Generator: return fail("'yield' inside generator expression", e->range);
  }
}

void SymtableBuilder::visit_named(const ast::NamedExpr* e) {
  if (!allowed_here("named expression", e)) return;
  if (current_->comp_iter_expr > 0)
    return fail("assignment expression cannot be used in a comprehension iterable expression", e->range);
  if (current_->comprehension != ComprehensionKind::None)
    bind_outside_comprehension(static_cast<const ast::Name*>(e->target));
  visit(e->value);
  visit(e->target);
}

// The target of `:=` in a comprehension belongs to the block around all comprehensions (PEP 572).
void SymtableBuilder::bind_outside_comprehension(const ast::Name* target) {
  NameId name = names_.intern(target->id);
  const Range& range = target->range;
  for (Scope* scope = current_; scope != nullptr; scope = scope->parent) {
    if (scope->comprehension != ComprehensionKind::None) {
      uint32_t flags = flags_in(scope, name);
      if ((flags & kDefCompIter) && (flags & kDefLocal)) {
        return fail(quoted("assignment expression cannot rebind comprehension iteration variable '", name, "'"), range);
      }
      continue;
    }
    switch (scope->type) {
      case BlockType::Function:
        add(name, flags_in(scope, name) & kDefGlobal ? kDefGlobal : kDefNonlocal, range);
        directive(name, range);
        return add_to(scope, name, kDefLocal, range);
      case BlockType::Module:
        add(name, kDefGlobal, range);
        directive(name, range);
        return add_to(scope, name, kDefGlobal, range);
      case BlockType::Class:
        return fail("assignment expression within a comprehension cannot be used in a class body", range);
      case BlockType::TypeParameters:
        return fail("assignment expression within a comprehension cannot be used within the definition of a generic",
                    range);
      case BlockType::TypeAlias:
        return fail("assignment expression within a comprehension cannot be used in a type alias", range);
      case BlockType::TypeVariable:
        return fail("assignment expression within a comprehension cannot be used in a TypeVar bound", range);
      case BlockType::Annotation: return fail("named expression cannot be used within an annotation", range);
    }
  }
}

void SymtableBuilder::visit_comprehension(const ast::Expr* e, const char* name,
                                          const ast::Seq<ast::Comprehension*>& generators, const ast::Expr* element,
                                          const ast::Expr* value, ComprehensionKind kind) {
  const ast::Comprehension* outermost = generators[0];
  // The outermost iterable is evaluated outside.
  ++current_->comp_iter_expr;
  visit(outermost->iter);
  if (failed()) return;
  --current_->comp_iter_expr;
  bool unevaluated = current_->in_unevaluated_annotation;
  Scope* scope = enter_new(names_.intern(name), BlockType::Function, e, ScopeRole::Main, e->range);
  scope->comprehension = kind;
  scope->in_unevaluated_annotation = unevaluated;
  if (outermost->is_async) scope->coroutine = true;
  add(dot_zero_, kDefParam, e->range);
  scope->comp_iter_target = true;
  visit(outermost->target);
  scope->comp_iter_target = false;
  visit_all(outermost->ifs);
  for (size_t i = 1; i < generators.size(); ++i) visit(generators[i]);
  if (value) visit(value);
  visit(element);
  if (failed()) return;
  scope->generator = kind == ComprehensionKind::Generator;
  leave();
  if (!scope->coroutine || scope->generator) return;
  if (!may_await() && current_->comprehension == ComprehensionKind::None)
    return fail("asynchronous comprehension outside of an asynchronous function", e->range);
  current_->coroutine = true;
}

void SymtableBuilder::visit(const ast::Comprehension* c) {
  Scope* scope = current_;
  scope->comp_iter_target = true;
  visit(c->target);
  scope->comp_iter_target = false;
  ++scope->comp_iter_expr;
  visit(c->iter);
  --scope->comp_iter_expr;
  visit_all(c->ifs);
  if (c->is_async) scope->coroutine = true;
}

}  // namespace krait
