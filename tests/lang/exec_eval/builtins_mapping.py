# needs: 3.14
# __builtins__ may be another mapping; what is no mapping gives TypeError when a name is looked up.
import types

code = compile("superglobal", "test", "eval")
print(eval(code, {"__builtins__": types.MappingProxyType({"superglobal": 1})}))
for builtins in (types.MappingProxyType({}), 123, None):
    try:
        print(eval(code, {"__builtins__": builtins}))
    except (NameError, TypeError) as error:
        print(type(error).__name__, error)
    print(eval("1 + 1", {"__builtins__": builtins}))
names = {"__builtins__": types.MappingProxyType({"__import__": lambda *args: args[0]})}
exec("import foo.bar", names)
print(names["foo"])
try:
    exec("import foo.bar", {"__builtins__": types.MappingProxyType({})})
except ImportError as error:
    print(error)
