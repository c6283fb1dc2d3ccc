// set and frozenset: an open-addressed table of keys and hashes. Where a key goes, when the table grows and in which order sets are
// merged is what CPython does: the order of iteration is then the same, wherever the hashes are.
//
// Rules for code in this file: find() is what may run Python; it begins anew when the table changed under it, and its callers look
// at the table again after it.
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

constexpr uint32_t kSmallTable = 8;
constexpr uint64_t kMaxSlots = uint64_t{1} << 31;
constexpr size_t kLinearProbes = 9;  ///< slots looked at one after the other before the next jump

SetEntry* entry(const Set* s, uint32_t i) { return s->entries->data<SetEntry>() + i; }

Result<int64_t> element_hash(Vm& vm, Value key) {
  Result<int64_t> h = quick_hash(vm, key);
  if (h.is_error()) [[unlikely]]
    return unhashable(vm, key, "set element");
  return h;
}

/// A set as a key of a set stands for the frozenset of its items.
Result<int64_t> lookup_hash(Vm& vm, Value& key) {
  Result<int64_t> hash = quick_hash(vm, key);
  if (hash.ok()) return hash;
  if (!is_set(key) || type_is_subtype(vm.type_of(key), vm.types.frozenset) || !vm.pending_is(E::TypeError))
    return unhashable(vm, key, "set element");
  if (!vm.clear_pending()) return Error{};
  Set* frozen = TRY(set_new(vm, vm.types.frozenset));
  TRY(set_update(vm, frozen, key));
  key = frozen;
  return quick_hash(vm, key);
}

/// The slots in which a hash is looked for: short runs, then a jump.
class Probe {
 public:
  Probe(int64_t hash, size_t mask)
      : mask_(mask), perturb_(static_cast<size_t>(hash)), base_(perturb_ & mask), slot_(base_), left_(run()) {}
  size_t slot() const { return slot_; }
  void next() {
    if (left_ > 0) {
      --left_;
      ++slot_;
      return;
    }
    perturb_ >>= 5;
    base_ = slot_ = (base_ * 5 + 1 + perturb_) & mask_;
    left_ = run();
  }

 private:
  size_t run() const { return base_ + kLinearProbes <= mask_ ? kLinearProbes : 0; }
  size_t mask_, perturb_, base_, slot_, left_;
};

bool is_live(const SetEntry& e) { return !e.key.is_unset() && !e.key.is(Value::deleted()); }

/// The entry of a key, -1 if absent (then `unused` is the slot where it goes, if there is a table: the last dead one on the way, or
/// the unused one at its end); may run __eq__ of the keys.
Result<int64_t> find(Vm& vm, Set* s, Value key, int64_t hash, size_t* unused = nullptr) {
restart:
  if (s->entries == nullptr) return int64_t{-1};
  Storage* entries = s->entries;
  SetEntry* table = entries->data<SetEntry>();
  bool dead_seen = false;
  for (Probe p(hash, s->entry_count - 1);; p.next()) {
    const SetEntry& e = table[p.slot()];
    if (e.key.is_unset()) {
      if (unused != nullptr && !dead_seen) *unused = p.slot();
      return int64_t{-1};
    }
    if (e.key.is(Value::deleted())) {
      if (unused != nullptr) *unused = p.slot();
      dead_seen = true;
      continue;
    }
    if (e.hash != hash) continue;
    int quick = quick_equal(vm, e.key, key);
    if (quick == 0) continue;
    if (quick > 0) return static_cast<int64_t>(p.slot());
    Value other = e.key;
    bool same = TRY(equal(vm, other, key));
    if (s->entries != entries || entry(s, static_cast<uint32_t>(p.slot()))->key != other) {
      TRY(vm.poll());
      goto restart;
    }
    if (same) return static_cast<int64_t>(p.slot());
  }
}

/// Puts a key that is not there into a table with room and without dead entries.
void insert_clean(SetEntry* table, size_t mask, Value key, int64_t hash) {
  Probe p(hash, mask);
  while (!table[p.slot()].key.is_unset()) p.next();
  table[p.slot()] = {key, hash};
}

/// A table of more than `min_used` slots, without dead entries.
Status resize(Vm& vm, Set* s, uint64_t min_used) {
  uint64_t slots = kSmallTable;
  while (slots <= min_used) slots <<= 1;
  if (slots > kMaxSlots) return vm.raise_memory_error();
  Storage* bigger = TRY(vm.allocate_storage(slots * sizeof(SetEntry)));
  SetEntry* table = bigger->data<SetEntry>();
  uint32_t i = 0;
  while (SetEntry* e = set_next(s, i)) insert_clean(table, slots - 1, e->key, e->hash);
  Storage* old = s->entries;
  s->entries = bigger;
  s->entry_count = static_cast<uint32_t>(slots);
  s->fill = static_cast<uint32_t>(s->used);
  vm.heap.release_storage(old);
  vm.barrier(s);
  return {};
}

void remove_entry(Set* s, uint32_t i) {
  *entry(s, i) = {Value::deleted(), -1};
  --s->used;
}

Result<bool> add_hashed(Vm& vm, Set* s, Value key, int64_t hash) {
  if (s->entries == nullptr) TRY(resize(vm, s, 0));
  size_t slot = 0;
  if (TRY(find(vm, s, key, hash, &slot)) >= 0) return false;
  if (s->entries == nullptr) {
    // A comparison cleared the set.
    TRY(resize(vm, s, 0));
    slot = static_cast<size_t>(hash) & (s->entry_count - 1);
  }
  SetEntry* e = entry(s, static_cast<uint32_t>(slot));
  bool was_dead = !e->key.is_unset();
  *e = {key, hash};
  if (key.is_cell()) s->bits |= Set::kHoldsCells;
  ++s->used;
  vm.barrier(s, key);
  if (was_dead) return true;
  ++s->fill;
  if (uint64_t{s->fill} * 5 >= uint64_t{s->entry_count - 1} * 3) [[unlikely]] {
    if (resize(vm, s, s->used > 50000 ? s->used * 2 : s->used * 4).is_error()) {
      // Taken back, so that the table keeps its room: nothing was placed behind it yet.
      *entry(s, static_cast<uint32_t>(slot)) = SetEntry{};
      --s->fill;
      --s->used;
      return Error{};
    }
  }
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
  to->entries = from->entries;
  to->entry_count = from->entry_count;
  to->fill = from->fill;
  to->bits |= from->bits & Set::kHoldsCells;
  from->used = 0;
  from->entries = nullptr;
  from->entry_count = from->fill = 0;
  vm.barrier(to);
}

/// Calls body(key, hash) for the entries, also when body changes the set.
template <class Body>
Status each_entry(Vm& vm, Set* s, Body body) {
  for (uint32_t i = 0; i < s->entry_count; ++i) {
    POLL_EVERY_1024(vm, i);
    SetEntry e = *entry(s, i);
    if (is_live(e)) TRY(body(e.key, e.hash));
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
  Storage* entries = s->entries;
  s->entries = nullptr;
  s->bits &= static_cast<uint16_t>(~Set::kHoldsCells);
  s->used = 0;
  s->entry_count = s->fill = s->finger = 0;
  vm.heap.release_storage(entries);
}

Value set_pop(Vm&, Set* s) {
  if (s->used == 0) return Value::exhausted();
  uint32_t mask = s->entry_count - 1;
  uint32_t i = s->finger & mask;
  while (!is_live(*entry(s, i))) i = (i + 1) & mask;
  Value key = entry(s, i)->key;
  remove_entry(s, i);
  s->finger = i + 1;
  return key;
}

namespace {

/// Room for `more` keys at once.
Status make_room(Vm& vm, Set* s, uint64_t more) {
  uint64_t mask = s->entries == nullptr ? kSmallTable - 1 : s->entry_count - 1;
  if ((s->fill + more) * 5 >= mask * 3) return resize(vm, s, (s->used + more) * 2);
  if (s->entries == nullptr) return resize(vm, s, 0);
  return {};
}

}  // namespace

Status set_update(Vm& vm, Set* s, Value iterable) {
  if (is_set(iterable)) {
    Set* from = iterable.as<Set>();
    if (from == s || from->used == 0) return {};
    TRY(make_room(vm, s, from->used));
    if (s->fill == 0) {
      // All keys are known to differ.
      SetEntry* table = s->entries->data<SetEntry>();
      if (s->entry_count == from->entry_count && from->fill == from->used) {
        std::copy_n(from->entries->data<SetEntry>(), s->entry_count, table);
      } else {
        uint32_t i = 0;
        while (SetEntry* e = set_next(from, i)) insert_clean(table, s->entry_count - 1, e->key, e->hash);
      }
      s->bits |= from->bits & Set::kHoldsCells;
      s->used = from->used;
      s->fill = static_cast<uint32_t>(from->used);
      vm.barrier(s);
      return {};
    }
  } else if (is_exact(vm, iterable, vm.types.dict)) {
    TRY(make_room(vm, s, iterable.as<Dict>()->used));
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
  if (s->entries == nullptr) return;
  m.mark_cell(s->entries);
  if (!(s->bits & Set::kHoldsCells)) return;
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

Value set_contains_method(Vm& vm, Args a) { return Value::boolean(TRY(set_contains(vm, self_of(a), a[1]))); }

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
    Set *small = other.as<Set>(), *big = s;
    if (small->used > big->used) std::swap(small, big);
    TRY(each_entry(vm, small, [&](Value key, int64_t hash) -> Status {
      if (TRY(contains_hashed(vm, big, key, hash))) TRY(add_hashed(vm, out, key, hash));
      return {};
    }));
    return out;
  }
  TRY(for_each(vm, other, [&](Value key) -> Status {
    int64_t hash = TRY(quick_hash(vm, key));  // (of no use as an element, and so not called one)
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
    if (!is_live(e)) continue;
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
  if (a.n == 1) return copy_of(vm, self_of(a));  // another object, also of a frozenset
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
  // From the other's items, those of this one turned over.
  Set* out = TRY(set_new(vm, base_type_of(vm, a[0])));
  TRY(set_update(vm, out, a[1]));
  TRY(symmetric_update(vm, out, a[0]));
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
      if (is_live(e) && TRY(contains_hashed(vm, big, e.key, e.hash))) return Value::false_();
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
  Set* s = self_of(a);
  if (is_set(a[1])) return Value::boolean(TRY(is_subset(vm, s, a[1].as<Set>())));
  Set* common = TRY(intersect(vm, s, a[1]));
  return Value::boolean(common->used == s->used);
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
  return Value::small_int(static_cast<int64_t>(sizeof(Set) + uint64_t{s->entry_count} * sizeof(SetEntry)));
}

#define KRAIT_SHARED_SET_ROWS                                                                                        \
  {"__repr__($self, /)", set_repr, 0, "Return repr(self)."},                                                         \
      {"__len__($self, /)", set_len, kPure, "Return len(self)."},                                                    \
      {"__contains__($self, object, /)", set_contains_method, kCoexist, "Return bool(object in self)."},             \
      {"__iter__($self, /)", set_iter, 0, "Implement iter(self)."},                                                  \
      {"__lt__($self, value, /)", set_compare<CompareOp::Lt>, 0, "Return self<value."},                              \
      {"__le__($self, value, /)", set_compare<CompareOp::Le>, 0, "Return self<=value."},                             \
      {"__eq__($self, value, /)", set_compare<CompareOp::Eq>, 0, "Return self==value."},                             \
      {"__ne__($self, value, /)", set_compare<CompareOp::Ne>, 0, "Return self!=value."},                             \
      {"__gt__($self, value, /)", set_compare<CompareOp::Gt>, 0, "Return self>value."},                              \
      {"__ge__($self, value, /)", set_compare<CompareOp::Ge>, 0, "Return self>=value."},                             \
      {"__or__($self, value, /)", set_or, 0, "Return self|value."},                                                  \
      {"__ror__($self, value, /)", reflected<set_or>, 0, "Return value|self."},                                      \
      {"__and__($self, value, /)", set_and, 0, "Return self&value."},                                                \
      {"__rand__($self, value, /)", reflected<set_and>, 0, "Return value&self."},                                    \
      {"__sub__($self, value, /)", set_sub, 0, "Return self-value."},                                                \
      {"__rsub__($self, value, /)", reflected<set_sub>, 0, "Return value-self."},                                    \
      {"__xor__($self, value, /)", set_xor, 0, "Return self^value."},                                                \
      {"__rxor__($self, value, /)", reflected<set_xor>, 0, "Return value^self."},                                    \
      {"copy($self, /)", set_copy, 0, "Return a shallow copy."},                                                     \
      {"difference($self, /, *others)", set_difference, 0, "Return the items that are in none of the others."},      \
      {"intersection($self, /, *others)", set_intersection, 0, "Return the items that are also in all the others."}, \
      {"isdisjoint($self, other, /)", set_isdisjoint, 0, "Have the two no item in common?"},                         \
      {"issubset($self, other, /)", set_issubset, 0, "Are all items also in the other?"},                            \
      {"issuperset($self, other, /)", set_issuperset, 0, "Are all items of the other in this set?"},                 \
      {"symmetric_difference($self, other, /)", set_symmetric_difference, 0,                                         \
       "Return the items that are in one of the two but not in both."},                                              \
      {"union($self, /, *others)", set_union, 0, "Return the items of this set and of all the others."},             \
      {"__reduce__($self, /)", set_reduce, 0, "Return state information for pickling."},                             \
      {"__sizeof__($self, /)", set_sizeof, 0, "Return the size in memory, in bytes."},                               \
      {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},

constexpr NativeRow kSetMethods[] = {
    KRAIT_SHARED_SET_ROWS{"__new__($type, /, *args, **kwargs)", set_new_method, kNewMethod | kStaticMethod,
                          "Create and return a new object."},
    {"__init__($self, iterable=(), /)", set_init, kNoKeywords, "Initialize self."},
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
    {"intersection_update($self, /, *others)", set_intersection_update, 0,
     "Keep only items that are in all the others."},
    {"symmetric_difference_update($self, other, /)", set_symmetric_difference_update, 0,
     "Keep the items that are in one of the two but not in both."},
};
constexpr NativeRow kFrozensetMethods[] = {
    KRAIT_SHARED_SET_ROWS{"__new__($type, iterable=(), /)", frozenset_new, kNewMethod | kStaticMethod,
                          "Create and return a new object."},
    {"__hash__($self, /)", frozenset_hash, 0, "Return hash(self)."},
};
#undef KRAIT_SHARED_SET_ROWS

// --- set_iterator

struct SetIterator : Object {
  Set* set;       ///< null once exhausted
  uint64_t used;  ///< of the set when the iteration began
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
    .signature = "(iterable=(), /)",
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
