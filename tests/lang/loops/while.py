# while / else / break / continue.
i = 0
while i < 5:
    i += 1
    if i == 2: continue
    if i == 4: break
    print(i)
else: print("never")
while i < 6: i += 1
else: print("else ran", i)
while False: print("no")
else: print("else of false")
n = 0
while True:
    n += 1
    while True:
        n += 10
        if n % 3 == 0: break
        if n > 100: break
    else: print("no")
    if n > 50: break
print(n)
while 1:
    try:
        break
    finally: print("finally on break")
k = 3
while k:
    k -= 1
    try:
        if k == 1: continue
        print("body", k)
    finally: print("fin", k)
else: print("done")
def f():
    while True:
        try: return "ret"
        finally: print("cleanup")
print(f())
def collatz(n):
    s = 0
    while n != 1: n, s = (n // 2, s + 1) if n % 2 == 0 else (3 * n + 1, s + 1)
    return s
print([collatz(n) for n in range(1, 20)])
x = [1, 2, 3]
while x: print(x.pop(), end=' ')
print()
