#!/usr/bin/env python3
"""Writes tests/pyc/samples.py: small modules as each CPython that tests/pyc/run finds compiles them, for mutations.py.

usage: tests/pyc/make_samples.py
"""

import importlib.machinery
import importlib.util
import subprocess
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = {
    "calls": "def f(a, b=2, *c, k=1):\n def g(): return a, c\n return g\nr = f(1, *[3], k=4)()\ns = [x + 1 for x in r[1]]\n",
    "errors": "def f(x):\n for i in x:\n  try:\n   if i: continue\n   return 1 // i\n  except KeyError as e:\n   raise\n  finally:\n"
              "   x = e = 0\nclass M:\n def __enter__(s): return s\n def __exit__(s, *a): return True\ntry:\n with M() as m: f([1, 0])\n"
              "except* KeyError: pass\n",
    "generators": "async def a(x):\n async with x as y:\n  await y\n async for z in x: yield f'{z!r:>{4}}'\ndef g():\n y = yield from [1]\n"
                  "d = {**{1: 2}, 'a': list(g())}\n",
}
COMPILE = "import sys, marshal; sys.stdout.buffer.write(marshal.dumps(compile(sys.stdin.read(), 's', 'exec')))"


def main():
    loader = importlib.machinery.SourceFileLoader("run", str(HERE / "run"))
    source = (HERE / "run").read_text("utf-8").replace("\nsys.exit(main())\n", "\n")
    run = {"__file__": str(HERE / "run"), "__name__": "run"}
    exec(compile(source, loader.path, "exec"), run)
    out = '"""Marshalled modules of each CPython, made by make_samples.py: (name, magic number, bytes in hexadecimal)."""\n\nSAMPLES = [\n'
    for minor, python in sorted(run["find_pythons"]().items()):
        magic = int(subprocess.run([python, "-c", "import importlib.util as u; print(int.from_bytes(u.MAGIC_NUMBER[:2], 'little'))"],
                                   check=True, stdout=subprocess.PIPE).stdout)
        for name, text in PROGRAMS.items():
            if minor < 11:
                text = text.replace("except*", "except")
            data = subprocess.run([python, "-c", COMPILE], input=text.encode(), check=True, stdout=subprocess.PIPE).stdout
            out += f'    ("3.{minor} {name}", {magic},\n     "'
            out += '"\n     "'.join(textwrap.wrap(data.hex(), 120)) + '"),\n'
    (HERE / "samples.py").write_text(out + "]\n")


main()
