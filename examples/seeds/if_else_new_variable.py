# The variable is born in either branch: whichever runs, it is there afterwards.
def sum_or_difference(a, b):
    if a > b:
        d = a + b
    else:
        d = a - b
    return d


print(sum_or_difference(3, 4), sum_or_difference(4, 3))
