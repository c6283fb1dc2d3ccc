// dict: a compact ordered hash table. An index of 1, 2 or 4-byte entry numbers over dense entries in insertion order.
//
// Two kinds of entries: while every key is an exact str the entries are (key, value) and the hashes are those cached in the
// keys; otherwise (key, value, hash). The lookups that can meet a foreign __eq__ or __hash__ run Python code: they start anew
// when the table changed under them.
#pragma once

#include "objects/vm.hpp"

namespace krait {

struct DictEntry {
  Value key;  ///< deleted() where the entry is dead
  Value value;
};

struct Dict : Object {
  // Cell::bits
  static constexpr uint16_t kGeneral = 1;  ///< entries are followed by an array of their hashes
  static constexpr uint16_t kFactory = 4;  ///< a Value follows the Dict (defaultdict's default_factory): trace it too
  static constexpr uint16_t kOrdered = 8;  ///< an OrderedDict: keeps `first` right
  static constexpr uint16_t kUninterned = 2;  ///< not every key is an interned str
  uint32_t used;                              ///< live entries
  uint32_t
      traced;  ///< entries that the collector has seen: nothing before this one is new but what barrier() was called for
  uint32_t entry_count;  ///< entries handed out, dead ones included
  uint32_t entry_capacity;
  Storage*
      entries;     ///< DictEntry[entry_capacity] (then uint64_t hashes[entry_capacity] when kGeneral); null while empty
  Storage* index;  ///< 2^index_log2 slots; null for up to 8 string keys (searched in order)
  uint32_t keys_version;  ///< see dict_keys_version; 0 after the key set or the entries' places changed
  uint32_t index_log2 : 6;
  uint32_t dummies : 26;  ///< slots of the index whose entry number was given back
  DictEntry* entry(uint32_t i) const { return entries->data<DictEntry>() + i; }
  bool general() const { return bits & kGeneral; }
  int64_t* hashes() const { return reinterpret_cast<int64_t*>(entry(entry_capacity)); }
};

/// collections.OrderedDict: a dict whose front is as quick as its end.
struct OrderedDict : Dict {
  uint64_t first;  ///< no live entry lies before this one
  uint32_t moves;  ///< how often an entry was moved to an end: iterators notice
};
/// Number of the first live entry of a dict that is not empty.
uint32_t dict_first(Dict* d);
/// Moves an entry to the end or the front. The dict must be an OrderedDict.
Status dict_move_to_end(Vm& vm, OrderedDict* d, uint32_t entry, bool last);
/// Removes a live entry.
Value dict_remove_entry(Vm& vm, Dict* d, uint32_t entry);

inline bool is_dict(Value v) { return is_kind(v, Kind::Dict); }
Result<Dict*> dict_new(Vm& vm, uint64_t reserve = 0);
Result<Dict*> dict_copy(Vm& vm, Dict* from);

// --- By str key (exact or interned): run no Python code while the dict has only str keys.
/// Unset if absent. For a dict with foreign keys this may run Python: use dict_get then (these fall back to an identity and
/// str-equality search, which is what the machine's own tables need).
Value dict_get_str(Vm& vm, const Dict* d, Str* key);
Status dict_set_str(Vm& vm, Dict* d, Str* key, Value value);
/// True if it was there.
Result<bool> dict_del_str(Vm& vm, Dict* d, Str* key);
/// Entry number of a str key, or -1. With dict_keys_version this is what inline caches hold.
int64_t dict_find_str(Vm& vm, const Dict* d, Str* key);
/// A number that stays the same only while no key is added or removed and no entry moves (values may change). Never 0.
uint32_t dict_keys_version(Vm& vm, Dict* d);

// --- Any key: may run Python code.
/// The value, or exhausted() if absent, or an error.
Value dict_get(Vm& vm, Dict* d, Value key);
Value dict_get_hashed(Vm& vm, Dict* d, Value key, int64_t hash);
Status dict_set(Vm& vm, Dict* d, Value key, Value value);
Status dict_set_hashed(Vm& vm, Dict* d, Value key, int64_t hash, Value value);
/// dict.setdefault.
Value dict_set_default(Vm& vm, Dict* d, Value key, Value value);
/// Removes and gives the value; exhausted() if absent.
Value dict_pop(Vm& vm, Dict* d, Value key);
/// Removes and gives the last entry; false if there is none.
bool dict_pop_last(Vm& vm, Dict* d, Value* key, Value* value);
/// Entry number of any key, -1 if absent.
Result<int64_t> dict_find(Vm& vm, Dict* d, Value key, int64_t hash);
/// The hash of an entry's key.
int64_t dict_entry_hash(Vm& vm, const Dict* d, uint32_t entry);
/// hash(key), with TypeError "cannot use 'list' as a dict key (...)".
Result<int64_t> dict_key_hash(Vm& vm, Value key);
/// a == b for two dicts: may run Python.
Result<bool> dict_equal(Vm& vm, Dict* a, Dict* b);
/// The trace function of every layout that begins with a Dict.
void dict_trace(Heap& heap, Cell* cell, Marker& marker);
void dict_trace_new(Heap& heap, Cell* cell, Marker& marker);
Result<bool> dict_contains(Vm& vm, Dict* d, Value key);
void dict_clear(Vm& vm, Dict* d);
/// dict.update(other): other a mapping or an iterable of pairs. `override`: 0 keep, 1 replace, 2 KeyError on a duplicate key.
Status dict_update(Vm& vm, Dict* d, Value other, int override_mode = 1);

/// The entries in order: `uint32_t i = 0; while (DictEntry* e = dict_next(d, i)) {...}`. Runs nothing; if the body may change the
/// dict, hold key and value in locals and check d->keys_version or used.
inline DictEntry* dict_next(const Dict* d, uint32_t& i) {
  while (i < d->entry_count) {
    DictEntry* e = d->entry(i++);
    if (!e->key.is(Value::deleted())) return e;
  }
  return nullptr;
}

/// dict_keys, dict_values, dict_items.
struct DictView : Object {
  Dict* dict;
};
/// The six iterators over keys, values and items, forward and reverse.
struct DictIterator : Object {
  Dict* dict;        ///< null once exhausted
  uint64_t used;     ///< of the dict when the iteration began
  uint64_t left;     ///< entries still to be given
  int64_t position;  ///< entry number to look at next
  uint32_t moves;    ///< of an OrderedDict when the iteration began
};
/// One step of a forward iterator: the entry (to be read at once), or null at the end or, with *failed, with an exception.
DictEntry* dict_items_next(Vm& vm, DictIterator* it, bool* failed);
/// Makes the view or iterator: `type` is one of vm.types.dict_....
Value dict_view_new(Vm& vm, Type* type, Dict* d);
Value dict_iterator_new(Vm& vm, Type* type, Dict* d, bool reverse = false);

/// A read-only view of any mapping.
struct MappingProxy : Object {
  Value mapping;
  Type* type;  ///< whose __dict__ this is; null: another mapping
};
Value mappingproxy_new(Vm& vm, Value mapping, Type* type = nullptr);

/// set and frozenset: an open table, filled in the order that CPython fills it, so that iteration over ints and other keys with
/// the same hashes there gives the same order.
struct SetEntry {
  Value key;  ///< unset: never used; deleted(): dead
  int64_t hash;
};
struct Set : Object {
  static constexpr uint16_t kHoldsCells =
      1;  ///< Cell::bits: some key is or was no immediate, so the table has to be traced
  uint64_t used;
  Storage* entries;      ///< SetEntry[entry_count]; null while nothing was ever added
  uint32_t entry_count;  ///< slots: a power of two
  uint32_t fill;         ///< slots that are not unused
  int64_t hash;          ///< of a frozenset, once asked for; 0: not yet
  uint32_t finger;       ///< where pop() looks next
};
inline bool is_set(Value v) { return is_kind(v, Kind::Set); }  ///< set or frozenset or a subclass
Result<Set*> set_new(Vm& vm, Type* type);                      ///< type: vm.types.set, vm.types.frozenset or a subclass
Result<bool> set_add(Vm& vm, Set* s, Value key);               ///< true if it was not there
Result<bool> set_contains(Vm& vm, Set* s, Value key);
Result<bool> set_discard(Vm& vm, Set* s, Value key);  ///< true if it was there
Status set_update(Vm& vm, Set* s, Value iterable);
void set_clear(Vm& vm, Set* s);
/// Removes and gives a key; exhausted() if empty.
Value set_pop(Vm& vm, Set* s);
inline SetEntry* set_next(const Set* s, uint32_t& i) {
  while (i < s->entry_count) {
    SetEntry* e = s->entries->data<SetEntry>() + i++;
    if (!e->key.is_unset() && !e->key.is(Value::deleted())) return e;
  }
  return nullptr;
}

}  // namespace krait
