# append and extend with every kind of iterable.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

l = []
show(r"""
l.append(1), l.append('a'), l.append([2]), l.append(l[:]), l
l.extend([1]), l.extend('ab'), l.extend((5, 6)), l.extend({7}), l.extend({'k': 1}), l.extend(range(2)), l.extend(x for x in 'z'), l.extend(map(str, [1])), l.extend(b'A'), l.extend([]), l
l.extend(None)
l.extend(5)
l.append()
l.append(1, 2)
len(l), l.__iadd__('q')[-1], l[-1]
""")
