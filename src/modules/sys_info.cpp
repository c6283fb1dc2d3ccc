#include "modules/sys_info.hpp"

#include <unistd.h>

#include <cfloat>

#include "modules/std_streams.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"
#include "observe/monitoring.hpp"
#include "runtime/import.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

constexpr int kKraitMajor = 0, kKraitMinor = 1, kKraitMicro = 0;

Value whole(int64_t i) { return Value::small_int(i); }

// --- Struct sequences

constexpr StructField kVersionFields[] = {{"major", "Major release number"},
                                          {"minor", "Minor release number"},
                                          {"micro", "Patch release number"},
                                          {"releaselevel", "'alpha', 'beta', 'candidate', or 'final'"},
                                          {"serial", "Serial release number"}};
constexpr StructSpec kVersionSpec("sys.version_info", "Version information as a named tuple.", kVersionFields, 5,
                                  false);

constexpr StructField kFlagFields[] = {{"debug", "-d"},
                                       {"inspect", "-i"},
                                       {"interactive", "-i"},
                                       {"optimize", "-O or -OO"},
                                       {"dont_write_bytecode", "-B"},
                                       {"no_user_site", "-s"},
                                       {"no_site", "-S"},
                                       {"ignore_environment", "-E"},
                                       {"verbose", "-v"},
                                       {"bytes_warning", "-b"},
                                       {"quiet", "-q"},
                                       {"hash_randomization", "-R"},
                                       {"isolated", "-I"},
                                       {"dev_mode", "-X dev"},
                                       {"utf8_mode", "-X utf8"},
                                       {"warn_default_encoding", "-X warn_default_encoding"},
                                       {"safe_path", "-P"},
                                       {"int_max_str_digits", "-X int_max_str_digits"},
                                       {"gil", "-X gil"},
                                       {"thread_inherit_context", "-X thread_inherit_context"},
                                       {"context_aware_warnings", "-X context_aware_warnings"}};
constexpr StructSpec kFlagsSpec("sys.flags", "What the command line and the environment turned on.", kFlagFields, 18,
                                false);

constexpr StructField kFloatFields[] = {{"max", "largest finite float"},
                                        {"max_exp", "largest int e such that radix**(e-1) is representable"},
                                        {"max_10_exp", "largest int e such that 10**e is representable"},
                                        {"min", "smallest positive normalized float"},
                                        {"min_exp", "smallest int e such that radix**(e-1) is a normalized float"},
                                        {"min_10_exp", "smallest int e such that 10**e is a normalized float"},
                                        {"dig", "decimal digits that can be represented faithfully"},
                                        {"mant_dig", "digits of the mantissa"},
                                        {"epsilon", "difference between 1 and the next float"},
                                        {"radix", "radix of the exponent"},
                                        {"rounds", "rounding mode"}};
constexpr StructSpec kFloatSpec("sys.float_info", "Properties of the float type.", kFloatFields, 11);

constexpr StructField kIntFields[] = {{"bits_per_digit", "size of a digit in bits"},
                                      {"sizeof_digit", "size of a digit in bytes"},
                                      {"default_max_str_digits", "default limit of digits in conversions"},
                                      {"str_digits_check_threshold", "smallest limit that can be set"}};
constexpr StructSpec kIntSpec("sys.int_info", "Properties of the int type.", kIntFields, 4);

constexpr StructField kHashFields[] = {{"width", "bits of a hash"},
                                       {"modulus", "prime modulus of numeric hashes"},
                                       {"inf", "hash of positive infinity"},
                                       {"nan", "no longer used"},
                                       {"imag", "multiplier of the imaginary part"},
                                       {"algorithm", "of str and bytes"},
                                       {"hash_bits", "internal output size of the algorithm"},
                                       {"seed_bits", "seed size of the algorithm"},
                                       {"cutoff", "length below which another algorithm is used"}};
constexpr StructSpec kHashSpec("sys.hash_info", "Properties of hashes.", kHashFields, 9);

constexpr StructField kThreadFields[] = {{"name", "name of the thread implementation"},
                                         {"lock", "how locks are made"},
                                         {"version", "name and version of the thread library"}};
constexpr StructSpec kThreadSpec("sys.thread_info", "Information about threads.", kThreadFields, 3);

// --- Makers

Value make_version_info(Vm& vm) {
  Library& library = system_of(vm).library;
  Type* type = TRY(structseq_type(vm, kVersionSpec));
  Value values[] = {whole(library.major), whole(library.minor), whole(library_micro(library)), TRY(vm.intern("final")),
                    whole(0)};
  return structseq_new(vm, type, values);
}

int64_t hex_version(int major, int minor, int micro) { return major << 24 | minor << 16 | micro << 8 | 0xF0; }

Value make_hexversion(Vm& vm) {
  Library& library = system_of(vm).library;
  return whole(hex_version(library.major, library.minor, library_micro(library)));
}

Value make_version(Vm& vm) {
  Library& library = system_of(vm).library;
#ifdef __clang__
  const char* compiler = "Clang " __clang_version__;
#else
  const char* compiler = "GCC " __VERSION__;
#endif
  std::string_view compiler_text = compiler;
  while (!compiler_text.empty() && compiler_text.back() == ' ') compiler_text.remove_suffix(1);
  return str_message(vm, "{}.{}.{} (krait {}.{}.{}) [{}]", library.major, library.minor, library_micro(library),
                     kKraitMajor, kKraitMinor, kKraitMicro, compiler_text);
}

Value make_implementation(Vm& vm) {
  Dict* d = TRY(dict_new(vm));
  auto set = [&](const char* key, Value v) -> Status {
    if (v.is_error()) return Error{};
    return dict_set_str(vm, d, TRY(vm.intern(key)), v);
  };
  Value shown = TRY(sys_lazy_attribute(vm, "version_info"));
  Value version[] = {whole(kKraitMajor), whole(kKraitMinor), whole(kKraitMicro), TRY(vm.intern("alpha")), whole(0)};
  TRY(set("name", TRY(vm.intern("krait"))));
  TRY(set("cache_tag", TRY(vm.intern(kCacheTag))));
  TRY(set("version", structseq_new(vm, vm.type_of(shown), version)));
  TRY(set("hexversion", whole(hex_version(kKraitMajor, kKraitMinor, kKraitMicro) & ~int64_t{0x50})));
#if defined(__linux__) && defined(__x86_64__)
  TRY(set("_multiarch", TRY(vm.intern("x86_64-linux-gnu"))));
#elif defined(__linux__) && defined(__aarch64__)
  TRY(set("_multiarch", TRY(vm.intern("aarch64-linux-gnu"))));
#endif
  TRY(set("supports_isolated_interpreters", Value::false_()));
  return call_with(vm, vm.types.simple_namespace, vm.empty_tuple, d);
}

Value make_flags(Vm& vm) {
  const SystemOptions& o = system_of(vm).options;
  auto flag = [](bool b) { return whole(b ? 1 : 0); };
  Value values[] = {whole(o.debug),
                    whole(o.inspect),
                    whole(o.interactive),
                    whole(vm.optimize),
                    flag(o.dont_write_bytecode),
                    flag(o.no_user_site || o.isolated),
                    flag(o.no_site),
                    flag(o.ignore_environment || o.isolated),
                    whole(o.verbose),
                    whole(o.bytes_warning),
                    whole(o.quiet),
                    flag(o.hash_randomization),
                    flag(o.isolated),
                    Value::boolean(o.dev_mode),
                    flag(o.utf8_mode),
                    flag(o.warn_default_encoding),
                    Value::boolean(o.safe_path || o.isolated),
                    int_from_u64(vm, vm.int_max_str_digits),
                    whole(1),
                    whole(0),
                    whole(0)};
  return structseq_new(vm, TRY(structseq_type(vm, kFlagsSpec)), values);
}

Value make_float_info(Vm& vm) {
  Value values[] = {float_from(vm, DBL_MAX),
                    whole(DBL_MAX_EXP),
                    whole(DBL_MAX_10_EXP),
                    float_from(vm, DBL_MIN),
                    whole(DBL_MIN_EXP),
                    whole(DBL_MIN_10_EXP),
                    whole(DBL_DIG),
                    whole(DBL_MANT_DIG),
                    float_from(vm, DBL_EPSILON),
                    whole(FLT_RADIX),
                    whole(1)};
  return structseq_new(vm, TRY(structseq_type(vm, kFloatSpec)), values);
}
Value make_int_info(Vm& vm) {
  Value values[] = {whole(64), whole(8), whole(4300), whole(640)};
  return structseq_new(vm, TRY(structseq_type(vm, kIntSpec)), values);
}
Value make_hash_info(Vm& vm) {
  Value values[] = {whole(64),      int_from(vm, (int64_t{1} << 61) - 1), whole(314159), whole(0),
                    whole(1000003), TRY(vm.intern("siphash13")),          whole(64),     whole(128),
                    whole(0)};
  return structseq_new(vm, TRY(structseq_type(vm, kHashSpec)), values);
}
Value make_thread_info(Vm& vm) {
  Value version = Value::none();
#ifdef _CS_GNU_LIBPTHREAD_VERSION
  char text[128];
  size_t n = confstr(_CS_GNU_LIBPTHREAD_VERSION, text, sizeof text);
  if (n > 1 && n <= sizeof text) version = TRY(str_from_utf8(vm, {text, n - 1}));
#endif
  Value values[] = {TRY(vm.intern("pthread")), TRY(vm.intern("mutex+cond")), version};
  return structseq_new(vm, TRY(structseq_type(vm, kThreadSpec)), values);
}

constexpr const char* kStdlibNames[] = {
#include "modules/stdlib_names.inc"
};
Value make_stdlib_names(Vm& vm) {
  Set* names = TRY(set_new(vm, vm.types.frozenset));
  for (const char* name : kStdlibNames) TRY(set_add(vm, names, TRY(vm.intern(name))));
  return names;
}

Value make_builtin_names(Vm& vm) {
  List* names = TRY(import_native_names(vm));
  TRY(list_sort(vm, names, Value(), false));
  return list_to_tuple(vm, names);
}

Value make_copyright(Vm& vm) {
  return str_from_ascii(vm, "Copyright (c) the Krait authors. The library it runs is copyright its own authors.");
}
Value make_git(Vm& vm) { return pack(vm, TRY(vm.intern("Krait")), vm.names.empty, vm.names.empty); }
Value make_warnoptions(Vm& vm) {
  List* list = TRY(list_new(vm));
  for (const std::string& option : system_of(vm).options.warn_options)
    TRY(list_append(vm, list, TRY(str_decode_fs(vm, option))));
  return list;
}
Value make_xoptions(Vm& vm) {
  Dict* d = TRY(dict_new(vm));
  for (const auto& [name, value] : system_of(vm).options.x_options) {
    Value v = value.empty() ? Value::true_() : Value(TRY(str_decode_fs(vm, value)));
    TRY(dict_set_str(vm, d, TRY(str_decode_fs(vm, name)), v));
  }
  return d;
}
Value make_orig_argv(Vm& vm) {
  List* list = TRY(list_new(vm));
  for (const std::string& argument : system_of(vm).options.original_arguments)
    TRY(list_append(vm, list, TRY(str_decode_fs(vm, argument))));
  return list;
}
Value make_prefix(Vm& vm) { return str_decode_fs(vm, system_of(vm).library.prefix); }
Value make_stdlib_dir(Vm& vm) {
  const Library& library = system_of(vm).library;
  return library.found() ? Value(str_decode_fs(vm, library.root)) : Value::none();
}

template <int fd>
Value make_stream(Vm& vm) {
  return std_stream(vm, fd);
}

struct Lazy {
  std::string_view name;
  Value (*make)(Vm& vm);
};
/// sys._jit, which libraries of 3.14 and newer ask: there is no compiler whose code could be active.
Value jit_no(Vm&, Args) { return Value::false_(); }
constexpr NativeRow kJitFunctions[] = {
    {"is_available()", jit_no, 0, "Does this build have a compiler?"},
    {"is_enabled()", jit_no, 0, "Is the compiler switched on?"},
    {"is_active()", jit_no, 0, "Does compiled code run the caller?"},
};
constexpr ModuleSpec kJit{.name = "sys._jit", .doc = "What is known of compiled code.", .functions = kJitFunctions};
Value make_jit(Vm& vm) {
  if (python_minor(vm) < 14) return Value::exhausted();
  return TRY(module_from_spec(vm, kJit));
}

constexpr Lazy kLazy[] = {
    {"_jit", make_jit},
    {"version_info", make_version_info},
    {"hexversion", make_hexversion},
    {"version", make_version},
    {"implementation", make_implementation},
    {"flags", make_flags},
    {"float_info", make_float_info},
    {"int_info", make_int_info},
    {"hash_info", make_hash_info},
    {"thread_info", make_thread_info},
    {"stdlib_module_names", make_stdlib_names},
    {"builtin_module_names", make_builtin_names},
    {"copyright", make_copyright},
    {"_git", make_git},
    {"warnoptions", make_warnoptions},
    {"_xoptions", make_xoptions},
    {"orig_argv", make_orig_argv},
    {"prefix", make_prefix},
    {"stdin", make_stream<0>},
    {"stdout", make_stream<1>},
    {"stderr", make_stream<2>},
    {"__stdin__", make_stream<0>},
    {"__stdout__", make_stream<1>},
    {"__stderr__", make_stream<2>},
    {"monitoring", monitoring_module},
    {"exec_prefix", make_prefix},
    {"base_prefix", make_prefix},
    {"base_exec_prefix", make_prefix},
    {"_stdlib_dir", make_stdlib_dir},
};

}  // namespace

Value sys_lazy_attribute(Vm& vm, std::string_view name) {
  for (const Lazy& lazy : kLazy) {
    if (lazy.name != name) continue;
    Str* key = TRY(vm.intern(name));
    Dict* dict = system_of(vm).sys->dict;
    Value there = dict_get_str(vm, dict, key);
    if (!there.is_unset()) return there;
    Value v = TRY(lazy.make(vm));
    if (v.is_exhausted()) return v;
    TRY(dict_set_str(vm, dict, key, v));
    return v;
  }
  return Value::exhausted();
}

Status sys_lazy_names(Vm& vm, List* out) {
  for (const Lazy& lazy : kLazy) {
    if (lazy.make == make_jit && python_minor(vm) < 14) continue;
    TRY(list_append(vm, out, TRY(vm.intern(lazy.name))));
  }
  return {};
}

Status sys_make_all(Vm& vm) {
  for (const Lazy& lazy : kLazy) {
    if (lazy.make == make_jit && python_minor(vm) < 14) continue;
    TRY(sys_lazy_attribute(vm, lazy.name));
  }
  for (const char* helper : {"__getattr__", "__dir__"})
    TRY(dict_del_str(vm, system_of(vm).sys->dict, TRY(vm.intern(helper))));
  return {};
}

}  // namespace krait
