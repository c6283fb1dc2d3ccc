# Functions: parameters, returns, recursion, nesting.
def add(a, b):
    return a + b
def nothing():
    pass
def fact(n):
    if n < 2:
        return 1
    return n * fact(n - 1)
def swap(a, b):
    return b, a
def make_adder(n):
    def adder(x):
        return x + n
    return adder
print(add(1, 2), add("a", "b"), nothing(), fact(10), swap(1, 2))
add5 = make_adder(5)
print(add5(1), make_adder(-1)(1))
def outer():
    x = 1
    def middle():
        def inner():
            return x
        return inner()
    x = 2
    return middle()
print(outer())
f = add
print(f(3, 4), [g(2, 3) for g in (add, lambda a, b: a * b)])
