# products with known answers.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
99999999999 * 99999999999, (2**64 - 1) ** 2, (10**30 + 1) * (10**30 - 1), 12345678901234567890 * 98765432109876543210, 3**64 * 7**32, (2**61) * (2**61), -(2**62) * (2**62), (10**18) * (10**18) * 0, 123456789**5, 2**500 % 1000000007
""")
