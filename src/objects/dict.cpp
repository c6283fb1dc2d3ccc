// The hash table behind dict.
//
// Rules for code in this file
//  1. A table is changed in one step: all memory is taken before the first word of the table is written, so a refused
//     allocation leaves the dict as it was.
//  2. Whoever changes the set of keys or an entry's place sets keys_version to 0.
//  3. Only find_general() may run Python code. After each comparison it looks whether the table is still the one it was
//     searching and begins again if not; its callers look at the table anew after it.
//  4. Storage that a dict gives up is released at once: big tables must not wait for a collection.
#include "objects/dict.hpp"

#include "objects/exception.hpp"
#include "objects/hash_index.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

namespace {

constexpr uint32_t kSmallTable = 8;  ///< up to this many string keys need no index
constexpr uint32_t kMaxDummies = (1u << 26) - 1;
constexpr uint64_t kMaxEntries = hash_index::usable(hash_index::kMaxLog2) - 1;

size_t entry_bytes(bool general) { return sizeof(DictEntry) + (general ? sizeof(int64_t) : 0); }

int64_t entry_hash(Vm& vm, const Dict* d, uint32_t i) {
  return d->general() ? d->hashes()[i] : quick_str_hash(vm, as_str(d->entry(i)->key));
}

// --- Searching.

/// A str key in an index of one width. Matches only real strs (and, in a general table, subclasses' text), runs nothing.
template <class Slot>
int64_t find_str_indexed(const Dict* d, const Slot* slots, Str* key, int64_t hash) {
  const DictEntry* entries = d->entries->data<DictEntry>();
  constexpr Slot kDummySlot = static_cast<Slot>(~Slot{0});
  const int64_t* hashes = d->general() ? d->hashes() : nullptr;
  hash_index::Probe p(hash, d->index_log2);
  while (true) {
    Slot slot = slots[p.slot];
    if (slot == 0) return -1;
    if (slot != kDummySlot) [[likely]] {
      const DictEntry& e = entries[slot - 1];
      if (e.key == Value(key)) return static_cast<int64_t>(slot) - 1;
      if (hashes == nullptr) {
        Str* other = as_str(e.key);
        if (other->hash == hash && str_equal(other, key)) return static_cast<int64_t>(slot) - 1;
      } else if (hashes[slot - 1] == hash && is_str(e.key) && str_equal(as_str(e.key), key)) {
        return static_cast<int64_t>(slot) - 1;
      }
    }
    p.next();
  }
}

int64_t find_str_small(Vm& vm, const Dict* d, Str* key) {
  const DictEntry* entries = d->entries->data<DictEntry>();
  uint32_t n = d->entry_count;
  for (uint32_t i = 0; i < n; ++i) {
    if (entries[i].key == Value(key)) return i;
  }
  if (key->is_interned() && !(d->bits & Dict::kUninterned)) return -1;
  int64_t hash = quick_str_hash(vm, key);
  for (uint32_t i = 0; i < n; ++i) {
    if (!entries[i].key.is_cell()) continue;
    Str* other = as_str(entries[i].key);
    if (other->hash == hash && str_equal(other, key)) return i;
  }
  return -1;
}

int64_t find_str(Vm& vm, const Dict* d, Str* key) {
  if (d->used == 0) return -1;
  if (d->index == nullptr) return find_str_small(vm, d, key);
  int64_t hash = quick_str_hash(vm, key);
  return hash_index::with_slots(d->index, d->index_log2,
                                [&](auto* slots) { return find_str_indexed(d, slots, key, hash); });
}

/// Any key; may run __eq__ of the keys (rule 3).
Result<int64_t> find_general(Vm& vm, Dict* d, Value key, int64_t hash) {
restart:
  TRY(vm.poll());
  if (d->used == 0) return int64_t{-1};
  Storage *entries = d->entries, *index = d->index;
  unsigned log2 = d->index_log2;
  bool small = index == nullptr;
  hash_index::Probe p(hash, small ? 0 : log2);
  for (uint32_t round = 0;; ++round) {
    uint32_t i;
    if (small) {
      if (round >= d->entry_count) return int64_t{-1};
      i = round;
    } else {
      uint32_t slot = hash_index::get(index, log2, p.slot);
      p.next();
      if (slot == hash_index::kEmpty) return int64_t{-1};
      if (slot == hash_index::kDummy) continue;
      i = slot - 1;
    }
    Value other = d->entry(i)->key;
    if (other == key) return static_cast<int64_t>(i);
    if (other.is(Value::deleted()) || entry_hash(vm, d, i) != hash) continue;
    int quick = quick_equal(vm, other, key);
    if (quick == 0) continue;
    if (quick > 0) return static_cast<int64_t>(i);
    bool same = TRY(equal(vm, other, key));
    if (d->entries != entries || d->index != index || d->index_log2 != log2 || i >= d->entry_count ||
        d->entry(i)->key != other)
      goto restart;
    if (same) return static_cast<int64_t>(i);
  }
}

constexpr int64_t kAskKeys = -2;

/// A small int in a general table, without running anything; kAskKeys when a key of another type has the same hash.
template <class Slot>
int64_t find_int_indexed(const Dict* d, const Slot* slots, Value key, int64_t hash) {
  const DictEntry* entries = d->entries->data<DictEntry>();
  constexpr Slot kDummySlot = static_cast<Slot>(~Slot{0});
  for (hash_index::Probe p(hash, d->index_log2);; p.next()) {
    Slot slot = slots[p.slot];
    if (slot == 0) return -1;
    if (slot == kDummySlot) continue;
    Value other = entries[slot - 1].key;
    if (other == key) return static_cast<int64_t>(slot) - 1;
    if (!other.is_small_int() && d->hashes()[slot - 1] == hash) return kAskKeys;
  }
}

Result<int64_t> find(Vm& vm, Dict* d, Value key, int64_t hash) {
  if (!d->general()) {
    if (is_exact_str(vm, key)) return find_str(vm, d, as_str(key));
  } else if (key.is_small_int() && d->index != nullptr) {
    int64_t i = hash_index::with_slots(d->index, d->index_log2,
                                       [&](auto* slots) { return find_int_indexed(d, slots, key, hash); });
    if (i != kAskKeys) [[likely]]
      return i;
  }
  return find_general(vm, d, key, hash);
}

// --- Changing the table.

void set_first(Dict* d, uint64_t first) {
  if (d->bits & Dict::kOrdered) static_cast<OrderedDict*>(d)->first = first;
}

/// Moves the live entries to the front. The index is wrong afterwards.
void compact(Dict* d) {
  set_first(d, 0);
  if (d->used == d->entry_count) return;
  DictEntry* entries = d->entries->data<DictEntry>();
  int64_t* hashes = d->general() ? d->hashes() : nullptr;
  uint32_t to = 0;
  for (uint32_t i = 0; i < d->entry_count; ++i) {
    if (entries[i].key.is(Value::deleted())) continue;
    if (hashes != nullptr) hashes[to] = hashes[i];
    entries[to++] = entries[i];
  }
  for (uint32_t i = to; i < d->entry_count; ++i) entries[i] = DictEntry{};
  d->entry_count = to;
}

void fill_index(Vm& vm, Dict* d) {
  hash_index::with_slots(d->index, d->index_log2, [&](auto* slots) {
    using Slot = std::remove_reference_t<decltype(*slots)>;
    for (uint32_t i = 0; i < d->entry_count; ++i) {
      if (d->entry(i)->key.is(Value::deleted())) continue;
      hash_index::Probe p(entry_hash(vm, d, i), d->index_log2);
      while (slots[p.slot] != 0) p.next();
      slots[p.slot] = static_cast<Slot>(i + 1);
    }
  });
}

/// Makes a table with room for `want` live entries (at least those there are), without dead ones; `general`: with hashes.
Status rebuild(Vm& vm, Dict* d, uint64_t want, bool general) {
  if (want > kMaxEntries) return vm.raise_memory_error();
  bool small = !general && want <= kSmallTable;
  unsigned log2 = small ? 0 : hash_index::log2_for(want);
  uint32_t capacity = small ? (want <= 4 ? 4 : kSmallTable) : static_cast<uint32_t>(hash_index::usable(log2));
  Storage* index = small ? nullptr : TRY(vm.allocate_storage(hash_index::bytes(log2)));
  if (index != nullptr) index->bits |= Storage::kNoPointers;
  Storage* retired = nullptr;
  if (general == d->general() && d->entries != nullptr) {
    if (capacity > d->entry_capacity) {
      Storage* bigger = vm.heap.resize_storage(d->entries, capacity * entry_bytes(general));
      if (bigger == nullptr) {
        vm.heap.release_storage(index);
        return vm.allocation_failed(capacity * entry_bytes(general));
      }
      d->entries = bigger;
      if (general) {
        // The hashes stand behind the entries: they move back. Where they stood there is nothing yet.
        int64_t* from = d->hashes();
        int64_t* to = reinterpret_cast<int64_t*>(d->entry(capacity));
        __builtin_memmove(to, from, d->entry_count * sizeof(int64_t));
        char* end = reinterpret_cast<char*>(std::min(from + d->entry_count, to));
        __builtin_memset(static_cast<void*>(from), 0, static_cast<size_t>(end - reinterpret_cast<char*>(from)));
      }
      d->entry_capacity = capacity;
      compact(d);
    } else if (capacity < d->entry_capacity / 2) {
      Storage* smaller = vm.heap.allocate_storage(capacity * entry_bytes(general));
      compact(d);
      if (smaller != nullptr) {
        std::copy_n(d->entries->data<DictEntry>(), d->entry_count, smaller->data<DictEntry>());
        if (general)
          std::copy_n(d->hashes(), d->entry_count, reinterpret_cast<int64_t*>(smaller->data<DictEntry>() + capacity));
        retired = d->entries;
        d->entries = smaller;
        d->entry_capacity = capacity;
      }
    } else {
      compact(d);
    }
  } else {
    Storage* entries = vm.heap.allocate_storage(capacity * entry_bytes(general));
    if (entries == nullptr) {
      vm.heap.release_storage(index);
      return vm.allocation_failed(capacity * entry_bytes(general));
    }
    if (d->entries != nullptr) {
      compact(d);
      std::copy_n(d->entries->data<DictEntry>(), d->entry_count, entries->data<DictEntry>());
      if (general) {
        int64_t* hashes = reinterpret_cast<int64_t*>(entries->data<DictEntry>() + capacity);
        for (uint32_t i = 0; i < d->entry_count; ++i) hashes[i] = entry_hash(vm, d, i);
      }
    }
    retired = d->entries;
    d->entries = entries;
    d->entry_capacity = capacity;
    if (general) d->bits |= Dict::kGeneral | Dict::kUninterned;
  }
  vm.heap.release_storage(retired);
  vm.heap.release_storage(d->index);
  d->index = index;
  d->index_log2 = log2 & 63;
  d->dummies = 0;
  d->keys_version = 0;
  if (index != nullptr) fill_index(vm, d);
  vm.barrier(d);
  return {};
}

/// Gives up removed entries at the end, so that their numbers are handed out again.
void trim_end(Dict* d) {
  while (d->entry_count > 0 && d->entry(d->entry_count - 1)->key.is(Value::deleted())) --d->entry_count;
  if ((d->bits & Dict::kOrdered) && static_cast<OrderedDict*>(d)->first > d->entry_count) set_first(d, d->entry_count);
}

/// Appends an entry for a key that is known not to be there.
Status add_entry(Vm& vm, Dict* d, Value key, int64_t hash, Value value) {
  bool exact = is_exact_str(vm, key);
  // Not when an entry is removed: an iterator that has passed it sees by what comes behind it that keys were exchanged.
  if (d->entry_count != 0 && d->entry_count >= d->entry_capacity) [[unlikely]]
    trim_end(d);
  if (!exact && !d->general()) {
    TRY(rebuild(vm, d, std::max<uint64_t>(uint64_t{d->used} + 1, 5), true));
  } else if (d->entry_count >= d->entry_capacity ||
             (d->index != nullptr &&
              (d->used + d->dummies >= hash_index::usable(d->index_log2) || d->dummies == kMaxDummies))) [[unlikely]] {
    uint64_t used = d->used;
    uint64_t want = d->general() || used > kSmallTable ? used + used / 2 + 2 : used < kSmallTable ? used + 1 : used + 2;
    TRY(rebuild(vm, d, want, d->general()));
  }
  uint32_t i = d->entry_count++;
  *d->entry(i) = {key, value};
  if (d->general())
    d->hashes()[i] = hash;
  else if (!as_str(key)->is_interned())
    d->bits |= Dict::kUninterned;
  if (d->index != nullptr) hash_index::insert(d->index, d->index_log2, hash, i);
  ++d->used;
  d->keys_version = 0;
  if (i >= d->traced)
    vm.heap.append_barrier(d);
  else
    vm.barrier(d);
  return {};
}

Value remove_entry(Vm& vm, Dict* d, uint32_t i) {
  DictEntry* e = d->entry(i);
  Value v = e->value;
  if (d->index != nullptr) {
    size_t slot = hash_index::slot_of(d->index, d->index_log2, entry_hash(vm, d, i), i);
    hash_index::set(d->index, d->index_log2, slot, hash_index::kDummy);
    if (d->dummies < kMaxDummies) ++d->dummies;
  }
  *e = {Value::deleted(), Value()};
  --d->used;
  d->keys_version = 0;
  if (d->used == 0 && d->index != nullptr && d->index_log2 <= 6) {
    __builtin_memset(d->index->data(), 0, hash_index::bytes(d->index_log2));
    d->dummies = 0;
  }
  return v;
}

}  // namespace

// --- Making.

Result<Dict*> dict_new(Vm& vm, uint64_t reserve) {
  Dict* d = TRY(vm.new_instance<Dict>(vm.types.dict));
  if (reserve > 0) TRY(rebuild(vm, d, reserve, false));
  return d;
}

Result<Dict*> dict_copy(Vm& vm, Dict* from) {
  Dict* d = TRY(vm.new_instance<Dict>(vm.types.dict));
  if (from->used == 0) return d;
  if (from->used < uint64_t{from->entry_count} * 2 / 3) {
    TRY(rebuild(vm, d, from->used, from->general()));
    uint32_t i = 0;
    while (DictEntry* e = dict_next(from, i)) TRY(add_entry(vm, d, e->key, entry_hash(vm, from, i - 1), e->value));
    return d;
  }
  size_t bytes = from->entry_capacity * entry_bytes(from->general());
  Storage* entries = TRY(vm.allocate_storage(bytes));
  Storage* index = nullptr;
  if (from->index != nullptr) {
    size_t index_bytes = hash_index::bytes(from->index_log2);
    index = TRY(vm.allocate_storage(index_bytes));
    index->bits |= Storage::kNoPointers;
    __builtin_memcpy(index->data(), from->index->data(), index_bytes);
  }
  __builtin_memcpy(entries->data(), from->entries->data(), bytes);
  d->entries = entries;
  d->index = index;
  d->used = from->used;
  d->entry_count = from->entry_count;
  d->entry_capacity = from->entry_capacity;
  d->index_log2 = from->index_log2;
  d->dummies = from->dummies;
  d->bits = from->bits & (Dict::kGeneral | Dict::kUninterned);
  vm.barrier(d);
  return d;
}

void dict_clear(Vm& vm, Dict* d) {
  Storage *entries = d->entries, *index = d->index;
  d->entries = d->index = nullptr;
  d->used = 0;
  d->entry_count = d->entry_capacity = 0;
  d->index_log2 = 0;
  d->dummies = 0;
  d->keys_version = 0;
  set_first(d, 0);
  d->bits &= static_cast<uint16_t>(~(Dict::kGeneral | Dict::kUninterned));
  vm.heap.release_storage(entries);
  vm.heap.release_storage(index);
}

void dict_trace(Heap&, Cell* cell, Marker& m) {
  Dict* d = static_cast<Dict*>(cell);
  if (d->bits & Dict::kFactory) m.mark(*reinterpret_cast<Value*>(d + 1));
  m.mark_cell(d->index);
  if (d->entries == nullptr) return;
  m.mark_cell(d->entries);
  const Value* entries = d->entries->data<Value>();
  m.mark_range(entries, entries + 2 * size_t{d->entry_count});
  if (m.marking()) d->traced = d->entry_count;
}

void dict_trace_new(Heap&, Cell* cell, Marker& m) {
  Dict* d = static_cast<Dict*>(cell);
  m.mark_cell(d->index);
  if (d->entries == nullptr) return;
  m.mark_cell(d->entries);
  if (d->entry_count <= d->traced) return;
  const Value* entries = d->entries->data<Value>();
  m.mark_range(entries + 2 * size_t{d->traced}, entries + 2 * size_t{d->entry_count});
  d->traced = d->entry_count;
}

uint32_t dict_keys_version(Vm& vm, Dict* d) {
  if (d->keys_version == 0) {
    d->keys_version = vm.next_dict_version++;
    if (vm.next_dict_version == 0) vm.next_dict_version = 1;
  }
  return d->keys_version;
}

// --- By str key.

int64_t dict_find_str(Vm& vm, const Dict* d, Str* key) { return find_str(vm, d, key); }

Value dict_get_str(Vm& vm, const Dict* d, Str* key) {
  int64_t i = find_str(vm, d, key);
  return i < 0 ? Value() : d->entry(static_cast<uint32_t>(i))->value;
}

Status dict_set_str(Vm& vm, Dict* d, Str* key, Value value) {
  int64_t i = find_str(vm, d, key);
  if (i < 0) return add_entry(vm, d, key, quick_str_hash(vm, key), value);
  d->entry(static_cast<uint32_t>(i))->value = value;
  vm.barrier(d, value);
  return {};
}

Result<bool> dict_del_str(Vm& vm, Dict* d, Str* key) {
  int64_t i = find_str(vm, d, key);
  if (i < 0) return false;
  (void)remove_entry(vm, d, static_cast<uint32_t>(i));
  return true;
}

// --- By any key.

Error unhashable(Vm& vm, Value v, const char* as_what) {
  if (!vm.has_pending() || vm.type_of(vm.t.pending) != vm.exception_type(E::TypeError) || vm.tripped != Limit::kNone)
    return {};
  Value exception = vm.take_pending();
  Str* name = TRY(type_qualified_name(vm, vm.type_of(v)));
  return vm.raise(E::TypeError, "cannot use '{}' as a {} ({})", name, as_what, exception);
}

Result<int64_t> dict_key_hash(Vm& vm, Value key) {
  Result<int64_t> h = quick_hash(vm, key);
  if (h.is_error()) [[unlikely]]
    return unhashable(vm, key, "dict key");
  return h;
}

int64_t dict_entry_hash(Vm& vm, const Dict* d, uint32_t entry) { return entry_hash(vm, d, entry); }

Result<int64_t> dict_find(Vm& vm, Dict* d, Value key, int64_t hash) { return find(vm, d, key, hash); }

Value dict_get_hashed(Vm& vm, Dict* d, Value key, int64_t hash) {
  int64_t i = TRY(find(vm, d, key, hash));
  return i < 0 ? Value::exhausted() : d->entry(static_cast<uint32_t>(i))->value;
}

Value dict_get(Vm& vm, Dict* d, Value key) {
  if (is_exact_str(vm, key) && !d->general()) {
    int64_t i = find_str(vm, d, as_str(key));
    return i < 0 ? Value::exhausted() : d->entry(static_cast<uint32_t>(i))->value;
  }
  int64_t hash = TRY(dict_key_hash(vm, key));
  return dict_get_hashed(vm, d, key, hash);
}

Status dict_set_hashed(Vm& vm, Dict* d, Value key, int64_t hash, Value value) {
  int64_t i = TRY(find(vm, d, key, hash));
  if (i < 0) return add_entry(vm, d, key, hash, value);
  d->entry(static_cast<uint32_t>(i))->value = value;
  vm.barrier(d, value);
  return {};
}

Status dict_set(Vm& vm, Dict* d, Value key, Value value) {
  if (is_exact_str(vm, key) && !d->general()) return dict_set_str(vm, d, as_str(key), value);
  int64_t hash = TRY(dict_key_hash(vm, key));
  return dict_set_hashed(vm, d, key, hash, value);
}

Value dict_set_default(Vm& vm, Dict* d, Value key, Value value) {
  int64_t hash = TRY(dict_key_hash(vm, key));
  int64_t i = TRY(find(vm, d, key, hash));
  if (i >= 0) return d->entry(static_cast<uint32_t>(i))->value;
  TRY(add_entry(vm, d, key, hash, value));
  return value;
}

Value dict_pop(Vm& vm, Dict* d, Value key) {
  int64_t hash = TRY(dict_key_hash(vm, key));
  int64_t i = TRY(find(vm, d, key, hash));
  if (i < 0) return Value::exhausted();
  return remove_entry(vm, d, static_cast<uint32_t>(i));
}

bool dict_pop_last(Vm& vm, Dict* d, Value* key, Value* value) {
  if (d->used == 0) return false;
  trim_end(d);  // so a run of popitem() costs no more than the entries
  uint32_t i = d->entry_count - 1;
  *key = d->entry(i)->key;
  *value = remove_entry(vm, d, i);
  return true;
}

Result<bool> dict_contains(Vm& vm, Dict* d, Value key) {
  if (is_exact_str(vm, key) && !d->general()) return find_str(vm, d, as_str(key)) >= 0;
  int64_t hash = TRY(dict_key_hash(vm, key));
  return TRY(find(vm, d, key, hash)) >= 0;
}

// --- The order.

Value dict_remove_entry(Vm& vm, Dict* d, uint32_t entry) { return remove_entry(vm, d, entry); }

uint32_t dict_first(Dict* d) {
  uint32_t i = d->bits & Dict::kOrdered ? static_cast<uint32_t>(static_cast<OrderedDict*>(d)->first) : 0;
  while (d->entry(i)->key.is(Value::deleted())) ++i;
  set_first(d, i);
  return i;
}

Status dict_move_to_end(Vm& vm, OrderedDict* d, uint32_t entry, bool last) {
  if (last) trim_end(d);
  if (last ? entry == d->entry_count - 1 : entry == dict_first(d)) return {};
  ++d->moves;
  Value key = d->entry(entry)->key;
  int64_t hash = entry_hash(vm, d, entry);
  auto find_again = [&] {
    for (entry = 0; d->entry(entry)->key != key;) ++entry;
  };
  if (last) {
    bool full = d->entry_count >= d->entry_capacity ||
                (d->index != nullptr && d->used + d->dummies + 1 >= hash_index::usable(d->index_log2));
    if (full) {
      TRY(rebuild(vm, d, uint64_t{d->used} + d->used / 2 + 2, d->general()));
      find_again();
    }
    Value value = remove_entry(vm, d, entry);
    return add_entry(vm, d, key, hash, value);
  }
  if (dict_first(d) == 0) {
    // Room in front: as much as half of the entries, so that a run of moves costs no more than the entries.
    uint32_t gap = d->used / 2 + 4;
    TRY(rebuild(vm, d, uint64_t{d->used} + gap + d->used / 4 + 2, d->general()));
    DictEntry* entries = d->entries->data<DictEntry>();
    std::copy_backward(entries, entries + d->entry_count, entries + d->entry_count + gap);
    for (uint32_t i = 0; i < gap; ++i) entries[i] = {Value::deleted(), Value()};
    if (d->general()) std::copy_backward(d->hashes(), d->hashes() + d->entry_count, d->hashes() + d->entry_count + gap);
    d->entry_count += gap;
    d->first = gap;
    if (d->index != nullptr) {
      __builtin_memset(d->index->data(), 0, hash_index::bytes(d->index_log2));
      fill_index(vm, d);
    }
    find_again();
  }
  uint32_t to = dict_first(d) - 1;
  Value value = d->entry(entry)->value;
  if (d->index != nullptr && d->used + d->dummies + 1 >= hash_index::usable(d->index_log2)) {
    // Only the index is full of dummies.
    __builtin_memset(d->index->data(), 0, hash_index::bytes(d->index_log2));
    d->dummies = 0;
    fill_index(vm, d);
  }
  // In place first: removing may give entry numbers at the end back, never those in front.
  *d->entry(to) = {key, value};
  if (d->general()) d->hashes()[to] = hash;
  ++d->used;
  (void)remove_entry(vm, d, entry);
  if (d->index != nullptr) hash_index::insert(d->index, d->index_log2, hash, to);
  d->first = to;
  d->keys_version = 0;
  vm.barrier(d);
  return {};
}

// --- Whole dicts.

namespace {

Status merge_dict(Vm& vm, Dict* d, Dict* other, int mode) {
  if (other == d || other->used == 0) return {};
  if (d->used == 0 && d->entries == nullptr && other->used > kSmallTable)
    TRY(rebuild(vm, d, other->used, other->general()));
  uint32_t count = other->entry_count;
  for (uint32_t i = 0; i < other->entry_count; ++i) {
    POLL_EVERY_1024(vm, i);
    DictEntry e = *other->entry(i);
    if (e.key.is(Value::deleted())) continue;
    int64_t hash = entry_hash(vm, other, i);
    int64_t at = TRY(find(vm, d, e.key, hash));
    if (at < 0) {
      TRY(add_entry(vm, d, e.key, hash, e.value));
    } else if (mode == 1) {
      d->entry(static_cast<uint32_t>(at))->value = e.value;
      vm.barrier(d, e.value);
    } else if (mode == 2) {
      return vm.raise_key_error(e.key);
    }
    if (other->entry_count != count) return vm.raise(E::RuntimeError, "dict mutated during update");
  }
  return {};
}

Status merge_item(Vm& vm, Dict* d, Value key, Value value, int mode) {
  int64_t hash = TRY(dict_key_hash(vm, key));
  if (mode != 1) {
    int64_t at = TRY(find(vm, d, key, hash));
    if (at >= 0) {
      if (mode == 2) return vm.raise_key_error(key);
      return {};
    }
  }
  return dict_set_hashed(vm, d, key, hash, value);
}

Status merge_mapping(Vm& vm, Dict* d, Value other, Value keys_method, int mode) {
  Value keys = TRY(call0(vm, keys_method));
  return for_each(vm, keys, [&](Value key) -> Status {
    Value value = TRY(get_item(vm, other, key));
    return merge_item(vm, d, key, value, mode);
  });
}

Status merge_pairs(Vm& vm, Dict* d, Value other, int mode) {
  int64_t i = 0;
  return for_each(vm, other, [&](Value item) -> Status {
    Value pair = item;
    if (!is_list(item) && !is_tuple(item)) {
      Value it = get_iter(vm, item);
      if (it.is_error() && vm.pending_is(E::TypeError)) {
        if (!vm.clear_pending()) return Error{};
        (void)vm.raise(E::TypeError, "object is not iterable");
      }
      pair = it.is_error() ? Value() : Value(list_from(vm, it));
      if (pair.is_error()) {
        if (!vm.pending_is(E::TypeError)) return Error{};
        Value exception = vm.take_pending();
        Str* note = TRY(str_message(vm, "Cannot convert dictionary update sequence element #{} to a sequence", i));
        TRY(exception_add_note(vm, exception, note));
        return vm.raise_value(exception);
      }
    }
    const Value* items = is_list(pair) ? pair.as<List>()->items() : pair.as<Tuple>()->items;
    uint64_t n = is_list(pair) ? pair.as<List>()->length : pair.as<Tuple>()->length;
    if (n != 2)
      return vm.raise(E::ValueError, "dictionary update sequence element #{} has length {}; 2 is required", i, n);
    Value key = items[0], value = items[1];
    ++i;
    return merge_item(vm, d, key, value, mode);
  });
}

}  // namespace

Status dict_update(Vm& vm, Dict* d, Value other, int mode) {
  if (is_dict(other)) {
    bool plain =
        is_exact(vm, other, vm.types.dict) || special_of(vm, other, Special::Iter) == vm.types.dict->get(Special::Iter);
    if (plain) return merge_dict(vm, d, other.as<Dict>(), mode);
  }
  Value keys = TRY(get_attr_optional(vm, other, vm.names.keys));
  if (!keys.is_exhausted()) return merge_mapping(vm, d, other, keys, mode);
  return merge_pairs(vm, d, other, mode);
}

Result<bool> dict_equal(Vm& vm, Dict* a, Dict* b) {
  TRY(vm.check_stack(" in comparison"));
  if (a->used != b->used) return false;
  for (uint32_t i = 0; i < a->entry_count; ++i) {
    POLL_EVERY_1024(vm, i);
    DictEntry e = *a->entry(i);
    if (e.key.is(Value::deleted())) continue;
    int64_t at = TRY(find(vm, b, e.key, entry_hash(vm, a, i)));
    if (at < 0) return false;
    if (!TRY(item_equal(vm, e.value, b->entry(static_cast<uint32_t>(at))->value))) return false;
  }
  return true;
}

}  // namespace krait
