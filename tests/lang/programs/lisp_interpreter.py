# A small Lisp with closures, recursion and errors.
def parse(s):
    toks = s.replace('(', ' ( ').replace(')', ' ) ').split()
    def read():
        if not toks: raise SyntaxError('unexpected end')
        t = toks.pop(0)
        if t == '(':
            out = []
            while toks and toks[0] != ')': out.append(read())
            if not toks: raise SyntaxError('missing )')
            toks.pop(0); return out
        if t == ')': raise SyntaxError('unexpected )')
        try: return int(t)
        except ValueError: return t
    out = []
    while toks: out.append(read())
    return out
class Env(dict):
    def __init__(self, names=(), vals=(), outer=None): super().__init__(zip(names, vals)); self.outer = outer
    def find(self, n):
        if n in self: return self
        if self.outer is None: raise NameError(n)
        return self.outer.find(n)
def ev(x, env):
    while True:
        if isinstance(x, str): return env.find(x)[x]
        if not isinstance(x, list): return x
        match x:
            case ['quote', v]: return v
            case ['if', c, a, *b]: x = a if ev(c, env) else (b[0] if b else 0)
            case ['define', str(n), v]: env[n] = ev(v, env); return None
            case ['set!', n, v]: env.find(n)[n] = ev(v, env); return None
            case ['lambda', ps, body]: return lambda *a: ev(body, Env(ps, a, env))
            case ['begin', *es]:
                for e in es[:-1]: ev(e, env)
                x = es[-1]
            case ['let', bs, body]: env = Env([b[0] for b in bs], [ev(b[1], env) for b in bs], env); x = body
            case [f, *args]: return ev(f, env)(*[ev(a, env) for a in args])
            case []: raise SyntaxError('empty')
import operator as op
G = Env(); G.update({'+': lambda *a: sum(a), '-': op.sub, '*': op.mul, '<': op.lt, '=': op.eq, 'list': lambda *a: list(a), 'car': lambda l: l[0], 'cdr': lambda l: l[1:], 'cons': lambda a, b: [a] + b, 'null?': lambda l: l == [], 'map': lambda f, l: list(map(f, l))})
for src in ('(+ 1 2 3)', '(define sq (lambda (x) (* x x))) (sq 7)', '(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1)))))) (fact 20)', '(map sq (list 1 2 3))', "(quote (a b (c)))", '(let ((x 2) (y 3)) (* x y))', '(define counter (lambda () (begin (define n 0) (lambda () (begin (set! n (+ n 1)) n))))) (define c (counter)) (c) (c) (c)', '(define len (lambda (l) (if (null? l) 0 (+ 1 (len (cdr l)))))) (len (quote (1 2 3)))', '(begin (define x 1) (set! x 5) x)', '((lambda (f) (f (f 3))) sq)', '(undefined 1)', '(1 2)', '(+ 1', ')', '()', '(car (quote ()))', '(sq 1 2)'):
    try:
        r = None
        for e in parse(src): r = ev(e, G)
        print(src, '=>', r)
    except Exception as e: print(src, '!!', type(e).__name__, str(e)[:40] if type(e) is not TypeError else '')
