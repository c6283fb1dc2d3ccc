# Nested loops, tables and accumulation.
for i in range(1, 4):
    for j in range(1, 4):
        print(i * j, end=" ")
    print()
total = 0
for i in range(10):
    for j in range(i):
        if (i + j) % 3 == 0:
            continue
        total += i * j
print(total)
n = 0
while n < 5:
    m = n
    while m > 0:
        print("*", end="")
        m -= 1
    print(n)
    n += 1
