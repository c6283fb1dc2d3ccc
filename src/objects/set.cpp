// set and frozenset: keys with their hashes in the order of insertion, and an index as dict's once there are more than eight.
//
// Rules for code in this file: those of dict.cpp. find() is what may run Python; its callers look at the table anew after it.
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/hash_index.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

constexpr uint32_t kSmallTable = 8;
constexpr uint64_t kMaxEntries = hash_index::usable(hash_index::kMaxLog2) - 1;

SetEntry* entry(const Set* s, uint32_t i) { return s->entries->data<SetEntry>() + i; }

Result<int64_t> element_hash(Vm& vm, Value key) {
  Result<int64_t> h = quick_hash(vm, key);
  if (h.is_error()) [[unlikely]] return unhashable(vm, key, "set element");
  return h;
}

/// A set as a key of a set stands for the frozenset of its items.
Result<int64_t> lookup_hash(Vm& vm, Value& key) {
  Result<int64_t> hash = quick_hash(vm, key);
  if (hash.ok()) return hash;
  if (!is_set(key) || type_is_subtype(vm.type_of(key), vm.types.frozenset) || !vm.pending_is(E::TypeError)) return unhashable(vm, key, "set element");
  if (!vm.clear_pending()) return Error{};
  Set* frozen = TRY(set_new(vm, vm.types.frozenset));
  TRY(set_update(vm, frozen, key));
  key = frozen;
  return quick_hash(vm, key);
}

template <class Slot>
int64_t find_simple(Vm& vm, const Set* s, const Slot* slots, Value key, int64_t hash, bool* ask) {
  constexpr Slot kDummySlot = static_cast<Slot>(~Slot{0});
  const SetEntry* entries = s->entries->data<SetEntry>();
  hash_index::Probe p(hash, s->index_log2);
  while (true) {
    Slot slot = slots[p.slot];
    if (slot == 0) return -1;
    if (slot != kDummySlot) {
      const SetEntry& e = entries[slot - 1];
      if (e.hash == hash) {
        int quick = quick_equal(vm, e.key, key);
        if (quick > 0) return static_cast<int64_t>(slot) - 1;
        if (quick < 0) {
          *ask = true;
          return -1;
        }
      }
    }
    p.next();
  }
}

/// The entry of a key, -1 if absent; may run __eq__ of the keys.
Result<int64_t> find(Vm& vm, Set* s, Value key, int64_t hash) {
  if (s->used == 0) return int64_t{-1};
  if (s->index != nullptr) {
    bool ask = false;
    int64_t at = hash_index::with_slots(s->index, s->index_log2,
                                        [&](auto* slots) { return find_simple(vm, s, slots, key, hash, &ask); });
    if (!ask) return at;
  }
restart:
  TRY(vm.poll());
  Storage *entries = s->entries, *index = s->index;
  unsigned log2 = s->index_log2;
  hash_index::Probe p(hash, index == nullptr ? 0 : log2);
  for (uint32_t round = 0;; ++round) {
    uint32_t i = round;
    if (index == nullptr) {
      if (round >= s->entry_count) return int64_t{-1};
    } else {
      uint32_t slot = hash_index::get(index, log2, p.slot);
      p.next();
      if (slot == hash_index::kEmpty) return int64_t{-1};
      if (slot == hash_index::kDummy) continue;
      i = slot - 1;
    }
    SetEntry e = *entry(s, i);
    if (e.hash != hash || e.key.is(Value::deleted())) continue;
    int quick = quick_equal(vm, e.key, key);
    if (quick == 0) continue;
    if (quick > 0) return static_cast<int64_t>(i);
    bool same = TRY(equal(vm, e.key, key));
    if (s->entries != entries || s->index != index || s->index_log2 != log2 || i >= s->entry_count ||
        entry(s, i)->key != e.key)
      goto restart;
    if (same) return static_cast<int64_t>(i);
  }
}

void compact(Set* s) {
  if (s->used == s->entry_count) return;
  SetEntry* entries = s->entries->data<SetEntry>();
  uint32_t to = 0;
  for (uint32_t i = 0; i < s->entry_count; ++i) {
    if (!entries[i].key.is(Value::deleted())) entries[to++] = entries[i];
  }
  s->entry_count = to;
}

/// A table with room for `want` live keys and no dead ones.
Status rebuild(Vm& vm, Set* s, uint64_t want) {
  if (want > kMaxEntries) return vm.raise_memory_error();
  bool small = want <= kSmallTable;
  unsigned log2 = small ? 0 : hash_index::log2_for(want);
  uint32_t capacity = small ? (want <= 4 ? 4 : kSmallTable) : static_cast<uint32_t>(hash_index::usable(log2));
  Storage* index = small ? nullptr : TRY(vm.allocate_storage(hash_index::bytes(log2)));
  if (s->entries == nullptr || capacity > s->entry_capacity) {
    Storage* entries = s->entries == nullptr ? vm.heap.allocate_storage(capacity * sizeof(SetEntry))
                                             : vm.heap.resize_storage(s->entries, capacity * sizeof(SetEntry));
    if (entries == nullptr) {
      vm.heap.release_storage(index);
      return vm.allocation_failed(capacity * sizeof(SetEntry));
    }
    s->entries = entries;
    s->entry_capacity = capacity;
    compact(s);
  } else {
    compact(s);
    if (capacity < s->entry_capacity / 2) {
      if (Storage* smaller = vm.heap.resize_storage(s->entries, capacity * sizeof(SetEntry))) {
        s->entries = smaller;
        s->entry_capacity = capacity;
      }
    }
  }
  vm.heap.release_storage(s->index);
  s->index = index;
  s->index_log2 = static_cast<uint8_t>(log2);
  s->dummies = 0;
  if (index != nullptr) {
    hash_index::with_slots(index, log2, [&](auto* slots) {
      const SetEntry* entries = s->entries->data<SetEntry>();
      for (uint32_t i = 0; i < s->entry_count; ++i) {
        hash_index::Probe p(entries[i].hash, log2);
        while (slots[p.slot] != 0) p.next();
        slots[p.slot] = static_cast<std::remove_reference_t<decltype(*slots)>>(i + 1);
      }
    });
  }
  vm.barrier(s);
  return {};
}

/// A key that is known not to be there.
Status add_entry(Vm& vm, Set* s, Value key, int64_t hash) {
  if (s->entry_count >= s->entry_capacity ||
      (s->index != nullptr && s->used + s->dummies >= hash_index::usable(s->index_log2))) [[unlikely]]
    TRY(rebuild(vm, s, s->used < kSmallTable ? s->used + 1 : s->used > 50000 ? s->used + s->used / 2 : s->used * 2));
  uint32_t i = s->entry_count++;
  *entry(s, i) = {key, hash};
  if (s->index != nullptr) hash_index::insert(s->index, s->index_log2, hash, i);
  ++s->used;
  vm.barrier(s);
  return {};
}

void remove_entry(Set* s, uint32_t i) {
  if (s->index != nullptr) {
    size_t slot = hash_index::slot_of(s->index, s->index_log2, entry(s, i)->hash, i);
    hash_index::set(s->index, s->index_log2, slot, hash_index::kDummy);
    ++s->dummies;
  }
  entry(s, i)->key = Value::deleted();
  --s->used;
  while (s->entry_count > 0 && entry(s, s->entry_count - 1)->key.is(Value::deleted())) --s->entry_count;
}

Result<bool> add_hashed(Vm& vm, Set* s, Value key, int64_t hash) {
  if (TRY(find(vm, s, key, hash)) >= 0) return false;
  TRY(add_entry(vm, s, key, hash));
  return true;
}

Result<bool> discard_hashed(Vm& vm, Set* s, Value key, int64_t hash) {
  int64_t at = TRY(find(vm, s, key, hash));
  if (at < 0) return false;
  remove_entry(s, static_cast<uint32_t>(at));
  return true;
}

Result<bool> contains_hashed(Vm& vm, Set* s, Value key, int64_t hash) { return TRY(find(vm, s, key, hash)) >= 0; }

/// Takes over what `from` (a set nobody else sees) holds.
void steal_table(Vm& vm, Set* to, Set* from) {
  set_clear(vm, to);
  to->used = from->used;
  to->entry_count = from->entry_count;
  to->entry_capacity = from->entry_capacity;
  to->entries = from->entries;
  to->index = from->index;
  to->dummies = from->dummies;
  to->index_log2 = from->index_log2;
  from->used = 0;
  from->entry_count = from->entry_capacity = 0;
  from->entries = from->index = nullptr;
  vm.barrier(to);
}

/// Calls body(key, hash) for the entries, also when body changes the set.
template <class Body>
Status each_entry(Vm& vm, Set* s, Body body) {
  for (uint32_t i = 0; i < s->entry_count; ++i) {
    POLL_EVERY_1024(vm, i);
    SetEntry e = *entry(s, i);
    if (!e.key.is(Value::deleted())) TRY(body(e.key, e.hash));
  }
  return {};
}

/// Calls body(key, hash) for what any iterable gives; a set's or dict's hashes are not asked for again.
template <class Body>
Status each_key(Vm& vm, Value iterable, Body body) {
  if (is_set(iterable)) return each_entry(vm, iterable.as<Set>(), body);
  if (is_exact(vm, iterable, vm.types.dict)) {
    Dict* d = iterable.as<Dict>();
    for (uint32_t i = 0; i < d->entry_count; ++i) {
      POLL_EVERY_1024(vm, i);
      Value key = d->entry(i)->key;
      if (!key.is(Value::deleted())) TRY(body(key, dict_entry_hash(vm, d, i)));
    }
    return {};
  }
  return for_each(vm, iterable, [&](Value key) -> Status {
    int64_t hash = TRY(element_hash(vm, key));
    return body(key, hash);
  });
}

}  // namespace

Result<Set*> set_new(Vm& vm, Type* type) { return vm.new_instance<Set>(type); }

Result<bool> set_add(Vm& vm, Set* s, Value key) {
  int64_t hash = TRY(element_hash(vm, key));
  return add_hashed(vm, s, key, hash);
}

Result<bool> set_contains(Vm& vm, Set* s, Value key) {
  int64_t hash = TRY(lookup_hash(vm, key));
  return contains_hashed(vm, s, key, hash);
}

Result<bool> set_discard(Vm& vm, Set* s, Value key) {
  int64_t hash = TRY(lookup_hash(vm, key));
  return discard_hashed(vm, s, key, hash);
}

void set_clear(Vm& vm, Set* s) {
  Storage *entries = s->entries, *index = s->index;
  s->entries = s->index = nullptr;
  s->used = 0;
  s->entry_count = s->entry_capacity = 0;
  s->dummies = 0;
  s->index_log2 = 0;
  vm.heap.release_storage(entries);
  vm.heap.release_storage(index);
}

Value set_pop(Vm&, Set* s) {
  if (s->used == 0) return Value::exhausted();
  uint32_t i = s->entry_count - 1;  // always a live one: see remove_entry
  Value key = entry(s, i)->key;
  remove_entry(s, i);
  return key;
}

Status set_update(Vm& vm, Set* s, Value iterable) {
  if (is_set(iterable)) {
    Set* from = iterable.as<Set>();
    if (from == s || from->used == 0) return {};
    if (s->used == 0) {
      // All keys are known to differ.
      set_clear(vm, s);
      TRY(rebuild(vm, s, from->used));
      uint32_t i = 0;
      while (SetEntry* e = set_next(from, i)) TRY(add_entry(vm, s, e->key, e->hash));
      return {};
    }
  }
  return each_key(vm, iterable, [&](Value key, int64_t hash) -> Status {
    TRY(add_hashed(vm, s, key, hash));
    return {};
  });
}

namespace {

Set* self_of(Args a) { return a[0].as<Set>(); }
bool is_frozen(Vm& vm, Value v) { return is_set(v) && type_is_subtype(vm.type_of(v), vm.types.frozenset); }

void trace(Heap&, Cell* cell, Marker& m) {
  Set* s = static_cast<Set*>(cell);
  m.mark_cell(s->index);
  if (s->entries == nullptr) return;
  m.mark_cell(s->entries);
  uint32_t i = 0;
  while (SetEntry* e = set_next(s, i)) m.mark(e->key);
}

/// The set itself, or one made of an iterable.
Result<Set*> as_set(Vm& vm, Value v) {
  if (is_set(v)) return v.as<Set>();
  Set* s = TRY(set_new(vm, vm.types.set));
  TRY(set_update(vm, s, v));
  return s;
}

/// An exact set or frozenset of the kind of v.
Type* base_type_of(Vm& vm, Value v) { return is_frozen(vm, v) ? vm.types.frozenset : vm.types.set; }

Result<Set*> copy_of(Vm& vm, Set* from) {
  Set* s = TRY(set_new(vm, base_type_of(vm, from)));
  TRY(set_update(vm, s, from));
  return s;
}

// --- Making and showing.

Value set_new_method(Vm& vm, Args a) { return set_new(vm, a[0].as<Type>()); }

Value set_init(Vm& vm, Args a) {
  Set* s = self_of(a);
  set_clear(vm, s);
  if (a.has(1)) TRY(set_update(vm, s, a[1]));
  return Value::none();
}

Value frozenset_new(Vm& vm, Args a) {
  Type* cls = a[0].as<Type>();
  if (cls == vm.types.frozenset && a.has(1) && is_exact(vm, a[1], vm.types.frozenset)) return a[1];
  Set* s = TRY(set_new(vm, cls));
  if (a.has(1)) TRY(set_update(vm, s, a[1]));
  return s;
}

Value set_repr(Vm& vm, Args a) {
  Set* s = self_of(a);
  Type* type = vm.type_of(s);
  if (s->used == 0) return str_message(vm, "{}()", type->name);
  if (TRY(repr_enter(vm, s))) return str_message(vm, "{}(...)", type->name);
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    bool plain = type == vm.types.set;
    StrBuilder out(vm);
    if (!plain) {
      TRY(out.append(type->name));
      TRY(out.append(U'('));
    }
    TRY(out.append(U'{'));
    bool first = true;
    TRY(each_entry(vm, s, [&](Value key, int64_t) -> Status {
      TRY(vm.poll());
      if (!first) TRY(out.append_ascii(", "));
      first = false;
      Value text = TRY(repr(vm, key));
      return out.append(as_str(text));
    }));
    TRY(out.append_ascii(plain ? "}" : "})"));
    return out.finish();
  };
  Value result = build();
  repr_leave(vm, s);
  return result;
}

Value set_len(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(self_of(a)->used)); }

/// hash of frozenset: independent of the order.
Value frozenset_hash(Vm& vm, Args a) {
  Set* s = self_of(a);
  if (s->hash == 0) {
    uint64_t h = 0;
    uint32_t i = 0;
    while (SetEntry* e = set_next(s, i)) {
      uint64_t x = static_cast<uint64_t>(e->hash);
      h ^= ((x ^ 89869747u) ^ (x << 16)) * 3644798167u;
    }
    h ^= (s->used + 1) * 1927868237u;
    h ^= (h >> 11) ^ (h >> 25);
    h = h * 69069u + 907133923u;
    if (h == ~uint64_t{0}) h = 590923713u;
    s->hash = static_cast<int64_t>(h);
  }
  return int_from(vm, s->hash);
}

// --- Keys.

Value set_contains_method(Vm& vm, Args a) {
  return Value::boolean(TRY(set_contains(vm, self_of(a), a[1])));
}

Value set_add_method(Vm& vm, Args a) {
  TRY(set_add(vm, self_of(a), a[1]));
  return Value::none();
}

Value set_remove(Vm& vm, Args a) {
  if (!TRY(set_discard(vm, self_of(a), a[1]))) return vm.raise_key_error(a[1]);
  return Value::none();
}

Value set_discard_method(Vm& vm, Args a) {
  TRY(set_discard(vm, self_of(a), a[1]));
  return Value::none();
}

Value set_pop_method(Vm& vm, Args a) {
  Value key = set_pop(vm, self_of(a));
  if (key.is_exhausted()) return vm.raise(E::KeyError, "pop from an empty set");
  return key;
}

Value set_clear_method(Vm& vm, Args a) {
  set_clear(vm, self_of(a));
  return Value::none();
}

Value set_copy(Vm& vm, Args a) {
  if (is_exact(vm, a[0], vm.types.frozenset)) return a[0];
  return copy_of(vm, self_of(a));
}

// --- Set algebra. Each gives a new set of s's kind, or changes s.

Result<Set*> intersect(Vm& vm, Set* s, Value other) {
  Set* out = TRY(set_new(vm, base_type_of(vm, s)));
  if (is_set(other)) {
    Set *small = s, *big = other.as<Set>();
    if (small->used > big->used) std::swap(small, big);
    TRY(each_entry(vm, small, [&](Value key, int64_t hash) -> Status {
      if (TRY(contains_hashed(vm, big, key, hash))) TRY(add_hashed(vm, out, key, hash));
      return {};
    }));
    return out;
  }
  TRY(for_each(vm, other, [&](Value key) -> Status {
    int64_t hash = TRY(element_hash(vm, key));
    if (TRY(contains_hashed(vm, s, key, hash))) TRY(add_hashed(vm, out, key, hash));
    return {};
  }));
  return out;
}

Status subtract(Vm& vm, Set* s, Value other) {
  if (other == Value(s)) {
    set_clear(vm, s);
    return {};
  }
  return each_key(vm, other, [&](Value key, int64_t hash) -> Status {
    TRY(discard_hashed(vm, s, key, hash));
    return {};
  });
}

Result<Set*> difference(Vm& vm, Set* s, Value other) {
  bool is_other_set = is_set(other), is_other_dict = is_exact(vm, other, vm.types.dict);
  if ((!is_other_set && !is_other_dict) || (is_other_set && other.as<Set>()->used < s->used / 4)) {
    Set* out = TRY(copy_of(vm, s));
    TRY(subtract(vm, out, other));
    return out;
  }
  Set* out = TRY(set_new(vm, base_type_of(vm, s)));
  TRY(each_entry(vm, s, [&](Value key, int64_t hash) -> Status {
    bool there = is_other_set ? TRY(contains_hashed(vm, other.as<Set>(), key, hash))
                              : TRY(dict_find(vm, other.as<Dict>(), key, hash)) >= 0;
    if (!there) TRY(add_hashed(vm, out, key, hash));
    return {};
  }));
  return out;
}

Status symmetric_update(Vm& vm, Set* s, Value other) {
  if (other == Value(s)) {
    set_clear(vm, s);
    return {};
  }
  // Through a set, so that a key given twice counts once.
  Set* keys = TRY(as_set(vm, other));
  return each_entry(vm, keys, [&](Value key, int64_t hash) -> Status {
    if (!TRY(discard_hashed(vm, s, key, hash))) TRY(add_hashed(vm, s, key, hash));
    return {};
  });
}

Result<bool> is_subset(Vm& vm, Set* s, Set* other) {
  if (s->used > other->used) return false;
  for (uint32_t i = 0; i < s->entry_count; ++i) {
    POLL_EVERY_1024(vm, i);
    SetEntry e = *entry(s, i);
    if (e.key.is(Value::deleted())) continue;
    if (!TRY(contains_hashed(vm, other, e.key, e.hash))) return false;
  }
  return true;
}

Result<bool> set_equal(Vm& vm, Set* s, Set* other) {
  if (s->used != other->used) return false;
  if (s->hash != 0 && other->hash != 0 && s->hash != other->hash) return false;
  return is_subset(vm, s, other);
}

Value set_union(Vm& vm, Args a) {
  Set* out = TRY(copy_of(vm, self_of(a)));
  for (Value other : a.rest(1)) TRY(set_update(vm, out, other));
  return out;
}
Value set_update_method(Vm& vm, Args a) {
  for (Value other : a.rest(1)) TRY(set_update(vm, self_of(a), other));
  return Value::none();
}
Value set_intersection(Vm& vm, Args a) {
  if (a.n == 1) return set_copy(vm, a);
  Set* out = self_of(a);
  for (Value other : a.rest(1)) out = TRY(intersect(vm, out, other));
  return out;
}
Value set_intersection_update(Vm& vm, Args a) {
  Value result = TRY(set_intersection(vm, a));
  if (result != a[0]) steal_table(vm, self_of(a), result.as<Set>());
  return Value::none();
}
Value set_difference(Vm& vm, Args a) {
  if (a.n == 1) return set_copy(vm, a);
  Set* out = TRY(difference(vm, self_of(a), a[1]));
  for (Value other : a.rest(2)) TRY(subtract(vm, out, other));
  return out;
}
Value set_difference_update(Vm& vm, Args a) {
  for (Value other : a.rest(1)) TRY(subtract(vm, self_of(a), other));
  return Value::none();
}
Value set_symmetric_difference(Vm& vm, Args a) {
  Set* out = TRY(copy_of(vm, self_of(a)));
  TRY(symmetric_update(vm, out, a[1]));
  return out;
}
Value set_symmetric_difference_update(Vm& vm, Args a) {
  TRY(symmetric_update(vm, self_of(a), a[1]));
  return Value::none();
}

Value set_isdisjoint(Vm& vm, Args a) {
  Set* s = self_of(a);
  if (a[0] == a[1]) return Value::boolean(s->used == 0);
  if (is_set(a[1])) {
    Set *small = s, *big = a[1].as<Set>();
    if (small->used > big->used) std::swap(small, big);
    for (uint32_t i = 0; i < small->entry_count; ++i) {
      POLL_EVERY_1024(vm, i);
      SetEntry e = *entry(small, i);
      if (!e.key.is(Value::deleted()) && TRY(contains_hashed(vm, big, e.key, e.hash))) return Value::false_();
    }
    return Value::true_();
  }
  Value it = TRY(get_iter(vm, a[1]));
  while (true) {
    TRY(vm.poll());
    Value key = TRY(iter_next(vm, it));
    if (key.is_exhausted()) return Value::true_();
    int64_t hash = TRY(element_hash(vm, key));
    if (TRY(contains_hashed(vm, s, key, hash))) return Value::false_();
  }
}

Value set_issubset(Vm& vm, Args a) {
  Set* other = TRY(as_set(vm, a[1]));
  return Value::boolean(TRY(is_subset(vm, self_of(a), other)));
}

Value set_issuperset(Vm& vm, Args a) {
  Set* s = self_of(a);
  if (is_set(a[1])) return Value::boolean(TRY(is_subset(vm, a[1].as<Set>(), s)));
  Value it = TRY(get_iter(vm, a[1]));
  while (true) {
    TRY(vm.poll());
    Value key = TRY(iter_next(vm, it));
    if (key.is_exhausted()) return Value::true_();
    int64_t hash = TRY(element_hash(vm, key));
    if (!TRY(contains_hashed(vm, s, key, hash))) return Value::false_();
  }
}

// --- Operators: only between sets. The left operand may be foreign when called as a reflected method.

Value set_or(Vm& vm, Args a) {
  if (!is_set(a[0]) || !is_set(a[1])) return Value::not_implemented();
  Set* out = TRY(copy_of(vm, self_of(a)));
  TRY(set_update(vm, out, a[1]));
  return out;
}
Value set_and(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  return intersect(vm, self_of(a), a[1]);
}
Value set_sub(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  return difference(vm, self_of(a), a[1]);
}
Value set_xor(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  return set_symmetric_difference(vm, a);
}
template <Value (*op)(Vm&, Args)>
Value reflected(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  Value swapped[] = {a[1], a[0]};
  return op(vm, Args{swapped, 2});
}
Value set_ior(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  TRY(set_update(vm, self_of(a), a[1]));
  return a[0];
}
Value set_iand(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  Set* result = TRY(intersect(vm, self_of(a), a[1]));
  steal_table(vm, self_of(a), result);
  return a[0];
}
Value set_isub(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  TRY(subtract(vm, self_of(a), a[1]));
  return a[0];
}
Value set_ixor(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  TRY(symmetric_update(vm, self_of(a), a[1]));
  return a[0];
}

template <CompareOp op>
Value set_compare(Vm& vm, Args a) {
  if (!is_set(a[1])) return Value::not_implemented();
  TRY(vm.check_stack(" in comparison"));
  Set *s = self_of(a), *other = a[1].as<Set>();
  switch (op) {
    case CompareOp::Eq: return Value::boolean(TRY(set_equal(vm, s, other)));
    case CompareOp::Ne: return Value::boolean(!TRY(set_equal(vm, s, other)));
    case CompareOp::Le: return Value::boolean(TRY(is_subset(vm, s, other)));
    case CompareOp::Ge: return Value::boolean(TRY(is_subset(vm, other, s)));
    case CompareOp::Lt: return Value::boolean(s->used < other->used && TRY(is_subset(vm, s, other)));
    case CompareOp::Gt: return Value::boolean(other->used < s->used && TRY(is_subset(vm, other, s)));
  }
}

Value set_iter(Vm& vm, Args a);

Value set_reduce(Vm& vm, Args a) {
  List* keys = TRY(list_new(vm, self_of(a)->used));
  TRY(each_entry(vm, self_of(a), [&](Value key, int64_t) { return list_append(vm, keys, key); }));
  Str* getstate = vm.names.d_getstate;
  Value state = TRY(call_method(vm, a[0], getstate));
  return pack(vm, vm.type_of(a[0]), pack(vm, keys), state);
}

Value set_sizeof(Vm&, Args a) {
  Set* s = self_of(a);
  uint64_t bytes = sizeof(Set) + uint64_t{s->entry_capacity} * sizeof(SetEntry);
  if (s->index != nullptr) bytes += hash_index::bytes(s->index_log2);
  return Value::small_int(static_cast<int64_t>(bytes));
}

#define KRAIT_SHARED_SET_ROWS                                                                                            \
  {"__repr__($self, /)", set_repr, 0, "Return repr(self)."},                                                             \
      {"__len__($self, /)", set_len, kPure, "Return len(self)."},                                                        \
      {"__contains__($self, object, /)", set_contains_method, 0, "Return bool(object in self)."},                        \
      {"__iter__($self, /)", set_iter, 0, "Implement iter(self)."},                                                      \
      {"__lt__($self, value, /)", set_compare<CompareOp::Lt>, 0, "Return self<value."},                                  \
      {"__le__($self, value, /)", set_compare<CompareOp::Le>, 0, "Return self<=value."},                                 \
      {"__eq__($self, value, /)", set_compare<CompareOp::Eq>, 0, "Return self==value."},                                 \
      {"__ne__($self, value, /)", set_compare<CompareOp::Ne>, 0, "Return self!=value."},                                 \
      {"__gt__($self, value, /)", set_compare<CompareOp::Gt>, 0, "Return self>value."},                                  \
      {"__ge__($self, value, /)", set_compare<CompareOp::Ge>, 0, "Return self>=value."},                                 \
      {"__or__($self, value, /)", set_or, 0, "Return self|value."},                                                      \
      {"__ror__($self, value, /)", reflected<set_or>, 0, "Return value|self."},                                          \
      {"__and__($self, value, /)", set_and, 0, "Return self&value."},                                                    \
      {"__rand__($self, value, /)", reflected<set_and>, 0, "Return value&self."},                                        \
      {"__sub__($self, value, /)", set_sub, 0, "Return self-value."},                                                    \
      {"__rsub__($self, value, /)", reflected<set_sub>, 0, "Return value-self."},                                        \
      {"__xor__($self, value, /)", set_xor, 0, "Return self^value."},                                                    \
      {"__rxor__($self, value, /)", reflected<set_xor>, 0, "Return value^self."},                                        \
      {"copy($self, /)", set_copy, 0, "Return a shallow copy."},                                                         \
      {"difference($self, /, *others)", set_difference, 0, "Return the items that are in none of the others."},          \
      {"intersection($self, /, *others)", set_intersection, 0, "Return the items that are also in all the others."},     \
      {"isdisjoint($self, other, /)", set_isdisjoint, 0, "Have the two no item in common?"},                             \
      {"issubset($self, other, /)", set_issubset, 0, "Are all items also in the other?"},                                \
      {"issuperset($self, other, /)", set_issuperset, 0, "Are all items of the other in this set?"},                     \
      {"symmetric_difference($self, other, /)", set_symmetric_difference, 0,                                             \
       "Return the items that are in one of the two but not in both."},                                                  \
      {"union($self, /, *others)", set_union, 0, "Return the items of this set and of all the others."},                 \
      {"__reduce__($self, /)", set_reduce, 0, "Return state information for pickling."},                                 \
      {"__sizeof__($self, /)", set_sizeof, 0, "Return the size in memory, in bytes."},                                   \
      {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},

constexpr NativeRow kSetMethods[] = {
    KRAIT_SHARED_SET_ROWS
    {"__new__($type, /, *args, **kwargs)", set_new_method, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__init__($self, iterable=(), /)", set_init, 0, "Initialize self."},
    {"__hash__($self, /)", nullptr},
    {"__ior__($self, value, /)", set_ior, 0, "Return self|=value."},
    {"__iand__($self, value, /)", set_iand, 0, "Return self&=value."},
    {"__isub__($self, value, /)", set_isub, 0, "Return self-=value."},
    {"__ixor__($self, value, /)", set_ixor, 0, "Return self^=value."},
    {"add($self, object, /)", set_add_method, 0, "Add an item; it has no effect if it is there already."},
    {"clear($self, /)", set_clear_method, 0, "Remove all items."},
    {"discard($self, object, /)", set_discard_method, 0, "Remove an item if it is there."},
    {"remove($self, object, /)", set_remove, 0, "Remove an item.\n\nRaises KeyError if it is not there."},
    {"pop($self, /)", set_pop_method, 0, "Remove and return some item.\n\nRaises KeyError if the set is empty."},
    {"update($self, /, *others)", set_update_method, 0, "Add the items of all the others."},
    {"difference_update($self, /, *others)", set_difference_update, 0, "Remove the items of all the others."},
    {"intersection_update($self, /, *others)", set_intersection_update, 0, "Keep only items that are in all the others."},
    {"symmetric_difference_update($self, other, /)", set_symmetric_difference_update, 0,
     "Keep the items that are in one of the two but not in both."},
};
constexpr NativeRow kFrozensetMethods[] = {
    KRAIT_SHARED_SET_ROWS
    {"__new__($type, iterable=(), /)", frozenset_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__hash__($self, /)", frozenset_hash, 0, "Return hash(self)."},
};
#undef KRAIT_SHARED_SET_ROWS

// --- set_iterator

struct SetIterator : Object {
  Set* set;        ///< null once exhausted
  uint64_t used;   ///< of the set when the iteration began
  uint64_t given;
  uint32_t position;
};

Value set_iter(Vm& vm, Args a) {
  SetIterator* it = TRY(vm.new_instance<SetIterator>(vm.types.set_iterator));
  it->set = self_of(a);
  it->used = it->set->used;
  return it;
}

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<SetIterator*>(cell)->set); }

Value iterator_self(Vm&, Args a) { return a[0]; }

Value iterator_next(Vm& vm, Args a) {
  SetIterator* it = a[0].as<SetIterator>();
  if (it->set == nullptr) return Value::exhausted();
  if (it->set->used != it->used) {
    it->used = UINT64_MAX;  // stays so
    return vm.raise(E::RuntimeError, "Set changed size during iteration");
  }
  if (SetEntry* e = set_next(it->set, it->position)) {
    ++it->given;
    return e->key;
  }
  it->set = nullptr;
  return Value::exhausted();
}

Value iterator_length_hint(Vm&, Args a) {
  SetIterator* it = a[0].as<SetIterator>();
  bool live = it->set != nullptr && it->set->used == it->used && it->given <= it->used;
  return Value::small_int(live ? static_cast<int64_t>(it->used - it->given) : 0);
}

Value iterator_reduce(Vm& vm, Args a) {
  SetIterator* it = a[0].as<SetIterator>();
  List* rest = TRY(list_new(vm));
  if (it->set != nullptr) {
    if (it->set->used != it->used) return vm.raise(E::RuntimeError, "Set changed size during iteration");
    uint32_t i = it->position;
    while (SetEntry* e = set_next(it->set, i)) TRY(list_append(vm, rest, e->key));
  }
  Value iter = TRY(builtin_named(vm, "iter"));
  return pack(vm, iter, pack(vm, rest));
}

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
};

}  // namespace

extern constinit const TypeSpec set_type{
    .name = "set",
    .doc = "A mutable collection of different hashable items, without an order.",
    .kind = static_cast<CellKind>(Kind::Set),
    .size = sizeof(Set),
    .flags = kTypeBase | kTypeHasWeakref | kTypeMatchSelf,
    .methods = kSetMethods,
    .trace = trace,
};
extern constinit const TypeSpec frozenset_type{
    .name = "frozenset",
    .doc = "An immutable and hashable collection of different hashable items, without an order.",
    .kind = static_cast<CellKind>(Kind::Set),
    .size = sizeof(Set),
    .flags = kTypeBase | kTypeHasWeakref | kTypeMatchSelf,
    .methods = kFrozensetMethods,
    .trace = trace,
};
extern constinit const TypeSpec set_iterator_type{
    .name = "set_iterator",
    .kind = static_cast<CellKind>(Kind::SetIterator),
    .size = sizeof(SetIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};

}  // namespace krait
