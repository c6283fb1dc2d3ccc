// _types: the built-in types that have no name of their own in builtins.
#include "objects/module.hpp"
#include "objects/vm.hpp"

namespace krait {
namespace {

Status types_init(Vm& vm, Module* m) {
  const Types& t = vm.types;
  const struct {
    const char* name;
    Type* type;
  } kRows[] = {
      {"AsyncGeneratorType", t.async_generator},
      {"BuiltinFunctionType", t.builtin_function},
      {"BuiltinMethodType", t.builtin_function},
      {"CapsuleType", t.capsule},
      {"CellType", t.cell},
      {"ClassMethodDescriptorType", t.classmethod_descriptor},
      {"CodeType", t.code},
      {"CoroutineType", t.coroutine},
      {"EllipsisType", t.ellipsis},
      {"FrameType", t.frame},
      {"FunctionType", t.function},
      {"GeneratorType", t.generator},
      {"GenericAlias", t.generic_alias},
      {"GetSetDescriptorType", t.getset_descriptor},
      {"LambdaType", t.function},
      {"MappingProxyType", t.mappingproxy},
      {"MemberDescriptorType", t.member_descriptor},
      {"MethodDescriptorType", t.method_descriptor},
      {"MethodType", t.method},
      {"MethodWrapperType", t.method_wrapper},
      {"ModuleType", t.module},
      {"NoneType", t.none_type},
      {"NotImplementedType", t.not_implemented_type},
      {"SimpleNamespace", t.simple_namespace},
      {"TracebackType", t.traceback},
      {"UnionType", t.union_},
      {"WrapperDescriptorType", t.wrapper_descriptor},
  };
  for (const auto& row : kRows) TRY(module_add(vm, m, row.name, row.type));
  return {};
}

}  // namespace

extern const ModuleSpec types_module{
    .name = "_types",
    .doc = "Names for built-in types that are not in builtins.",
    .init = types_init,
};

}  // namespace krait
