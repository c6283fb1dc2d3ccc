"""Run by each CPython on the machine: compiles files and writes, for each, the .pyc and what this version's dis prints.

usage: PYTHON tests/pyc/show.py OUTPUT-FOLDER < list of "NUMBER<tab>FILE" lines

Writes OUTPUT-FOLDER/NUMBER.pyc and NUMBER.dis; prints the numbers of what this version can compile. Works from 3.4 on.
"""

import contextlib
import dis
import importlib.util
import io
import marshal
import os
import sys
import warnings

HEADER = importlib.util.MAGIC_NUMBER + b"\0" * (12 if sys.version_info >= (3, 7) else 8)


def disassemble(code):
    if sys.version_info >= (3, 7):
        dis.dis(code)
        return
    dis.disassemble(code)  # it did not go into nested code objects yet
    for value in code.co_consts:
        if hasattr(value, "co_code"):
            print()
            print("Disassembly of %r:" % (value,))
            disassemble(value)


def main():
    folder = sys.argv[1]
    texts = "dis" in sys.argv[2:]
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(5000)
    for line in sys.stdin:
        number, path = line.rstrip("\n").split("\t")
        try:
            with open(path, "rb") as source:
                code = compile(source.read(), path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            continue
        with open(os.path.join(folder, number + ".pyc"), "wb") as out:
            out.write(HEADER + marshal.dumps(code))
        if texts:
            shown = io.StringIO()
            with contextlib.redirect_stdout(shown):
                try:
                    disassemble(code)
                except Exception as error:
                    print("cannot be shown:", type(error).__name__)
            with open(os.path.join(folder, number + ".dis"), "w", encoding="utf-8", errors="surrogateescape") as out:
                out.write(shown.getvalue())
        print(number)


main()
