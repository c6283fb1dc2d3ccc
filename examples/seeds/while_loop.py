def count_up(limit):
    number = 0
    while number < limit:
        print(number)
        number += 1


count_up(5)
