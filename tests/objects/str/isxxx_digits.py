# isdecimal, isdigit, isnumeric and int() of digits.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(c, c.isdecimal(), c.isdigit(), c.isnumeric()) for c in ('5', '²', '½', '٣', '一', 'Ⅷ', '①', 'a', '')]
int('٣'), int('１２'), float('٣.٥')
int('²')
int('½')
float('Ⅷ')
'12'.isdigit(), '1.2'.isdigit(), '-1'.isdigit(), ' 1'.isdigit(), '1_0'.isdigit()
""")
