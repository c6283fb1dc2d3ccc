# ordering of strings, character by character.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(a < b, a == b, a > b) for a in ('', 'a', 'B', 'ab', 'é') for b in ('', 'a', 'B', 'ab', 'é')]
'a' < 'é' < 'ÿ' < 'Ā' < '日' < '\uffff' < '😀', 'Z' < 'a', '10' < '9', 'a\0' > 'a', 'ab' < 'abc' < 'ac'
sorted('hElLo wOrld'), sorted(['b10', 'b9', 'B1', 'a'], key=str.lower), max('abc'), min('abc')
'a' < 1
'a' <= None
'a' > b'a'
""")
