# float.hex and float.fromhex.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[x.hex() for x in (0.0, 1.0, -2.5, 0.1, 1e100, 5e-324)], [float.fromhex(s) for s in ('0x1p4', '0x.8', '1', '-0x1.8p-1', 'inf', 'nan', '0X1P-2')], all(float.fromhex(x.hex()) == x for x in (0.1, 1 / 3, 1e-300, 123456.789))
float.fromhex('x')
float.fromhex('0x1p')
float.fromhex('1.2.3')
float.fromhex('0x1p5000')
float.fromhex(1)
""")
