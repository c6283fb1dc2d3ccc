// Struct sequences: tuples whose items have names (os.stat_result, time.struct_time, sys.flags), some of which may only be
// reached by name.
//
// The layout is the tuple's. The fields that are not items stand behind them; Cell::bits says how many they are.
#pragma once

#include <span>

#include "objects/native.hpp"
#include "objects/sequences.hpp"
#include "objects/vm.hpp"

namespace krait {

struct StructField {
  const char* name;  ///< null: an item that has no name
  const char* doc = nullptr;
};

/// One struct sequence type. `visible`: how many of the fields are items of the tuple.
struct StructSpec {
  TypeSpec type;
  std::span<const StructField> fields;
  uint32_t visible;

  consteval StructSpec(const char* name, const char* doc, std::span<const StructField> all, uint32_t items,
                       bool instantiable = true);
};

namespace structseq_detail {
Value make(Vm& vm, Args a);
Value show(Vm& vm, Args a);
Value reduce(Vm& vm, Args a);
Value replace(Vm& vm, Args a);
inline constexpr NativeRow kMethods[] = {
    {"__new__($type, sequence, dict=<unrepresentable>)", make, kNewMethod | kStaticMethod},
    {"__repr__($self, /)", show, 0, "Return repr(self)."},
    {"__reduce__($self, /)", reduce, 0, "Return state information for pickling."},
    {"__replace__($self, /, **changes)", replace, 0, "Return a copy with the given fields changed."},
};
}  // namespace structseq_detail

consteval StructSpec::StructSpec(const char* name, const char* doc, std::span<const StructField> all, uint32_t items,
                                 bool instantiable)
    : type{.name = name,
           .doc = doc,
           .signature = "",
           .flags = kTypeVarSize | kTypeSequence | (instantiable ? 0 : static_cast<uint32_t>(kTypeNoNew)),
           .methods = std::span<const NativeRow>(structseq_detail::kMethods).subspan(instantiable ? 0 : 1)},
      fields(all),
      visible(items) {}

Result<Type*> structseq_type(Vm& vm, const StructSpec& spec);
/// An instance; `values` are all fields in order (unset ones read as None).
Value structseq_new(Vm& vm, Type* type, std::span<const Value> values);

}  // namespace krait
