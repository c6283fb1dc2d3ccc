"""A small virtual machine in Python: an assembler, a dispatch loop over tuples, three programs run in it."""

PRIMES = """
    push 2
    store n
next:
    load n
    load limit
    less
    jump_false done
    push 2
    store d
test:
    load d
    load d
    mul
    load n
    less_equal
    jump_false prime
    load n
    load d
    mod
    jump_false composite
    load d
    push 1
    add
    store d
    jump test
prime:
    load count
    push 1
    add
    store count
    load sum
    load n
    add
    store sum
composite:
    load n
    push 1
    add
    store n
    jump next
done:
    halt
"""

FIB = """
    push 0
    store a
    push 1
    store b
again:
    load i
    load limit
    less
    jump_false done
    load b
    dup
    load a
    add
    push 1000007
    mod
    store b
    store a
    load i
    push 1
    add
    store i
    jump again
done:
    halt
"""


def assemble(source):
    labels = {}
    lines = []
    for line in source.split("\n"):
        line = line.strip()
        if line.endswith(":"):
            labels[line[:-1]] = len(lines)
        elif line:
            lines.append(line.split())
    program = []
    for words in lines:
        op = words[0]
        arg = words[1] if len(words) > 1 else None
        if op.startswith("jump"):
            arg = labels[arg]
        elif op == "push":
            arg = int(arg)
        program.append((op, arg))
    return program


def run(program, variables):
    stack = []
    push = stack.append
    pop = stack.pop
    pc = 0
    steps = 0
    while True:
        op, arg = program[pc]
        pc += 1
        steps += 1
        if op == "load":
            push(variables.get(arg, 0))
        elif op == "store":
            variables[arg] = pop()
        elif op == "push":
            push(arg)
        elif op == "add":
            b = pop()
            push(pop() + b)
        elif op == "mul":
            b = pop()
            push(pop() * b)
        elif op == "mod":
            b = pop()
            push(pop() % b)
        elif op == "less":
            b = pop()
            push(pop() < b)
        elif op == "less_equal":
            b = pop()
            push(pop() <= b)
        elif op == "dup":
            push(stack[-1])
        elif op == "jump":
            pc = arg
        elif op == "jump_false":
            if not pop():
                pc = arg
        elif op == "halt":
            return steps
        else:
            raise ValueError(op)


first = {"limit": 9000}
steps = run(assemble(PRIMES), first)
second = {"limit": 300_000}
steps += run(assemble(FIB), second)
print(steps, first["count"], first["sum"], second["a"])
