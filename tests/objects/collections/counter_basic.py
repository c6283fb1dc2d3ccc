# Counter counting and arithmetic.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from collections import Counter
show(r"""
Counter('hello'), Counter([1, 1, 2])[1], Counter()['x'], Counter('aab').most_common(1), Counter(a=2) + Counter(a=1, b=1), Counter(a=2) - Counter(a=3, b=1), Counter('ab') & Counter('bc'), Counter('ab') | Counter('bb'), sorted(Counter('aab').elements()), Counter('abc').total(), Counter(a=1) == Counter(a=1, b=0), dict(Counter('ab')), len(Counter('aa')), +Counter(a=-1, b=2), Counter({'a': 3}), Counter(zip('ab', 'ab'))
(lambda c: (c.update('aa'), c.subtract('b'), c))(Counter('ab'))
Counter(5)
Counter.fromkeys('a')
""")
