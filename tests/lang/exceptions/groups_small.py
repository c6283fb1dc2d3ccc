# small exception groups and except*.
# needs: 3.12
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
except* ValueError as e: print('V', e.exceptions)
except* TypeError as e: print('T', e.exceptions)
---
raise ExceptionGroup('left', [ValueError(1)])
---
try:
    try: raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    except* ValueError: pass
except ExceptionGroup as e: print(e, e.exceptions)
---
try: raise ValueError('plain')
except* ValueError as e: print(type(e).__name__, e.exceptions)
---
try: pass
except* ValueError: print('no')
else: print('else')
finally: print('finally')
---
g = ExceptionGroup('g', [ValueError(1), ExceptionGroup('n', [TypeError(2)])])
print(g.split(TypeError)); print(g.subgroup(ValueError)); print(g.subgroup(KeyError), g.message, len(g.exceptions))
---
ExceptionGroup('m', [])
---
ExceptionGroup('m', [5])
---
ExceptionGroup(5, [ValueError()])
---
ExceptionGroup('m', [KeyboardInterrupt()])
---
print(repr(ExceptionGroup('m', [ValueError('x')])), str(ExceptionGroup('m', [ValueError('x'), OSError()])), type(BaseExceptionGroup('b', [ValueError()])).__name__)
---
try:
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError: raise KeyError('new')
except BaseException as e: print(repr(e), repr(e.__context__))
---
try: raise ExceptionGroup('g', [ValueError(1), ValueError(2), ExceptionGroup('h', [ValueError(3)])])
except* ValueError as e: print(repr(e))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
