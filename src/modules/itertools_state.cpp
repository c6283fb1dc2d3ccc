// How the iterators of itertools are copied and pickled, as CPython did it up to 3.13: __reduce__ gives the call that makes the
// iterator anew, and (for most) a state that __setstate__ puts in.
#include "modules/itertools.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"

namespace krait::itertools {

namespace {

Value type_value(Vm& vm, Args a) { return vm.type_of(a[0]); }

/// itertools.NAME(args...).
template <class... V>
Value make_iterator(Vm& vm, const char* name, V... args) {
  Value module = TRY(vm.import_hook(vm, "itertools"));
  Value type = TRY(get_attr(vm, module, TRY(vm.intern(name))));
  Value list[] = {Value(args)...};
  return call(vm, type, std::span<const Value>(list));
}

/// The state as a tuple of `least` to `most` items; TypeError otherwise.
Result<Tuple*> state_tuple(Vm& vm, Value state, uint64_t least, uint64_t most) {
  if (!is_tuple(state)) return vm.raise(E::TypeError, "state is not a tuple");
  auto* t = state.as<Tuple>();
  if (t->length < least || t->length > most)
    return vm.raise(E::TypeError, "function takes {} {} argument{} ({} given)", least == most ? "exactly" : "at least",
                    least, least == 1 ? "" : "s", t->length);
  return t;
}

/// Copies a tuple of indices, each clipped into 0..limit(i).
template <class Limit>
Result<Tuple*> indices_from(Vm& vm, Tuple* given, uint64_t n, Limit limit) {
  if (given->length != n) return vm.raise(E::ValueError, "invalid arguments");
  if (n == 0) return vm.empty_tuple;
  Tuple* indices = TRY(tuple_allocate(vm, n));
  for (uint64_t i = 0; i < n; ++i) indices->items[i] = Value::small_int(0);
  for (uint64_t i = 0; i < n; ++i) {
    int64_t index = TRY(quick_index(vm, given->items[i], E::OverflowError));
    indices->items[i] = Value::small_int(std::clamp<int64_t>(index, 0, std::max<int64_t>(limit(i), 0)));
  }
  return indices;
}

int64_t pool_length(Iter* s) { return static_cast<int64_t>(s->v[0].as<Tuple>()->length); }
/// A tuple that nobody else holds.
Value copied(Vm& vm, Value t) { return tuple_from_span(vm, t.as<Tuple>()->span()); }

}  // namespace

Value accumulate_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (!s->v[3].is_none()) {
    Value first = TRY(tuple_of(vm, s->v[3]));
    Value it = TRY(make_iterator(vm, "chain", first, s->v[0]));
    return pack(vm, type_value(vm, a), pack(vm, it, s->v[1]), Value::none());
  }
  if (s->v[2].is_none()) {
    // A state of None would say that there is none: the total is given once more, and left out.
    Value first = TRY(tuple_of(vm, Value::none()));
    Value it = TRY(make_iterator(vm, "chain", first, s->v[0]));
    it = TRY(make_iterator(vm, "accumulate", it, s->v[1]));
    Value module = TRY(vm.import_hook(vm, "itertools"));
    Value islice = TRY(get_attr(vm, module, TRY(vm.intern("islice"))));
    return pack(vm, islice, pack(vm, it, Value::small_int(1), Value::none()));
  }
  Value total = s->v[2].is_unset() ? Value::none() : s->v[2];
  return pack(vm, type_value(vm, a), pack(vm, s->v[0], s->v[1]), total);
}
Value accumulate_setstate(Vm& vm, Args a) {
  put(vm, self_of(a), 2, a[1]);
  return Value::none();
}

Value chain_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->v[0].is_unset()) return pack(vm, type_value(vm, a), vm.empty_tuple);
  Value state = s->v[1].is_unset() ? pack(vm, s->v[0]) : pack(vm, s->v[0], s->v[1]);
  return pack(vm, type_value(vm, a), vm.empty_tuple, state);
}
Value chain_setstate(Vm& vm, Args a) {
  Tuple* state = TRY(state_tuple(vm, a[1], 1, 2));
  for (Value v : state->span()) {
    if (vm.type_of(v)->get(Special::Next).is_unset()) return vm.raise(E::TypeError, "Arguments must be iterators.");
  }
  put(vm, self_of(a), 0, state->items[0]);
  put(vm, self_of(a), 1, state->length > 1 ? state->items[1] : Value());
  return Value::none();
}

Value combinations_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Value r = Value::small_int(s->n[0]);
  if (s->n[1]) return pack(vm, type_value(vm, a), pack(vm, vm.empty_tuple, r));
  if (s->v[1].is_unset()) return pack(vm, type_value(vm, a), pack(vm, s->v[0], r));
  return pack(vm, type_value(vm, a), pack(vm, s->v[0], r), copied(vm, s->v[1]));
}
Value combinations_setstate(Vm& vm, Args a) {
  Iter* s = self_of(a);
  int64_t n = pool_length(s), r = s->n[0];
  Tuple* state = TRY(state_tuple(vm, a[1], 0, UINT64_MAX));
  Tuple* indices = TRY(
      indices_from(vm, state, static_cast<uint64_t>(r), [&](uint64_t i) { return static_cast<int64_t>(i) + n - r; }));
  if (r > n) return Value::none();
  put(vm, s, 1, indices);
  return Value::none();
}

Value combinations_with_replacement_reduce(Vm& vm, Args a) { return combinations_reduce(vm, a); }
Value combinations_with_replacement_setstate(Vm& vm, Args a) {
  Iter* s = self_of(a);
  int64_t n = pool_length(s);
  Tuple* state = TRY(state_tuple(vm, a[1], 0, UINT64_MAX));
  Tuple* indices = TRY(indices_from(vm, state, static_cast<uint64_t>(s->n[0]), [&](uint64_t) { return n - 1; }));
  if (n == 0 && s->n[0] > 0) return Value::none();
  put(vm, s, 1, indices);
  return Value::none();
}

Value permutations_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Value r = Value::small_int(s->n[0]);
  if (s->n[1] == 2) return pack(vm, type_value(vm, a), pack(vm, vm.empty_tuple, r));
  if (s->n[1] == 0) return pack(vm, type_value(vm, a), pack(vm, s->v[0], r));
  return pack(vm, type_value(vm, a), pack(vm, s->v[0], r), pack(vm, copied(vm, s->v[1]), copied(vm, s->v[2])));
}
Value permutations_setstate(Vm& vm, Args a) {
  Iter* s = self_of(a);
  int64_t n = pool_length(s), r = s->n[0];
  Tuple* state = TRY(state_tuple(vm, a[1], 2, 2));
  if (!is_tuple(state->items[0]) || !is_tuple(state->items[1]))
    return vm.raise(E::TypeError, "state is not a pair of tuples");
  Tuple* indices =
      TRY(indices_from(vm, state->items[0].as<Tuple>(), static_cast<uint64_t>(n), [&](uint64_t) { return n - 1; }));
  Tuple* cycles = TRY(indices_from(vm, state->items[1].as<Tuple>(), static_cast<uint64_t>(r),
                                   [&](uint64_t i) { return n - static_cast<int64_t>(i); }));
  if (r > n) return Value::none();
  for (int64_t i = 0; i < r; ++i) {
    if (cycles->items[i].as_small_int() < 1) cycles->items[i] = Value::small_int(1);
  }
  put(vm, s, 1, indices);
  put(vm, s, 2, cycles);
  s->n[1] = 1;
  return Value::none();
}

Value product_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->n[1]) {
    Value nothing = vm.empty_tuple;
    return pack(vm, type_value(vm, a), pack(vm, nothing));
  }
  if (s->v[1].is_unset()) return pack(vm, type_value(vm, a), s->v[0]);
  return pack(vm, type_value(vm, a), s->v[0], copied(vm, s->v[1]));
}
Value product_setstate(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Tuple* pools = s->v[0].as<Tuple>();
  auto last = [&](uint64_t i) { return static_cast<int64_t>(pools->items[i].as<Tuple>()->length) - 1; };
  Tuple* state = TRY(state_tuple(vm, a[1], 0, UINT64_MAX));
  Tuple* indices = TRY(indices_from(vm, state, pools->length, last));
  for (uint64_t i = 0; i < pools->length; ++i) {
    if (last(i) < 0) {
      s->n[1] = 1;
      return Value::none();
    }
  }
  put(vm, s, 1, indices);
  return Value::none();
}

Value compress_reduce(Vm& vm, Args a) {
  return pack(vm, type_value(vm, a), pack(vm, self_of(a)->v[0], self_of(a)->v[1]));
}

Value count_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->v[1] == Value::small_int(1)) return pack(vm, type_value(vm, a), pack(vm, s->v[0]));
  return pack(vm, type_value(vm, a), pack(vm, s->v[0], s->v[1]));
}

Value cycle_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (!s->v[0].is_unset()) {
    Value state = pack(vm, s->v[1], Value::boolean(s->n[1] != 0));
    return pack(vm, type_value(vm, a), pack(vm, s->v[0]), state);
  }
  // It goes round: an iterator over the rest of this round, with everything already kept.
  Value it = TRY(get_iter(vm, s->v[1]));
  if (s->n[0] != 0) {
    Value position = Value::small_int(s->n[0]);
    TRY(call_method(vm, it, TRY(vm.intern("__setstate__")), position));
  }
  return pack(vm, type_value(vm, a), pack(vm, it), pack(vm, s->v[1], Value::true_()));
}
Value cycle_setstate(Vm& vm, Args a) {
  Tuple* state = TRY(state_tuple(vm, a[1], 2, 2));
  if (!is_list(state->items[0]))
    return vm.raise(E::TypeError, "argument 1 must be list, not {}", type_name_of(state->items[0]));
  int64_t kept = TRY(quick_index(vm, state->items[1], E::OverflowError));
  Iter* s = self_of(a);
  put(vm, s, 1, state->items[0]);
  s->n[0] = 0;
  s->n[1] = kept != 0;
  return Value::none();
}

Value with_function_reduce(Vm& vm, Args a) {
  return pack(vm, type_value(vm, a), pack(vm, self_of(a)->v[0], self_of(a)->v[1]));
}

Value dropwhile_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  return pack(vm, type_value(vm, a), pack(vm, s->v[0], s->v[1]), Value::boolean(s->n[0] != 0));
}
Value dropwhile_setstate(Vm& vm, Args a) {
  bool state = TRY(truthy(vm, a[1]));
  self_of(a)->n[0] = state;
  return Value::none();
}

Value groupby_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Value args = pack(vm, s->v[0], s->v[1]);
  if (s->v[2].is_unset() || s->v[3].is_unset() || s->v[4].is_unset()) return pack(vm, type_value(vm, a), args);
  return pack(vm, type_value(vm, a), args, pack(vm, s->v[3], s->v[4], s->v[2]));
}
Value groupby_setstate(Vm& vm, Args a) {
  Tuple* state = TRY(state_tuple(vm, a[1], 3, 3));
  Iter* s = self_of(a);
  put(vm, s, 3, state->items[0]);
  put(vm, s, 4, state->items[1]);
  put(vm, s, 2, state->items[2]);
  return Value::none();
}

Value grouper_reduce(Vm& vm, Args a) {
  Iter* group = self_of(a);
  if (group->v[0].as<Iter>()->v[5] != a[0]) {
    Value nothing = vm.empty_tuple;
    return pack(vm, TRY(builtin_named(vm, "iter")), pack(vm, nothing));
  }
  return pack(vm, type_value(vm, a), pack(vm, group->v[0], group->v[1]));
}

Value islice_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->v[0].is_unset()) {
    Value nothing = TRY(get_iter(vm, vm.empty_tuple));
    return pack(vm, type_value(vm, a), pack(vm, nothing, Value::small_int(0)), Value::small_int(0));
  }
  Value stop = s->n[1] < 0 ? Value::none() : int_from(vm, s->n[1]);
  return pack(vm, type_value(vm, a), pack(vm, s->v[0], int_from(vm, s->n[0]), stop, int_from(vm, s->n[2])), s->v[1]);
}
Value islice_setstate(Vm& vm, Args a) {
  int64_t taken = TRY(quick_index(vm, a[1], E::OverflowError));
  if (taken < 0) return vm.raise(E::ValueError, "invalid state");
  self_of(a)->v[1] = Value::small_int(std::min(taken, Value::kMaxInt));
  return Value::none();
}

Value repeat_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->n[0] < 0) return pack(vm, type_value(vm, a), pack(vm, s->v[0]));
  return pack(vm, type_value(vm, a), pack(vm, s->v[0], int_from(vm, s->n[0])));
}

Value tee_reduce(Vm& vm, Args a) {
  Iter* t = self_of(a);
  Value nothing = vm.empty_tuple;
  return pack(vm, type_value(vm, a), pack(vm, nothing), pack(vm, t->v[0], Value::small_int(t->n[0])));
}
Value tee_setstate(Vm& vm, Args a) {
  Tuple* state = TRY(state_tuple(vm, a[1], 2, 2));
  Value block = state->items[0];
  if (vm.type_of(block) != vm.extension<State>().tee_block)
    return vm.raise(E::TypeError, "argument 1 must be itertools._tee_dataobject, not {}", type_name_of(block));
  int64_t index = TRY(quick_index(vm, state->items[1], E::OverflowError));
  if (index < 0 || index > static_cast<int64_t>(block.as<Iter>()->v[1].as<List>()->length))
    return vm.raise(E::ValueError, "Index out of range");
  put(vm, self_of(a), 0, block);
  self_of(a)->n[0] = index;
  return Value::none();
}
Value tee_block_reduce(Vm& vm, Args a) {
  Iter* block = self_of(a);
  Value next = block->v[2].is_unset() ? Value::none() : block->v[2];
  Value values = TRY(list_from(vm, block->v[1]));
  return pack(vm, type_value(vm, a), pack(vm, block->v[0], values, next));
}

Value zip_longest_reduce(Vm& vm, Args a) {
  Iter* s = self_of(a);
  List* args = TRY(list_new(vm));
  for (Value it : s->v[0].as<Tuple>()->span()) TRY(list_append(vm, args, it.is_unset() ? Value(vm.empty_tuple) : it));
  return pack(vm, type_value(vm, a), list_to_tuple(vm, args), s->v[1]);
}
Value zip_longest_setstate(Vm& vm, Args a) {
  put(vm, self_of(a), 1, a[1]);
  return Value::none();
}

}  // namespace krait::itertools
