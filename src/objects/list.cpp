// list: items in a storage of their own. Any callback may change a list under a loop over it, so loops look at length and items
// again after each.
#include "objects/dict.hpp"
#include "objects/iteration.hpp"
#include "objects/generic_alias.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"

namespace krait {

constexpr uint64_t kMaxListLength = uint64_t{1} << 42;

// --- Storage.

Status list_grow(Vm& vm, List* list, uint64_t min_capacity) {
  if (min_capacity <= list->capacity()) return {};
  if (min_capacity > kMaxListLength) return vm.raise_memory_error();
  // Appending one by one grows by a quarter while small and an eighth beyond, so the waste stays small; a first growth is exact.
  uint64_t capacity = min_capacity;
  if (list->capacity() > 0) capacity += (min_capacity < 4096 ? min_capacity >> 2 : min_capacity >> 3) + 6;
  capacity = (capacity + 3) & ~uint64_t{3};
  Storage* bigger = list->storage == nullptr ? TRY(vm.allocate_storage(capacity * sizeof(Value)))
                                             : TRY(vm.resize_storage(list->storage, capacity * sizeof(Value)));
  list->storage = bigger;
  list->bits &= static_cast<uint16_t>(~List::kSorting);
  vm.barrier(list);
  return {};
}

namespace {

/// Gives memory back when less than half is used. Cannot fail: a refused smaller storage leaves the bigger one.
void shrink(Vm& vm, List* list) {
  if (list->storage == nullptr) return;
  if (list->length == 0) {
    vm.heap.release_storage(list->storage);
    list->storage = nullptr;
    return;
  }
  if (list->capacity() < 16 || list->length >= list->capacity() / 2) return;
  uint64_t capacity = (list->length + (list->length >> 3) + 6) & ~uint64_t{3};
  if (capacity >= list->capacity()) return;
  if (Storage* smaller = vm.heap.resize_storage(list->storage, capacity * sizeof(Value))) {
    list->storage = smaller;
    vm.barrier(list);
  }
}

List* self_of(Args a) { return a[0].as<List>(); }
int64_t length_of(const List* list) { return static_cast<int64_t>(list->length); }

}  // namespace

Value list_append_method(Vm& vm, Args a) {
  TRY(list_append(vm, self_of(a), a[1]));
  return Value::none();
}

Result<List*> list_new(Vm& vm, uint64_t reserve) {
  List* list = TRY(vm.new_instance<List>(vm.types.list));
  if (reserve > 0) TRY(list_grow(vm, list, reserve));
  return list;
}

Result<List*> list_from_span(Vm& vm, std::span<const Value> items) {
  List* list = TRY(list_new(vm, items.size()));
  std::copy(items.begin(), items.end(), list->items());
  list->length = items.size();
  vm.barrier(list);
  return list;
}

Result<Tuple*> list_to_tuple(Vm& vm, const List* list) {
  if (list->length == 0) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, list->length));
  std::copy_n(list->items(), list->length, t->items);
  return t;
}

Status list_insert(Vm& vm, List* list, int64_t index, Value v) {
  if (index < 0) index = std::max<int64_t>(index + length_of(list), 0);
  index = std::min(index, length_of(list));
  TRY(list_grow(vm, list, list->length + 1));
  Value* items = list->items();
  std::copy_backward(items + index, items + list->length, items + list->length + 1);
  items[index] = v;
  ++list->length;
  vm.barrier(list);
  return {};
}

Status list_replace(Vm& vm, List* list, int64_t begin, int64_t end, std::span<const Value> replacement) {
  int64_t more = static_cast<int64_t>(replacement.size()) - (end - begin);
  uint64_t new_length = list->length + static_cast<uint64_t>(more);
  if (more > 0) TRY(list_grow(vm, list, new_length));
  Value* items = list->items();
  if (more > 0) {
    std::copy_backward(items + end, items + list->length, items + new_length);
  } else if (more < 0) {
    std::copy(items + end, items + list->length, items + end + more);
  }
  std::copy(replacement.begin(), replacement.end(), items + begin);
  if (replacement.empty() && end == length_of(list)) {
    list->traced = std::min(list->traced, new_length);  // the end goes: nothing moves
  } else {
    vm.barrier(list);
  }
  list->length = new_length;
  if (more < 0) shrink(vm, list);
  return {};
}

Status list_delete(Vm& vm, List* list, int64_t begin, int64_t end) { return list_replace(vm, list, begin, end, {}); }

void list_clear(Vm& vm, List* list) {
  Storage* old = list->storage;
  list->storage = nullptr;
  list->length = 0;
  vm.heap.release_storage(old);
}

Status list_extend(Vm& vm, List* list, Value iterable) {
  if (is_exact_list(vm, iterable) || is_exact_tuple(vm, iterable)) {
    uint64_t n = is_list(iterable) ? iterable.as<List>()->length : iterable.as<Tuple>()->length;
    if (n == 0) return {};
    TRY(list_grow(vm, list, list->length + n));
    const Value* from = is_list(iterable) ? iterable.as<List>()->items() : iterable.as<Tuple>()->items;
    std::copy_n(from, n, list->items() + list->length);
    list->length += n;
    vm.barrier(list);
    return {};
  }
  Value it = TRY(get_iter(vm, iterable));
  int64_t hint = TRY(length_hint(vm, iterable, 8));
  // A hint is only a wish: a liar must not make us allocate the world.
  if (hint > 0) TRY(list_grow(vm, list, list->length + static_cast<uint64_t>(std::min<int64_t>(hint, 1 << 20))));
  while (true) {
    TRY(vm.poll());
    Value item = iter_next(vm, it);
    if (item.is_error()) return Error{};
    if (item.is_exhausted()) break;
    TRY(list_append(vm, list, item));
  }
  shrink(vm, list);
  return {};
}

namespace {

void trace(Heap&, Cell* cell, Marker& m) {
  List* list = static_cast<List*>(cell);
  if (list->storage == nullptr) return;
  m.mark_cell(list->storage);
  m.mark_range(list->items(), list->items() + list->length);
  if (m.marking()) list->traced = list->length;
}

void trace_new(Heap&, Cell* cell, Marker& m) {
  List* list = static_cast<List*>(cell);
  if (list->storage == nullptr) return;
  m.mark_cell(list->storage);
  if (list->length <= list->traced) return;
  m.mark_range(list->items() + list->traced, list->items() + list->length);
  list->traced = list->length;
}

// --- Making and showing.

Value list_new_method(Vm& vm, Args a) { return vm.new_instance<List>(a[0].as<Type>()); }

Value list_init(Vm& vm, Args a) {
  List* list = self_of(a);
  if (list->length > 0) list_clear(vm, list);
  if (a.has(1)) TRY(list_extend(vm, list, a[1]));
  return Value::none();
}

Value list_repr(Vm& vm, Args a) {
  List* list = self_of(a);
  if (list->length == 0) return str_from_ascii(vm, "[]");
  if (TRY(repr_enter(vm, list))) return str_from_ascii(vm, "[...]");
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    StrBuilder out(vm);
    TRY(out.append(U'['));
    for (uint64_t i = 0; i < list->length; ++i) {
      TRY(vm.poll());
      if (i > 0) TRY(out.append_ascii(", "));
      Value text = TRY(repr(vm, list->items()[i]));
      TRY(out.append(as_str(text)));
    }
    TRY(out.append(U']'));
    return out.finish();
  };
  Value result = build();
  repr_leave(vm, list);
  return result;
}

Value list_len(Vm&, Args a) { return Value::small_int(length_of(self_of(a))); }

Value list_iter(Vm& vm, Args a) {
  ListIterator* it = TRY(vm.new_instance<ListIterator>(vm.types.list_iterator));
  it->list = self_of(a);
  return it;
}

Value list_reversed(Vm& vm, Args a) {
  ListIterator* it = TRY(vm.new_instance<ListIterator>(vm.types.list_reverseiterator));
  it->list = self_of(a);
  it->index = length_of(it->list) - 1;
  return it;
}

// --- Items.

}  // namespace

Result<bool> list_contains(Vm& vm, List* list, Value item) {
  for (uint64_t i = 0; i < list->length; ++i) {
    POLL_EVERY_1024(vm, i);
    if (TRY(item_equal(vm, list->items()[i], item))) return true;
  }
  return false;
}

Value list_slice(Vm& vm, List* list, SliceRange r) {
  List* out = TRY(list_new(vm));
  if (r.count == 0) return out;
  out->storage = TRY(vm.allocate_storage(static_cast<uint64_t>(r.count) * sizeof(Value)));
  vm.barrier(out);
  const Value* items = list->items();
  Value* to = out->items();
  if (r.step == 1) {
    std::copy_n(items + r.start, r.count, to);
  } else {
    for (int64_t i = 0; i < r.count; ++i) to[i] = items[r.start + i * r.step];
  }
  out->length = static_cast<uint64_t>(r.count);
  return out;
}

namespace {

Value list_contains_method(Vm& vm, Args a) { return Value::boolean(TRY(list_contains(vm, self_of(a), a[1]))); }

Error bad_index(Vm& vm, Value key) {
  return vm.raise(E::TypeError, "list indices must be integers or slices, not {}", type_name_of(key));
}

Value list_getitem(Vm& vm, Args a) {
  List* list = self_of(a);
  if (is_kind(a[1], Kind::Slice)) {
    SliceRange said = TRY(slice_unpack(vm, a[1]));  // may change the list
    return list_slice(vm, list, slice_adjust(said, length_of(list)));
  }
  if (!has_index(vm, a[1])) return bad_index(vm, a[1]);
  int64_t i = TRY(quick_index(vm, a[1]));
  if (i < 0) i += length_of(list);
  if (i < 0 || i >= length_of(list)) return vm.raise(E::IndexError, "list index out of range");
  return list->items()[i];
}

/// The items that a slice assignment takes from `value`: a copy when it is the list itself or anything but a list or tuple.
Result<List*> items_for_assignment(Vm& vm, List* self, Value value) {
  if (is_exact_list(vm, value) && value.as<List>() != self) return value.as<List>();
  if (!is_list(value) && !is_tuple(value)) {
    value = TRY(get_iter_if_any(vm, value));
    if (value.is_not_implemented()) return vm.raise(E::TypeError, "must assign iterable to extended slice");
  }
  List* copy = TRY(list_new(vm));
  TRY(list_extend(vm, copy, value));
  return copy;
}

Status assign_slice(Vm& vm, List* list, Value slice, Value value) {
  SliceRange said = TRY(slice_unpack(vm, slice));
  List* source = TRY(items_for_assignment(vm, list, value));
  // Both may have changed the list.
  SliceRange r = slice_adjust(said, length_of(list));
  if (r.step == 1) return list_replace(vm, list, r.start, r.stop, {source->items(), source->length});
  if (static_cast<int64_t>(source->length) != r.count)
    return vm.raise(E::ValueError, "attempt to assign sequence of size {} to extended slice of size {}", source->length,
                    r.count);
  Value* items = list->items();
  for (int64_t i = 0; i < r.count; ++i) items[r.start + i * r.step] = source->items()[i];
  vm.barrier(list);
  return {};
}

Status delete_slice(Vm& vm, List* list, Value slice) {
  SliceRange said = TRY(slice_unpack(vm, slice));  // may change the list
  SliceRange r = slice_adjust(said, length_of(list));
  if (r.count == 0) return {};
  if (r.step < 0) {
    int64_t first = r.start + (r.count - 1) * r.step;
    r = {first, r.start + 1, -r.step, r.count};
  }
  if (r.step == 1) return list_delete(vm, list, r.start, r.start + r.count);
  Value* items = list->items();
  int64_t to = r.start;
  for (int64_t k = 0; k < r.count; ++k) {
    int64_t from = r.start + k * r.step + 1;
    int64_t until = k + 1 < r.count ? from + r.step - 1 : length_of(list);
    std::copy(items + from, items + until, items + to);
    to += until - from;
  }
  list->length = static_cast<uint64_t>(to);
  vm.barrier(list);
  shrink(vm, list);
  return {};
}

Value list_setitem(Vm& vm, Args a) {
  List* list = self_of(a);
  if (is_kind(a[1], Kind::Slice)) {
    TRY(assign_slice(vm, list, a[1], a[2]));
    return Value::none();
  }
  if (!has_index(vm, a[1])) return bad_index(vm, a[1]);
  int64_t i = TRY(quick_index(vm, a[1]));
  if (i < 0) i += length_of(list);
  if (i < 0 || i >= length_of(list)) return vm.raise(E::IndexError, "list assignment index out of range");
  list->items()[i] = a[2];
  vm.barrier(list, a[2]);
  return Value::none();
}

Value list_delitem(Vm& vm, Args a) {
  List* list = self_of(a);
  if (is_kind(a[1], Kind::Slice)) {
    TRY(delete_slice(vm, list, a[1]));
    return Value::none();
  }
  if (!has_index(vm, a[1])) return bad_index(vm, a[1]);
  int64_t i = TRY(quick_index(vm, a[1]));
  if (i < 0) i += length_of(list);
  if (i < 0 || i >= length_of(list)) return vm.raise(E::IndexError, "list assignment index out of range");
  TRY(list_delete(vm, list, i, i + 1));
  return Value::none();
}

// --- Operators.

Value list_add(Vm& vm, Args a) {
  List* list = self_of(a);
  if (!is_list(a[1]))
    return vm.raise(E::TypeError, "can only concatenate list (not \"{}\") to list", type_name_of(a[1]));
  List* other = a[1].as<List>();
  List* out = TRY(list_new(vm, list->length + other->length));
  std::copy_n(list->items(), list->length, out->items());
  std::copy_n(other->items(), other->length, out->items() + list->length);
  out->length = list->length + other->length;
  return out;
}

Value list_iadd(Vm& vm, Args a) {
  TRY(list_extend(vm, self_of(a), a[1]));
  return a[0];
}

void repeat_items(Value* items, uint64_t n, uint64_t total) {
  if (n == 1) {
    std::fill(items + 1, items + total, items[0]);
    return;
  }
  for (uint64_t have = n; have < total;) {
    uint64_t more = std::min(have, total - have);
    std::copy_n(items, more, items + have);
    have += more;
  }
}

Value list_mul(Vm& vm, Args a) {
  List* list = self_of(a);
  int64_t times = TRY(quick_index(vm, a[1], E::OverflowError));
  uint64_t n = list->length;
  if (times <= 0 || n == 0) return list_new(vm);
  if (n > kMaxListLength / static_cast<uint64_t>(times)) return vm.raise_memory_error();
  uint64_t total = n * static_cast<uint64_t>(times);
  List* out = TRY(list_new(vm, total));
  std::copy_n(list->items(), n, out->items());
  repeat_items(out->items(), n, total);
  out->length = total;
  return out;
}

Value list_imul(Vm& vm, Args a) {
  List* list = self_of(a);
  int64_t times = TRY(quick_index(vm, a[1], E::OverflowError));
  uint64_t n = list->length;
  if (n == 0 || times == 1) return list;
  if (times <= 0) {
    list_clear(vm, list);
    return list;
  }
  if (n > kMaxListLength / static_cast<uint64_t>(times)) return vm.raise_memory_error();
  uint64_t total = n * static_cast<uint64_t>(times);
  TRY(list_grow(vm, list, total));
  repeat_items(list->items(), n, total);
  list->length = total;
  return list;
}

template <CompareOp op>
Value list_compare(Vm& vm, Args a) {
  if (!is_list(a[1])) return Value::not_implemented();
  TRY(vm.check_stack(" in comparison"));
  List *x = self_of(a), *y = a[1].as<List>();
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) {
    if (x->length != y->length) return Value::boolean(op == CompareOp::Ne);
  }
  for (uint64_t i = 0; i < x->length && i < y->length; ++i) {
    POLL_EVERY_1024(vm, i);
    Value p = x->items()[i], q = y->items()[i];
    if (TRY(item_equal(vm, p, q))) continue;
    if (i >= x->length || i >= y->length) break;  // the comparison took them away
    if constexpr (op == CompareOp::Eq) return Value::false_();
    if constexpr (op == CompareOp::Ne) return Value::true_();
    return compare(vm, p, q, op);
  }
  return compare_lengths(x->length, y->length, op);
}

// --- Methods.

Value list_extend_method(Vm& vm, Args a) {
  TRY(list_extend(vm, self_of(a), a[1]));
  return Value::none();
}
Value list_insert_method(Vm& vm, Args a) {
  int64_t index = TRY(ssize_argument(vm, a[1]));
  TRY(list_insert(vm, self_of(a), index, a[2]));
  return Value::none();
}
Value list_clear_method(Vm& vm, Args a) {
  list_clear(vm, self_of(a));
  return Value::none();
}
Value list_copy_method(Vm& vm, Args a) { return list_from_span(vm, {self_of(a)->items(), self_of(a)->length}); }

Value list_pop(Vm& vm, Args a) {
  List* list = self_of(a);
  int64_t i = a.has(1) ? TRY(ssize_argument(vm, a[1])) : -1;
  if (list->length == 0) return vm.raise(E::IndexError, "pop from empty list");
  if (i < 0) i += length_of(list);
  if (i < 0 || i >= length_of(list)) return vm.raise(E::IndexError, "pop index out of range");
  Value v = list->items()[i];
  if (i == length_of(list) - 1) {
    --list->length;
    list->traced = std::min(list->traced, list->length);
    if (list->length < list->capacity() / 2) shrink(vm, list);
  } else {
    TRY(list_delete(vm, list, i, i + 1));
  }
  return v;
}

Value list_remove(Vm& vm, Args a) {
  List* list = self_of(a);
  for (uint64_t i = 0; i < list->length; ++i) {
    POLL_EVERY_1024(vm, i);
    if (!TRY(item_equal(vm, list->items()[i], a[1]))) continue;
    if (i < list->length) TRY(list_delete(vm, list, static_cast<int64_t>(i), static_cast<int64_t>(i) + 1));
    return Value::none();
  }
  return vm.raise(E::ValueError, "list.remove(x): x not in list");
}

Value list_index(Vm& vm, Args a) {
  List* list = self_of(a);
  int64_t start = a.has(2) ? TRY(slice_bound(vm, a[2], length_of(list))) : 0;
  int64_t stop = a.has(3) ? TRY(slice_bound(vm, a[3], length_of(list))) : Value::kMaxInt;
  for (int64_t i = start; i < stop && i < length_of(list); ++i) {
    POLL_EVERY_1024(vm, i);
    if (TRY(item_equal(vm, list->items()[i], a[1]))) return Value::small_int(i);
  }
  return vm.raise(E::ValueError, "list.index(x): x not in list");
}

Value list_count(Vm& vm, Args a) {
  List* list = self_of(a);
  int64_t n = 0;
  for (uint64_t i = 0; i < list->length; ++i) {
    POLL_EVERY_1024(vm, i);
    n += TRY(item_equal(vm, list->items()[i], a[1]));
  }
  return Value::small_int(n);
}

Value list_reverse(Vm& vm, Args a) {
  List* list = self_of(a);
  std::reverse(list->items(), list->items() + list->length);
  vm.barrier(list);
  return Value::none();
}

Value list_sort_method(Vm& vm, Args a) {
  bool reverse = a.has(2) && TRY(truthy(vm, a[2]));
  TRY(list_sort(vm, self_of(a), a.get(1, Value::none()), reverse));
  return Value::none();
}

Value list_sizeof(Vm&, Args a) {
  return Value::small_int(static_cast<int64_t>(sizeof(List) + self_of(a)->capacity() * sizeof(Value)));
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", list_new_method, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"__init__($self, iterable=(), /)", list_init, 0, "Initialize self."},
    {"__repr__($self, /)", list_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", nullptr},
    {"__len__($self, /)", list_len, kPure, "Return len(self)."},
    {"__contains__($self, key, /)", list_contains_method, 0, "Return bool(key in self)."},
    {"__iter__($self, /)", list_iter, 0, "Implement iter(self)."},
    {"__reversed__($self, /)", list_reversed, 0, "Return a reverse iterator over the list."},
    {"__getitem__($self, index, /)", list_getitem, kCoexist, "Return self[index]."},
    {"__setitem__($self, key, value, /)", list_setitem, 0, "Set self[key] to value."},
    {"__delitem__($self, key, /)", list_delitem, 0, "Delete self[key]."},
    {"__add__($self, value, /)", list_add, 0, "Return self+value."},
    {"__iadd__($self, value, /)", list_iadd, 0, "Implement self+=value."},
    {"__mul__($self, value, /)", list_mul, 0, "Return self*value."},
    {"__rmul__($self, value, /)", list_mul, 0, "Return value*self."},
    {"__imul__($self, value, /)", list_imul, 0, "Implement self*=value."},
    {"__lt__($self, value, /)", list_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", list_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", list_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", list_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", list_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", list_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"append($self, object, /)", list_append_method, 0, "Add an item to the end of the list."},
    {"clear($self, /)", list_clear_method, 0, "Remove all items."},
    {"copy($self, /)", list_copy_method, 0, "Return a shallow copy of the list."},
    {"count($self, value, /)", list_count, 0, "Return how often the value occurs."},
    {"extend($self, iterable, /)", list_extend_method, 0, "Add the items of an iterable to the end."},
    {"index($self, value, start=0, stop=sys.maxsize, /)", list_index, 0,
     "Return the first index of the value.\n\nRaises ValueError if it is not there."},
    {"insert($self, index, object, /)", list_insert_method, 0, "Insert an item before the index."},
    {"pop($self, index=-1, /)", list_pop, 0,
     "Remove and return the item at the index (the last one by default).\n\n"
     "Raises IndexError if the list is empty or the index is out of range."},
    {"remove($self, value, /)", list_remove, 0,
     "Remove the first item that equals the value.\n\nRaises ValueError if there is none."},
    {"reverse($self, /)", list_reverse, 0, "Reverse the list in place."},
    {"sort($self, /, *, key=None, reverse=False)", list_sort_method, 0,
     "Sort the list in place, ascending, and return None.\n\nThe sort is stable. `key` is called once for each item; "
     "`reverse` gives descending order."},
    {"__sizeof__($self, /)", list_sizeof, 0, "Return the size of the list in memory, in bytes."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};

// --- Iterators.

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<ListIterator*>(cell)->list); }

Value iterator_self(Vm&, Args a) { return a[0]; }

Value iterator_next(Vm&, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  if (it->list == nullptr) return Value::exhausted();
  if (it->index < length_of(it->list)) return it->list->items()[it->index++];
  it->list = nullptr;
  return Value::exhausted();
}
Value iterator_length_hint(Vm&, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  return Value::small_int(it->list == nullptr ? 0 : std::max<int64_t>(length_of(it->list) - it->index, 0));
}
Value iterator_reduce(Vm& vm, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  Value iter = TRY(builtin_named(vm, "iter"));
  if (it->list == nullptr) return pack(vm, iter, pack(vm, list_new(vm)));
  return pack(vm, iter, pack(vm, it->list), Value::small_int(it->index));
}
Value iterator_setstate(Vm& vm, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  int64_t i = TRY(index_clipped(vm, a[1]));
  if (it->list == nullptr) return Value::none();
  if (i < 0)
    it->list = nullptr;  // ended
  else
    it->index = std::min(i, length_of(it->list));
  return Value::none();
}

Value reverse_next(Vm&, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  if (it->list == nullptr) return Value::exhausted();
  if (it->index >= 0 && it->index < length_of(it->list)) return it->list->items()[it->index--];
  it->list = nullptr;
  it->index = -1;
  return Value::exhausted();
}
Value reverse_length_hint(Vm&, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  bool past = it->list == nullptr || it->index >= length_of(it->list);
  return Value::small_int(past ? 0 : it->index + 1);
}
Value reverse_reduce(Vm& vm, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  if (it->list == nullptr) {
    Value iter = TRY(builtin_named(vm, "iter"));
    return pack(vm, iter, pack(vm, list_new(vm)));
  }
  return pack(vm, vm.types.reversed, pack(vm, it->list), Value::small_int(it->index));
}
Value reverse_setstate(Vm& vm, Args a) {
  ListIterator* it = a[0].as<ListIterator>();
  int64_t i = TRY(index_clipped(vm, a[1]));
  if (it->list != nullptr) it->index = std::clamp<int64_t>(i, -1, length_of(it->list) - 1);
  return Value::none();
}

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", iterator_setstate, 0, "Set state information for unpickling."},
};
constexpr NativeRow kReverseMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", reverse_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", reverse_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", reverse_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", reverse_setstate, 0, "Set state information for unpickling."},
};

}  // namespace

extern constinit const TypeSpec list_type{
    .name = "list",
    .doc = "A mutable sequence.\n\nWithout an argument a new empty list; otherwise a list of an iterable's items.",
    .signature = "(iterable=(), /)",
    .kind = static_cast<CellKind>(Kind::List),
    .size = sizeof(List),
    .flags = kTypeBase | kTypeSequence | kTypeMatchSelf,
    .methods = kMethods,
    .trace = trace,
    .trace_new = trace_new,
};
extern constinit const TypeSpec list_iterator_type{
    .name = "list_iterator",
    .kind = static_cast<CellKind>(Kind::ListIterator),
    .size = sizeof(ListIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};
extern constinit const TypeSpec list_reverseiterator_type{
    .name = "list_reverseiterator",
    .kind = static_cast<CellKind>(Kind::ListReverseIterator),
    .size = sizeof(ListIterator),
    .flags = kTypeNoNew,
    .methods = kReverseMethods,
    .trace = trace_iterator,
};

}  // namespace krait
