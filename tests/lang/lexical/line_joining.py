# Explicit and implicit line joining.
x = 1 + \
    2 + \
3
print(x)
y = (1 +
     2

     + # comment here
     3)
print(y)
if x == 6 and \
   y == 6:
    print("both")
z = [1,
# a comment line
2,

3]
print(z)
print({'a':
       1}, (
), [
])
assert x \
    == 6
s = 'ab\
cd'
print(s)
def f(a,
      b=2,
      *c): return (a,
                   b, c)
print(f(
    1
))
x = \
    7
print(x)
print(1
      if x
      else 2)
