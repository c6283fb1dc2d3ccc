def count_up(limit):
    for number in range(0, limit):
        print(number)


count_up(5)
