# extreme magnitudes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
1e308 * 10, -1e308 * 10, 1e-308 / 1e10, 1e-324, 5e-324 / 2, 1.7976931348623157e308 + 1e292, 2.0 ** 1023 * 1.5, 2.0 ** -1074, float(10**308), 1e308 - 1e308, 1e16 + 1 - 1e16, 9007199254740993.0, 1.5e77 * 1.5e77, 1e-200 * 1e-200, 1e77, 1e78, 2e-77, 2e-78, 1.157920892373162e77, 8.636168555094445e-78
2.0 ** 1024
10.0 ** 309
float(10**309)
int(1e400)
""")
