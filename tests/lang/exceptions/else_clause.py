# The else clause of try: runs when nothing was raised, is not guarded.
# needs: 3.14
def f(x):
    out = []
    try:
        try:
            if x == 1: raise ValueError
            if x == 2: return out + ['return skips else']
            out.append('body')
        except ValueError: out.append('except')
        else:
            out.append('else')
            if x == 3: raise ValueError('from else')
        finally: out.append('finally')
    except ValueError as e: out.append(str(e))
    return out
for i in range(4): print(i, f(i))
for i in range(3):
    try:
        if i == 1: continue
    except Exception: print('never')
    else: print('else', i)
for i in range(3):
    try:
        if i == 1: break
    except Exception: pass
    else: print('e', i)
def nested():
    try:
        try: pass
        except: pass
        else: 1 / 0
    except ZeroDivisionError: return 'outer caught the else'
print(nested())
def nofin():
    try: x = 1
    except: x = 2
    else: x += 10
    return x
print(nofin())
for src in ("try:\n pass\nelse:\n pass", "try:\n pass", "try:\n pass\nfinally:\n pass\nexcept:\n pass", "try:\n pass\nexcept:\n pass\nexcept ValueError:\n pass", "try:\n pass\nexcept:\n pass\nelse:\n pass\nfinally:\n pass", "try:\n pass\nexcept a as b.c:\n pass", "try:\n pass\nexcept* :\n pass", "try:\n pass\nexcept* a:\n pass\nexcept b:\n pass", "try:\n pass\nexcept a:\n pass\nexcept* b:\n pass", "except: pass", "try: pass\nexcept a, b as c: pass"):
    try: compile(src, '', 'exec'); print('ok')
    except SyntaxError as e: print(e.msg, e.lineno)
