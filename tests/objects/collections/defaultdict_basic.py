# defaultdict factories.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from collections import defaultdict
d = defaultdict(list)
show(r"""
d['a'].append(1), d['a'], d['b'], dict(d), 'c' in d, d.get('c'), len(d), d, defaultdict(int, a=1)['zz'], defaultdict(lambda: 'x')[5], defaultdict(None, {1: 2}), d.default_factory, d.copy(), d | {'q': 1}
defaultdict()['k']
defaultdict(5)
defaultdict(list)[[]] if False else 0
defaultdict(lambda x: 1)['a']
""")
