# Indentation: tabs, blank lines, comments and nested blocks.
if True:
  x = 1
  if x:
        y = 2
        if y: print("deep")
  print("back")
# comment at column 0
   # oddly indented comment
if x:
	print("tab")

	# comment in block

	print("tab again")
def f():
    a = 1

    # comment
  # dedented comment
    return a
print(f())
class C:
    pass; z = 3
print(C.z)
if 1: print("one"); print("two")
else: print("no")
for i in range(2): print(i, end=' '); print(i * 10)
while x: x -= 1
def g(): return 5
print(g()); print(x)
if True:
    def h():
     return (1,
2,
          3)
print(h())
