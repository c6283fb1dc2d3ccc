# sys attributes that do not depend on the machine.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import sys
show(r"""
sys.maxsize == 2**63 - 1, sys.byteorder, sys.maxunicode, sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit > 0, type(sys.version_info).__name__, sys.version_info >= (3, 11), sys.version_info[:1], sys.getrecursionlimit() > 0, sys.getdefaultencoding(), sys.getfilesystemencoding(), isinstance(sys.path, list), isinstance(sys.modules, dict), sys.argv.__class__, sys.flags.optimize, sys.hash_info.width, sys.getsizeof([]) > 0, sys.intern('a'), sys.exc_info(), sys.implementation.name != '', 'sys' in sys.builtin_module_names, sys.is_finalizing(), callable(sys.displayhook), sys.stdout.writable(), sys.getswitchinterval() > 0
sys.setrecursionlimit(0)
sys.setrecursionlimit('a')
sys.setrecursionlimit(-5)
sys.intern(5)
sys.getsizeof()
sys.exit(5) if False else sys.nope
sys._getframe(10**6)
sys.getrefcount if False else sys.call_tracing(len, ([1],))
""")
