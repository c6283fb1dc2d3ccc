# needs: 3.14
# A module notes in __conditional_annotations__ which annotations its code came to; that name may be bound to anything.
import types

for value in ("0", "{}", "[]", "object()", "frozenset()", "set()", "{7}"):
    namespace = {}
    try:
        exec(f"__conditional_annotations__ = {value}\nx: int", namespace)
    except TypeError as e:
        print(value, "TypeError:", e)
    else:
        print(value, namespace["__conditional_annotations__"])


# What is being executed has not all of its annotations yet, and so does not keep them.
class Spec:
    _initializing = True


module = types.ModuleType("m")
module.__spec__ = Spec
exec("v1: int\nhere = dict(module.__annotations__)\nv2: str", dict(vars(module), module=module))
exec("v1: int\nfirst = dict(look())\nv2: str", vars(module) | {"look": lambda: {}})
code = compile("v1: int\nfirst = dict(me.__annotations__)\nv2: str", "m", "exec")
module.me = module
exec(code, vars(module))
print(module.first, module.__annotations__)
Spec._initializing = False
print(module.__annotations__ is module.__annotations__)
