# Keyword typo suggestions in syntax errors.
# library: 3.14
# needs: 3.14
import traceback
def show(s):
    try: compile(s, '<s>', 'exec'); print('ok')
    except SyntaxError as e: print(e.msg, '|', ''.join(traceback.format_exception_only(e)).splitlines()[-1])
for s in ("whille x: pass", "fro x in y: pass", "imoprt os", "form x import y", "clas C: pass", "deff f(): pass", "retrun 1", "esle: pass", "if x: pass\nelfi y: pass", "tyr: pass", "def f():\n  yeild 1", "pss x", "asser x", "rais ValueError", "x = Ture or 1 2", "wiht x: pass", "lamda x: x", "x = lamda: 1", "for x on y: pass", "improt a.b", "global_ x", "contineu x", "elif x: pass", "if x: pass\nelse: pass\nelif y: pass", "x = 1 iff y else 2", "not_ x", "async dfe f(): pass"): show(s)
