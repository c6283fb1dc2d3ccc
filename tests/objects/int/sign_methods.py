# bit_length, bit_count, conjugate, numerator and friends.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(n.bit_length(), n.bit_count()) for n in (0, 1, -1, 255, 256, 2**64, -2**64 + 1)], (5).numerator, (5).denominator, (5).real, (5).imag, (-5).conjugate(), (7).__index__(), (3).as_integer_ratio(), True.bit_length(), (5).__ceil__(), (5).__floor__()
(5).bit_length(1)
(1.5).bit_length()
int.bit_count('a')
""")
