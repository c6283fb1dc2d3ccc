// The code generator: walks the tree with the symbol table at hand and writes IR, one unit per code object.
//
// Rules for this class's files
//  1. Errors are sticky: when `failed_` is set an exception is pending, and every visit and emission returns
//  at once. Nothing
//     needs to be checked in between, except before using a result that may then be missing.
//  2. Every value that must survive lies in the ConstantPool (a root) or on the native stack; units hold
//  none.
//  3. An instruction's location is that of the source construct whose failure it would report; kNoLocation
//  for artificial ones.
//  4. A tree is visited recursively: visit(Stmt) and visit(Expr) guard the native stack and poll.
#pragma once

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "compiler/compiler.hpp"
#include "compiler/constants.hpp"
#include "compiler/ir.hpp"
#include "compiler/symtable.hpp"

namespace krait {

enum class UnitKind : uint8_t {
  Module,
  Class,
  Function,
  AsyncFunction,
  Lambda,
  Comprehension,
  Annotations,
  TypeParameters
};

/// A construct that a jump out of it has to unwind.
struct FrameBlock {
  enum Kind : uint8_t {
    WhileLoop,
    ForLoop,
    AsyncForLoop,
    TryExcept,
    FinallyTry,
    FinallyEnd,
    With,
    AsyncWith,
    HandlerCleanup,
    PopValue,
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehension
  } kind;
  Label start, exit;
  Location loc;
  const ast::Seq<ast::Stmt*>* finally_body = nullptr;
  NameId handler_name = kNoName;  // HandlerCleanup: the name bound by `except ... as`
  bool has_name = false;
};

struct Unit {
  Unit* outer = nullptr;
  UnitKind kind = UnitKind::Module;
  Scope* scope = nullptr;
  NameId name = kNoName;
  NameId class_name = kNoName;  // for mangling
  std::string qualname;
  IrCode ir;
  size_t fold_barrier = 0;  // a label stands here: instructions before it are not folded with those after it
  NameMap<uint32_t> names, varnames, cellvars, freevars;
  NameMap<bool> hidden;
  NameMap<NameScope> overrides;  // scopes of names in the inlined comprehension that is being written
  NameMap<bool> static_attributes;
  std::vector<FrameBlock> blocks;
  uint32_t argument_count = 0, positional_only = 0, keyword_only = 0;
  int first_line = 1;
  bool has_docstring = false;
  uint32_t docstring = 0;
  int inlined_depth = 0;  // inlined comprehensions around the current place
  bool in_conditional_block = false;
  int next_conditional_annotation = 0;
  struct DeferredAnnotation {
    const ast::AnnAssign* node;
    int conditional;  // number in __conditional_annotations__, or -1
  };
  std::vector<DeferredAnnotation> deferred_annotations;
  size_t charged = 1024;  // instructions that are accounted for; the first ones are not worth it
  bool in_finally = false, in_loop_of_finally = false;  // for PEP 765's warnings
};

class CodeGenerator {
 public:
  CodeGenerator(Vm& vm, Str* filename, const CompileOptions& options);
  ~CodeGenerator() { vm_.heap.discharge(charged_); }
  CodeGenerator(const CodeGenerator&) = delete;
  CodeGenerator& operator=(const CodeGenerator&) = delete;
  Result<Code*> run(const ast::Mod* module);

 private:
  using Range = ast::SourceRange;
  enum class Ctx : uint8_t { Load, Store, Del };

  // --- Errors and warnings (codegen.cpp)
  template <class... Parts>
  [[gnu::cold]] void error(const Location& where, const char* format, const Parts&... parts) {
    if (failed_) return;
    const MessagePart list[] = {MessagePart(parts)..., MessagePart("")};
    raise_error(where, format, list, sizeof...(parts));
  }
  void raise_error(const Location& where, const char* format, const MessagePart* parts, size_t count);
  template <class... Parts>
  [[gnu::cold]] void warn(const Location& where, const char* format, const Parts&... parts) {
    const MessagePart list[] = {MessagePart(parts)..., MessagePart("")};
    give_warning(where, format, list, sizeof...(parts));
  }
  void give_warning(const Location& where, const char* format, const MessagePart* parts, size_t count);
  bool check(const Status& s) {
    if (s.is_error()) failed_ = true;
    return !failed_;
  }
  /// The value of a Result, or T{} and the failed state.
  template <class T>
  T take(Result<T> r) {
    if (r.is_error()) {
      failed_ = true;
      return T{};
    }
    return r.release();
  }
  Value take(Value v) {
    if (v.is_error()) failed_ = true;
    return v;
  }
  bool guard();

  // --- Units (codegen.cpp)
  void enter_unit(UnitKind kind, NameId name, Scope* scope, int first_line, NameId class_name);
  Code* leave_unit(bool return_none);
  std::string qualified_name(const Unit& unit) const;
  uint32_t unit_flags() const;
  bool is_async_function() const { return u_->kind == UnitKind::AsyncFunction; }

  // --- Emission (codegen.cpp)
  static Location at(const ast::Node* n) {
    return {n->range.lineno, n->range.end_lineno, n->range.col_offset, n->range.end_col_offset};
  }
  static Location from(const ast::Node* first, const ast::Node* last) {
    return {first->range.lineno, last->range.end_lineno, first->range.col_offset, last->range.end_col_offset};
  }
  /// Where the attribute's name begins, if it is on a later line than what it is an attribute of.
  static Location at_attribute(Location loc, const ast::Attribute* a);
  void emit(Op op, int32_t arg, const Location& loc) {
    if (!failed_) u_->ir.code.push_back({op, arg, {}, loc});
  }
  void emit(Op op, const Location& loc) { emit(op, 0, loc); }
  void jump(Op op, Label to, const Location& loc) {
    if (!failed_) u_->ir.code.push_back({op, 0, to, loc});
  }
  Label new_label() {
    u_->ir.labels.push_back(UINT32_MAX);
    return {static_cast<uint32_t>(u_->ir.labels.size() - 1)};
  }
  void use(Label l) {
    if (failed_) return;  // and u_ may be another unit than the label's
    u_->ir.labels[l.id] = static_cast<uint32_t>(u_->ir.code.size());
    u_->fold_barrier = u_->ir.code.size();
  }
  void load_const(Value v, const Location& loc);
  void load_none(const Location& loc) { load_const(Value::none(), loc); }
  void load_str(NameId name, const Location& loc);
  void load_text(std::string_view text, const Location& loc);
  Value str_value(std::string_view text);
  void emit_name(Op op, NameId name, const Location& loc);  ///< operand is a mangled name of co_names
  void emit_plain_name(Op op, NameId name, const Location& loc);
  void emit_yield_from(bool await, const Location& loc);
  void emit_compare(ast::CmpOperator op, const Location& loc);
  void call_intrinsic(Intrinsic1 f, const Location& loc) { emit(Op::CALL_INTRINSIC_1, static_cast<int>(f), loc); }
  void call_intrinsic(Intrinsic2 f, const Location& loc) { emit(Op::CALL_INTRINSIC_2, static_cast<int>(f), loc); }
  bool ends_in_constants(size_t n) const;
  Value constant_at(size_t from_end) const;
  void drop_last(size_t n) { u_->ir.code.resize(u_->ir.code.size() - n); }

  // --- Names (codegen.cpp)
  NameId mangled(NameId name) { return mangle_in_scope(names_, u_->class_name, u_->scope, name); }
  NameScope scope_of(NameId mangled_name) const;
  void name_op(NameId plain, Ctx ctx, const Location& loc);
  void name_op(ast::Identifier id, Ctx ctx, const Location& loc) { name_op(names_.intern(id), ctx, loc); }
  uint32_t varname(NameId mangled_name);
  int32_t cell_index(NameId mangled_name);
  static Ctx context(ast::ExprContext c) { return static_cast<Ctx>(c); }

  // --- Statements (codegen_statements.cpp)
  void module_body(const ast::Seq<ast::Stmt*>& body, const Location& loc, bool interactive);
  const ast::Constant* docstring_of(const ast::Seq<ast::Stmt*>& body) const;
  void visit(const ast::Stmt* s);
  void visit_body(const ast::Seq<ast::Stmt*>& body) {
    for (const ast::Stmt* s : body) visit(s);
  }
  void expression_statement(const ast::Expr* value, const Location& loc);
  void visit_return(const ast::Return* s);
  void visit_delete(const ast::Delete* s);
  void visit_assign(const ast::Assign* s);
  void visit_aug_assign(const ast::AugAssign* s);
  void visit_ann_assign(const ast::AnnAssign* s);
  void visit_for(const ast::For* s);
  void visit_async_for(const ast::AsyncFor* s);
  void visit_while(const ast::While* s);
  void visit_if(const ast::If* s);
  void visit_break(const Location& loc);
  void visit_continue(const Location& loc);
  void visit_assert(const ast::Assert* s);
  void visit_import(const ast::Import* s);
  void visit_import_from(const ast::ImportFrom* s);
  void import_as(std::string_view name, NameId as, const Location& loc);

  // --- try, with (codegen_try.cpp)
  void push_block(FrameBlock::Kind kind, Label start, Label exit, const Location& loc);
  void pop_block() {
    if (!failed_) u_->blocks.pop_back();
  }
  void unwind_block(const FrameBlock& block, bool preserve_top, Location& loc);
  /// Unwinds up to the innermost loop (when asked for: its block comes back, or null) or all.
  const FrameBlock* unwind_blocks(bool preserve_top, bool to_loop, Location& loc);
  void visit_finally_body(const ast::Seq<ast::Stmt*>& body);
  void pop_except_and_reraise(const Location& loc);
  template <class T>
  void try_statement(const T* s);
  template <class T>
  void try_finally(const T* s);
  void try_body(const ast::Try* s);
  void try_body(const ast::TryStar* s);
  void visit_with(const ast::Seq<ast::WithItem*>& items, const ast::Seq<ast::Stmt*>& body, size_t i, bool async);
  void call_exit_with_nones(const Location& loc);

  // --- Expressions (codegen_expressions.cpp)
  void visit(const ast::Expr* e);
  void visit_expr(const ast::Expr* e);
  void jump_if(const ast::Expr* e, Label target, bool condition, const Location& loc);
  void visit_bool_op(const ast::BoolOp* e);
  void visit_unary(const ast::UnaryOp* e);
  void visit_binary(const ast::BinOp* e);
  bool format_percent(const ast::BinOp* e);
  void binary_op(ast::Operator op, bool inplace, const Location& loc);
  void visit_compare(const ast::Compare* e);
  void visit_conditional(const ast::IfExp* e);
  void visit_dict(const ast::Dict* e);
  void dict_part(const ast::Dict* e, size_t begin, size_t end);
  enum class Collection : uint8_t { List, Tuple, Set };
  void visit_collection(const ast::Expr* e, const ast::Seq<ast::Expr*>& elements, Collection kind);
  void unpacked_collection(const ast::Seq<ast::Expr*>& elements, uint32_t pushed, Collection kind,
                           const ast::Name* injected, const Location& loc);
  void fold_collection(uint32_t n, Collection kind, const Location& loc);
  void visit_iterable(const ast::Expr* e);
  void constant_collection_as_tuple();
  void unpack_targets(const ast::Seq<ast::Expr*>& targets, const Location& loc);
  void visit_joined_str(const ast::JoinedStr* e);
  void visit_formatted_value(const ast::FormattedValue* e);
  void visit_template_str(const ast::TemplateStr* e);
  void visit_interpolation(const ast::Interpolation* e);
  void visit_attribute(const ast::Attribute* e);
  void visit_subscript(const ast::Subscript* e);
  bool two_element_slice(const ast::Expr* slice) const;
  void slice_parts(const ast::Slice* s, bool all);
  void visit_slice(const ast::Slice* s);
  void visit_yield(const ast::Yield* e);
  void visit_yield_from(const ast::YieldFrom* e);
  void visit_await(const ast::Await* e);

  // --- Calls (codegen_calls.cpp)
  void visit_call(const ast::Call* e);
  bool method_call(const ast::Call* e);
  void consuming_call(const ast::Call* e, Label end);
  bool super_call(const ast::Attribute* a) const;
  void load_super_arguments(const ast::Attribute* a);
  void call_helper(uint32_t pushed, const ast::Seq<ast::Expr*>& args, const ast::Name* injected,
                   const ast::Seq<ast::Keyword*>& keywords, const Location& loc);
  void check_keywords(const ast::Seq<ast::Keyword*>& keywords);
  void keyword_names(const ast::Seq<ast::Keyword*>& keywords, size_t begin, size_t end, const Location& loc);
  void keyword_dict(const ast::Seq<ast::Keyword*>& keywords, size_t begin, size_t end, const Location& loc);
  void note_static_attribute(const ast::Attribute* a);

  // --- Warnings on expressions (codegen_warnings.cpp)
  const char* type_of_literal(const ast::Expr* e) const;
  void check_compare(const ast::Compare* e);
  void check_callee(const ast::Expr* e);
  void check_subscripted(const ast::Expr* e);
  void check_index(const ast::Expr* value, const ast::Expr* index);

  // --- Comprehensions (codegen_comprehensions.cpp)
  struct Inlined {
    std::vector<NameId> pushed;                            // fast locals whose outer values wait on the stack
    std::vector<std::pair<NameId, NameScope>> overridden;  // what `overrides` said before
    std::vector<NameId> hidden;                            // made fast for the time being
    Label cleanup, end;
  };
  void visit_comprehension(const ast::Expr* e, const ast::Seq<ast::Comprehension*>& generators,
                           const ast::Expr* element, const ast::Expr* value);
  void comprehension_part(const ast::Seq<ast::Comprehension*>& generators, size_t i, int depth,
                          const ast::Expr* element, const ast::Expr* value, ComprehensionKind kind,
                          bool iterator_on_stack, const Location& loc);
  void comprehension_element(int depth, const ast::Expr* element, const ast::Expr* value, ComprehensionKind kind,
                             Location& element_loc);
  void begin_inlined(Scope* comprehension, Inlined& state, const Location& loc);
  void end_inlined(Inlined& state, const Location& loc);
  void restore_locals(const Inlined& state, const Location& loc);

  // --- Functions and classes (codegen_functions.cpp)
  template <class F>
  void visit_function(const F* f, bool async);
  template <class F>
  void function_body(const F* f, bool async, int attributes, int first_line);
  void visit_lambda(const ast::Lambda* e);
  void visit_class(const ast::ClassDef* c);
  void class_body(const ast::ClassDef* c, int first_line);
  int default_arguments(const ast::Arguments* args, const Location& loc);
  void count_arguments(const ast::Arguments* args);
  void make_function(Code* code, int attributes, const Location& loc);
  int decorators(const ast::Seq<ast::Expr*>& list, int line);
  void apply_decorators(const ast::Seq<ast::Expr*>& list);
  void begin_stop_iteration_guard(Label handler);
  void end_stop_iteration_guard(Label handler);
  static constexpr int kDefaults = 1, kKwDefaults = 2, kAnnotations = 4, kClosure = 8, kAnnotate = 16;

  // --- Type parameters, annotations (codegen_annotations.cpp)
  void type_parameters(const ast::Seq<ast::TypeParam*>& params);
  void bound_or_default(const ast::Expr* e, NameId name, const void* key, ScopeRole role, bool allow_starred);
  void visit_type_alias(const ast::TypeAlias* t);
  void type_alias_body(const ast::TypeAlias* t, NameId name, const Location& loc);
  void enter_annotation_unit(Scope* scope, NameId name, const Location& loc);
  int function_annotations(const ast::Arguments* args, const ast::Expr* returns, const Location& loc);
  uint32_t visit_signature_annotations(const ast::Arguments* args, const ast::Expr* returns, const Location& loc);
  void annotation_value(const ast::Expr* annotation);
  void deferred_annotations(const Location& loc);
  NameId generic_name(ast::Identifier of);

  // --- match (codegen_match.cpp)
  struct PatternContext {
    std::vector<NameId> stores;  // names captured so far, in the order in which they lie on the stack
    bool allow_irrefutable = false;
    std::vector<Label> fail_pop;  // fail_pop[n]: pops n values, then goes on
    int on_top = 0;               // values above the captured ones
  };
  void visit_match(const ast::Match* s);
  void visit_pattern(const ast::Pattern* p, PatternContext& pc);
  void pattern_as(const ast::MatchAs* p, PatternContext& pc);
  void pattern_class(const ast::MatchClass* p, PatternContext& pc);
  void pattern_mapping(const ast::MatchMapping* p, PatternContext& pc);
  void pattern_or(const ast::MatchOr* p, PatternContext& pc);
  void pattern_sequence(const ast::MatchSequence* p, PatternContext& pc);
  void pattern_unpack(const ast::Seq<ast::Pattern*>& patterns, PatternContext& pc, const Location& loc);
  void pattern_subscript(const ast::Seq<ast::Pattern*>& patterns, size_t star, PatternContext& pc, const Location& loc);
  void sub_pattern(const ast::Pattern* p, PatternContext& pc);
  void store_capture(NameId name, PatternContext& pc, const Location& loc);
  void jump_to_fail(Op op, PatternContext& pc, const Location& loc);
  void ensure_fail_pop(size_t n, PatternContext& pc);
  void emit_fail_pop(PatternContext& pc, const Location& loc);
  void rotate(size_t n, const Location& loc);

  Vm& vm_;
  Str* filename_;
  const CompileOptions& options_;
  NamePool names_;
  Symtable table_{names_};
  ConstantPool constants_;
  size_t charged_ = 0;  // bytes of IR that the heap's account knows of
  std::vector<std::unique_ptr<Unit>> units_;
  Unit* u_ = nullptr;
  bool failed_ = false;
  bool interactive_ = false;
  uint32_t future_ = 0;
  int last_future_line_ = 0;
  int expression_depth_ = 0;
  std::unordered_set<uint64_t> warned_;  // places, so that a finally body written twice warns once
  struct {
    NameId d_class, d_classdict, d_conditional, d_debug, d_doc, d_annotations, d_annotate, d_annotate_func, d_name,
        d_module, d_qualname, d_firstlineno, d_static_attributes, d_classdictcell, d_classcell, d_type_params,
        type_params, generic_base, format, super, self, lambda, module, return_, join, defaults, kwdefaults;
  } n_{};
};

/// The symbol table and future statements give SyntaxError(message) and set its place; the code generator
/// makes it from both.
enum class Place : uint8_t { kArgument, kAttribute };
/// `source`: the text that SyntaxError.text is taken from, null if it is not known.
Error raise_syntax_error_at(Vm& vm, Str* message, Str* filename, const Location& where, std::string_view source,
                            Place place);

/// Values on the stack at once that a display or call may need before it is built piece by piece.
constexpr size_t kStackGuideline = 30;

}  // namespace krait
