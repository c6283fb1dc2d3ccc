# Wrong arguments as messages name them: None is called that; numbers too large for what takes them.
# needs: 3.14
import io, os, sys, time, _thread, _weakref, types, warnings, _imp, codecs


def t(f):
    try:
        print(f, repr(eval(f, globals()))[:60])
    except BaseException as e:
        print(f, type(e).__name__, e)


for f in [
    'io.StringIO().write(None)',
    'time.get_clock_info(None)',
    'time.strftime(None)',
    'io.open_code(None)',
    'sys.intern(None)',
    'sys.call_tracing(print, None)',
    '_weakref._remove_dead_weakref(None, 1)',
    "warnings.warn('x', skip_file_prefixes=None)",
    "warnings.warn_explicit('x', UserWarning, None, 1)",
    '_imp.is_builtin(None)',
    '_imp.is_frozen(None)',
    'types.ModuleType(None)',
    'types.FunctionType((lambda: 0).__code__, None)',
    "UnicodeEncodeError(None, 'a', 1, 1, 'b')",
    "UnicodeDecodeError('a', None, 1, 1, 'b')",
    "UnicodeTranslateError(None, 1, 1, 'b')",
    'BaseExceptionGroup(None, [])',
    'ExceptionGroup(None, [ValueError()])',
    'codecs.lookup(None)',
    "codecs.encode('a', None)",
    'codecs.register_error(None, print)',
    "'a'.isidentifier(None)",
    "bytes('a', None)",
    "'a'.encode('utf8', None)",
    'type.__prepare__(None)',
    "__import__('struct').unpack(None, b'')",
    "__import__('math').floor(None)",
    "__import__('_string').formatter_parser(None)",
    "__import__('binascii').a2b_hex(None)",
    "__import__('json').loads(None)",
    "__import__('_json').scanstring(None, 1)",
    "__import__('re').compile(None)",
    "__import__('_struct').calcsize(None)",
    "__import__('itertools').chain.from_iterable(None)",
    "__import__('_operator').methodcaller(None)",
    "__import__('_operator').attrgetter(None)",
    "__import__('_functools').reduce(None, [1, 2])",
    "__import__('_ast').Name(None, None, None)",
    "__import__('symtable').symtable('', '', None)",
    'super(int, None).x',
    'setattr(int, None, 1)',
    "str.maketrans('a', None)",
    "str.maketrans(None, 'a')",
    'float.__getformat__(None)',
    "int.from_bytes(None, 'big')",
    'sys.setswitchinterval(None)',
    'sys.settrace()',
    '__build_class__(print, None)',
    "sys.stdout.write(None)",
]:
    t(f)

for n in (-10**30, -(1 << 63)):
    for f in [
        'bytes(n)',
        'bytearray(n)',
        '[1]*n',
        '(1,)*n',
        "'a'*n",
        "b'a'*n",
        "bytearray(b'a')*n",
        'n*[1]',
        '[1,2][n]',
        '(1,2)[n]',
        "'ab'[n]",
        "b'ab'[n]",
        'range(5)[n]',
        "memoryview(b'ab')[n]",
        "bytearray(b'ab')[n]",
        '[1].pop(n)',
        "bytearray(b'a').pop(n)",
        '[1].insert(n, 2)',
        "'a b'.split(None, n)",
        "'a b'.rsplit(' ', n)",
        "'aa'.replace('a', 'b', n)",
        "'aa'.find('a', n)",
        "'aa'.count('a', n, n)",
        "'aa'.startswith('a', n)",
        '[1].index(1, n)',
        '(1,).index(1, n)',
        'chr(n)',
        'round(1.5, n)',
        "(1).to_bytes(n, 'big')",
        "n.to_bytes(2, 'big')",
        '1 << n',
        '1 >> n',
        '0 << n',
        'float(n)',
        "'%c' % n",
        "'%*d' % (n, 1)",
        "'%.*f' % (n, 1.0)",
        "'{:{}}'.format(1, n)",
        "format(1.0, '.%df' % n)",
        "b'a'.hex(':', n)",
        '[*range(3)][n:]',
        "'abc'[:n]",
        'list(range(n, n+2))',
        "int('1', n)",
        'pow(2, n, 5)',
        'pow(2.0, n)',
        'enumerate([1], n).__next__()',
        'sum([1], n)',
        'max([], default=n)',
        'bin(n)',
        "str.__getitem__('a', n)",
        '[].__imul__(n)',
        '[1].__mul__(n)',
        '(1,).__rmul__(n)',
        "__import__('itertools').repeat(1, n)",
        "__import__('itertools').product([1], repeat=n)",
        "__import__('itertools').permutations([1], n)",
        "__import__('collections').deque([1], n)",
        "__import__('collections').deque([1]).rotate(n)",
        "__import__('collections').deque([1])*n",
        "__import__('collections').deque([1])[n]",
        "__import__('math').factorial(n)",
        "__import__('math').comb(n, 2)",
        "__import__('math').perm(3, n)",
        "__import__('math').ldexp(1.0, n)",
        "__import__('array').array('i', [1])*n",
        "__import__('struct').pack('i', n)",
        "__import__('sys').setrecursionlimit(n)",
        "__import__('io').BytesIO(b'ab').read(n)",
        "__import__('io').StringIO('ab').read(n)",
        "__import__('io').BytesIO(b'ab').seek(n)",
        "__import__('io').StringIO('ab').truncate(n)",
    ]:
        t(f)


class Refuses:
    """Its conversions raise what they are made with."""

    def __init__(self, error):
        self.error = error

    def __index__(self):
        raise self.error

    __int__ = __float__ = __index__


# Some formats say what they want, whatever the conversion said.
for error in (TypeError("mine"), ValueError("mine")):
    for conversion in ("%c", "%d", "%x", "%f"):
        for template in (conversion, conversion.encode()):
            try:
                template % Refuses(error)
            except Exception as e:
                print(template, type(error).__name__, "->", type(e).__name__, e)
