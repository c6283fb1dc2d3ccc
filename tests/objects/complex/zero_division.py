# Division of complex by zero, overflow, and powers at the edges.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

err(lambda: 1 ** 2j); err(lambda: (1e308+1e308j) * 10); err(lambda: abs(complex(1.7e308, 1.7e308))); err(lambda: (1e300j) ** 2); err(lambda: (1e300+1j) ** 100)
err(lambda: 0j ** 2); err(lambda: 0j ** 1.5); err(lambda: (-1) ** 0.5); err(lambda: (-1) ** 1.5); err(lambda: (1+1j) ** 100); err(lambda: (1+1j) ** -100); err(lambda: (1+1j) ** 101)
for f in (lambda: 1j / 0, lambda: 1j / 0j, lambda: 1 / 0j, lambda: 0j ** -1, lambda: 0j ** 1j, lambda: 0j ** -1j):
    try: print(f())
    except ZeroDivisionError: print("ZeroDivisionError")
err(pow, 1j, 2, 3); err(pow, 2, 1j, 3); err(complex.fromhex if hasattr(complex, 'fromhex') else len, 5)
print((2+3j) * (4+5j), (2+3j) - 5, 5 - (2+3j), 5 * (2+3j), 5 / (2+1j), 1.5 + 1j, True + 1j, 10**20 + 1j)
print(complex(1, 2) + complex(-1, -2), complex(1e16, 1) + complex(1, 1e-17), 3j * 0, -1j * 1j)
