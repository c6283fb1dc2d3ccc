// pwd: the database of users.
#include <pwd.h>

#include "modules/posix_module.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"

namespace krait {

namespace {

constexpr StructField kFields[] = {
    {"pw_name", "user name"},  {"pw_passwd", "password"},    {"pw_uid", "user id"},         {"pw_gid", "group id"},
    {"pw_gecos", "real name"}, {"pw_dir", "home directory"}, {"pw_shell", "shell program"},
};
constexpr StructSpec kStruct("pwd.struct_passwd", "A record of the user database.", kFields, 7);
struct State : Extension {
  Type* type = nullptr;
  void trace(Marker& m) override { m.mark_cell(type); }
};

constexpr size_t kRoom = 65536;

Value record(Vm& vm, const passwd& p) {
  auto text = [&](const char* s) -> Value { return s == nullptr ? Value::none() : Value(str_decode_fs(vm, s)); };
  Value v[] = {
      text(p.pw_name), text(p.pw_passwd), Value::small_int(p.pw_uid), Value::small_int(p.pw_gid), text(p.pw_gecos),
      text(p.pw_dir),  text(p.pw_shell)};
  for (Value item : v)
    if (item.is_error()) return Error{};
  return structseq_new(vm, vm.extension<State>().type, v);
}
Value getpwuid(Vm& vm, Args a) {
  Result<uint32_t> uid = posix::id_argument(vm, a[0], "uid");
  if (uid.is_error()) {
    if (!vm.pending_is(E::OverflowError) || !vm.clear_pending()) return Error{};
    return vm.raise(E::KeyError, "getpwuid(): uid not found");
  }
  char room[kRoom];
  passwd entry, *found = nullptr;
  uid_t id = uid.release();
  int error = ::getpwuid_r(id, &entry, room, sizeof room, &found);
  if (found == nullptr) {
    if (error == ENOMEM) return vm.raise_memory_error();
    return vm.raise(E::KeyError, "getpwuid(): uid not found: {}", id);
  }
  return record(vm, entry);
}
Value getpwnam(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "getpwnam() argument must be str, not {}", argument_type(a[0]));
  std::string name;
  TRY(str_encode_fs(vm, as_str(a[0]), name));
  char room[kRoom];
  passwd entry, *found = nullptr;
  int error = ::getpwnam_r(name.c_str(), &entry, room, sizeof room, &found);
  if (found == nullptr) {
    if (error == ENOMEM) return vm.raise_memory_error();
    return vm.raise(E::KeyError, "getpwnam(): name not found: {}", repr_of(a[0]));
  }
  return record(vm, entry);
}
Value getpwall(Vm& vm, Args) {
  List* list = TRY(list_new(vm));
  ::setpwent();
  auto collect = [&]() -> Status {
    while (const passwd* entry = ::getpwent()) {
      TRY(vm.poll());
      Value item = TRY(record(vm, *entry));
      TRY(list_append(vm, list, item));
    }
    return {};
  };
  Status result = collect();
  ::endpwent();
  TRY(result);
  return list;
}

constexpr NativeRow kFunctions[] = {
    {"getpwuid(uidobj, /)", getpwuid, 0, "The record of a user id."},
    {"getpwnam(name, /)", getpwnam, 0, "The record of a user name."},
    {"getpwall()", getpwall, 0, "All records."},
};
Status init(Vm& vm, Module* m) {
  vm.extension<State>().type = TRY(structseq_type(vm, kStruct));
  return module_add(vm, m, "struct_passwd", vm.extension<State>().type);
}

}  // namespace

extern constinit const ModuleSpec pwd_module{
    .name = "pwd",
    .doc = "The database of users.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
