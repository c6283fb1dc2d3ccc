#!/usr/bin/env python3
"""Writes the opcode tables of CPython's versions, src/bytecode/pyc/opcodes_3_N.inc, and the list of all names.

usage: tools/pyc/generate.py PYTHON ...

Each PYTHON is an interpreter of 3.6 or newer; its own `opcode` module is asked. 3.5 and 3.4 are derived from 3.6 by the
changes that are listed below (from their documentation), so 3.6 must be among the interpreters for these two to be written.
Rows: PYC_OP(number, NAME, operand, inline cache words).
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent.parent / "src" / "bytecode" / "pyc"

ASK = r"""
import json, opcode, sys
rows = {}
caches = getattr(opcode, "_inline_cache_entries", {})
def cache_of(name, number):
    if isinstance(caches, dict):
        return caches.get(name, 0)
    return caches[number] if number < len(caches) else 0
def has(kind):
    return set(getattr(opcode, kind, ()))
hasarg = has("hasarg") or set(range(opcode.HAVE_ARGUMENT, 256))
for name, number in opcode.opmap.items():
    if number > 255 or name.startswith("INSTRUMENTED_") or name == "ENTER_EXECUTOR":
        continue
    operand = "None"
    if number in hasarg:
        operand = "Count"
    for kind, title in (("hasconst", "Const"), ("hasname", "Name"), ("haslocal", "Local"), ("hasfree", "Free"),
                        ("hascompare", "Compare"), ("hasjabs", "JumpAbsolute"), ("hasjrel", "JumpRelative")):
        if number in has(kind):
            operand = title
    rows[number] = [name, operand, cache_of(name, number)]
print(json.dumps([list(sys.version_info[:2]), rows]))
"""

# What 3.5 and 3.4 have other than the version after them: removed names, then rows.
REMOVED_35 = ["SETUP_ANNOTATIONS", "STORE_ANNOTATION", "FORMAT_VALUE", "BUILD_CONST_KEY_MAP", "BUILD_STRING",
              "BUILD_TUPLE_UNPACK_WITH_CALL", "CALL_FUNCTION_EX", "CALL_FUNCTION_KW"]
ADDED_35 = {134: ["MAKE_CLOSURE", "Count", 0], 140: ["CALL_FUNCTION_VAR", "Count", 0],
            141: ["CALL_FUNCTION_KW", "Count", 0], 142: ["CALL_FUNCTION_VAR_KW", "Count", 0]}
REMOVED_34 = ["BINARY_MATRIX_MULTIPLY", "INPLACE_MATRIX_MULTIPLY", "GET_AITER", "GET_ANEXT", "BEFORE_ASYNC_WITH",
              "GET_YIELD_FROM_ITER", "GET_AWAITABLE", "WITH_CLEANUP_START", "WITH_CLEANUP_FINISH", "BUILD_LIST_UNPACK",
              "BUILD_MAP_UNPACK", "BUILD_MAP_UNPACK_WITH_CALL", "BUILD_TUPLE_UNPACK", "BUILD_SET_UNPACK", "SETUP_ASYNC_WITH"]
ADDED_34 = {54: ["STORE_MAP", "None", 0], 81: ["WITH_CLEANUP", "None", 0]}


def older(rows, removed, added):
    left = {number: row for number, row in rows.items() if row[0] not in removed}
    left.update(added)
    return left


def main():
    tables = {}
    for python in sys.argv[1:]:
        version, rows = json.loads(subprocess.run([python, "-c", ASK], check=True, stdout=subprocess.PIPE).stdout)
        tables[version[1]] = {int(number): row for number, row in rows.items()}
    if 6 in tables:
        tables[5] = older(tables[6], REMOVED_35, ADDED_35)
        tables[4] = older(tables[5], REMOVED_34, ADDED_34)
    names = set()
    for minor, rows in sorted(tables.items()):
        text = f"// The instructions of CPython 3.{minor}, made by tools/pyc/generate.py.\n"
        for number, (name, operand, caches) in sorted(rows.items()):
            text += f"PYC_OP({number}, {name}, {operand}, {caches})\n"
            names.add(name)
        (HERE / f"opcodes_3_{minor}.inc").write_text(text)
    text = "// Every name that an instruction of CPython 3.4 to 3.14 has, made by tools/pyc/generate.py.\n"
    text += "".join(f"PYC_NAME({name})\n" for name in sorted(names))
    (HERE / "names.inc").write_text(text)


main()
