# abs of every numeric type.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
abs(0), abs(-1), abs(1), abs(-2**62), abs(-2**64), abs(-1.5), abs(-0.0), abs(float('-inf')), abs(3-4j), abs(True), abs(False)
abs('a')
abs([])
abs(None)
abs(1, 2)
abs(x=1)
""")
