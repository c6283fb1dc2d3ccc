// _random: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), seeded as Python does it, so that the same seed gives
// the same numbers.
#include <sys/random.h>

#include <cstring>

#include "objects/float.hpp"
#include "objects/int_limbs.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

namespace krait {

namespace {

constexpr uint32_t kSize = 624, kShift = 397;

struct Random : Object {
  uint32_t index;
  uint32_t state[kSize];

  uint32_t next() {
    if (index >= kSize) refill();
    uint32_t y = state[index++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
  }

  void refill() {
    auto mix = [](uint32_t high, uint32_t low) {
      uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);
      return (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    };
    uint32_t k = 0;
    for (; k < kSize - kShift; ++k) state[k] = state[k + kShift] ^ mix(state[k], state[k + 1]);
    for (; k < kSize - 1; ++k) state[k] = state[k + kShift - kSize] ^ mix(state[k], state[k + 1]);
    state[kSize - 1] = state[kShift - 1] ^ mix(state[kSize - 1], state[0]);
    index = 0;
  }

  void seed(uint32_t s) {
    state[0] = s;
    for (uint32_t i = 1; i < kSize; ++i) state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    index = kSize;
  }

  void seed(std::span<const uint32_t> key) {
    seed(19650218u);
    uint32_t i = 1;
    size_t j = 0;
    auto wrap = [&] {
      if (++i >= kSize) {
        state[0] = state[kSize - 1];
        i = 1;
      }
    };
    for (size_t k = std::max<size_t>(kSize, key.size()); k > 0; --k) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525u)) + key[j] + static_cast<uint32_t>(j);
      wrap();
      if (++j >= key.size()) j = 0;
    }
    for (uint32_t k = kSize - 1; k > 0; --k) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941u)) - i;
      wrap();
    }
    state[0] = 0x80000000u;
  }
};

struct State : Extension {
  Type* random = nullptr;
  void trace(Marker& m) override { m.mark_cell(random); }
};

Random* self_of(Args a) { return a[0].as<Random>(); }

Status seed_from_system(Vm& vm, Random* r) {
  uint32_t key[kSize];
  if (getrandom(key, sizeof(key), 0) != static_cast<ssize_t>(sizeof(key))) return vm.raise_os_error(errno, Value());
  r->seed(key);
  return {};
}

/// None: from the system; an int: its absolute value; anything else: its hash.
Status seed(Vm& vm, Random* r, Value v) {
  if (v.is_unset() || v.is_none()) return seed_from_system(vm, r);
  uint64_t hashed;
  std::span<const uint64_t> limbs;
  uint64_t scratch;
  bool negative;
  if (is_int(v)) {
    limbs = int_limbs(v, scratch, negative);
  } else {
    hashed = static_cast<uint64_t>(TRY(hash(vm, v)));
    limbs = {&hashed, hashed != 0};
  }
  // The key is the magnitude in words of 32 bits, zero being one word.
  size_t words = limbs.size() * 2;
  if (words > 0 && (limbs.back() >> 32) == 0) --words;
  if (words == 0) {
    uint32_t zero = 0;
    r->seed(std::span<const uint32_t>(&zero, 1));
    return {};
  }
  if constexpr (std::endian::native == std::endian::little) {
    r->seed(std::span<const uint32_t>(reinterpret_cast<const uint32_t*>(limbs.data()), words));
  } else {
    Storage* copy = TRY(vm.allocate_storage(words * sizeof(uint32_t)));
    for (size_t i = 0; i < words; ++i)
      copy->data<uint32_t>()[i] = static_cast<uint32_t>(limbs[i / 2] >> (32 * (i % 2)));
    r->seed(std::span<const uint32_t>(copy->data<uint32_t>(), words));
  }
  return {};
}

Value random_new(Vm& vm, Args a) {
  Type* type = a[0].as<Type>();
  std::span<const Value> args = a.rest(2);
  bool exact = type == vm.extension<State>().random;
  if (exact && a.has(1)) return vm.raise(E::TypeError, "Random() takes no keyword arguments");
  if (exact && args.size() > 1)
    return vm.raise(E::TypeError, "Random expected at most 1 argument, got {}", static_cast<uint64_t>(args.size()));
  Random* r = TRY(vm.new_instance<Random>(type));
  TRY(seed(vm, r, exact && !args.empty() ? args[0] : Value()));
  return r;
}

Value random_seed(Vm& vm, Args a) {
  TRY(seed(vm, self_of(a), a[1]));
  return Value::none();
}

Value random_random(Vm&, Args a) {
  Random* r = self_of(a);
  uint32_t high = r->next() >> 5, low = r->next() >> 6;
  // 0, or at least 2**-53: always an immediate.
  return Value::small_float((high * 67108864.0 + low) * (1.0 / 9007199254740992.0));
}

Value random_getrandbits(Vm& vm, Args a) {
  Random* r = self_of(a);
  Value count = TRY(index(vm, a[1]));
  if (int_sign(count) < 0) return vm.raise(E::ValueError, "Cannot convert negative int");
  auto k = int_to_u64(count);
  if (!k) return vm.raise(E::OverflowError, "Python int too large for C uint64_t");
  if (*k == 0) return Value::small_int(0);
  if (*k <= 32) return Value::small_int(r->next() >> (32 - *k));
  uint64_t words = (*k - 1) / 32 + 1;
  Int* out = TRY(int_allocate(vm, (words + 1) / 2));
  for (uint64_t i = 0; i < words; ++i) {
    if ((i & 0xFFFF) == 0xFFFF) TRY(vm.poll());
    uint64_t word = r->next();
    if (i == words - 1 && *k % 32 != 0) word >>= 32 - *k % 32;
    out->limbs[i / 2] = i % 2 == 0 ? word : out->limbs[i / 2] | word << 32;
  }
  return int_finish(vm, out, (words + 1) / 2, false);
}

Value random_getstate(Vm& vm, Args a) {
  Random* r = self_of(a);
  Tuple* t = TRY(tuple_allocate(vm, kSize + 1));
  for (uint32_t i = 0; i < kSize; ++i) t->items[i] = Value::small_int(r->state[i]);
  t->items[kSize] = Value::small_int(r->index);
  return t;
}

Value random_setstate(Vm& vm, Args a) {
  if (!is_tuple(a[1])) return vm.raise(E::TypeError, "state vector must be a tuple");
  Tuple* t = a[1].as<Tuple>();
  if (t->length != kSize + 1) return vm.raise(E::ValueError, "state vector is the wrong size");
  uint32_t state[kSize];
  for (uint32_t i = 0; i < kSize; ++i) {
    if (!is_int(t->items[i])) return vm.raise(E::TypeError, "an integer is required");
    if (int_sign(t->items[i]) < 0) return vm.raise(E::OverflowError, "can't convert negative value to unsigned int");
    auto word = int_to_u64(t->items[i]);
    if (!word) return vm.raise(E::OverflowError, "Python int too large to convert to C unsigned long");
    if (*word > UINT32_MAX) return vm.raise(E::ValueError, "invalid state");
    state[i] = static_cast<uint32_t>(*word);
  }
  if (!is_int(t->items[kSize])) return vm.raise(E::TypeError, "an integer is required");
  int64_t index = TRY(int_to_i64_checked(vm, t->items[kSize], "C long"));
  if (index < 0 || index > kSize) return vm.raise(E::ValueError, "invalid state");
  Random* r = self_of(a);
  std::memcpy(r->state, state, sizeof(state));
  r->index = static_cast<uint32_t>(index);
  return Value::none();
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, *args, **kwargs)", random_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"random($self, /)", random_random, 0, "A float in the half-open interval from 0.0 to 1.0."},
    {"seed($self, n=None, /)", random_seed, 0, "Start anew: from the system's randomness if n is None, else from n."},
    {"getstate($self, /)", random_getstate, 0, "The generator's state as a tuple of ints."},
    {"setstate($self, state, /)", random_setstate, 0, "Take a state that getstate() gave."},
    {"getrandbits($self, k, /)", random_getrandbits, 0, "An int of k random bits."},
};
constexpr TypeSpec kRandomType{
    .name = "_random.Random",
    .doc = "A generator of pseudo-random numbers: Random(seed).",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Random),
    .size = sizeof(Random),
    .flags = kTypeBase,
    .methods = kMethods,
};

Status init(Vm& vm, Module* m) {
  vm.extension<State>().random = TRY(module_add_type(vm, m, kRandomType));
  return {};
}

}  // namespace

extern constinit const ModuleSpec random_module{
    .name = "_random",
    .doc = "The Mersenne Twister behind the random module.",
    .init = init,
};

}  // namespace krait
