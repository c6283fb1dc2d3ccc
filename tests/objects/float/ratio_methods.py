# as_integer_ratio and is_integer.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[x.as_integer_ratio() for x in (0.5, 0.1, -2.0, 1e10, 0.0)], [x.is_integer() for x in (1.0, 1.5, -0.0, 1e20, float('nan'))], (5).as_integer_ratio(), (0.75).as_integer_ratio()
float('inf').as_integer_ratio()
float('nan').as_integer_ratio()
(1.5).is_integer(1)
""")
