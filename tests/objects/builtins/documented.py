# Every built-in exception, type and function says what it is; so does every special method of theirs.
# differs: CPython leaves more of them without a text
import builtins
import types



def silent():
    for name, value in vars(builtins).items():
        if not callable(value) or name.startswith("_"):
            continue
        if not value.__doc__:
            yield name
        if isinstance(value, type):
            for attribute, member in vars(value).items():
                if isinstance(member, (types.WrapperDescriptorType, types.MethodDescriptorType)) and not member.__doc__:
                    yield f"{name}.{attribute}"


print(sorted(silent()))
print(ZeroDivisionError.__init__.__doc__)
print(types.GeneratorType[int, str, None], types.CoroutineType[int, str, None])
