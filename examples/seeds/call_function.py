# A function calls another and passes on what it gives.
def times_five(number):
    product = number * 5
    print("Value of b: %s" % product)
    return product


def main():
    left = 5
    right = 6
    return times_five(left + right)


main()
