"""Planets pulling at each other: float attributes kept in lists, pairs of bodies in nested loops."""

DAY = 365.24
SUN = 4.0 * 3.141592653589793 ** 2

# position, velocity (per day, scaled to years), mass (in suns)
PLANETS = [
    ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], SUN),
    ([4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
     [0.00166007664274403694 * DAY, 0.00769901118419740425 * DAY, -0.0000690460016972063023 * DAY],
     0.000954791938424326609 * SUN),
    ([8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
     [-0.00276742510726411 * DAY, 0.00499852801234917238 * DAY, 0.0000230417297573763929 * DAY],
     0.000285885980666130812 * SUN),
    ([12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
     [0.00296460137564761618 * DAY, 0.00237847173959480950 * DAY, -0.0000296589568540237556 * DAY],
     0.0000436624404335156298 * SUN),
    ([15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
     [0.00268067772490389322 * DAY, 0.00162824170038242295 * DAY, -0.0000951592254519715870 * DAY],
     0.0000515138902046611451 * SUN),
]


def pairs(items):
    found = []
    for i, first in enumerate(items):
        for second in items[i + 1:]:
            found.append((first, second))
    return found


def still(bodies):
    """Gives the sun the speed that makes the momentum of the whole zero."""
    px = py = pz = 0.0
    for _, (vx, vy, vz), mass in bodies:
        px += vx * mass
        py += vy * mass
        pz += vz * mass
    speed = bodies[0][1]
    speed[:] = -px / SUN, -py / SUN, -pz / SUN


def advance(bodies, couples, dt, steps):
    for _ in range(steps):
        for ((x1, y1, z1), v1, m1), ((x2, y2, z2), v2, m2) in couples:
            dx = x1 - x2
            dy = y1 - y2
            dz = z1 - z2
            distance = dx * dx + dy * dy + dz * dz
            pull = dt / (distance * distance ** 0.5)
            pull1 = m1 * pull
            pull2 = m2 * pull
            v1[0] -= dx * pull2
            v1[1] -= dy * pull2
            v1[2] -= dz * pull2
            v2[0] += dx * pull1
            v2[1] += dy * pull1
            v2[2] += dz * pull1
        for place, (vx, vy, vz), _ in bodies:
            place[0] += dt * vx
            place[1] += dt * vy
            place[2] += dt * vz


def energy(bodies, couples):
    total = 0.0
    for _, (vx, vy, vz), mass in bodies:
        total += 0.5 * mass * (vx * vx + vy * vy + vz * vz)
    for (p1, _, m1), (p2, _, m2) in couples:
        total -= m1 * m2 / sum((a - b) ** 2 for a, b in zip(p1, p2)) ** 0.5
    return total


def main():
    couples = pairs(PLANETS)
    still(PLANETS)
    before = energy(PLANETS, couples)
    advance(PLANETS, couples, 0.01, 200_000)
    print(f"{before:.9f} {energy(PLANETS, couples):.9f}")


main()
