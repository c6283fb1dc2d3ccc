# The whole tree of builtin exceptions, with bases.
import builtins
def tree(c, n=0):
    print('  ' * n + c.__name__)
    for s in sorted((s for s in c.__subclasses__() if s.__module__ == 'builtins' and s.__name__ not in ('_IncompleteInputError', 'PythonFinalizationError')), key=lambda s: s.__name__): tree(s, n + 1)
tree(BaseException)
print(IOError is OSError, EnvironmentError is OSError, ValueError.__mro__[1:], UnicodeDecodeError.__mro__[1:4])
