# SystemExit, KeyboardInterrupt and GeneratorExit are not Exceptions.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
try: raise SystemExit(3)
except Exception: print('no')
except BaseException as e: print(repr(e), e.code)
---
import sys
try: sys.exit('message')
except SystemExit as e: print(e.code, e.args)
---
import sys
try: sys.exit()
except SystemExit as e: print(e.code)
---
try: raise KeyboardInterrupt
except Exception: print('no')
except KeyboardInterrupt: print('caught')
---
raise SystemExit('out')
---
def f():
    try: raise SystemExit(1)
    finally: print('finally runs')
f()
---
print(issubclass(GeneratorExit, Exception), issubclass(StopIteration, Exception), issubclass(SystemExit, BaseException))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
