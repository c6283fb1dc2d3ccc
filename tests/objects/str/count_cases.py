# count of overlapping, empty and ranged substrings.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'aaaa'.count('aa'), 'abcabc'.count('abc'), 'abc'.count(''), ''.count(''), 'abc'.count('d'), 'a' .count('aa'), 'ééé'.count('é'), '日本日'.count('日'), 'banana'.count('a', 2), 'banana'.count('a', -3), 'banana'.count('a', 0, -1), 'aaa'.count('a', 5), 'x' .count('', 1, 0)
'a'.count(1)
'a'.count('a', '0')
('ab' * 100).count('ba'), ('a' * 1000).count('a' * 10)
""")
