# What modules of a library older than 3.14 read: __annotations__ in namespaces and in a class's __dict__.
from dataclasses import dataclass, fields
from typing import NamedTuple, TypedDict, get_type_hints, Optional
@dataclass
class Node:
    value: int
    next: Node | None = None
print(Node(1, Node(2)), [f.name for f in fields(Node)])
print(Node.__annotations__, get_type_hints(Node))
class N(NamedTuple):
    v: int
    n: N | None = None
print(N(1), N.__annotations__)
def f():
    @dataclass
    class L:
        v: int
        n: list[L]
    print(L(1, []), L.__annotations__)
    class M(metaclass=type("Meta", (type,), {})):
        a: M
        b: int
    print(M.__annotations__ , M.__dict__['__annotations__'])
f()
class C:
    x: Later
try: C.__annotations__
except NameError as e: print(e)
print(C.__dict__['__annotations__'])
print('__annotations__' in C.__dict__, '__annotations__' in f.__class__.__dict__)
Later = 5
print(C.__annotations__)
class D:
    a: int
    b: str = 'q'
    keys = list(__annotations__)
    c: bytes
print(D.keys, D.__annotations__)
exec("""
x: int = 3
if x: y: str
__annotations__['z'] = 1
""", g := {})
print(g['__annotations__'])
