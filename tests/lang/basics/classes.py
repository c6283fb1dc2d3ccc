# A class with state, methods and inheritance.
class Animal:
    count = 0
    def __init__(self, name):
        self.name = name
        Animal.count += 1
    def speak(self):
        return self.name + " makes a sound"
    def __repr__(self):
        return "Animal(" + self.name + ")"
class Dog(Animal):
    def speak(self):
        return self.name + " barks"
class Puppy(Dog):
    def speak(self):
        return super().speak() + " softly"
for a in (Animal("Cat"), Dog("Rex"), Puppy("Bit")):
    print(a.speak(), a, isinstance(a, Dog), type(a).__name__)
print(Animal.count, Dog.count)
a.age = 3
print(a.age, a.__dict__)
class Point:
    def __init__(self, x=0, y=0): self.x, self.y = x, y
    def __add__(self, o): return Point(self.x + o.x, self.y + o.y)
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __str__(self): return f"({self.x}, {self.y})"
print(Point(1, 2) + Point(3, 4), Point(1) == Point(1, 0), Point() != Point(1))
