# A few steps of an n-body simulation: float arithmetic that must agree to the last bit.
PI = 3.141592653589793
bodies = {'sun': ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 4 * PI * PI), 'jupiter': ([4.84143144246472090, -1.16032004402742839, -0.103622044471123109], [0.606326392995832, 2.81198684491626016, -0.02521836165988763], 0.03769367487038949), 'saturn': ([8.34336671824457987, 4.12479856412430479, -0.403523417114321381], [-1.01077434617879236, 1.82566237123041186, 0.00841576137658415351], 0.011286326131968767)}
names = list(bodies)
def energy():
    e = 0.0
    for i, a in enumerate(names):
        (x, y, z), (vx, vy, vz), m = bodies[a]
        e += 0.5 * m * (vx * vx + vy * vy + vz * vz)
        for b in names[i + 1:]:
            (p, q, r), _, m2 = bodies[b]
            e -= m * m2 / ((x - p) ** 2 + (y - q) ** 2 + (z - r) ** 2) ** 0.5
    return e
def advance(dt):
    for i, a in enumerate(names):
        p1, v1, m1 = bodies[a]
        for b in names[i + 1:]:
            p2, v2, m2 = bodies[b]
            d = [p1[k] - p2[k] for k in range(3)]
            mag = dt / (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) ** 1.5
            for k in range(3): v1[k] -= d[k] * m2 * mag; v2[k] += d[k] * m1 * mag
    for a in names:
        p, v, _ = bodies[a]
        for k in range(3): p[k] += dt * v[k]
print(energy())
for _ in range(200): advance(0.01)
print(energy(), bodies['jupiter'][0])
