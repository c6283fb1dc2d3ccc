"""A machine in a page of Python that executes Krait's own instructions: expressions, calls, conditions and loops.

It takes code objects apart with `dis`, keeps an operand stack and local variables for each activation, and logs every instruction
it executes with --log: index, name, operand, whether something jumps there.
"""

import dis
import operator
import sys

LOG = "--log" in sys.argv

BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
          "%": operator.mod, "**": operator.pow, "<<": operator.lshift, ">>": operator.rshift, "&": operator.and_,
          "|": operator.or_, "^": operator.xor, "@": operator.matmul}
COMPARE = {"<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge}


class Function:
    def __init__(self, code, defaults=()):
        self.code, self.defaults = code, defaults


class Machine:
    def __init__(self, names):
        self.names = names          # global names
        self.result = None

    def run(self, text, mode="eval"):
        if LOG:
            print(mode, text)
        self.result = self.execute(compile(text, "<>", mode), {})
        return self.result

    def call(self, callee, arguments):
        if isinstance(callee, Function):
            code, defaults = callee.code, callee.defaults
        elif hasattr(callee, "__code__"):
            code, defaults = callee.__code__, callee.__defaults__ or ()
        else:
            return callee(*arguments)     # what is not made of instructions
        missing = code.co_argcount - len(arguments)
        arguments = list(arguments) + list(defaults[len(defaults) - missing:] if missing else ())
        return self.execute(code, dict(zip(code.co_varnames, arguments)))

    def execute(self, code, variables):
        instructions = list(dis.get_instructions(code))
        at = {instruction.offset: index for index, instruction in enumerate(instructions)}
        stack, index = [], 0
        while True:
            i = instructions[index]
            if LOG:
                print(index, i.opname, i.arg, i.is_jump_target)
            index += 1
            match i.opname:
                case "RESUME" | "NOP":
                    pass
                case "LOAD_CONST" | "LOAD_SMALL_INT":
                    stack.append(i.argval)
                case "LOAD_FAST" | "LOAD_FAST_CHECK":
                    stack.append(variables[i.argval])
                case "STORE_FAST":
                    variables[i.argval] = stack.pop()
                case "LOAD_NAME" | "LOAD_GLOBAL":
                    stack.append(self.names[i.argval] if i.argval in self.names else getattr(__builtins__, i.argval))
                case "STORE_NAME" | "STORE_GLOBAL":
                    self.names[i.argval] = stack.pop()
                case "POP_TOP":
                    stack.pop()
                case "PUSH_NULL":
                    stack.append(None)
                case "BINARY_OP":
                    right, left = stack.pop(), stack.pop()
                    stack.append(BINARY[i.argrepr.rstrip("=")](left, right))
                case "COMPARE_OP":
                    right, left = stack.pop(), stack.pop()
                    stack.append(COMPARE[i.argval](left, right))
                case "UNARY_NEGATIVE":
                    stack.append(-stack.pop())
                case "POP_JUMP_IF_FALSE":
                    if not stack.pop():
                        index = at[i.argval]
                case "POP_JUMP_IF_TRUE":
                    if stack.pop():
                        index = at[i.argval]
                case "JUMP" | "JUMP_BACKWARD":
                    index = at[i.argval]
                case "MAKE_FUNCTION":
                    stack.append(Function(stack.pop()))
                case "SET_FUNCTION_ATTRIBUTE" if i.arg == 1:
                    function, defaults = stack.pop(), stack.pop()
                    stack.append(Function(function.code, defaults))
                case "CALL":
                    arguments = [stack.pop() for _ in range(i.arg)][::-1]
                    receiver, callee = stack.pop(), stack.pop()
                    stack.append(self.call(callee, arguments if receiver is None else [receiver, *arguments]))
                case "RETURN_VALUE":
                    return stack.pop()
                case name:
                    raise NotImplementedError(f"the tiny machine has no {name}")


def my_add(a, b):
    return a + b


def gcd(a, b):
    if a < b:
        c = a
        a = b
        b = c
    while b != 0:
        c = a
        a = b
        b = c % b
    return a


machine = Machine(globals())
print(machine.run("my_add(2, 3)"))
print(machine.run("gcd(12, 15)"))
machine.run("def x(a, b): return a+b", "exec")
print(machine.run("x(1,2)"))
print(machine.run("(lambda a, b: a+b)(2, 3)"))
