# complex operators.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
(1+2j) + (3-1j), (1+2j) - 1, 2 * (1+2j), (1+2j) * (1-2j), (1+2j) / (1+1j), (1+2j) ** 2, (1+2j) ** 0, (1+2j) ** -1, -(1+2j), +(1j), abs(3+4j), (1+2j) == (1+2j), (1+0j) == 1, 1j != 1, (2+0j) == 2.0, bool(0j), 1j * 1j, (1+2j).conjugate(), 1.5j.imag, (1j) ** 4
(1+2j) < 1
(1+2j) // 1
(1+2j) % 2
int(1j)
float(1j)
1j + 'a'
divmod(1j, 2)
round(1j)
""")
