# sys: settings, hooks, frames, interning.
# needs: 3.14
import sys
print(sys.maxsize == 2**63 - 1, sys.maxunicode == 0x10ffff, sys.byteorder, sys.platform, sys.float_repr_style)
print(sys.float_info.max, sys.float_info.dig, sys.hash_info.modulus == 2**61 - 1, sys.hash_info.inf, len(sys.version_info), sys.version_info[0], sys.version_info >= (3, 11))
print(sys.hexversion >> 24, sys.version.startswith('%d.%d.' % sys.version_info[:2]), sys.implementation.cache_tag is not None)
old = sys.getrecursionlimit(); sys.setrecursionlimit(500); print(sys.getrecursionlimit()); sys.setrecursionlimit(old)
for f in (lambda: sys.setrecursionlimit(0), lambda: sys.setrecursionlimit('x'), lambda: sys.setswitchinterval(0), lambda: sys._getframe(10**6), lambda: sys.intern(5), lambda: sys.set_int_max_str_digits(5), lambda: sys.flags.nope, lambda: sys.nope, lambda: sys.getsizeof()):
    try: f()
    except Exception as e: print(type(e).__name__, str(e).split(' (')[0])
print(sys.getswitchinterval(), sys.getdefaultencoding(), sys.getfilesystemencoding())
def f(): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name
print(f())
a = ''.join(['in', 'ter', 'n!']); b = ''.join(['inter', 'n!']); print(a is b, sys.intern(a) is sys.intern(b))
try: 1/0
except ZeroDivisionError as e: print(sys.exc_info()[0].__name__, sys.exc_info()[1] is e, sys.exception() is e if hasattr(sys, 'exception') else True)
print(sys.exc_info())
for arg in (None, 3, 'text', (1, 2)):
    try: sys.exit(arg)
    except SystemExit as e: print(repr(e.code), e.args)
print('sys' in sys.builtin_module_names, 'json' in sys.stdlib_module_names, '__main__' in sys.modules, sys.getsizeof([]) > 0)
events = []
sys.addaudithook(lambda name, args: events.append((name, args)) if name.startswith('test.') else None)
sys.audit('test.event', 1, 'x'); print(events)
print(sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth(), sys.gettrace(), sys.getprofile(), sys.is_finalizing())
sys.displayhook(None); sys.displayhook([1]); import builtins; print(builtins._)
class Bad:
    def __del__(self): raise ValueError('in del')
got = []; sys.unraisablehook = lambda u: got.append((u.exc_type.__name__, str(u.exc_value))); x = Bad(); del x; import gc; gc.collect(); print(got)
print(type(sys.flags).__name__, sys.flags.optimize, sys.flags[0] == sys.flags.debug, len(sys.flags) >= 17)
print(sys.stdout is sys.__stdout__, sys.stdin.name, sys.stdout.encoding.lower(), sys.stderr.errors)
