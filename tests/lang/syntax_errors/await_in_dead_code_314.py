# needs: 3.14
# `await` and its like are refused where they cannot be, even in code that is left out.
import ast

sources = [
    "assert not await sleep(0)", "assert [x async for x in y]", "assert {x: x async for x in y}",
    "def f():\n    assert await x", "def f():\n    assert [x async for x in y]", "(x): [y async for y in z]",
    "class X: (x): {y async for y in z}", "async def f(): (x): [y async for y in z]", "async def f():\n    assert await x",
    "def f():\n    [[y async for y in z] for x in w]", "async def f():\n    [[y async for y in z] for x in w]",
    "lambda: await x", "class X: await x", "async def f():\n    lambda: await x",
    "if __debug__:\n    async with x: pass", "def f():\n    if 0:\n        async for x in y: pass",
    "(x async for x in y)", "def f(): return (x async for x in y)", "[x for x in await y]", "[await x for x in y]",
    "def f(): return (await x for x in y)",
]
for source in sources:
    for optimize in (0, 1):
        for flags in (0, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT):
            try:
                compile(source, "s", "exec", flags, optimize=optimize)
            except SyntaxError as e:
                print(optimize, flags, repr(source), e.msg, e.lineno, e.offset, e.end_offset)
