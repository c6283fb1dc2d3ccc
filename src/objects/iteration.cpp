// Iteration: get_iter and iter_next, and the iterators over old-style sequences (`iterator`) and callables
// (`callable_iterator`). Also `capsule`, which holds nothing Python can see.
#include "objects/attributes.hpp"
#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/iteration.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

Value get_iter(Vm& vm, Value v) {
  if (is_exact_list(vm, v)) {
    ListIterator* it = TRY(vm.new_instance<ListIterator>(vm.types.list_iterator));
    it->list = v.as<List>();
    return it;
  }
  if (is_exact_tuple(vm, v)) {
    TupleIterator* it = TRY(vm.new_instance<TupleIterator>(vm.types.tuple_iterator));
    it->tuple = v.as<Tuple>();
    return it;
  }
  Type* type = vm.type_of(v);
  Value method = type->get(Special::Iter);
  if (method.is_unset() || method.is_none()) {
    if (method.is_unset() && !type->get(Special::GetItem).is_unset()) return sequence_iterator_new(vm, v);
    return vm.raise(E::TypeError, "'{}' object is not iterable", type_name_of(v));
  }
  Value it = TRY(call_special(vm, method, v));
  if (special_of(vm, it, Special::Next).is_unset()) [[unlikely]]
    return vm.raise(E::TypeError, "iter() returned non-iterator of type '{}'", type_name_of(it));
  return it;
}

Value iter_step(Vm& vm, Value iterator) {
  if (iterator.is_cell()) {
    switch (iterator.cell()->shape) {
      case BuiltinShape::k_list_iterator: {
        auto* it = iterator.as<ListIterator>();
        if (it->list == nullptr) return Value::exhausted();
        if (static_cast<uint64_t>(it->index) < it->list->length) return it->list->items()[it->index++];
        it->list = nullptr;
        return Value::exhausted();
      }
      case BuiltinShape::k_tuple_iterator: {
        auto* it = iterator.as<TupleIterator>();
        if (it->tuple == nullptr) return Value::exhausted();
        if (it->index < it->tuple->length) return it->tuple->items[it->index++];
        it->tuple = nullptr;
        return Value::exhausted();
      }
      case BuiltinShape::k_range_iterator: {
        auto* it = iterator.as<RangeIterator>();
        if (it->remaining == 0) return Value::exhausted();
        int64_t next = it->next;
        if (!Value::fits_small_int(next)) break;
        --it->remaining;
        it->next = static_cast<int64_t>(static_cast<uint64_t>(next) + static_cast<uint64_t>(it->step));
        return Value::small_int(next);
      }
      case BuiltinShape::k_str_ascii_iterator: {
        auto* it = iterator.as<StrIterator>();
        if (it->text == nullptr) return Value::exhausted();
        if (it->index < it->text->length) return vm.latin1_chars[it->text->data1()[it->index++]];
        it->text = nullptr;
        return Value::exhausted();
      }
      default: break;
    }
  }
  Value method = special_of(vm, iterator, Special::Next);
  if (is_kind(method, Kind::NativeFunction)) [[likely]] {
    auto* f = method.as<NativeFunction>();
    const Type* type = vm.type_of(iterator);
    if ((type == f->owner || type_is_subtype(type, f->owner)) && f->sig.positional == 1) [[likely]] {
      TRY(vm.check_stack(" while calling a Python object"));
      return f->fn(vm, {&iterator, 1});
    }
  }
  if (method.is_unset()) return vm.raise(E::TypeError, "'{}' object is not an iterator", type_name_of(iterator));
  return call_special(vm, method, iterator);
}

Value iter_next(Vm& vm, Value iterator) {
  Value v = iter_step(vm, iterator);
  if (!v.is_error()) [[likely]]
    return v;
  if (!vm.pending_is(E::StopIteration)) return Error{};
  (void)vm.take_pending();
  return Value::exhausted();
}

Value get_iter_if_any(Vm& vm, Value v) {
  Value it = get_iter(vm, v);
  if (it.is_error() && vm.pending_is(E::TypeError) && vm.clear_pending()) return Value::not_implemented();
  return it;
}

Value list_from(Vm& vm, Value iterable) {
  if (vm.type_of(iterable) == vm.types.list)
    return list_from_span(vm, {iterable.as<List>()->items(), iterable.as<List>()->length});
  if (vm.type_of(iterable) == vm.types.tuple) return list_from_span(vm, iterable.as<Tuple>()->span());
  List* list = TRY(list_new(vm));
  TRY(list_extend(vm, list, iterable));
  return list;
}

Value tuple_from(Vm& vm, Value iterable) {
  if (vm.type_of(iterable) == vm.types.tuple) return iterable;
  if (vm.type_of(iterable) == vm.types.list) return list_to_tuple(vm, iterable.as<List>());
  List* list = TRY(list_new(vm));
  TRY(for_each(vm, iterable, [&](Value item) { return list_append(vm, list, item); }));  // no length is asked for
  return list_to_tuple(vm, list);
}

// --- Iterator over __getitem__.

namespace {

struct SequenceIterator : Object {
  Value sequence;  ///< unset once exhausted
  int64_t index;
};
struct CallableIterator : Object {
  Value callable;  ///< unset once exhausted
  Value sentinel;
};

void trace_sequence_iterator(Heap&, Cell* cell, Marker& marker) {
  marker.mark(static_cast<SequenceIterator*>(cell)->sequence);
}
void trace_callable_iterator(Heap&, Cell* cell, Marker& marker) {
  marker.mark(static_cast<CallableIterator*>(cell)->callable);
  marker.mark(static_cast<CallableIterator*>(cell)->sentinel);
}

Value self_iter(Vm&, Args a) { return a[0]; }

Value sequence_next(Vm& vm, Args a) {
  auto* it = a[0].as<SequenceIterator>();
  if (it->sequence.is_unset()) return Value::exhausted();
  if (it->index == INT64_MAX) return vm.raise(E::OverflowError, "iter index too large");
  Value v = get_item(vm, it->sequence, int_from(vm, it->index++));
  if (!v.is_error()) return v;
  if (vm.pending_is(E::IndexError) || vm.pending_is(E::StopIteration)) {
    (void)vm.take_pending();
    it->sequence = Value();
    return Value::exhausted();
  }
  return Error{};
}

Value builtin(Vm& vm, std::string_view name) {
  Value f = vm.builtins_dict == nullptr ? Value() : dict_get_str(vm, vm.builtins_dict, TRY(vm.intern(name)));
  if (f.is_unset()) return vm.raise(E::AttributeError, "module 'builtins' has no attribute '{}'", name);
  return f;
}

Value sequence_length_hint(Vm& vm, Args a) {
  auto* it = a[0].as<SequenceIterator>();
  if (it->sequence.is_unset()) return Value::small_int(0);
  if (special_of(vm, it->sequence, Special::Len).is_unset()) return Value::not_implemented();
  int64_t left = TRY(length(vm, it->sequence)) - it->index;
  return int_from(vm, left < 0 ? 0 : left);
}
Value sequence_reduce(Vm& vm, Args a) {
  auto* it = a[0].as<SequenceIterator>();
  Value iter = TRY(builtin(vm, "iter"));
  if (it->sequence.is_unset()) return TRY(tuple_of(vm, iter, TRY(tuple_of(vm, vm.empty_tuple))));
  return TRY(tuple_of(vm, iter, TRY(tuple_of(vm, it->sequence)), int_from(vm, it->index)));
}
Value sequence_setstate(Vm& vm, Args a) {
  int64_t index = TRY(index_checked(vm, a[1], E::OverflowError));
  a[0].as<SequenceIterator>()->index = index < 0 ? 0 : index;
  return Value::none();
}

Value callable_next(Vm& vm, Args a) {
  auto* it = a[0].as<CallableIterator>();
  if (it->callable.is_unset()) return Value::exhausted();
  Value v = call0(vm, it->callable);
  if (v.is_error()) {
    if (!vm.pending_is(E::StopIteration)) return Error{};
    (void)vm.take_pending();
  } else if (!it->callable.is_unset() && !TRY(same_or_equal(vm, it->sentinel, v))) {
    return v;
  }
  it->callable = it->sentinel = Value();
  return Value::exhausted();
}
Value callable_reduce(Vm& vm, Args a) {
  auto* it = a[0].as<CallableIterator>();
  Value iter = TRY(builtin(vm, "iter"));
  if (it->callable.is_unset()) return TRY(tuple_of(vm, iter, TRY(tuple_of(vm, vm.empty_tuple))));
  return TRY(tuple_of(vm, iter, TRY(tuple_of(vm, it->callable, it->sentinel))));
}

constexpr NativeRow kSequenceMethods[] = {
    {"__iter__($self, /)", self_iter},
    {"__next__($self, /)", sequence_next, kIterNext},
    {"__length_hint__($self, /)", sequence_length_hint},
    {"__reduce__($self, /)", sequence_reduce},
    {"__setstate__($self, state, /)", sequence_setstate},
};
constexpr NativeRow kCallableMethods[] = {
    {"__iter__($self, /)", self_iter},
    {"__next__($self, /)", callable_next, kIterNext},
    {"__reduce__($self, /)", callable_reduce},
};

Value capsule_repr(Vm& vm, Args a) {
  return TRY(str_message(vm, "<capsule object at {}>", TRY(address_text(vm, a[0]))));
}
constexpr NativeRow kCapsuleMethods[] = {{"__repr__($self, /)", capsule_repr}};

}  // namespace

Value sequence_iterator_new(Vm& vm, Value sequence) {
  SequenceIterator* it = TRY(vm.new_instance<SequenceIterator>(vm.types.iterator));
  it->sequence = sequence;
  return it;
}

Value callable_iterator_new(Vm& vm, Value callable, Value sentinel) {
  CallableIterator* it = TRY(vm.new_instance<CallableIterator>(vm.types.callable_iterator));
  it->callable = callable;
  it->sentinel = sentinel;
  return it;
}

const TypeSpec iterator_type{
    .name = "iterator",
    .kind = static_cast<CellKind>(Kind::SequenceIterator),
    .size = sizeof(SequenceIterator),
    .methods = kSequenceMethods,
    .trace = trace_sequence_iterator,
};
const TypeSpec callable_iterator_type{
    .name = "callable_iterator",
    .kind = static_cast<CellKind>(Kind::CallableIterator),
    .size = sizeof(CallableIterator),
    .methods = kCallableMethods,
    .trace = trace_callable_iterator,
};
const TypeSpec capsule_type{
    .name = "PyCapsule",
    .kind = static_cast<CellKind>(Kind::Capsule),
    .size = sizeof(Object),
    .methods = kCapsuleMethods,
};

}  // namespace krait
