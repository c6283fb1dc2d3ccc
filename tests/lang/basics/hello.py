# The smallest programs: print, names, arithmetic.
print("hello")
x = 1
y = 2
print(x + y)
print(x, y, x - y, x * y)
z = x
x = 10
print(z, x)
print("a" + "b", 'single', "double")
print(1 + 2 * 3, (1 + 2) * 3)
print(True, False, None)
