# compile(..., "single") without a last newline, and what may follow the statement.
for source in ("1 + 2", "1 + 2\t\t\n        ", "1; 2", "def f():\n   pass", "while False:\n   pass", "if 1:\n   2\nelse:\n   3",
               "class T:\n   pass", "async def f():\n  pass", "for i in range(2):\n  if i:\n    i", "def f(a: int):\n  pass\n", "x = '''\na\n'''"):
    exec(compile(source, "<single>", "single"))
for source in ("1\n2", "def f():\n  pass\nx = 1", "if 1:\n  2\n3", "f()\n# comment\nxy = 1", "class A:\n  pass\nclass B:\n  pass"):
    try:
        compile(source, "<single>", "single")
    except SyntaxError as e:
        print(e.msg)
