# memoryview slices share memory.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

b = bytearray(b'0123456789')
m = memoryview(b)
m[2:4] = b'XY'
m[0] = 65
show(r"""
bytes(m), b, m[2:4].tolist(), m[::3].tobytes(), m[::-2].tobytes(), m[5:][1], bytes(m[3:][:2]), len(m[2:8:2]), m[2:4] == b'XY', m[0] == 48, m[-1]
m[20]
m[0:2] == [48, 49], m.tolist()[:2], m[1:1].tobytes()
bytes(b[:1]), m.nbytes, m.readonly, memoryview(b'ro').readonly
""")
