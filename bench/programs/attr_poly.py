"""Attributes and methods on objects of one class and of many: inheritance, super, class attributes, operators."""


class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    def area(self):
        raise NotImplementedError

    def describe(self):
        return len(self.name) + self.area()


class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side

    def area(self):
        return self.side * self.side


class Rectangle(Shape):
    def __init__(self, width, height):
        super().__init__("rectangle")
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height


class Cube(Square):
    def area(self):
        return 6 * super().area()


class Unit(Shape):
    side = 1

    def area(self):
        return self.side

    @classmethod
    def make(cls):
        return cls("unit")

    @staticmethod
    def twice(x):
        return x + x


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def dot(self, other):
        return self.x * other.x + self.y * other.y


def one_class(n):
    v = Vector(1, 2)
    step = Vector(3, -1)
    hits = 0
    for i in range(n):
        v = v + step * 2
        if v.dot(step) % 7 == 0:
            hits += 1
        if v == step:
            hits += 1000
    return v.x, v.y, hits


def many_classes(n):
    shapes = [Square(2), Rectangle(2, 3), Cube(1), Unit.make(), Square(5), Cube(3)]
    total = 0
    for i in range(n):
        shape = shapes[i % 6]
        total += shape.area() + shape.describe()
        shape.seen = i
    return total + sum(s.seen for s in shapes) + Unit.twice(Shape.count)


class Counter:
    def __init__(self):
        self.a = self.b = self.c = 0

    def step(self, i):
        self.a += i & 1
        self.b += self.a & 3
        self.c = self.a + self.b - self.c
        return self


def updates(n):
    c = Counter()
    step = c.step
    for i in range(n):
        c.step(i)
        step(i)
    return c.a, c.b, c.c


print(one_class(800_000), many_classes(1_000_000), updates(1_000_000))
