// _md5, _sha1, _sha256, _sha512, _sha2, _sha3, _blake2: hash objects over modules/digest_functions.hpp, under the names that the
// libraries' hashlib looks for (_sha256 and _sha512 until 3.11, _sha2 since 3.12).
#include <array>
#include <cstring>

#include "modules/digest_functions.hpp"
#include "objects/bytes.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

using digest::Which;

constexpr int64_t kPollEvery = 1 << 20;  ///< bytes hashed between two polls

struct Digest : Object {
  uint8_t which;  ///< digest::Which
  digest::State state;
  const digest::Function& function() const { return digest::kFunctions[which]; }
};

struct State : Extension {
  Type* types[digest::kCount] = {};
  void trace(Marker& m) override {
    for (Type* type : types) m.mark_cell(type);
  }
};

Digest* self_of(Args a) { return a[0].as<Digest>(); }

Status add_buffer(Vm& vm, Digest* self, Value data) {
  if (is_str(data)) return vm.raise(E::TypeError, "Strings must be encoded before hashing");
  if (!has_buffer(vm, data)) return vm.raise(E::TypeError, "object supporting the buffer API required");
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(data));
  for (int64_t at = 0; at < buffer.get().length;) {
    int64_t n = std::min(buffer.get().length - at, kPollEvery);
    digest::add(self->function(), self->state, buffer.get().data + at, static_cast<size_t>(n));
    at += n;
    TRY(vm.poll());
  }
  return {};
}

Result<Digest*> digest_new(Vm& vm, Type* type, Which which) {
  Digest* self = TRY(vm.new_instance<Digest>(type));
  self->which = which;
  digest::begin(self->function(), self->state);
  return self;
}

/// A module's function: (string, usedforsecurity).
template <Which kWhich>
Value make(Vm& vm, Args a) {
  Digest* self = TRY(digest_new(vm, vm.extension<State>().types[kWhich], kWhich));
  if (a.has(0)) TRY(add_buffer(vm, self, a[0]));
  return self;
}
/// A type's constructor: (type, data, usedforsecurity).
template <Which kWhich>
Value construct(Vm& vm, Args a) {
  Digest* self = TRY(digest_new(vm, as_type(a[0]), kWhich));
  if (a.has(1)) TRY(add_buffer(vm, self, a[1]));
  return self;
}

Value digest_update(Vm& vm, Args a) {
  TRY(add_buffer(vm, self_of(a), a[1]));
  return Value::none();
}

Value digest_copy(Vm& vm, Args a) {
  Digest* copy = TRY(vm.new_instance<Digest>(vm.type_of(a[0])));
  copy->which = self_of(a)->which;
  copy->state = self_of(a)->state;
  return copy;
}

Value hex_of(Vm& vm, std::span<const uint8_t> bytes) {
  std::string text;
  for (uint8_t byte : bytes) {
    text.push_back("0123456789abcdef"[byte >> 4]);
    text.push_back("0123456789abcdef"[byte & 15]);
  }
  return str_from_ascii(vm, text);
}

std::span<const uint8_t> finished(Args a, uint8_t (&out)[64]) {
  const Digest* self = self_of(a);
  std::span<uint8_t> room(out, self->state.size);
  digest::finish(self->function(), self->state, room);
  return room;
}
Value digest_digest(Vm& vm, Args a) {
  uint8_t out[64];
  return bytes_from(vm, finished(a, out));
}
Value digest_hexdigest(Vm& vm, Args a) {
  uint8_t out[64];
  return hex_of(vm, finished(a, out));
}

/// SHAKE gives as much as is asked for.
Result<Bytes*> squeezed(Vm& vm, Args a) {
  int64_t n = TRY(ssize_argument(vm, a[1]));
  if (n < 0) return vm.raise(E::ValueError, "value must be positive");
  if (n >= int64_t{1} << 29) return vm.raise(E::ValueError, "length is too large");
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(n)));
  digest::finish(self_of(a)->function(), self_of(a)->state, {out->data, out->length});
  TRY(vm.poll());
  return out;
}
Value shake_digest(Vm& vm, Args a) { return TRY(squeezed(vm, a)); }
Value shake_hexdigest(Vm& vm, Args a) {
  Bytes* bytes = TRY(squeezed(vm, a));
  return hex_of(vm, bytes->span());
}

Value get_digest_size(Vm&, Value v) { return Value::small_int(v.as<Digest>()->state.size); }
Value get_block_size(Vm&, Value v) { return Value::small_int(v.as<Digest>()->function().block); }
Value get_name(Vm& vm, Value v) { return str_from_ascii(vm, v.as<Digest>()->function().name); }
Value get_rate_bits(Vm&, Value v) { return Value::small_int(v.as<Digest>()->function().block * int64_t{8}); }
Value get_capacity_bits(Vm&, Value v) { return Value::small_int(1600 - v.as<Digest>()->function().block * int64_t{8}); }
Value get_suffix(Vm& vm, Value v) {
  uint8_t suffix = v.as<Digest>()->function().suffix;
  return bytes_from(vm, std::span<const uint8_t>(&suffix, 1));
}

// --- BLAKE2

template <Which kWhich>
Value construct_blake2(Vm& vm, Args a) {
  constexpr bool kWide = kWhich == digest::kBlake2b;
  constexpr int64_t kMostDigest = kWide ? 64 : 32, kSalt = kWide ? 16 : 8;
  Digest* self = TRY(digest_new(vm, as_type(a[0]), kWhich));
  // data, digest_size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth, inner_size, last_node
  auto number = [&](size_t i, int64_t fallback) -> Result<int64_t> { return ssize_argument(vm, a, i, fallback); };
  digest::Blake2Parameters p{};
  int64_t size = TRY(number(2, kMostDigest));
  if (size <= 0 || size > kMostDigest)
    return vm.raise(E::ValueError, "digest_size must be between 1 and {} bytes", kMostDigest);
  p.digest_size = static_cast<uint8_t>(size);
  auto bytes_of = [&](size_t i, uint8_t* to, int64_t most, const char* name) -> Result<int64_t> {
    if (!a.has(i)) return int64_t{0};
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(a[i]));
    if (buffer.get().length > most) return vm.raise(E::ValueError, "maximum {} length is {} bytes", name, most);
    std::memcpy(to, buffer.get().data, static_cast<size_t>(buffer.get().length));
    return buffer.get().length;
  };
  TRY(bytes_of(4, p.salt, kSalt, "salt"));
  TRY(bytes_of(5, p.person, kSalt, "person"));
  auto in_range = [&](size_t i, int64_t fallback, int64_t least, int64_t most, const char* message) -> Result<int64_t> {
    int64_t v = TRY(number(i, fallback));
    if (v < least || v > most) return vm.raise(E::ValueError, message);
    return v;
  };
  p.fanout = static_cast<uint8_t>(TRY(in_range(6, 1, 0, 255, "fanout must be between 0 and 255")));
  p.depth = static_cast<uint8_t>(TRY(in_range(7, 1, 1, 255, "depth must be between 1 and 255")));
  if (a.has(8)) {
    Value leaf = TRY(index(vm, a[8]));
    std::optional<int64_t> v = int_to_i64(leaf);
    if (!v || *v < 0 || *v > UINT32_MAX) return vm.raise(E::OverflowError, "leaf_size is too large");
    p.leaf_size = static_cast<uint32_t>(*v);
  }
  if (a.has(9)) {
    Value offset = TRY(index(vm, a[9]));
    std::optional<uint64_t> v = int_to_u64(offset);
    if (!v) return vm.raise(E::OverflowError, "int too big to convert");
    if (!kWide && *v >> 48 != 0) return vm.raise(E::OverflowError, "node_offset is too large");
    p.node_offset = *v;
  }
  p.node_depth = static_cast<uint8_t>(TRY(in_range(10, 0, 0, 255, "node_depth must be between 0 and 255")));
  p.inner_size = static_cast<uint8_t>(
      TRY(in_range(11, 0, 0, kMostDigest,
                   kWide ? "inner_size must be between 0 and is 64" : "inner_size must be between 0 and is 32")));
  p.last_node = a.has(12) && TRY(truthy(vm, a[12]));
  p.key_size = static_cast<uint8_t>(TRY(bytes_of(3, p.key, kMostDigest, "key")));
  digest::begin_blake2(self->function(), self->state, p);
  if (a.has(1)) TRY(add_buffer(vm, self, a[1]));
  return self;
}

// --- Types

#define METHODS                                                                \
  {"update($self, obj, /)", digest_update, 0, "Go on with the bytes of obj."}, \
      {"copy($self, /)", digest_copy, 0, "Another object that has seen the same bytes."}
#define FIXED_METHODS                                                                 \
  METHODS, {"digest($self, /)", digest_digest, 0, "The digest of the bytes so far."}, \
      {"hexdigest($self, /)", digest_hexdigest, 0, "The digest in hexadecimal digits."}

constexpr NativeRow kMethods[] = {FIXED_METHODS};
constexpr GetSetRow kAttributes[] = {
    {"digest_size", get_digest_size}, {"block_size", get_block_size}, {"name", get_name}};
constexpr GetSetRow kSpongeAttributes[] = {
    {"digest_size", get_digest_size}, {"block_size", get_block_size},        {"name", get_name},
    {"_rate_bits", get_rate_bits},    {"_capacity_bits", get_capacity_bits}, {"_suffix", get_suffix},
};
template <Which kWhich>
constexpr NativeRow kSha3Methods[] = {
    {"__new__($type, data=b'', /, *, usedforsecurity=True)", construct<kWhich>, kNewMethod}, FIXED_METHODS};
template <Which kWhich>
constexpr NativeRow kShakeMethods[] = {
    {"__new__($type, data=b'', /, *, usedforsecurity=True)", construct<kWhich>, kNewMethod},
    METHODS,
    {"digest($self, length, /)", shake_digest, 0, "A digest of that many bytes."},
    {"hexdigest($self, length, /)", shake_hexdigest, 0, "A digest of that many bytes, in hexadecimal digits."}};
template <Which kWhich>
constexpr NativeRow kBlake2Methods[] = {
    {"__new__($type, data=b'', /, *, digest_size=<unrepresentable>, key=b'', salt=b'', person=b'', fanout=1, depth=1, "
     "leaf_size=0, "
     "node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)",
     construct_blake2<kWhich>, kNewMethod},
    FIXED_METHODS};
#undef METHODS
#undef FIXED_METHODS

constexpr TypeSpec spec(const char* name, std::span<const NativeRow> methods, std::span<const GetSetRow> attributes,
                        uint32_t flags) {
  return TypeSpec{.name = name,
                  .kind = static_cast<CellKind>(Kind::Sha512),  // of every hash object, named after the first there was
                  .size = sizeof(Digest),
                  .flags = flags,
                  .methods = methods,
                  .getsets = attributes};
}
constexpr TypeSpec kTypes[digest::kCount] = {
    spec("_md5.md5", kMethods, kAttributes, kTypeNoNew),
    spec("_sha1.sha1", kMethods, kAttributes, kTypeNoNew),
    spec("_sha2.SHA224Type", kMethods, kAttributes, kTypeNoNew),
    spec("_sha2.SHA256Type", kMethods, kAttributes, kTypeNoNew),
    spec("_sha2.SHA384Type", kMethods, kAttributes, kTypeNoNew),
    spec("_sha2.SHA512Type", kMethods, kAttributes, kTypeNoNew),
    spec("_sha3.sha3_224", kSha3Methods<digest::kSha3_224>, kSpongeAttributes, 0),
    spec("_sha3.sha3_256", kSha3Methods<digest::kSha3_256>, kSpongeAttributes, 0),
    spec("_sha3.sha3_384", kSha3Methods<digest::kSha3_384>, kSpongeAttributes, 0),
    spec("_sha3.sha3_512", kSha3Methods<digest::kSha3_512>, kSpongeAttributes, 0),
    spec("_sha3.shake_128", kShakeMethods<digest::kShake128>, kSpongeAttributes, 0),
    spec("_sha3.shake_256", kShakeMethods<digest::kShake256>, kSpongeAttributes, 0),
    spec("_blake2.blake2b", kBlake2Methods<digest::kBlake2b>, kAttributes, kTypeBase),
    spec("_blake2.blake2s", kBlake2Methods<digest::kBlake2s>, kAttributes, kTypeBase),
};

/// Types of functions are made once for all modules that offer them; `name` null: the type is not shown.
Status add_type(Vm& vm, Module* m, Which which, const char* name) {
  State& s = vm.extension<State>();
  if (s.types[which] == nullptr) s.types[which] = TRY(make_type(vm, kTypes[which]));
  return name == nullptr ? Status() : module_add(vm, m, name, s.types[which]);
}
template <Which... kWhich>
Status init(Vm& vm, Module* m) {
  for (Which which : {kWhich...}) TRY(add_type(vm, m, which, nullptr));
  return {};
}
template <Which... kWhich>
Status init_shown(Vm& vm, Module* m) {
  for (Which which : {kWhich...}) TRY(add_type(vm, m, which, digest::kFunctions[which].name));
  return {};
}
Status init_blake2(Vm& vm, Module* m) {
  TRY((init_shown<digest::kBlake2b, digest::kBlake2s>(vm, m)));
  for (Which which : {digest::kBlake2b, digest::kBlake2s}) {
    bool wide = which == digest::kBlake2b;
    const struct {
      const char* name;
      int64_t value;
    } sizes[] = {{"SALT_SIZE", wide ? 16 : 8},
                 {"PERSON_SIZE", wide ? 16 : 8},
                 {"MAX_KEY_SIZE", wide ? 64 : 32},
                 {"MAX_DIGEST_SIZE", wide ? 64 : 32}};
    for (const auto& size : sizes) {
      TRY(type_set_own(vm, vm.extension<State>().types[which], TRY(vm.intern(size.name)),
                       Value::small_int(size.value)));
      TRY(module_add_int(vm, m, std::string(wide ? "BLAKE2B_" : "BLAKE2S_") + size.name, size.value));
    }
  }
  return {};
}

#define FUNCTION(name, which, doc) {name "(string=b'', *, usedforsecurity=True)", make<which>, 0, doc}
constexpr NativeRow kMd5Functions[] = {FUNCTION("md5", digest::kMd5, "An MD5 hash object, of the bytes of string.")};
constexpr NativeRow kSha1Functions[] = {
    FUNCTION("sha1", digest::kSha1, "A SHA-1 hash object, of the bytes of string.")};
#define SHA256_FUNCTIONS                                                                 \
  FUNCTION("sha224", digest::kSha224, "A SHA-224 hash object, of the bytes of string."), \
      FUNCTION("sha256", digest::kSha256, "A SHA-256 hash object, of the bytes of string.")
#define SHA512_FUNCTIONS                                                                 \
  FUNCTION("sha384", digest::kSha384, "A SHA-384 hash object, of the bytes of string."), \
      FUNCTION("sha512", digest::kSha512, "A SHA-512 hash object, of the bytes of string.")
constexpr NativeRow kSha256Functions[] = {SHA256_FUNCTIONS};
constexpr NativeRow kSha512Functions[] = {SHA512_FUNCTIONS};
constexpr NativeRow kSha2Functions[] = {SHA256_FUNCTIONS, SHA512_FUNCTIONS};
#undef FUNCTION
#undef SHA256_FUNCTIONS
#undef SHA512_FUNCTIONS

}  // namespace

extern constinit const ModuleSpec md5_module{
    .name = "_md5", .doc = "MD5.", .functions = kMd5Functions, .init = init<digest::kMd5>};
extern constinit const ModuleSpec sha1_module{
    .name = "_sha1", .doc = "SHA-1.", .functions = kSha1Functions, .init = init<digest::kSha1>};
extern constinit const ModuleSpec sha256_module{.name = "_sha256",
                                                .doc = "SHA-256 and SHA-224.",
                                                .functions = kSha256Functions,
                                                .init = init<digest::kSha224, digest::kSha256>};
extern constinit const ModuleSpec sha512_module{.name = "_sha512",
                                                .doc = "SHA-512 and SHA-384.",
                                                .functions = kSha512Functions,
                                                .init = init<digest::kSha384, digest::kSha512>};
extern constinit const ModuleSpec sha2_module{
    .name = "_sha2",
    .doc = "SHA-2.",
    .functions = kSha2Functions,
    .init = init<digest::kSha224, digest::kSha256, digest::kSha384, digest::kSha512>};
extern constinit const ModuleSpec sha3_module{
    .name = "_sha3",
    .doc = "SHA-3 and SHAKE.",
    .init = init_shown<digest::kSha3_224, digest::kSha3_256, digest::kSha3_384, digest::kSha3_512, digest::kShake128,
                       digest::kShake256>};
extern constinit const ModuleSpec blake2_module{.name = "_blake2", .doc = "BLAKE2b and BLAKE2s.", .init = init_blake2};

}  // namespace krait
