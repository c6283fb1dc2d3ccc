// _contextvars: Context, ContextVar, Token (PEP 567).
//
// A Context's variables lie in a Dict that copies share: whoever writes next to a shared one makes a copy of it first. So
// copy_context(), which happens for every task and callback, costs one small cell.
#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

struct Context : Object {
  Dict* variables;
  bool shared;  ///< `variables` belongs to another Context too
  bool entered;
  Value previous;  ///< what was current when this was entered
};
struct ContextVar : Object {
  Str* name;
  Value fallback;  ///< or unset
};
struct Token : Object {
  Context* context;
  ContextVar* variable;
  Value old;  ///< unset: there was none
  bool used;
};
struct ContextIterator : Object {
  Dict* variables;
  uint32_t next;
  uint8_t what;  ///< 0 keys, 1 values, 2 items
};

struct State : Extension {
  Type *context = nullptr, *variable = nullptr, *token = nullptr, *iterator = nullptr;
  Value missing;
  void trace(Marker& m) override {
    m.mark_cell(context);
    m.mark_cell(variable);
    m.mark_cell(token);
    m.mark_cell(iterator);
    m.mark(missing);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

void trace_context(Heap&, Cell* cell, Marker& m) {
  Context* c = static_cast<Context*>(cell);
  m.mark_cell(c->variables);
  m.mark(c->previous);
}
void trace_variable(Heap&, Cell* cell, Marker& m) {
  ContextVar* v = static_cast<ContextVar*>(cell);
  m.mark_cell(v->name);
  m.mark(v->fallback);
}
void trace_token(Heap&, Cell* cell, Marker& m) {
  Token* t = static_cast<Token*>(cell);
  m.mark_cell(t->context);
  m.mark_cell(t->variable);
  m.mark(t->old);
}
void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<ContextIterator*>(cell)->variables); }

Result<Context*> context_new(Vm& vm, Type* type) {
  Context* c = TRY(vm.new_instance<Context>(type));
  c->variables = TRY(dict_new(vm));
  vm.barrier(c);
  return c;
}
/// The thread's current Context, made when first asked for.
Result<Context*> current_context(Vm& vm) {
  if (is_kind(vm.t.context, Kind::Context)) return vm.t.context.as<Context>();
  Context* c = TRY(context_new(vm, state_of(vm).context));
  c->entered = true;
  vm.t.context = c;
  return c;
}
Result<Context*> context_copy(Vm& vm, Context* from) {
  Context* c = TRY(vm.new_instance<Context>(state_of(vm).context));
  c->variables = from->variables;
  c->shared = from->shared = true;
  vm.barrier(c);
  return c;
}
Result<Dict*> writable_variables(Vm& vm, Context* c) {
  if (c->shared) {
    c->variables = TRY(dict_copy(vm, c->variables));
    c->shared = false;
    vm.barrier(c);
  }
  return c->variables;
}

// --- Context

Value context_make(Vm& vm, Args a) { return context_new(vm, a[0].as<Type>()); }

Value context_run(Vm& vm, Args a) {
  Context* c = a[0].as<Context>();
  auto rest = a.rest(2);
  if (rest.empty()) return vm.raise(E::TypeError, "run() missing 1 required positional argument");
  if (c->entered) return vm.raise(E::RuntimeError, "cannot enter context: {} is already entered", repr_of(a[0]));
  c->entered = true;
  c->previous = vm.t.context;
  vm.t.context = c;
  vm.barrier(c);
  Value result;
  if (a.has(1)) {
    Result<Tuple*> args = tuple_from_span(vm, rest.subspan(1));
    if (args.ok()) result = call_with(vm, rest[0], args.release(), a[1].as<Dict>());
  } else {
    result = call(vm, rest[0], rest.subspan(1));
  }
  vm.t.context = c->previous;
  c->previous = Value();
  c->entered = false;
  return result;
}
Value context_copy_method(Vm& vm, Args a) { return context_copy(vm, a[0].as<Context>()); }

Status check_key(Vm& vm, Value key) {
  if (is_kind(key, Kind::ContextVar)) return {};
  return vm.raise(E::TypeError, "a ContextVar key was expected, got {}", repr_of(key));
}
Value context_getitem(Vm& vm, Args a) {
  TRY(check_key(vm, a[1]));
  Value v = TRY(dict_get(vm, a[0].as<Context>()->variables, a[1]));
  if (v.is_exhausted()) return vm.raise_key_error(a[1]);
  return v;
}
Value context_contains(Vm& vm, Args a) {
  TRY(check_key(vm, a[1]));
  return Value::boolean(TRY(dict_contains(vm, a[0].as<Context>()->variables, a[1])));
}
Value context_get(Vm& vm, Args a) {
  TRY(check_key(vm, a[1]));
  Value v = TRY(dict_get(vm, a[0].as<Context>()->variables, a[1]));
  return v.is_exhausted() ? a.get(2, Value::none()) : v;
}
Value context_len(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(a[0].as<Context>()->variables->used)); }
template <bool negate>
Value context_compare(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::Context)) return Value::not_implemented();
  bool same = TRY(dict_equal(vm, a[0].as<Context>()->variables, a[1].as<Context>()->variables));
  return Value::boolean(same != negate);
}
template <uint8_t what>
Value context_iterate(Vm& vm, Args a) {
  Context* c = a[0].as<Context>();
  ContextIterator* it = TRY(vm.new_instance<ContextIterator>(state_of(vm).iterator));
  it->variables = c->variables;
  it->what = what;
  c->shared = true;  // the iterator goes on over what is there now
  vm.barrier(it);
  return it;
}
Value iterator_self(Vm&, Args a) { return a[0]; }
Value iterator_next(Vm& vm, Args a) {
  ContextIterator* it = a[0].as<ContextIterator>();
  DictEntry* e = dict_next(it->variables, it->next);
  if (e == nullptr) return Value::exhausted();
  if (it->what == 0) return e->key;
  if (it->what == 1) return e->value;
  return tuple_of(vm, e->key, e->value);
}

constexpr NativeRow kContextMethods[] = {
    {"__new__($type, /)", context_make, kNewMethod | kStaticMethod},
    {"run($self, /, *args, **kwargs)", context_run, 0, "Call a function with this as the current context."},
    {"copy($self, /)", context_copy_method, 0, "A copy of the context."},
    {"get($self, key, default=None, /)", context_get, 0, "The variable's value in this context, or the default."},
    {"keys($self, /)", context_iterate<0>, 0, "All variables of the context."},
    {"values($self, /)", context_iterate<1>, 0, "All values of the context."},
    {"items($self, /)", context_iterate<2>, 0, "All variables of the context with their values."},
    {"__getitem__($self, key, /)", context_getitem},
    {"__contains__($self, key, /)", context_contains},
    {"__len__($self, /)", context_len},
    {"__iter__($self, /)", context_iterate<0>},
    {"__eq__($self, value, /)", context_compare<false>},
    {"__ne__($self, value, /)", context_compare<true>},
    {"__hash__($self, /)", nullptr},
};
constexpr TypeSpec kContextSpec{
    .name = "_contextvars.Context",
    .doc = "What context variables are set to.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Context),
    .size = sizeof(Context),
    .flags = kTypeHasWeakref,
    .methods = kContextMethods,
    .trace = trace_context,
};
constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self},
    {"__next__($self, /)", iterator_next, kIterNext},
};
constexpr TypeSpec kIteratorSpec{
    .name = "_contextvars.keys",
    .kind = static_cast<CellKind>(Kind::ContextIterator),
    .size = sizeof(ContextIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};

// --- ContextVar

Value variable_new(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "context variable name must be a str");
  ContextVar* v = TRY(vm.new_instance<ContextVar>(a[0].as<Type>()));
  v->name = as_str(a[1]);
  v->fallback = a[2];
  vm.barrier(v);
  return v;
}
Value variable_get(Vm& vm, Args a) {
  ContextVar* v = a[0].as<ContextVar>();
  if (is_kind(vm.t.context, Kind::Context)) {
    Value found = TRY(dict_get(vm, vm.t.context.as<Context>()->variables, v));
    if (!found.is_exhausted()) return found;
  }
  if (a.has(1)) return a[1];
  if (!v->fallback.is_unset()) return v->fallback;
  Value e = TRY(call1(vm, vm.exception_type(E::LookupError), v));
  return vm.raise_value(e);
}
Value variable_set(Vm& vm, Args a) {
  ContextVar* v = a[0].as<ContextVar>();
  Context* c = TRY(current_context(vm));
  Dict* variables = TRY(writable_variables(vm, c));
  Value old = TRY(dict_get(vm, variables, v));
  Token* token = TRY(vm.new_instance<Token>(state_of(vm).token));
  token->context = c;
  token->variable = v;
  if (!old.is_exhausted()) token->old = old;
  vm.barrier(token);
  TRY(dict_set(vm, variables, v, a[1]));
  return token;
}
Status reset_to(Vm& vm, ContextVar* v, Token* token) {
  if (token->used) return vm.raise(E::RuntimeError, "{} has already been used once", repr_of(token));
  if (token->variable != v) return vm.raise(E::ValueError, "{} was created by a different ContextVar", repr_of(token));
  if (vm.t.context != Value(token->context))
    return vm.raise(E::ValueError, "{} was created in a different Context", repr_of(token));
  Dict* variables = TRY(writable_variables(vm, token->context));
  token->used = true;
  if (!token->old.is_unset()) return dict_set(vm, variables, v, token->old);
  Value gone = dict_pop(vm, variables, v);
  if (gone.is_error()) return Error{};
  if (gone.is_exhausted()) return vm.raise_key_error(v);
  return {};
}
Value variable_reset(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::ContextToken))
    return vm.raise(E::TypeError, "expected an instance of Token, got {}", repr_of(a[1]));
  TRY(reset_to(vm, a[0].as<ContextVar>(), a[1].as<Token>()));
  return Value::none();
}
Value variable_repr(Vm& vm, Args a) {
  ContextVar* v = a[0].as<ContextVar>();
  Str* where = TRY(address_text(vm, v));
  if (v->fallback.is_unset()) return str_message(vm, "<ContextVar name={} at {}>", repr_of(v->name), where);
  if (TRY(repr_enter(vm, v))) return str_from_ascii(vm, "...");
  Result<Str*> text =
      str_message(vm, "<ContextVar name={} default={} at {}>", repr_of(v->name), repr_of(v->fallback), where);
  repr_leave(vm, v);
  return text;
}
constexpr NativeRow kVariableMethods[] = {
    {"__new__($type, name, /, *, default=<unrepresentable>)", variable_new, kNewMethod | kStaticMethod},
    {"get($self, default=<unrepresentable>, /)", variable_get, 0, "The variable's value in the current context."},
    {"set($self, value, /)", variable_set, 0, "Set the variable in the current context; gives a Token to undo that."},
    {"reset($self, token, /)", variable_reset, 0, "Undo the set() that gave the token."},
    {"__repr__($self, /)", variable_repr},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
constexpr MemberRow kVariableMembers[] = {
    {"name", offsetof(ContextVar, name), MemberRow::kReadOnly, "The name given to the variable."},
};
constexpr TypeSpec kVariableSpec{
    .name = "_contextvars.ContextVar",
    .doc = "A variable that each context has a value of its own for.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::ContextVar),
    .size = sizeof(ContextVar),
    .methods = kVariableMethods,
    .members = kVariableMembers,
    .trace = trace_variable,
};

// --- Token

Value token_new(Vm& vm, Args) { return vm.raise(E::RuntimeError, "Tokens can only be created by ContextVars"); }
Value token_old_value(Vm& vm, Value self) {
  Value old = self.as<Token>()->old;
  return old.is_unset() ? state_of(vm).missing : old;
}
Value token_repr(Vm& vm, Args a) {
  Token* t = a[0].as<Token>();
  return str_message(vm, "<Token{} var={} at {}>", t->used ? " used" : "", repr_of(t->variable),
                     TRY(address_text(vm, t)));
}
Value token_enter(Vm&, Args a) { return a[0]; }
Value token_exit(Vm& vm, Args a) {
  TRY(reset_to(vm, a[0].as<Token>()->variable, a[0].as<Token>()));
  return Value::none();
}
constexpr NativeRow kTokenMethods[] = {
    {"__new__($type, /, *args, **kwargs)", token_new, kNewMethod | kStaticMethod},
    {"__repr__($self, /)", token_repr},
    {"__enter__($self, /)", token_enter, 0, "Enter into Token context manager."},
    {"__exit__($self, type, value, traceback, /)", token_exit, 0, "Undo the set() that gave the token."},
    {"__hash__($self, /)", nullptr},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
constexpr MemberRow kTokenMembers[] = {
    {"var", offsetof(Token, variable), MemberRow::kReadOnly, "The variable that was set."},
};
constexpr GetSetRow kTokenGetSets[] = {
    {"old_value", token_old_value, nullptr, "What the variable was before; Token.MISSING if it was not set."},
};
constexpr TypeSpec kTokenSpec{
    .name = "_contextvars.Token",
    .doc = "What ContextVar.set() gives: how the variable was before.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::ContextToken),
    .size = sizeof(Token),
    .methods = kTokenMethods,
    .getsets = kTokenGetSets,
    .members = kTokenMembers,
    .trace = trace_token,
};
Value missing_repr(Vm& vm, Args) { return str_from_ascii(vm, "<Token.MISSING>"); }
constexpr NativeRow kMissingMethods[] = {{"__repr__($self, /)", missing_repr}};
constexpr TypeSpec kMissingSpec{
    .name = "Token.MISSING",
    .flags = kTypeNoNew,
    .methods = kMissingMethods,
};

Value copy_context(Vm& vm, Args) { return context_copy(vm, TRY(current_context(vm))); }
const NativeRow kFunctions[] = {
    {"copy_context()", copy_context, 0, "A copy of the current context."},
};

Status contextvars_init(Vm& vm, Module* m) {
  State& s = state_of(vm);
  s.context = TRY(module_add_type(vm, m, kContextSpec));
  s.variable = TRY(module_add_type(vm, m, kVariableSpec));
  s.token = TRY(module_add_type(vm, m, kTokenSpec));
  s.iterator = TRY(make_type(vm, kIteratorSpec));
  Type* missing = TRY(make_type(vm, kMissingSpec, nullptr));
  s.missing = TRY(vm.new_instance<Object>(missing));
  TRY(dict_set_str(vm, s.token->dict, TRY(vm.intern("MISSING")), s.missing));
  type_modified(vm, s.token);
  return {};
}

}  // namespace

extern const ModuleSpec contextvars_module{
    .name = "_contextvars",
    .doc = "Context variables.",
    .functions = kFunctions,
    .init = contextvars_init,
};

}  // namespace krait
