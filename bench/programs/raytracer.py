"""A sphere tracer with vectors as objects: float attributes, operators, short-lived objects."""


class Vec:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vec(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k, self.z * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self * (1.0 / self.dot(self) ** 0.5)

    def reflect(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Sphere:
    def __init__(self, centre, radius, colour, mirror):
        self.centre = centre
        self.radius = radius
        self.colour = colour
        self.mirror = mirror

    def hit(self, origin, direction):
        to = self.centre - origin
        along = to.dot(direction)
        under = self.radius * self.radius - to.dot(to) + along * along
        if under < 0.0:
            return None
        distance = along - under ** 0.5
        return distance if distance > 1e-4 else None

    def normal(self, point):
        return (point - self.centre).unit()


class Floor:
    colour = 0.5
    mirror = 0.1

    def hit(self, origin, direction):
        if direction.y >= -1e-6:
            return None
        return -origin.y / direction.y

    def normal(self, point):
        return Vec(0.0, 1.0, 0.0)


LIGHT = Vec(-3.0, 6.0, -4.0)
SCENE = [Floor(), Sphere(Vec(0.0, 1.0, 4.0), 1.0, 0.9, 0.4), Sphere(Vec(1.6, 0.6, 3.0), 0.6, 0.7, 0.2),
         Sphere(Vec(-1.7, 0.8, 3.4), 0.8, 0.6, 0.6)]


def nearest(origin, direction):
    best = None
    thing = None
    for item in SCENE:
        distance = item.hit(origin, direction)
        if distance is not None and (best is None or distance < best):
            best = distance
            thing = item
    return best, thing


def trace(origin, direction, depth):
    distance, thing = nearest(origin, direction)
    if thing is None:
        return 0.3 + 0.5 * direction.y * direction.y
    point = origin + direction * distance
    normal = thing.normal(point)
    light = (LIGHT - point).unit()
    blocked, _ = nearest(point + normal * 1e-3, light)
    shine = 0.1 if blocked is not None else 0.1 + 0.9 * max(0.0, normal.dot(light))
    colour = shine * thing.colour
    if depth and thing.mirror:
        colour = colour * (1.0 - thing.mirror) + trace(point, direction.reflect(normal), depth - 1) * thing.mirror
    return colour


def render(width, height):
    eye = Vec(0.0, 1.2, -2.0)
    total = 0
    for row in range(height):
        for column in range(width):
            ray = Vec((column - width / 2) / width * 2, (height / 2 - row) / width * 2, 1.8).unit()
            total = (total * 17 + int(trace(eye, ray, 2) * 255)) % 1_000_000_007
    return total


print(render(420, 290))
