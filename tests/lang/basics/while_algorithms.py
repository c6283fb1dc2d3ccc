# Loops that compute: gcd, primes, binary, digits.
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(48, 18), gcd(17, 5), gcd(0, 7))
primes = []
n = 2
while len(primes) < 15:
    for p in primes:
        if n % p == 0: break
    else:
        primes.append(n)
    n += 1
print(primes)
def binary(n):
    s = ""
    while n:
        s = str(n % 2) + s
        n //= 2
    return s or "0"
print(binary(10), binary(0), binary(255))
n, digits = 12345, 0
while n: digits += n % 10; n //= 10
print(digits)
x, steps = 27, 0
while x != 1:
    x = x // 2 if x % 2 == 0 else 3 * x + 1
    steps += 1
print(steps)
