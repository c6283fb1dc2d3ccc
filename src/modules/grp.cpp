// grp: the database of groups.
#include <grp.h>

#include "modules/posix_module.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"

namespace krait {

namespace {

constexpr StructField kFields[] = {
    {"gr_name", "group name"}, {"gr_passwd", "password"}, {"gr_gid", "group id"}, {"gr_mem", "group members"}};
constexpr StructSpec kStruct("grp.struct_group", "A record of the group database.", kFields, 4);
struct State : Extension {
  Type* type = nullptr;
  void trace(Marker& m) override { m.mark_cell(type); }
};

constexpr size_t kRoom = 65536;

Value record(Vm& vm, const group& g) {
  List* members = TRY(list_new(vm));
  for (char** member = g.gr_mem; *member != nullptr; ++member)
    TRY(list_append(vm, members, TRY(str_decode_fs(vm, *member))));
  Value name = TRY(str_decode_fs(vm, g.gr_name));
  Value password = g.gr_passwd == nullptr ? Value::none() : TRY(Value(str_decode_fs(vm, g.gr_passwd)));
  Value v[] = {name, password, Value::small_int(g.gr_gid), members};
  return structseq_new(vm, vm.extension<State>().type, v);
}
Value getgrgid(Vm& vm, Args a) {
  Result<uint32_t> gid = posix::id_argument(vm, a[0], "gid");
  if (gid.is_error()) {
    if (!vm.pending_is(E::OverflowError) || !vm.clear_pending()) return Error{};
    return vm.raise(E::KeyError, "getgrgid(): gid not found");
  }
  char room[kRoom];
  group entry, *found = nullptr;
  gid_t id = gid.release();
  int error = ::getgrgid_r(id, &entry, room, sizeof room, &found);
  if (found == nullptr) {
    if (error == ENOMEM) return vm.raise_memory_error();
    return vm.raise(E::KeyError, "getgrgid(): gid not found: {}", id);
  }
  return record(vm, entry);
}
Value getgrnam(Vm& vm, Args a) {
  if (!is_str(a[0]))
    return vm.raise(E::TypeError, "getgrnam() argument 'name' must be str, not {}", argument_type(a[0]));
  std::string name;
  TRY(str_encode_fs(vm, as_str(a[0]), name));
  char room[kRoom];
  group entry, *found = nullptr;
  int error = ::getgrnam_r(name.c_str(), &entry, room, sizeof room, &found);
  if (found == nullptr) {
    if (error == ENOMEM) return vm.raise_memory_error();
    return vm.raise(E::KeyError, "getgrnam(): name not found: {}", repr_of(a[0]));
  }
  return record(vm, entry);
}
Value getgrall(Vm& vm, Args) {
  List* list = TRY(list_new(vm));
  ::setgrent();
  auto collect = [&]() -> Status {
    while (const group* entry = ::getgrent()) {
      TRY(vm.poll());
      Value item = TRY(record(vm, *entry));
      TRY(list_append(vm, list, item));
    }
    return {};
  };
  Status result = collect();
  ::endgrent();
  TRY(result);
  return list;
}

constexpr NativeRow kFunctions[] = {
    {"getgrgid(id)", getgrgid, 0, "The record of a group id."},
    {"getgrnam(name)", getgrnam, 0, "The record of a group name."},
    {"getgrall()", getgrall, 0, "All records."},
};
Status init(Vm& vm, Module* m) {
  vm.extension<State>().type = TRY(structseq_type(vm, kStruct));
  return module_add(vm, m, "struct_group", vm.extension<State>().type);
}

}  // namespace

extern constinit const ModuleSpec grp_module{
    .name = "grp",
    .doc = "The database of groups.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
