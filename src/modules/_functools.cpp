// _functools: reduce, partial, cmp_to_key and the wrapper behind functools.lru_cache.
#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/system.hpp"

namespace krait {

namespace {

struct State : Extension {
  Type* key_wrapper = nullptr;
  Type* link = nullptr;
  Value placeholder;
  Value keyword_mark;  ///< stands between the positional arguments and the keywords of a cache key
  void trace(Marker& m) override {
    m.mark_cell(key_wrapper);
    m.mark_cell(link);
    m.mark(placeholder);
    m.mark(keyword_mark);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

// --- reduce

Value reduce(Vm& vm, Args a) {
  Value it = get_iter(vm, a[1]);
  if (it.is_error()) {
    if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
    return vm.raise(E::TypeError, "reduce() arg 2 must support iteration");
  }
  Value total = a.get(2, Value());
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, it));
    if (item.is_exhausted()) break;
    total = total.is_unset() ? item : TRY(call2(vm, a[0], total, item));
  }
  if (total.is_unset()) return vm.raise(E::TypeError, "reduce() of empty iterable with no initial value");
  return total;
}

// --- cmp_to_key

struct KeyWrapper : Object {
  Value compare, object;  ///< object unset: the function that cmp_to_key gave
};

void trace_key(Heap&, Cell* cell, Marker& m) {
  KeyWrapper* k = static_cast<KeyWrapper*>(cell);
  m.mark(k->compare);
  m.mark(k->object);
}
Value key_new(Vm& vm, Value compare, Value object) {
  KeyWrapper* k = TRY(vm.new_instance<KeyWrapper>(state_of(vm).key_wrapper));
  k->compare = compare;
  k->object = object;
  return k;
}
Value cmp_to_key(Vm& vm, Args a) { return key_new(vm, a[0], Value()); }
Value key_call(Vm& vm, Args a) { return key_new(vm, a[0].as<KeyWrapper>()->compare, a[1]); }
template <CompareOp op>
Value key_compare(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::CmpKey)) return vm.raise(E::TypeError, "other argument must be K instance");
  KeyWrapper *x = a[0].as<KeyWrapper>(), *y = a[1].as<KeyWrapper>();
  if (x->object.is_unset() || y->object.is_unset()) return vm.raise(E::AttributeError, "object");
  Value result = TRY(call2(vm, x->compare, x->object, y->object));
  return compare(vm, result, Value::small_int(0), op);
}
constexpr NativeRow kKeyMethods[] = {
    {"__call__($self, obj)", key_call, 0, "Call self as a function."},
    {"__hash__($self, /)", nullptr},
    {"__lt__($self, value, /)", key_compare<CompareOp::Lt>},
    {"__le__($self, value, /)", key_compare<CompareOp::Le>},
    {"__eq__($self, value, /)", key_compare<CompareOp::Eq>},
    {"__ne__($self, value, /)", key_compare<CompareOp::Ne>},
    {"__gt__($self, value, /)", key_compare<CompareOp::Gt>},
    {"__ge__($self, value, /)", key_compare<CompareOp::Ge>},
};
constexpr MemberRow kKeyMembers[] = {
    {"obj", offsetof(KeyWrapper, object), 0, "The object that is compared."},
};
constexpr TypeSpec kKeySpec{
    .name = "functools.KeyWrapper",
    .kind = static_cast<CellKind>(Kind::CmpKey),
    .size = sizeof(KeyWrapper),
    .flags = kTypeNoNew,
    .methods = kKeyMethods,
    .members = kKeyMembers,
    .trace = trace_key,
};

// --- Placeholder

Value placeholder_new(Vm& vm, Args) { return state_of(vm).placeholder; }
Value placeholder_repr(Vm& vm, Args) { return str_from_ascii(vm, "Placeholder"); }
constexpr NativeRow kPlaceholderMethods[] = {
    {"__new__($type, /)", placeholder_new, kNewMethod | kStaticMethod},
    {"__repr__($self, /)", placeholder_repr},
    {"__reduce__($self, /)", placeholder_repr},
};
constexpr TypeSpec kPlaceholderSpec{
    .name = "functools._PlaceholderType",
    .doc = "The type of Placeholder, which keeps a place for a positional argument of partial().",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Placeholder),
    .size = sizeof(Object),
    .methods = kPlaceholderMethods,
};

// --- partial

struct Partial : Object {
  Value function;
  Tuple* args;
  Dict* keywords;
  uint64_t placeholders;
};

void trace_partial(Heap&, Cell* cell, Marker& m) {
  Partial* p = static_cast<Partial*>(cell);
  m.mark(p->function);
  m.mark_cell(p->args);
  m.mark_cell(p->keywords);
}

uint64_t count_placeholders(Vm& vm, Tuple* args) {
  Value placeholder = state_of(vm).placeholder;
  uint64_t n = 0;
  for (uint64_t i = 0; i < args->length; ++i) n += args->items[i] == placeholder;
  return n;
}

/// The arguments kept, with placeholders filled from the front of `more` and the rest of it behind.
Value joined_args(Vm& vm, Partial* p, std::span<const Value> more) {
  uint64_t kept = p->args->length, filled = std::min<uint64_t>(p->placeholders, more.size());
  uint64_t n = kept + more.size() - filled;
  if (n == 0) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, n));
  Value placeholder = state_of(vm).placeholder;
  uint64_t used = 0;
  for (uint64_t i = 0; i < kept; ++i) {
    Value v = p->args->items[i];
    if (p->placeholders > 0 && v == placeholder && used < filled) v = more[used++];
    t->items[i] = v;
  }
  for (uint64_t i = kept; i < n; ++i) t->items[i] = more[used++];
  return t;
}

Value partial_new(Vm& vm, Args a) {
  auto rest = a.rest(2);
  if (rest.empty()) return vm.raise(E::TypeError, "type 'partial' takes at least one argument");
  Value function = rest[0];
  if (!is_callable(vm, function)) return vm.raise(E::TypeError, "the first argument must be callable");
  rest = rest.subspan(1);
  Value placeholder = state_of(vm).placeholder;
  if (!rest.empty() && rest.back() == placeholder)
    return vm.raise(E::TypeError, "trailing Placeholders are not allowed");
  if (a.has(1)) {
    uint32_t i = 0;
    while (DictEntry* e = dict_next(a[1].as<Dict>(), i))
      if (e->value == placeholder) return vm.raise(E::TypeError, "Placeholder cannot be passed as a keyword argument");
  }
  // A partial of a plain partial is made flat.
  Partial* inner = nullptr;
  if (is_kind(function, Kind::Partial) && a[0] == Value(vm.type_of(function))) {
    Value attributes = TRY(get_attr_optional(vm, function, vm.names.d_dict));
    if (!is_dict(attributes) || attributes.as<Dict>()->used == 0) inner = function.as<Partial>();
  }
  Tuple* args = nullptr;
  Dict* keywords = nullptr;
  if (inner != nullptr) {
    Value joined = TRY(joined_args(vm, inner, rest));
    // Placeholders left at the end keep no place any more, unless they were not filled.
    args = joined.as<Tuple>();
    keywords = TRY(dict_copy(vm, inner->keywords));
    function = inner->function;
  } else {
    args = TRY(tuple_from_span(vm, rest));
    keywords = TRY(dict_new(vm));
  }
  if (a.has(1)) TRY(dict_update(vm, keywords, a[1]));
  Partial* p = TRY(vm.new_instance<Partial>(a[0].as<Type>()));
  p->function = function;
  p->args = args;
  p->keywords = keywords;
  p->placeholders = count_placeholders(vm, args);
  return p;
}

Value partial_call(Vm& vm, Args a) {
  Partial* p = a[0].as<Partial>();
  auto more = a.rest(2);
  if (more.size() < p->placeholders)
    return vm.raise(E::TypeError, "missing positional arguments in 'partial' call; expected at least {}, got {}",
                    p->placeholders, more.size());
  Value args = TRY(joined_args(vm, p, more));
  if (p->keywords->used == 0 && !a.has(1)) return call(vm, p->function, args.as<Tuple>()->span());
  Dict* keywords = p->keywords;
  if (a.has(1)) {
    keywords = TRY(dict_copy(vm, keywords));
    TRY(dict_update(vm, keywords, a[1]));
  }
  return call_with(vm, p->function, args.as<Tuple>(), keywords);
}

/// Since 3.14 a partial in a class is a method.
Value partial_get(Vm& vm, Args a) {
  if (a[1].is_none() || python_minor(vm) < 14) return a[0];
  return method_new(vm, a[0], a[1]);
}

Value partial_repr(Vm& vm, Args a) {
  Partial* p = a[0].as<Partial>();
  if (TRY(repr_enter(vm, p))) return str_from_ascii(vm, "...");
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    StrBuilder out(vm);
    Value name = TRY(get_attr(vm, vm.type_of(p), vm.names.d_qualname));
    // Up to 3.12 a subclass was shown without its module.
    if (python_minor(vm) >= 13 || (vm.type_of(p)->flags & kTypeHeap) == 0) {
      Value module = TRY(get_attr(vm, vm.type_of(p), vm.names.d_module));
      TRY(out.append(TRY(str_message(vm, "{}.", module))));
    } else {
      name = TRY(get_attr(vm, vm.type_of(p), vm.names.d_name));
    }
    // What is shown is what is there now: a __repr__ may call __setstate__.
    const Tuple* args = p->args;
    const Dict* keywords = p->keywords;
    Str* head = TRY(str_message(vm, "{}({}", name, repr_of(p->function)));
    TRY(out.append(head));
    for (uint64_t i = 0; i < args->length; ++i) {
      TRY(out.append_ascii(", "));
      Value text = TRY(repr(vm, args->items[i]));
      TRY(out.append(as_str(text)));
    }
    for (uint32_t i = 0; i < keywords->entry_count; ++i) {
      DictEntry e = *keywords->entry(i);
      if (e.key.is(Value::deleted())) continue;
      Str* text = TRY(str_message(vm, ", {}={}", e.key, repr_of(e.value)));
      TRY(out.append(text));
    }
    TRY(out.append(U')'));
    return out.finish();
  };
  Value result = build();
  repr_leave(vm, p);
  return result;
}

Value partial_reduce(Vm& vm, Args a) {
  Partial* p = a[0].as<Partial>();
  Value attributes = TRY(get_attr_optional(vm, a[0], vm.names.d_dict));
  if (!is_dict(attributes) || attributes.as<Dict>()->used == 0) attributes = Value::none();
  return pack(vm, vm.type_of(p), pack(vm, p->function), pack(vm, p->function, p->args, p->keywords, attributes));
}

Value partial_setstate(Vm& vm, Args a) {
  Partial* p = a[0].as<Partial>();
  Tuple* t = is_tuple(a[1]) ? a[1].as<Tuple>() : nullptr;
  bool valid = t != nullptr && t->length == 4 && is_callable(vm, t->items[0]) && is_tuple(t->items[1]) &&
               (is_dict(t->items[2]) || t->items[2].is_none());
  if (!valid) return vm.raise(E::TypeError, "invalid partial state");
  Tuple* given = t->items[1].as<Tuple>();
  if (given->length > 0 && given->items[given->length - 1] == state_of(vm).placeholder)
    return vm.raise(E::TypeError, "trailing Placeholders are not allowed");
  Tuple* args = is_exact_tuple(vm, t->items[1]) ? given : TRY(tuple_from_span(vm, given->span()));
  Dict* keywords = t->items[2].is_none()                      ? TRY(dict_new(vm))
                   : is_exact(vm, t->items[2], vm.types.dict) ? t->items[2].as<Dict>()
                                                              : TRY(dict_copy(vm, t->items[2].as<Dict>()));
  p->function = t->items[0];
  p->args = args;
  p->keywords = keywords;
  p->placeholders = count_placeholders(vm, args);
  vm.barrier(p);
  Value attributes = t->items[3];
  if (attributes.is_none()) attributes = TRY(dict_new(vm));
  TRY(set_attr(vm, a[0], vm.names.d_dict, attributes));
  return Value::none();
}

constexpr NativeRow kPartialMethods[] = {
    {"__new__($type, /, *args, **keywords)", partial_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"__call__($self, /, *args, **kwargs)", partial_call, 0, "Call self as a function."},
    {"__get__($self, instance, owner=None, /)", partial_get, 0,
     "Return an attribute of instance, which is of type owner."},
    {"__repr__($self, /)", partial_repr, 0, "Return repr(self)."},
    {"__reduce__($self, /)", partial_reduce},
    {"__setstate__($self, state, /)", partial_setstate},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
constexpr MemberRow kPartialMembers[] = {
    {"func", offsetof(Partial, function), MemberRow::kReadOnly, "function object to use in future partial calls"},
    {"args", offsetof(Partial, args), MemberRow::kReadOnly, "tuple of arguments to future partial calls"},
    {"keywords", offsetof(Partial, keywords), MemberRow::kReadOnly,
     "dictionary of keyword arguments to future partial calls"},
};
constexpr TypeSpec kPartialSpec{
    .name = "functools.partial",
    .doc = "A function with some of its arguments given beforehand.",
    .signature = "(func, /, *args, **keywords)",
    .kind = static_cast<CellKind>(Kind::Partial),
    .size = sizeof(Partial),
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
    .methods = kPartialMethods,
    .members = kPartialMembers,
    .trace = trace_partial,
};

// --- lru_cache

/// One cached call in the ring of them; the root of the ring is the wrapper's own.
struct Link : Object {
  Link *previous, *next;
  Value key, result;
  int64_t hash;
};
void trace_link(Heap&, Cell* cell, Marker& m) {
  Link* l = static_cast<Link*>(cell);
  m.mark_cell(l->previous);
  m.mark_cell(l->next);
  m.mark(l->key);
  m.mark(l->result);
}
constexpr TypeSpec kLinkSpec{
    .name = "functools._lru_list_elem",
    .kind = static_cast<CellKind>(Kind::LruLink),
    .size = sizeof(Link),
    .flags = kTypeNoNew,
    .trace = trace_link,
};

struct LruCache : Object {
  Value function, info_type;
  Dict* cache;       ///< key -> Link (bounded) or result
  Link* root;        ///< of the ring, oldest behind it; null unless bounded
  int64_t max_size;  ///< -1: unbounded; 0: nothing is kept
  int64_t hits, misses;
  bool typed;
};
void trace_cache(Heap&, Cell* cell, Marker& m) {
  LruCache* c = static_cast<LruCache*>(cell);
  m.mark(c->function);
  m.mark(c->info_type);
  m.mark_cell(c->cache);
  m.mark_cell(c->root);
}

void unlink(Vm& vm, Link* l) {
  l->previous->next = l->next;
  l->next->previous = l->previous;
  vm.barrier(l->previous);
  vm.barrier(l->next);
}
/// Makes it the newest.
void link_last(Vm& vm, Link* root, Link* l) {
  l->previous = root->previous;
  l->next = root;
  root->previous->next = l;
  vm.barrier(root->previous);
  root->previous = l;
  vm.barrier(root);
  vm.barrier(l);
}

Value lru_new(Vm& vm, Args a) {
  Value function = a[1], max_size = a[2];
  if (!is_callable(vm, function)) return vm.raise(E::TypeError, "the first argument must be callable");
  int64_t limit = -1;
  if (!max_size.is_none()) {
    if (!has_index(vm, max_size)) return vm.raise(E::TypeError, "maxsize should be integer or None");
    limit = std::max<int64_t>(TRY(quick_index(vm, max_size, E::OverflowError)), 0);
  }
  bool typed = TRY(truthy(vm, a[3]));
  Dict* cache = TRY(dict_new(vm));
  Link* root = nullptr;
  if (limit > 0) {
    root = TRY(vm.new_instance<Link>(state_of(vm).link));
    root->previous = root->next = root;
  }
  LruCache* c = TRY(vm.new_instance<LruCache>(a[0].as<Type>()));
  c->function = function;
  c->info_type = a[4];
  c->cache = cache;
  c->root = root;
  c->max_size = limit;
  c->typed = typed;
  return c;
}

/// The key of a call: the one argument itself if it is an int or str, else a tuple of all that tells calls apart.
Value call_key(Vm& vm, LruCache* c, std::span<const Value> args, Dict* keywords) {
  bool has_keywords = keywords != nullptr && keywords->used > 0;
  if (!has_keywords && !c->typed) {
    if (args.size() == 1 && (args[0].is_small_int() || is_exact_str(vm, args[0]))) return args[0];
    return tuple_from_span(vm, args);
  }
  List* parts = TRY(list_from_span(vm, args));
  if (has_keywords) {
    TRY(list_append(vm, parts, state_of(vm).keyword_mark));
    uint32_t i = 0;
    while (DictEntry* e = dict_next(keywords, i)) {
      TRY(list_append(vm, parts, e->key));
      TRY(list_append(vm, parts, e->value));
    }
  }
  if (c->typed) {
    for (Value v : args) TRY(list_append(vm, parts, vm.type_of(v)));
    if (has_keywords) {
      uint32_t i = 0;
      while (DictEntry* e = dict_next(keywords, i)) TRY(list_append(vm, parts, vm.type_of(e->value)));
    }
  }
  return list_to_tuple(vm, parts);
}

Value lru_call(Vm& vm, Args a) {
  LruCache* c = a[0].as<LruCache>();
  auto args = a.rest(2);
  Dict* keywords = a.has(1) ? a[1].as<Dict>() : nullptr;
  auto compute = [&]() -> Value {
    if (keywords == nullptr || keywords->used == 0) return call(vm, c->function, args);
    Tuple* t = TRY(tuple_from_span(vm, args));
    return call_with(vm, c->function, t, keywords);
  };
  if (c->max_size == 0) {
    ++c->misses;
    return compute();
  }
  Value key = TRY(call_key(vm, c, args, keywords));
  int64_t hash = TRY(quick_hash(vm, key));
  Value found = TRY(dict_get_hashed(vm, c->cache, key, hash));
  if (c->max_size < 0) {
    if (!found.is_exhausted()) {
      ++c->hits;
      return found;
    }
    ++c->misses;
    Value result = TRY(compute());
    TRY(dict_set_hashed(vm, c->cache, key, hash, result));
    return result;
  }
  if (!found.is_exhausted()) {
    ++c->hits;
    Link* l = found.as<Link>();
    Value result = l->result;
    if (l->next != nullptr) {
      unlink(vm, l);
      link_last(vm, c->root, l);
    }
    return result;
  }
  ++c->misses;
  Value result = TRY(compute());
  // The function may have filled the cache with this very call.
  found = TRY(dict_get_hashed(vm, c->cache, key, hash));
  if (!found.is_exhausted()) return result;
  Link* oldest = c->root->next;
  if (static_cast<int64_t>(c->cache->used) >= c->max_size && oldest != c->root) {
    unlink(vm, oldest);
    oldest->next = oldest->previous = nullptr;
    int64_t entry = TRY(dict_find(vm, c->cache, oldest->key, oldest->hash));
    if (entry >= 0) TRY(dict_remove_entry(vm, c->cache, static_cast<uint32_t>(entry)));
  }
  Link* l = TRY(vm.new_instance<Link>(state_of(vm).link));
  l->key = key;
  l->result = result;
  l->hash = hash;
  TRY(dict_set_hashed(vm, c->cache, key, hash, l));
  link_last(vm, c->root, l);
  return result;
}

Value lru_cache_info(Vm& vm, Args a) {
  LruCache* c = a[0].as<LruCache>();
  Value max_size = c->max_size < 0 ? Value::none() : Value::small_int(c->max_size);
  Value args[] = {Value::small_int(c->hits), Value::small_int(c->misses), max_size,
                  Value::small_int(static_cast<int64_t>(c->cache->used))};
  return call(vm, c->info_type, std::span<const Value>(args, 4));
}
Value lru_cache_clear(Vm& vm, Args a) {
  LruCache* c = a[0].as<LruCache>();
  c->hits = c->misses = 0;
  if (c->root != nullptr) {
    // The links are taken apart: one of them may be in use by a call under way.
    for (Link* l = c->root->next; l != c->root;) {
      Link* next = l->next;
      l->previous = l->next = nullptr;
      l = next;
    }
    c->root->previous = c->root->next = c->root;
  }
  dict_clear(vm, c->cache);
  return Value::none();
}
Value lru_get(Vm& vm, Args a) {
  if (a[1].is_none()) return a[0];
  return method_new(vm, a[0], a[1]);
}
Value lru_reduce(Vm& vm, Args a) { return get_attr(vm, a[0], vm.names.d_qualname); }
Value lru_copy(Vm&, Args a) { return a[0]; }

constexpr NativeRow kLruMethods[] = {
    {"__new__($type, user_function, maxsize, typed, cache_info_type)", lru_new, kNewMethod | kStaticMethod},
    {"__call__($self, /, *args, **kwargs)", lru_call, 0, "Call self as a function."},
    {"__get__($self, instance, owner=None, /)", lru_get, 0, "Return an attribute of instance, which is of type owner."},
    {"cache_info($self, /)", lru_cache_info, 0, "Return the cache's statistics."},
    {"cache_clear($self, /)", lru_cache_clear, 0, "Empty the cache and its statistics."},
    {"__reduce__($self, /)", lru_reduce},
    {"__copy__($self, /)", lru_copy},
    {"__deepcopy__($self, memo, /)", lru_copy},
};
constexpr TypeSpec kLruSpec{
    .name = "functools._lru_cache_wrapper",
    .doc = "A callable that keeps the results of another one.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::LruCache),
    .size = sizeof(LruCache),
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
    .methods = kLruMethods,
    .trace = trace_cache,
};

constexpr NativeRow kFunctions[] = {
    {"reduce(function, iterable, /, initial=<unrepresentable>)", reduce, 0,
     "Combine the items of an iterable into one value with a function of two arguments, from left to right."},
    {"cmp_to_key(mycmp)", cmp_to_key, 0, "Make a key function of a comparison function."},
};

Status init(Vm& vm, Module* m) {
  State& state = state_of(vm);
  TRY(module_add_type(vm, m, kPartialSpec));
  TRY(module_add_type(vm, m, kLruSpec));
  state.key_wrapper = TRY(make_type(vm, kKeySpec));
  state.link = TRY(make_type(vm, kLinkSpec));
  Type* placeholder = TRY(module_add_type(vm, m, kPlaceholderSpec));
  Object* object = TRY(vm.new_instance<Object>(placeholder));
  state.placeholder = object;
  TRY(module_add(vm, m, "Placeholder", object));
  Value mark = TRY(call0(vm, vm.types.object));
  state.keyword_mark = mark;
  return {};
}

}  // namespace

extern constinit const ModuleSpec functools_module{
    .name = "_functools",
    .doc = "What functools takes from the machine.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
