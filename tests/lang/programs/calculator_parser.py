# A recursive descent calculator with errors.
class ParseError(Exception): pass
def tokens(s):
    i = 0
    while i < len(s):
        c = s[i]
        if c.isspace(): i += 1
        elif c.isdigit() or c == '.':
            j = i
            while j < len(s) and (s[j].isdigit() or s[j] == '.'): j += 1
            yield 'num', float(s[i:j]) if '.' in s[i:j] else int(s[i:j]); i = j
        elif c.isalpha():
            j = i
            while j < len(s) and s[j].isalnum(): j += 1
            yield 'name', s[i:j]; i = j
        elif s[i:i + 2] == '**': yield 'op', '**'; i += 2
        elif c in '+-*/%()=,': yield 'op', c; i += 1
        else: raise ParseError(f"bad character {c!r} at {i}")
    yield 'end', None
class Parser:
    def __init__(self, s, env): self.t = list(tokens(s)); self.i = 0; self.env = env
    def peek(self): return self.t[self.i]
    def take(self, v=None):
        k = self.t[self.i]
        if v and k[1] != v: raise ParseError(f"expected {v}, got {k[1]}")
        self.i += 1; return k
    def parse(self):
        if self.t[0][0] == 'name' and self.t[1][1] == '=':
            name = self.take()[1]; self.take('='); v = self.env[name] = self.expr(0)
        else: v = self.expr(0)
        if self.peek()[0] != 'end': raise ParseError(f"unexpected {self.peek()[1]}")
        return v
    PREC = {'+': (1, 2), '-': (1, 2), '*': (3, 4), '/': (3, 4), '%': (3, 4), '**': (8, 7)}
    def expr(self, p):
        l = self.unary()
        while (op := self.peek()[1]) in self.PREC and self.PREC[op][0] >= p:
            self.take(); r = self.expr(self.PREC[op][1])
            l = {'+': lambda: l + r, '-': lambda: l - r, '*': lambda: l * r, '/': lambda: l / r, '%': lambda: l % r, '**': lambda: l ** r}[op]()
        return l
    def unary(self):
        k, v = self.take()
        if v == '-': return -self.expr(6)
        if v == '(': r = self.expr(0); self.take(')'); return r
        if k == 'num': return v
        if k == 'name':
            if v not in self.env: raise ParseError(f"unknown {v}")
            return self.env[v]
        raise ParseError(f"unexpected {v}")
env = {'pi': 3}
for s in ("1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2", "-2 ** 2", "10 / 4", "7 % 4 - 1", "x = 5", "x * x + pi", "1 +", "(1", "1 2", "y", "3 $ 4", "1 / 0", "--4", "2 * -3", "1.5 * 2", "10 - 3 - 2"):
    try: print(s, "=", Parser(s, env).parse())
    except (ParseError, ZeroDivisionError) as e: print(s, "!!", type(e).__name__, str(e) if isinstance(e, ParseError) else '')
print(env)
