# float() on the common inputs.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
float(), float(1), float('1.5'), float(' 2 '), float('1e3'), float('inf'), float('-inf'), float('nan'), float(True), float('1_0.5'), float('.5'), float('-0')
float('a')
float('')
float(None)
float([])
float('1,5')
float(10**400)
float(1j)
""")
