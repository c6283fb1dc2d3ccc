# Rich comparison protocol: reflection, subclass priority, defaults, __ne__ from __eq__.
class A:
    def __eq__(self, o): print("A.eq"); return NotImplemented
    def __lt__(self, o): print("A.lt"); return NotImplemented
    def __gt__(self, o): print("A.gt"); return "A>"
    def __ge__(self, o): print("A.ge"); return NotImplemented
class B(A):
    def __gt__(self, o): print("B.gt"); return "B>"
    def __eq__(self, o): print("B.eq"); return "B="
def t(f):
    try: print(repr(f()))
    except TypeError as e: print("TypeError", e)
a, b = A(), B()
t(lambda: a == a); t(lambda: a == A()); t(lambda: a == b); t(lambda: b == a); t(lambda: a == 1); t(lambda: 1 == a)
t(lambda: a != A()); t(lambda: b != a); t(lambda: a != 5)
t(lambda: a < a); t(lambda: a < b); t(lambda: b < a); t(lambda: 1 < a); t(lambda: a >= a); t(lambda: a <= 1); t(lambda: a < 1)
class E:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v if isinstance(o, E) else NotImplemented
print(E(1) == E(1), E(1) != E(1), E(1) != E(2), E(1) == 1, E.__hash__)
t(lambda: hash(E(1))); t(lambda: E(1) < E(2))
class H(E): __hash__ = E.__hash__
class H2(E):
    def __hash__(self): return 7
print(hash(H2(1)), {H2(1): 'x'}[H2(1)])
class O: pass
o = O()
print(o == o, o != o, o == O(), object.__eq__(o, o), object.__eq__(o, 1), object.__ne__(o, o), object.__lt__(o, 1))
class Ne:
    def __ne__(self, o): return "ne"
print(Ne() != 1, Ne() == 1)
print((1).__lt__(2), (1).__lt__('a'), (1).__eq__(1.0), (1.0).__eq__(1), 'a'.__eq__(1), [].__eq__(()), (1).__ge__(1))
