# needs: 3.14
# Under `from __future__ import annotations` a function's annotations are made by __annotate__ too.
from __future__ import annotations

import types


def f(x: int, *args: str | None, key: "quoted" = 3) -> list[int]:
    pass


print(type(f.__annotate__) is types.FunctionType, f.__annotate__.__name__)
print(f.__annotate__(1))
print(f.__annotations__ == f.__annotate__(1), f.__annotations__ is f.__annotations__)


class C:
    x: undefined

    def method(self: C) -> nowhere:
        pass


print(C.__annotations__, C.method.__annotations__)
f.__annotations__ = {"a": 1}
print(f.__annotate__, f.__annotations__)


def bare():
    pass


print(bare.__annotate__, bare.__annotations__)
