class Counter:
    def __init__(self):
        self.member = 1

    def show(self):
        self.member += 5
        print("Member1: %s" % self.member)


def main():
    counter = Counter()
    counter.show()


main()
