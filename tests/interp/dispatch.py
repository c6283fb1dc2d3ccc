#!/usr/bin/env python3
"""usage: dispatch.py ARCHIVE OPCODE_TABLE...

Looks at the machine code of the dispatch loop in ARCHIVE (the library of src/interp): every handler must dispatch by an
indirect jump of its own. Compilers like to merge those jumps, which costs a third of the speed and which no other test notices.
Where handlers are functions (tail calls), the quick ones must also have no prologue: a call in their quick way would
bring one.
"""
import re
import subprocess
import sys

# Handlers that programs spend their time in: none may push registers, touch the native stack or call.
QUICK = """
    LOAD_FAST LOAD_CONST LOAD_SMALL_INT STORE_FAST POP_TOP COPY SWAP LOAD_DEREF STORE_DEREF LOAD_GLOBAL_MODULE
    LOAD_GLOBAL_BUILTIN LOAD_ATTR_SLOT LOAD_ATTR_MEMBER LOAD_METHOD_SHAPE STORE_ATTR_SLOT STORE_ATTR_ADD LOAD_FAST_ATTR_SLOT
    BINARY_ADD BINARY_SUB BINARY_MUL BINARY_MOD BINARY_AND LOAD_FAST_INT_ADD LOAD_FAST_LOAD_FAST_ADD BINARY_SUBSCR
    STORE_SUBSCR LOAD_FAST_LOAD_FAST_SUBSCR COMPARE_OP COMPARE_JUMP_IF_FALSE LOAD_FAST_INT_COMPARE_JUMP POP_JUMP_IF_FALSE
    POP_JUMP_IF_TRUE JUMP JUMP_BACKWARD JUMP_BACKWARD_FOR FOR_ITER_RANGE FOR_ITER_LIST FOR_ITER_TUPLE FOR_ITER_RANGE_STORE
    UNPACK_SEQUENCE LIST_APPEND RETURN_VALUE YIELD_VALUE
""".split()


def opcodes(paths):
    names = []
    for path in paths:
        with open(path, encoding="utf-8") as table:
            names += re.findall(r"^(?:OP|LIVE)\((\w+),", table.read(), re.M)
    return names


def functions(archive):
    """The loop's functions: name -> instructions."""
    text = subprocess.run(["objdump", "-d", "-C", "--no-show-raw-insn", archive], check=True, capture_output=True, text=True).stdout
    found = {}
    body = None
    for line in text.splitlines():
        if header := re.match(r"[0-9a-f]+ <krait::(?:\(anonymous namespace\)::)?(\w+)\(.*\)>:", line):
            body = found.setdefault(header[1], []) if header[1].startswith("op_") or header[1] == "interpret" else None
        elif body is not None and "\t" in line:
            body.append(line.split("\t", 1)[1].strip())
    return found


def main(archive, tables):
    names = opcodes(tables)
    found = functions(archive)
    if "interpret" not in found:
        sys.exit(f"{archive} has no interpret()")
    jumps = {name: sum(bool(re.match(r"(notrack )?jmp +\*", i)) for i in body) for name, body in found.items()}
    total = sum(jumps.values())
    # Some handlers only go on to another one (LOAD_SUPER_ATTR) or leave by an error (RERAISE).
    floor = len(names) * 9 // 10
    print(f"{total} indirect jumps for {len(names)} opcodes, at least {floor} wanted")
    faults = [] if total >= floor else ["too few indirect jumps: the compiler has merged them"]
    if "op_LOAD_FAST" in found:
        for name in QUICK:
            body = found.get("op_" + name)
            if body is None:
                faults.append(f"no handler {name}")
                continue
            if not jumps["op_" + name]:
                faults.append(f"{name} does not dispatch")
            if bad := [i for i in body if re.match(r"(push|call|sub +\$\w+,%rsp)", i)]:
                faults.append(f"{name} is not quick: {bad[0]}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
