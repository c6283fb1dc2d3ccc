#include "objects/intern.hpp"

#include "base/hash.hpp"

namespace krait {

Str** Vm::Intern::find(const Str* s, int64_t hash) {
  size_t mask = slots.size() - 1;
  for (size_t i = static_cast<size_t>(hash) & mask;; i = (i + 1) & mask) {
    Str* other = slots[i];
    if (other == nullptr || (other->hash == hash && str_equal(other, s))) return &slots[i];
  }
}

Str** Vm::Intern::find(std::string_view bytes, bool ascii, int64_t hash) {
  size_t mask = slots.size() - 1;
  for (size_t i = static_cast<size_t>(hash) & mask;; i = (i + 1) & mask) {
    Str* other = slots[i];
    if (other == nullptr || (other->hash == hash && other->is_ascii() == ascii && other->ascii() == bytes))
      return &slots[i];
  }
}

void Vm::Intern::rebuild(size_t size) {
  std::vector<Str*> old = std::move(slots);
  slots.assign(size, nullptr);
  size_t mask = size - 1;
  for (Str* s : old) {
    if (s == nullptr) continue;
    size_t i = static_cast<size_t>(s->hash) & mask;
    while (slots[i] != nullptr) i = (i + 1) & mask;
    slots[i] = s;
  }
}

void Vm::Intern::grow() {
  if ((count + 1) * 4 > slots.size() * 3) rebuild(slots.size() * 2);
}

void Vm::Intern::insert(Str* s, int64_t hash) {
  grow();
  *find(s, hash) = s;
  ++count;
  young.push_back(s);
  s->bits |= Str::kInterned;
}

bool Vm::Intern::after_mark(Vm& vm, Heap::Collect what) {
  // A hole would cut chains of the open-addressed table, so the dead are first taken out and then the table is built again.
  bool any = false;
  if (what == Heap::Collect::kMinor) {
    // What was there before this generation survives a minor collection.
    for (Str* s : young) {
      if (vm.heap.is_marked(s)) continue;
      any = true;
      break;
    }
    if (!any) {
      young.clear();
      return false;
    }
  }
  for (Str*& s : slots) {
    if (s == nullptr || vm.heap.is_marked(s)) continue;
    s = nullptr;
    --count;
    any = true;
  }
  young.clear();
  if (any) rebuild(slots.size());
  return any;
}

Result<Str*> Vm::intern(std::string_view text) {
  uint8_t high = 0;
  for (char c : text) high |= static_cast<uint8_t>(c);
  if (high >= 0x80 || text.empty()) return intern(TRY(str_from_generalised_utf8(*this, text)));
  int64_t hash = hash_bytes({hash_key[0], hash_key[1]}, text.data(), text.size());
  Str* found = *interned->find(text, true, hash);
  if (found != nullptr) return found;
  Str* s = TRY(str_from_ascii(*this, text));
  s->hash = hash;
  interned->insert(s, hash);
  return s;
}

Str* Vm::intern(Str* s) {
  if (s->is_interned()) return s;
  int64_t hash = str_hash(*this, s);
  // The hash field of "" stays 0, as does the hash that str_hash gives: they match.
  Str* found = *interned->find(s, hash);
  if (found != nullptr) return found;
  interned->insert(s, hash);
  return s;
}

}  // namespace krait
