// The iterators that builtins give: enumerate, zip, map, filter, reversed.
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"

namespace krait {

Value builtin_named(Vm& vm, std::string_view name) {
  Str* key = TRY(vm.intern(name));
  Value v = dict_get_str(vm, vm.builtins_dict, key);
  if (v.is_unset()) return vm.raise(E::AttributeError, "module 'builtins' has no attribute '{}'", name);
  return v;
}

namespace {

Value iterator_self(Vm&, Args a) { return a[0]; }

// --- enumerate

struct Enumerate : Object {
  Value iterator, count;
};

void trace_enumerate(Heap&, Cell* cell, Marker& m) {
  Enumerate* e = static_cast<Enumerate*>(cell);
  m.mark(e->iterator);
  m.mark(e->count);
}

Value enumerate_new(Vm& vm, Args a) {
  Value start = Value::small_int(0);
  if (a.has(2)) {
    start = TRY(index(vm, a[2]));
    start = TRY(int_exact(vm, start));
  }
  Value it = TRY(get_iter(vm, a[1]));
  Enumerate* e = TRY(vm.new_instance<Enumerate>(a[0].as<Type>()));
  e->iterator = it;
  e->count = start;
  return e;
}

Value enumerate_step(Vm& vm, Enumerate* e, Value* count, Value* item) {
  *item = TRY(iter_next(vm, e->iterator));
  if (item->is_exhausted()) return *item;
  *count = e->count;
  if (count->is_small_int() && count->as_small_int() < Value::kMaxInt) [[likely]] {
    e->count = Value::small_int(count->as_small_int() + 1);
  } else {
    e->count = TRY(int_add(vm, *count, Value::small_int(1)));
    vm.barrier(e);
  }
  return Value::true_();
}

Value enumerate_next(Vm& vm, Args a) {
  Value count, item;
  Value step = TRY(enumerate_step(vm, a[0].as<Enumerate>(), &count, &item));
  if (step.is_exhausted()) return step;
  return tuple_of(vm, count, item);
}

Value enumerate_reduce(Vm& vm, Args a) {
  Enumerate* e = a[0].as<Enumerate>();
  return pack(vm, vm.type_of(e), pack(vm, e->iterator, e->count));
}

constexpr NativeRow kEnumerateMethods[] = {
    {"__new__($type, iterable, start=0)", enumerate_new, kNewMethod | kStaticMethod | kByHand,
     "Create and return a new object."},
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", enumerate_next, kIterNext, "Implement next(self)."},
    {"__reduce__($self, /)", enumerate_reduce, 0, "Return state information for pickling."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};

// --- zip

struct Zip : Object {
  Tuple* iterators;
  bool strict;
};

void trace_zip(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<Zip*>(cell)->iterators); }

/// The iterators of the arguments; `what` names the function in the message.
Result<Tuple*> iterators_of(Vm& vm, std::span<const Value> iterables) {
  if (iterables.empty()) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, iterables.size()));
  for (size_t i = 0; i < iterables.size(); ++i) {
    t->items[i] = TRY(get_iter(vm, iterables[i]));
    vm.barrier(t);
  }
  return t;
}

Value zip_new(Vm& vm, Args a) {
  bool strict = a.has(1) && TRY(truthy(vm, a[1]));
  Tuple* iterators = TRY(iterators_of(vm, a.rest(2)));
  Zip* z = TRY(vm.new_instance<Zip>(a[0].as<Type>()));
  z->iterators = iterators;
  z->strict = strict;
  return z;
}

/// What strict mode says when iterator number i (from 0) ended: `name` is the function.
Value strict_end(Vm& vm, Tuple* iterators, uint64_t i, const char* name) {
  if (i > 0) {
    if (i == 1) return vm.raise(E::ValueError, "{}() argument 2 is shorter than argument 1", name);
    return vm.raise(E::ValueError, "{}() argument {} is shorter than arguments 1-{}", name, i + 1, i);
  }
  for (uint64_t k = 1; k < iterators->length; ++k) {
    Value item = TRY(iter_next(vm, iterators->items[k]));
    if (item.is_exhausted()) continue;
    if (k == 1) return vm.raise(E::ValueError, "{}() argument 2 is longer than argument 1", name);
    return vm.raise(E::ValueError, "{}() argument {} is longer than arguments 1-{}", name, k + 1, k);
  }
  return Value::exhausted();
}

Value zip_next(Vm& vm, Args a) {
  Zip* z = a[0].as<Zip>();
  uint64_t n = z->iterators->length;
  if (n == 0) return Value::exhausted();
  Tuple* t = TRY(tuple_allocate(vm, n));
  for (uint64_t i = 0; i < n; ++i) {
    Value item = TRY(iter_next(vm, z->iterators->items[i]));
    if (item.is_exhausted()) return z->strict ? strict_end(vm, z->iterators, i, "zip") : item;
    t->items[i] = item;
    vm.barrier(t);
  }
  return t;
}

Value zip_pair_step(Vm& vm, Zip* z, Value* first, Value* second) {
  Tuple* iterators = z->iterators;
  *first = TRY(iter_next(vm, iterators->items[0]));
  if (first->is_exhausted()) return z->strict ? strict_end(vm, iterators, 0, "zip") : *first;
  *second = TRY(iter_next(vm, iterators->items[1]));
  if (second->is_exhausted()) return z->strict ? strict_end(vm, iterators, 1, "zip") : *second;
  return Value::true_();
}

Value zip_reduce(Vm& vm, Args a) {
  Zip* z = a[0].as<Zip>();
  if (z->strict) return pack(vm, vm.type_of(z), z->iterators, Value::true_());
  return pack(vm, vm.type_of(z), z->iterators);
}
Value zip_setstate(Vm& vm, Args a) {
  a[0].as<Zip>()->strict = TRY(truthy(vm, a[1]));
  return Value::none();
}

constexpr NativeRow kZipMethods[] = {
    {"__new__($type, /, *iterables, strict=False)", zip_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", zip_next, kIterNext, "Implement next(self)."},
    {"__reduce__($self, /)", zip_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", zip_setstate, 0, "Set state information for unpickling."},
};

// --- map

struct Map : Object {
  Value function;
  Tuple* iterators;
  bool strict;
};

void trace_map(Heap&, Cell* cell, Marker& m) {
  Map* p = static_cast<Map*>(cell);
  m.mark(p->function);
  m.mark_cell(p->iterators);
}

Value map_new(Vm& vm, Args a) {
  auto rest = a.rest(2);
  if (rest.size() < 2) return vm.raise(E::TypeError, "map() must have at least two arguments.");
  bool strict = a.has(1) && TRY(truthy(vm, a[1]));
  Tuple* iterators = TRY(iterators_of(vm, rest.subspan(1)));
  Map* p = TRY(vm.new_instance<Map>(a[0].as<Type>()));
  p->function = rest[0];
  p->iterators = iterators;
  p->strict = strict;
  return p;
}

Value map_next(Vm& vm, Args a) {
  Map* p = a[0].as<Map>();
  uint64_t n = p->iterators->length;
  if (n == 1) {
    Value item = TRY(iter_next(vm, p->iterators->items[0]));
    return item.is_exhausted() ? item : call1(vm, p->function, item);
  }
  Value few[8];
  Value* items = few;
  if (n > 8) items = TRY(tuple_allocate(vm, n))->items;
  for (uint64_t i = 0; i < n; ++i) {
    items[i] = TRY(iter_next(vm, p->iterators->items[i]));
    if (items[i].is_exhausted()) {
      items[i] = Value();
      return p->strict ? strict_end(vm, p->iterators, i, "map") : Value::exhausted();
    }
    if (n > 8) vm.barrier(reinterpret_cast<Cell*>(reinterpret_cast<char*>(items) - sizeof(Tuple)));
  }
  return call(vm, p->function, std::span<const Value>(items, n));
}

Value map_reduce(Vm& vm, Args a) {
  Map* p = a[0].as<Map>();
  List* args = TRY(list_from_span(vm, p->iterators->span()));
  TRY(list_insert(vm, args, 0, p->function));
  Tuple* t = TRY(list_to_tuple(vm, args));
  if (p->strict) return pack(vm, vm.type_of(p), t, Value::true_());
  return pack(vm, vm.type_of(p), t);
}
Value map_setstate(Vm& vm, Args a) {
  a[0].as<Map>()->strict = TRY(truthy(vm, a[1]));
  return Value::none();
}

constexpr NativeRow kMapMethods[] = {
    {"__new__($type, /, *args, strict=False)", map_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", map_next, kIterNext, "Implement next(self)."},
    {"__reduce__($self, /)", map_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", map_setstate, 0, "Set state information for unpickling."},
};

// --- filter

struct Filter : Object {
  Value function, iterator;
};

void trace_filter(Heap&, Cell* cell, Marker& m) {
  Filter* f = static_cast<Filter*>(cell);
  m.mark(f->function);
  m.mark(f->iterator);
}

Value filter_new(Vm& vm, Args a) {
  Value it = TRY(get_iter(vm, a[2]));
  Filter* f = TRY(vm.new_instance<Filter>(a[0].as<Type>()));
  f->function = a[1];
  f->iterator = it;
  return f;
}

Value filter_next(Vm& vm, Args a) {
  Filter* f = a[0].as<Filter>();
  bool plain = f->function.is_none() || f->function == Value(vm.types.bool_);
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, f->iterator));
    if (item.is_exhausted()) return item;
    Value verdict = plain ? item : TRY(call1(vm, f->function, item));
    if (TRY(truthy(vm, verdict))) return item;
  }
}

Value filter_reduce(Vm& vm, Args a) {
  Filter* f = a[0].as<Filter>();
  return pack(vm, vm.type_of(f), pack(vm, f->function, f->iterator));
}

constexpr NativeRow kFilterMethods[] = {
    {"__new__($type, function, iterable, /)", filter_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", filter_next, kIterNext, "Implement next(self)."},
    {"__reduce__($self, /)", filter_reduce, 0, "Return state information for pickling."},
};

// --- reversed

struct Reversed : Object {
  Value sequence;  ///< unset once exhausted
  int64_t index;
};

void trace_reversed(Heap&, Cell* cell, Marker& m) { m.mark(static_cast<Reversed*>(cell)->sequence); }

Value reversed_new(Vm& vm, Args a) {
  Value method = special_of(vm, a[1], Special::Reversed);
  if (method.is_none()) return vm.raise(E::TypeError, "'{}' object is not reversible", type_name_of(a[1]));
  if (!method.is_unset()) return call_special(vm, method, a[1]);
  if (special_of(vm, a[1], Special::GetItem).is_unset() || is_dict(a[1]))
    return vm.raise(E::TypeError, "'{}' object is not reversible", type_name_of(a[1]));
  int64_t n = TRY(length(vm, a[1]));
  Reversed* r = TRY(vm.new_instance<Reversed>(a[0].as<Type>()));
  r->sequence = a[1];
  r->index = n - 1;
  return r;
}

Value reversed_next(Vm& vm, Args a) {
  Reversed* r = a[0].as<Reversed>();
  if (r->sequence.is_unset() || r->index < 0) {
    r->sequence = Value();
    return Value::exhausted();
  }
  Value item = get_item(vm, r->sequence, Value::small_int(r->index));
  if (item.is_error()) {
    if (!vm.pending_is(E::IndexError) && !vm.pending_is(E::StopIteration)) return Error{};
    if (!vm.clear_pending()) return Error{};
    r->index = -1;
    r->sequence = Value();
    return Value::exhausted();
  }
  --r->index;
  return item;
}

Value reversed_length_hint(Vm& vm, Args a) {
  Reversed* r = a[0].as<Reversed>();
  if (r->sequence.is_unset()) return Value::small_int(0);
  int64_t position = r->index + 1;
  int64_t n = TRY(length(vm, r->sequence));
  return Value::small_int(n < position ? 0 : position);
}
Value reversed_reduce(Vm& vm, Args a) {
  Reversed* r = a[0].as<Reversed>();
  if (r->sequence.is_unset()) return pack(vm, vm.type_of(r), pack(vm, vm.empty_tuple));
  return pack(vm, vm.type_of(r), pack(vm, r->sequence), Value::small_int(r->index));
}
Value reversed_setstate(Vm& vm, Args a) {
  Reversed* r = a[0].as<Reversed>();
  int64_t i = TRY(index_clipped(vm, a[1]));
  if (r->sequence.is_unset()) return Value::none();
  int64_t n = TRY(length(vm, r->sequence));
  r->index = std::clamp<int64_t>(i, -1, n - 1);
  return Value::none();
}

constexpr NativeRow kReversedMethods[] = {
    {"__new__($type, object, /)", reversed_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", reversed_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", reversed_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", reversed_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", reversed_setstate, 0, "Set state information for unpickling."},
};

}  // namespace

Value iter_next_pair(Vm& vm, Value iterator, Value* first, Value* second) {
  switch (iterator.is_cell() ? iterator.cell()->shape : 0) {
    case BuiltinShape::k_enumerate: return enumerate_step(vm, iterator.as<Enumerate>(), first, second);
    case BuiltinShape::k_zip:
      if (iterator.as<Zip>()->iterators->length != 2) break;
      return zip_pair_step(vm, iterator.as<Zip>(), first, second);
    case BuiltinShape::k_dict_itemiterator: {
      bool failed = false;
      DictEntry* e = dict_items_next(vm, iterator.as<DictIterator>(), &failed);
      if (e == nullptr) return failed ? Value() : Value::exhausted();
      *first = e->key;
      *second = e->value;
      return Value::true_();
    }
    default: break;
  }
  return Value::not_implemented();
}

extern constinit const TypeSpec enumerate_type{
    .name = "enumerate",
    .doc = "Gives (count, item) for each item of an iterable, counting from start.",
    .kind = static_cast<CellKind>(Kind::Enumerate),
    .size = sizeof(Enumerate),
    .flags = kTypeBase,
    .methods = kEnumerateMethods,
    .trace = trace_enumerate,
};
extern constinit const TypeSpec zip_type{
    .name = "zip",
    .doc =
        "Gives tuples of the first items of all iterables, of the second ones, and so on, until the shortest ends.\n\n"
        "With strict=True iterables of different lengths raise ValueError.\n\n"
        ">>> list(zip(range(3), 'xyz', strict=True))\n[(0, 'x'), (1, 'y'), (2, 'z')]",
    .kind = static_cast<CellKind>(Kind::Zip),
    .size = sizeof(Zip),
    .flags = kTypeBase,
    .methods = kZipMethods,
    .trace = trace_zip,
};
extern constinit const TypeSpec map_type{
    .name = "map",
    .doc =
        "Gives what the function gives for the items of the iterables, until the shortest ends.\n\n"
        "With strict=True iterables of different lengths raise ValueError.",
    .signature = "(function, iterable, /, *iterables, strict=False)",
    .kind = static_cast<CellKind>(Kind::Map),
    .size = sizeof(Map),
    .flags = kTypeBase,
    .methods = kMapMethods,
    .trace = trace_map,
};
extern constinit const TypeSpec filter_type{
    .name = "filter",
    .doc = "Gives the items for which the function (None: the item itself) is true.",
    .kind = static_cast<CellKind>(Kind::Filter),
    .size = sizeof(Filter),
    .flags = kTypeBase,
    .methods = kFilterMethods,
    .trace = trace_filter,
};
extern constinit const TypeSpec reversed_type{
    .name = "reversed",
    .doc = "Gives the items of a sequence from the last to the first.",
    .signature = "(sequence, /)",
    .kind = static_cast<CellKind>(Kind::Reversed),
    .size = sizeof(Reversed),
    .flags = kTypeBase,
    .methods = kReversedMethods,
    .trace = trace_reversed,
};

}  // namespace krait
