# update from mappings, pairs, keywords and errors.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

def up(*a, **k):
    d = {'a': 0}
    d.update(*a, **k)
    return d
class K:
    def keys(self): return 'pq'
    def __getitem__(self, k): return k * 2
show(r"""
up(), up({'b': 1}), up([('b', 1), ['c', 2], 'de']), up(b=1, a=5), up({'b': 1}, b=2), up(K()), up(iter([('z', 1)])), up({}.items()), up(zip('xy', [1, 2])), up(self=1)
up(1, 2)
up(['abc'])
up([()])
up({1: 2}.keys())
up(None)
{'a': 1} | {'b': 2}, {'a': 1} | {'a': 2}, {} | {}
{'a': 1} | []
""")
