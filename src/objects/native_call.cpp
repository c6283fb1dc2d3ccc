// Calls: of native functions (arguments matched to the row's signature), of types, and of anything from C++.
//
// The messages of wrong calls are CPython's, where they depend on how a C function takes its arguments. A signature's shape
// tells which way CPython would have chosen: no parameters (NOARGS), one positional-only (O), only positional-only ones
// (CheckPositional), otherwise a keyword parser.
#include <cstring>

#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/exception_init.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

constexpr uint32_t kBufferSlots = 20;  ///< arguments matched without allocating

/// Room for values that costs nothing to set up.
class RawSlots {
 public:
  Value* values() { return reinterpret_cast<Value*>(words_); }

 private:
  uint64_t words_[kBufferSlots];
};

// --- Names of functions and parameters in messages.

/// "list.append()", "len()", "math.sin()": the function as _PyObject_FunctionStr writes it.
Result<Str*> function_text(Vm& vm, const NativeFunction* f) {
  std::string_view name = f->row->name();
  if (f->row->flags & kNewMethod)
    return str_message(vm, "{}()", f->self.is_unset() ? f->owner->name : as_type(f->self)->name);
  if (f->owner != nullptr) {
    // What is bound is named after the class of its receiver.
    bool bound = !f->self.is_unset() && (f->row->flags & kStaticMethod) == 0;
    Type* owner = !bound ? f->owner : is_type(f->self) ? as_type(f->self) : vm.type_of(f->self);
    return str_message(vm, "{}.{}()", owner->qualname, name);
  }
  if (is_str(f->module) && !as_str(f->module)->equals("builtins")) return str_message(vm, "{}.{}()", f->module, name);
  return str_message(vm, "{}()", name);
}

/// The bare name that argument parsers print: the class's for __new__.
std::string_view parser_name(const NativeFunction* f) {
  if (f->row->flags & kNewMethod) return type_short_name(*f->owner->spec);
  std::string_view name = f->row->name();
  if (name != "__init__" || f->owner == nullptr) return name;
  std::string_view owner = type_short_name(*f->owner->spec);
  return owner == "super" ? "super()" : owner;  // sic
}

/// Walks over the named parameters of a row's text.
class Parameters {
 public:
  explicit Parameters(const char* text) : p_(std::strchr(text, '(') + 1) {}
  /// Had the last one a default?
  bool has_default() const { return has_default_; }
  /// The next name (without `$`); empty at the end. `*args` and `**kwargs` are passed over.
  std::string_view next() {
    while (true) {
      while (*p_ == ' ' || *p_ == ',') ++p_;
      if (*p_ == ')' || *p_ == 0) return {};
      const char* start = p_;
      while (*p_ != ',' && *p_ != ')' && *p_ != '=' && *p_ != ' ' && *p_ != 0) ++p_;
      std::string_view name(start, static_cast<size_t>(p_ - start));
      while (*p_ == ' ') ++p_;
      has_default_ = *p_ == '=';
      skip_default();
      if (name[0] == '*' || name[0] == '/') continue;
      if (name[0] == '$') name.remove_prefix(1);
      return name;
    }
  }

 private:
  void skip_default() {
    int depth = 0;
    char quote = 0;
    for (; *p_ != 0; ++p_) {
      if (quote != 0) {
        if (*p_ == quote) quote = 0;
      } else if (*p_ == '\'' || *p_ == '"') {
        quote = *p_;
      } else if (*p_ == '(' || *p_ == '[' || *p_ == '{' || *p_ == '<') {
        ++depth;
      } else if (depth > 0 && (*p_ == ')' || *p_ == ']' || *p_ == '}' || *p_ == '>')) {
        --depth;
      } else if (depth == 0 && (*p_ == ',' || *p_ == ')')) {
        return;
      }
    }
  }
  const char* p_;
  bool has_default_ = false;
};

/// Index of the parameter named so, or -1.
int find_parameter(const NativeFunction* f, const Str* name) {
  if (!name->is_ascii()) return -1;
  Parameters parameters(f->row->text);
  for (int i = 0;; ++i) {
    std::string_view parameter = parameters.next();
    if (parameter.empty()) return -1;
    if (parameter == name->ascii()) return i;
  }
}
std::string_view parameter_name(const NativeFunction* f, uint32_t index) {
  Parameters parameters(f->row->text);
  for (uint32_t i = 0; i < index; ++i) (void)parameters.next();
  return parameters.next();
}

bool parameter_has_default(const NativeFunction* f, uint32_t index) {
  Parameters parameters(f->row->text);
  for (uint32_t i = 0; i <= index; ++i) (void)parameters.next();
  return parameters.has_default();
}

const char* plural(int64_t n) { return n == 1 ? "" : "s"; }

// --- Errors.

/// How many of the positional parameters are the receiver or class: they do not count in messages.
uint32_t hidden(const NativeFunction* f) { return f->row->text[std::strcspn(f->row->text, "(") + 1] == '$' ? 1 : 0; }

bool is_wrapper(Vm& vm, const NativeFunction* f) {
  Type* type = vm.type_of(f);
  return type == vm.types.wrapper_descriptor || type == vm.types.method_wrapper;
}

/// More arguments than parameters, counted together.
[[gnu::cold]] Error raise_too_many(Vm& vm, const NativeFunction* f, int64_t got, uint32_t keywords) {
  const Signature& s = f->sig;
  int64_t all = int64_t{s.positional} + s.keyword_only - hidden(f);
  return vm.raise(E::TypeError, "{}() takes at most {} {}argument{} ({} given)", parser_name(f), all,
                  got == 0 ? "keyword " : "", plural(all), got + keywords);
}

/// A wrong number of positional arguments, or keywords where none are taken.
[[gnu::cold]] Error raise_arguments(Vm& vm, const NativeFunction* f, uint32_t given, uint32_t keywords) {
  const Signature& s = f->sig;
  uint32_t skip = hidden(f);
  int64_t most = s.positional - skip, least = s.required > skip ? s.required - skip : 0;
  int64_t got = static_cast<int64_t>(given) - skip;
  if (got < 0) got = 0;
  bool positional_only = s.positional_only == s.positional && s.keyword_only == 0 && !s.varkw;
  if (f->row->flags & kCheckPositional && keywords == 0 && most != 0) {
    int64_t limit = got < least ? least : most;
    return vm.raise(E::TypeError, "{} expected {}{} argument{}, got {}", parser_name(f),
                    least == most || s.keyword_only != 0 ? ""
                    : got < least                        ? "at least "
                                                         : "at most ",
                    limit, plural(limit), got);
  }
  if (positional_only) {
    Result<Str*> text = function_text(vm, f);
    if (text.is_error()) return {};
    if (keywords != 0) {
      if (is_wrapper(vm, f) && f->row->name() == "__init__")
        return vm.raise(E::TypeError, "{}() takes no keyword arguments", parser_name(f));
      if (is_wrapper(vm, f)) return vm.raise(E::TypeError, "wrapper {}() takes no keyword arguments", f->row->name());
      return vm.raise(E::TypeError, "{} takes no keyword arguments", text.release());
    }
    bool init_or_new = (f->row->flags & kNewMethod) || f->row->name() == "__init__" || f->row->name() == "__call__";
    if (is_wrapper(vm, f) && !init_or_new) {
      const char* bound = least == most ? "" : got < least ? "at least " : "at most ";
      int64_t limit = got < least ? least : most;
      std::string_view name = f->row->name();
      if (name == "__pow__" || name == "__rpow__")
        return vm.raise(E::TypeError, "expected {} or {} arguments, got {}", least, most, got);
      // The wrappers that CPython lets unpack more than one argument name themselves.
      bool named = name == "__setitem__" || name == "__setattr__" || name == "__set__" || name == "__get__";
      return vm.raise(E::TypeError, "{}{}expected {}{} argument{}, got {}", named ? name : "", named ? " " : "", bound,
                      limit, plural(limit), got);
    }
    if (!s.varargs && !init_or_new) {
      if (most == 0) return vm.raise(E::TypeError, "{} takes no arguments ({} given)", text.release(), got);
      if (most == 1 && least == 1)
        return vm.raise(E::TypeError, "{} takes exactly one argument ({} given)", text.release(), got);
    }
    if (most == 0 && !s.varargs)
      return vm.raise(E::TypeError, "{}{} takes no arguments", parser_name(f),
                      f->row->flags & kCheckPositional ? "" : "()");
    const char* bound = least == most && !s.varargs ? "" : got < least ? "at least " : "at most ";
    int64_t limit = got < least ? least : most;
    return vm.raise(E::TypeError, "{} expected {}{} argument{}, got {}", parser_name(f), bound, limit, plural(limit),
                    got);
  }
  if (!s.varkw && got + keywords > most + s.keyword_only) return raise_too_many(vm, f, got, keywords);
  if (most == 0) return vm.raise(E::TypeError, "{}() takes no positional arguments", parser_name(f));
  return vm.raise(E::TypeError, "{}() takes {} {} positional argument{} ({} given)", parser_name(f),
                  least < most ? "at most" : "exactly", most, plural(most), got);
}

[[gnu::cold]] Error raise_missing(Vm& vm, const NativeFunction* f, uint32_t index, uint32_t given, uint32_t keywords) {
  const Signature& s = f->sig;
  if (f->row->flags & kCheckPositional && (keywords == 0 || index < s.positional_only))
    return raise_arguments(vm, f, given, 0);
  if (s.positional_only == s.positional && index < s.positional && s.keyword_only == 0 && !s.varkw)
    return raise_arguments(vm, f, given, keywords);
  uint32_t skip = hidden(f);
  if (index < s.positional_only) {
    int64_t least = (s.required < s.positional_only ? s.required : s.positional_only) - skip;
    int64_t got = given > skip ? given - skip : 0;
    return vm.raise(E::TypeError, "{}() takes {} {} positional argument{} ({} given)", parser_name(f),
                    s.required < s.positional || s.varargs ? "at least" : "exactly", least, plural(least), got);
  }
  if (f->row->flags & kByHand)
    return vm.raise(E::TypeError, "{}() missing required argument '{}'", parser_name(f), parameter_name(f, index));
  return vm.raise(E::TypeError, "{}() missing required argument '{}' (pos {})", parser_name(f),
                  parameter_name(f, index), index + 1 - skip);
}

/// A method called on the class with a wrong receiver or none.
[[gnu::cold]] Error raise_receiver(Vm& vm, const NativeFunction* f, Value self) {
  bool wrapper = is_wrapper(vm, f);
  std::string_view name = f->row->name();
  MessagePart owner = type_name_text(f->owner);
  if (self.is_unset()) {
    if (wrapper) return vm.raise(E::TypeError, "descriptor '{}' of '{}' object needs an argument", name, owner);
    return vm.raise(E::TypeError, "unbound method {}.{}() needs an argument", f->owner->qualname, name);
  }
  if (wrapper)
    return vm.raise(E::TypeError, "descriptor '{}' requires a '{}' object but received a '{}'", name, owner,
                    type_name_of(self));
  return vm.raise(E::TypeError, "descriptor '{}' for '{}' objects doesn't apply to a '{}' object", name, owner,
                  type_name_of(self));
}

/// __new__'s first argument must be a subtype of the owner, and the owner's __new__ must be the one of its native layout.
Status check_new(Vm& vm, const NativeFunction* f, Value cls) {
  const Type* owner = f->owner;
  if (cls.is_unset()) return vm.raise(E::TypeError, "{}.__new__(): not enough arguments", type_name_text(owner));
  if (!is_type(cls))
    return vm.raise(E::TypeError, "{}.__new__(X): X is not a type object ({})", type_name_text(owner),
                    type_name_of(cls));
  const Type* type = as_type(cls);
  if (type == owner) return {};
  if (!type_is_subtype(type, owner))
    return vm.raise(E::TypeError, "{}.__new__({}): {} is not a subtype of {}", type_name_text(owner),
                    type_name_text(type), type_name_text(type), type_name_text(owner));
  // object.__new__(int) would give an object with the wrong layout: the nearest built-in ancestor's own __new__ is required.
  const Type* built_in = type;
  while (built_in->has(kTypeHeap)) built_in = built_in->base;
  Value needed = built_in->get(Special::New);
  if (built_in != owner && is_kind(needed, Kind::NativeFunction) && needed.as<NativeFunction>()->fn != f->fn)
    return vm.raise(E::TypeError, "{}.__new__({}) is not safe, use {}.__new__()", type_name_text(owner),
                    type_name_text(type), type_name_text(built_in));
  return {};
}

Value finish(Vm& vm, Value result) {
  if (result.is_exhausted()) [[unlikely]]
    return raise_stop_iteration(vm, Value());
  return result;
}

/// A subclass with an `__init__` of its own may be called with keywords that the inherited native `__new__` does not know, and
/// the other way round: they are for the method that it wrote.
bool keywords_are_for_subclass(Vm& vm, const NativeFunction* f, std::span<const Value> given) {
  bool is_new = f->row->flags & kNewMethod;
  if (f->row->flags & kNoKeywords) return false;
  if (f->owner == nullptr || given.empty() || (!is_new && f->row->name() != "__init__")) return false;
  if (is_new && !is_type(given[0])) return false;
  const Type* type = is_new ? as_type(given[0]) : vm.type_of(given[0]);
  Special other = is_new ? Special::Init : Special::New;
  return type != f->owner && !type->get(other).is(f->owner->get(other));
}

/// The general case: keywords, star parameters, defaults. `given` are all positional arguments, self included.
[[gnu::noinline]] Value call_matched(Vm& vm, const NativeFunction* f, std::span<const Value> given,
                                     const Value* keyword_values, Tuple* keywords) {
  const Signature& s = f->sig;
  uint32_t keyword_count = keywords == nullptr ? 0 : static_cast<uint32_t>(keywords->length);
  auto n = static_cast<uint32_t>(given.size());
  uint32_t extra = n > s.positional ? n - s.positional : 0;
  if (extra != 0 && !s.varargs) return raise_arguments(vm, f, n, keyword_count);
  if (keyword_count != 0 && s.positional_only == s.positional && s.keyword_only == 0 && !s.varkw) {
    if (!keywords_are_for_subclass(vm, f, given)) return raise_arguments(vm, f, n, keyword_count);
    keyword_count = 0;
  }
  uint32_t named = s.positional + s.keyword_only, fixed = s.fixed(), total = fixed + extra;
  Value buffer[kBufferSlots] = {};
  Value* slots = buffer;
  Tuple* holder = nullptr;
  if (total > kBufferSlots) {
    holder = TRY(tuple_allocate(vm, total));
    slots = holder->items;
  }
  uint32_t direct = n < s.positional ? n : s.positional;
  for (uint32_t i = 0; i < direct; ++i) slots[i] = given[i];
  for (uint32_t i = 0; i < extra; ++i) slots[fixed + i] = given[s.positional + i];
  Dict* rest = nullptr;
  for (uint32_t k = 0; k < keyword_count; ++k) {
    Str* name = as_str(keywords->items[k]);
    int index = find_parameter(f, name);
    if (index >= 0 && static_cast<uint32_t>(index) >= s.positional_only) {
      if (!slots[index].is_unset()) {
        int64_t got = int64_t{n} - hidden(f);
        if (!s.varargs && !s.varkw && got + keyword_count > int64_t{named} - hidden(f))
          return raise_too_many(vm, f, got, keyword_count);
        return vm.raise(E::TypeError, "argument for {}() given by name ('{}') and position ({})", parser_name(f), name,
                        static_cast<uint32_t>(index) + 1 - hidden(f));
      }
      slots[index] = keyword_values[k];
    } else if (s.varkw) {
      if (rest == nullptr) {
        rest = TRY(dict_new(vm));
        slots[named] = rest;
        if (holder != nullptr) vm.barrier(holder);
      }
      TRY(dict_set_str(vm, rest, name, keyword_values[k]));
    } else {
      if (f->row->flags & kByHand && n + keyword_count - hidden(f) <= named)
        return vm.raise(E::TypeError, "'{}' is an invalid keyword argument for {}()", name, parser_name(f));
      // A missing argument is reported before a keyword that nobody takes.
      for (uint32_t i = 0; i < s.required; ++i) {
        if (!slots[i].is_unset() || i < direct) continue;
        bool comes = false;
        for (uint32_t j = k + 1; j < keyword_count && !comes; ++j)
          comes = find_parameter(f, as_str(keywords->items[j])) == static_cast<int>(i);
        if (!comes) return raise_missing(vm, f, i, n, keyword_count);
      }
      int64_t got = int64_t{n} - hidden(f);
      if (!s.varargs && got + keyword_count > int64_t{named} - hidden(f))
        return raise_too_many(vm, f, got, keyword_count);
      // sorted() hands its keywords on to list.sort(), which is whom CPython names.
      std::string_view who = f->row->name() == "sorted" ? "sort" : parser_name(f);
      return vm.raise(E::TypeError, "{}() got an unexpected keyword argument '{}'", who, name);
    }
  }
  for (uint32_t i = 0; i < s.required; ++i)
    if (slots[i].is_unset()) return raise_missing(vm, f, i, n, keyword_count);
  if (s.keyword_only_required != 0) {
    // Keyword-only parameters with and without defaults may be mixed: those without are told by the text.
    for (uint32_t i = s.positional; i < named; ++i)
      if (slots[i].is_unset() && !parameter_has_default(f, i)) return raise_missing(vm, f, i, n, keyword_count);
  }
  if (holder != nullptr) vm.barrier(holder);
  Value result = finish(vm, f->fn(vm, {slots, total}));
  asm volatile("" : : "r"(holder));
  return result;
}

}  // namespace

const void* keyword_call_function() { return reinterpret_cast<const void*>(&call_matched); }

Value call_native(Vm& vm, const NativeFunction* f, Value self, CallArgs args) {
  TRY(vm.check_stack(" while calling a Python object"));
  const Signature& s = f->sig;
  uint32_t keyword_count = args.keywords == nullptr ? 0 : static_cast<uint32_t>(args.keywords->length);
  uint32_t positional = args.n - keyword_count;
  bool bound = !self.is_unset();
  uint32_t n = positional + (bound ? 1 : 0);
  if (f->bits & NativeFunction::kMethod) {
    Value receiver = bound ? self : positional != 0 ? args.v[0] : Value();
    if (receiver.is_unset()) [[unlikely]]
      return raise_receiver(vm, f, receiver);
    const Type* type = vm.type_of(receiver);
    if (type != f->owner && !type_is_subtype(type, f->owner)) [[unlikely]]
      return raise_receiver(vm, f, receiver);
  } else if (f->row->flags & kNewMethod) [[unlikely]] {
    TRY(check_new(vm, f, bound ? self : positional != 0 ? args.v[0] : Value()));
  }
  if (keyword_count == 0 && accepts_positional(s, n) && s.positional <= kBufferSlots) [[likely]] {
    if (!bound && n == s.positional) return finish(vm, f->fn(vm, {args.v, n}));
    RawSlots slots;
    Value* p = slots.values();
    if (bound) *p++ = self;
    for (uint32_t i = 0; i < positional; ++i) *p++ = args.v[i];
    for (uint32_t i = n; i < s.positional; ++i) *p++ = Value();
    return finish(vm, f->fn(vm, {slots.values(), s.positional}));
  }
  if (!bound) return call_matched(vm, f, {args.v, positional}, args.v + positional, args.keywords);
  if (n <= kBufferSlots) {
    RawSlots given;
    given.values()[0] = self;
    for (uint32_t i = 0; i < positional; ++i) given.values()[i + 1] = args.v[i];
    return call_matched(vm, f, {given.values(), n}, args.v + positional, args.keywords);
  }
  Tuple* given = TRY(tuple_allocate(vm, n));
  given->items[0] = self;
  for (uint32_t i = 0; i < positional; ++i) given->items[i + 1] = args.v[i];
  vm.barrier(given);
  return call_matched(vm, f, given->span(), args.v + positional, args.keywords);
}

// --- Calls from C++.

namespace {

/// Arguments with one more in front.
class Prepended {
 public:
  Result<CallArgs> put(Vm& vm, Value first, CallArgs args) {
    Value* to = small_.values();
    if (args.n + 1 > kBufferSlots) {
      holder_ = TRY(tuple_allocate(vm, args.n + uint64_t{1}));
      to = holder_->items;
    }
    to[0] = first;
    if (args.n != 0) std::memcpy(static_cast<void*>(to + 1), args.v, args.n * sizeof(Value));
    if (holder_ != nullptr) vm.barrier(holder_);
    return CallArgs{to, args.n + 1, args.keywords};
  }

 private:
  RawSlots small_;
  Tuple* holder_ = nullptr;
};

Value call_prepended(Vm& vm, Value f, Value first, CallArgs args) {
  Prepended all;
  CallArgs longer = TRY(all.put(vm, first, args));
  return call(vm, f, longer);
}

bool binds_self(Vm& vm, const NativeFunction* f) {
  return (f->row->flags & (kNewMethod | kStaticMethod)) == 0 || vm.type_of(f) != vm.types.builtin_function;
}

Value call_native_hook(Vm& vm, Value callee, CallArgs args) {
  auto* f = callee.as<NativeFunction>();
  if (f->self.is_unset() || !binds_self(vm, f)) return call_native(vm, f, Value(), args);
  return call_native(vm, f, f->self, args);
}

Value call_method_hook(Vm& vm, Value callee, CallArgs args) {
  auto* m = callee.as<Method>();
  TRY(vm.check_stack(" while calling a Python object"));
  return call_prepended(vm, m->function, m->self, args);
}

Value call_type_hook(Vm& vm, Value callee, CallArgs args) {
  Type* type = as_type(callee);
  Value method = vm.type_of(callee)->get(Special::Call);
  if (special_is_native(method, type_call_method)) [[likely]]
    return type_call(vm, type, args);
  return call_bound(vm, method, callee, args);
}

}  // namespace

void calls_install(Vm& vm) {
  vm.call_hooks[static_cast<size_t>(Kind::NativeFunction)] = call_native_hook;
  vm.call_hooks[static_cast<size_t>(Kind::Method)] = call_method_hook;
  vm.call_hooks[static_cast<size_t>(Kind::Type)] = call_type_hook;
}

Value call(Vm& vm, Value f, CallArgs args) {
  // An instance is called through its class's __call__, which may be such an instance again: a loop, so that a class whose __call__
  // is one of its own instances ends with an error.
  for (uint32_t depth = 0;; ++depth) {
    if (f.is_cell()) [[likely]] {
      if (CallHook hook = vm.call_hooks[f.cell()->kind]) [[likely]]
        return hook(vm, f, args);
    }
    Value method = special_of(vm, f, Special::Call);
    if (method.is_unset()) [[unlikely]]
      return vm.raise(E::TypeError, "'{}' object is not callable", type_name_of(f));
    TRY(vm.check_stack(" while calling a Python object"));
    if (is_kind(method, Kind::NativeFunction) || is_kind(method, Kind::Function))
      return call_bound(vm, method, f, args);
    if (depth >= vm.recursion_limit)
      return vm.raise(E::RecursionError, "maximum recursion depth exceeded while calling a Python object");
    f = TRY(bind_descriptor(vm, method, f, vm.type_of(f)));
  }
}

bool is_callable(Vm& vm, Value v) {
  if (v.is_cell() && vm.call_hooks[v.cell()->kind] != nullptr) return true;
  return !special_of(vm, v, Special::Call).is_unset();
}

Value call_bound(Vm& vm, Value method, Value self, CallArgs args) {
  if (is_kind(method, Kind::NativeFunction)) {
    auto* f = method.as<NativeFunction>();
    if (f->bits & NativeFunction::kMethod) return call_native(vm, f, self, args);
    if (vm.type_of(method) == vm.types.classmethod_descriptor) return call_native(vm, f, vm.type_of(self), args);
    return call_native_hook(vm, method, args);
  }
  if (is_kind(method, Kind::Function)) return call_prepended(vm, method, self, args);
  Value bound = TRY(bind_descriptor(vm, method, self, vm.type_of(self)));
  return call(vm, bound, args);
}

Value call_special(Vm& vm, Value method, Value self, std::span<const Value> args) {
  // Nearly always a native method with just the arguments it names.
  if (is_kind(method, Kind::NativeFunction)) [[likely]] {
    auto* f = method.as<NativeFunction>();
    constexpr uint32_t kFew = 4;
    uint32_t n = static_cast<uint32_t>(args.size()) + 1;
    if (n <= kFew && f->sig.positional == n && f->sig.fixed() == n && !f->sig.varargs &&
        (f->bits & NativeFunction::kMethod)) {
      const Type* type = vm.type_of(self);
      if (type == f->owner || type_is_subtype(type, f->owner)) [[likely]] {
        TRY(vm.check_stack(" while calling a Python object"));
        Value slots[kFew] = {self};
        for (uint32_t i = 1; i < n; ++i) slots[i] = args[i - 1];
        return finish(vm, f->fn(vm, {slots, n}));
      }
    }
  }
  return call_bound(vm, method, self, {args.data(), static_cast<uint32_t>(args.size())});
}

Result<Tuple*> keyword_arguments(Vm& vm, std::span<const Value> positional, Dict* kwargs, CallArgs* out) {
  uint64_t n = kwargs == nullptr ? 0 : kwargs->used;
  uint64_t total = positional.size() + n;
  if (total == 0) {
    *out = {nullptr, 0};
    return vm.empty_tuple;
  }
  Tuple* holder = TRY(tuple_allocate(vm, total));
  for (size_t i = 0; i < positional.size(); ++i) holder->items[i] = positional[i];
  Tuple* names = n == 0 ? nullptr : TRY(tuple_allocate(vm, n));
  uint32_t position = 0;
  uint64_t k = 0;
  while (n != 0) {
    const DictEntry* e = dict_next(kwargs, position);
    if (e == nullptr || k == n) break;
    if (!is_str(e->key)) return vm.raise(E::TypeError, "keywords must be strings");
    Str* name = is_exact(vm, e->key, vm.types.str) ? vm.intern(as_str(e->key)) : as_str(e->key);
    names->items[k] = name;
    holder->items[positional.size() + k++] = e->value;
  }
  vm.barrier(holder);
  if (names != nullptr) vm.barrier(names);
  *out = {holder->items, static_cast<uint32_t>(total), names};
  return holder;
}

Value call_with(Vm& vm, Value f, Tuple* args, Dict* kwargs) {
  if (kwargs == nullptr || kwargs->used == 0) return call(vm, f, args->span());
  return with_keywords(vm, args->span(), kwargs, [&](CallArgs all) { return call(vm, f, all); });
}

Value call_method(Vm& vm, Value receiver, Str* name, std::span<const Value> args) {
  Type* type = vm.type_of(receiver);
  if (special_is_native(type->get(Special::GetAttribute), object_getattribute)) [[likely]] {
    Value d = type_lookup(vm, type, name);
    bool method = is_kind(d, Kind::Function) ||
                  (is_kind(d, Kind::NativeFunction) && d.as<NativeFunction>()->bits & NativeFunction::kMethod);
    bool shadowed = method && receiver.is_cell() && has_attributes(vm, receiver.cell()) &&
                    !instance_get(vm, receiver.cell(), name).is_unset();
    if (method && !shadowed) return call_special(vm, d, receiver, args);
  }
  Value f = TRY(get_attr(vm, receiver, name));
  return call(vm, f, args);
}

// --- type(...).

namespace {

/// type->__new__(type, *args).
Value call_new(Vm& vm, Type* type, CallArgs args) {
  Value f = type->get(Special::New);
  if (is_kind(f, Kind::NativeFunction)) return call_native(vm, f.as<NativeFunction>(), type, args);
  if (is_kind(f, Kind::StaticMethod)) f = f.as<ClassMethod>()->callable;
  if (!is_kind(f, Kind::Function)) f = TRY(bind_descriptor(vm, f, Value(), type));
  return call_prepended(vm, f, type, args);
}

}  // namespace

Value type_call(Vm& vm, Type* type, CallArgs args) {
  if (type == vm.types.type) [[unlikely]] {
    if (args.n == 1 && args.keywords == nullptr) return vm.type_of(args.v[0]);
    uint64_t keywords = args.keywords == nullptr ? 0 : args.keywords->length;
    if (args.n - keywords != 3) return vm.raise(E::TypeError, "type() takes 1 or 3 arguments");
  }
  if (type->has(kTypeNoNew)) [[unlikely]]
    return vm.raise(E::TypeError, "cannot create '{}' instances", type_name_text(type));
  Value object;
  if (special_is_native(type->get(Special::New), base_exception_new) && args.keywords == nullptr &&
      special_is_native(type->get(Special::Init), base_exception_init)) {
    Tuple* values = TRY(tuple_from_span(vm, {args.v, args.n}));
    return exception_new(vm, type, values);
  }
  if (special_is_native(type->get(Special::New), object_new_native)) {
    if (args.n != 0) TRY(object_check_new_args(vm, type, args.n));
    object = TRY(object_new(vm, type));
  } else {
    object = TRY(call_new(vm, type, args));
    if (!type_is_subtype(vm.type_of(object), type)) return object;
  }
  Value init = vm.type_of(object)->get(Special::Init);
  if (special_is_native(init, object_init)) {
    // Its check of left-over arguments only bites where __new__ is object's, which has looked already.
    return object;
  }
  Value result = TRY(call_bound(vm, init, object, args));
  if (!result.is_none()) [[unlikely]]
    return vm.raise(E::TypeError, "__init__() should return None, not '{}'", type_name_of(result));
  return object;
}

}  // namespace krait
