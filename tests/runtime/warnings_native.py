# _warnings: filters, registries, actions, categories.
import _warnings, sys, warnings
shown = []
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: shown.append((str(message), category.__name__, lineno > 0))
def take():
    out = shown[:]; del shown[:]; return out
warnings.resetwarnings()
def site(): warnings.warn('here')
for _ in range(3): site()
print(take()); print('__warningregistry__' in globals())
warnings.simplefilter('always'); site(); site(); print(len(take()))
warnings.simplefilter('ignore'); site(); print(take())
warnings.simplefilter('error')
try: site()
except UserWarning as e: print('raised', e)
warnings.resetwarnings(); warnings.simplefilter('once'); site(); site(); warnings.warn('here'); print(len(take()))
warnings.resetwarnings(); warnings.filterwarnings('ignore', message='abc'); warnings.warn('abcd'); warnings.warn('xabc', RuntimeWarning); print(take())
class Mine(UserWarning): pass
warnings.warn(Mine('instance')); warnings.warn('cls', Mine); print(take())
for bad in (int, 'x', Exception):
    try: warnings.warn('m', bad)
    except TypeError as e: print('TypeError', e)
registry = {}
warnings.warn_explicit('explicit', UserWarning, 'file.py', 7, registry=registry); print(take(), [k for k in registry if k != 'version'])
warnings.warn_explicit('explicit', UserWarning, 'file.py', 7, registry=registry); print(take())
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always'); warnings.warn('logged', DeprecationWarning); print(len(log), log[0].category.__name__, log[0].message, log[0].lineno > 0)
print(take())
def deep(): warnings.warn('level', stacklevel=2)
def caller(): deep()
warnings.simplefilter('always'); where = []
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: where.append(lineno - caller.__code__.co_firstlineno)
caller(); print(where)
