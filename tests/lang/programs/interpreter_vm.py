# A little stack machine with an assembler and its own errors.
class VMError(Exception): pass
class VM:
    def __init__(self, prog): self.code, self.labels = [], {}; self.assemble(prog); self.stack, self.vars, self.calls, self.out, self.steps = [], {}, [], [], 0
    def assemble(self, prog):
        for line in prog.strip().splitlines():
            line = line.split(';')[0].strip()
            if not line: continue
            if line.endswith(':'): self.labels[line[:-1]] = len(self.code)
            else: op, *args = line.split(); self.code.append((op, [int(a) if a.lstrip('-').isdigit() else a for a in args]))
    def run(self):
        pc = 0
        while pc < len(self.code):
            op, args = self.code[pc]; pc += 1; self.steps += 1
            r = getattr(self, 'op_' + op, self.bad)(*args)
            if r is not None: pc = r if r >= 0 else (self.calls.pop() if op == 'ret' else pc)
            if op == 'call': self.calls.append(pc); pc = self.labels[args[0]]
        return ' '.join(map(str, self.out)), self.steps
    def bad(self, *a): raise VMError('bad op')
    def pop(self):
        try: return self.stack.pop()
        except IndexError: raise VMError('stack underflow') from None
    def op_push(self, v): self.stack.append(v)
    def op_add(self): b, a = self.pop(), self.pop(); self.stack.append(a + b)
    def op_mul(self): b, a = self.pop(), self.pop(); self.stack.append(a * b)
    def op_sub(self): b, a = self.pop(), self.pop(); self.stack.append(a - b)
    def op_store(self, n): self.vars[n] = self.pop()
    def op_load(self, n): self.stack.append(self.vars[n])
    def op_print(self): self.out.append(self.pop())
    def op_jmp(self, l): return self.labels[l]
    def op_jz(self, l): return self.labels[l] if self.pop() == 0 else None
    def op_call(self, l): pass
    def op_ret(self): return -1
    def op_halt(self): return len(self.code)
print(VM('push 2\npush 3\nadd\nprint').run())
print(VM('''push 10
store n
push 1
store acc
loop:
 load n
 jz done
 load acc
 load n
 mul
 store acc
 load n
 push 1
 sub
 store n
 jmp loop
done:
 load acc
 print ; 10!
 call f
 call f
 halt
f:
 push 7
 print
 ret''').run())
for p in ('add', 'nope', 'load x', 'jmp nowhere'):
    try: VM(p).run()
    except (VMError, KeyError) as e: print(type(e).__name__, e)
