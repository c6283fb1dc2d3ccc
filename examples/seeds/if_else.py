def sum_or_difference(a, b):
    if a > b:
        a = a + b
    else:
        a = a - b
    return a


assert sum_or_difference(3, 4) == -1
assert sum_or_difference(4, 3) == 7
print(sum_or_difference(3, 4))
