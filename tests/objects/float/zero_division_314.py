# messages of float division by zero.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
1.0 / 0
1 / 0.0
1.0 // 0
1.0 % 0
divmod(1.0, 0)
0.0 ** -1
1 / 0
1 // 0
1 % 0
divmod(1, 0)
0 ** -1
1j / 0
pow(0, -2)
pow(0.0, -0.5)
0j ** -1
""")
