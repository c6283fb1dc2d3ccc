# IndentationError and TabError: messages and positions.
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("if x:\npass", " x = 1", "x = 1\n y = 2", "if x:\n  a\n b", "if x:\n a\n  b", "if x:\n\ta\n        b", "if x:\n        a\n\tb", "def f():\n", "def f():\n# c\n", "class C:\nx = 1", "for x in y:\nz", "while x:\ny", "try:\nx\nexcept:\n y", "try:\n x\nexcept:\ny", "try:\n x\nfinally:\ny", "with x:\ny", "if x:\n a\nelse:\nb", "if x:\n a\nelif y:\nb", "def f():\n  def g():\n  x", "  \n x", "\tx", "if x:\n a\n\n  b\n", "if 1:\n  if 2:\n    a\n   b\n", "match x:\ncase 1: pass", "match x:\n case 1:\n pass", "x = (\n  1\n    )", "if x:\n  # only comment", "if x: a\n  b", "def f(): pass\n  x", "async def f():\nx", "class C:\n def f(self):\n x", "if x:\n a\n else:\n b", "\n\n   x\ny", "if x:\n\t\ta\n\t b", "with a as b:\n\nc", "try:\n a\nexcept* b:\nc", "@d\n def f(): pass", "if x:\n    a\n  # comment\n    b", "try:\n    pass\n  except:\n    pass", "for x in y:\n    pass\n  else:\n    pass"):
    syn(s)
print([c.__name__ for c in TabError.__mro__])
deep = "\n".join(" " * i + "if 1:" for i in range(99)) + "\n" + " " * 99 + "pass"
syn_ok = compile(deep[:0] or "\n".join(" " * i + "if 1:" for i in range(15)) + "\n" + " " * 15 + "pass", "", "exec"); print("nested ok")
try: compile("\n".join(" " * i + "if 1:" for i in range(101)) + "\n" + " " * 101 + "pass", "", "exec")
except SyntaxError as e: print(type(e).__name__, e.msg)
try: compile("\n".join(" " * i + "for x in y:" for i in range(25)) + "\n" + " " * 25 + "pass", "", "exec")
except SyntaxError as e: print(type(e).__name__, e.msg)
