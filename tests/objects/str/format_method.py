# str.format: fields, attributes, items, conversions, nesting and errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class O:
    x = 5
    d = {'k': [10, 20]}
    def __format__(self, s): return f'<{s}>'
    def __repr__(self): return 'O!é'
o = O()
show(r"""
'{} {}'.format(1, 2), '{0} {1} {0}'.format('a', 'b'), '{a} {b}'.format(a=1, b=2), '{} {x}'.format(1, x=2), '{{}}'.format(), '{{{}}}'.format(5), ''.format(1), 'no fields'.format()
'{0.x} {o.x}'.format(o, o=o), '{0[1]} {0[-1]}'.format({1: 'one', '-1': 'neg'}), '{0[k]}'.format({'k': 'v'}), '{0.d[k][1]}'.format(o), '{[0]} {.x}'.format([7], o), '{0[a b]}'.format({'a b': 1}), '{0[]}'.format({'': 'empty'}) if False else 'x'
'{!r} {!s} {!a}'.format('é', 'é', 'é'), '{0!r:>5}'.format('a'), '{:spec}'.format(o), '{!r:>6}'.format(o), '{!s}|{!a}'.format(o, o), '{}'.format(o)
'{:>{}}'.format('a', 5), '{:{w}.{p}f}'.format(3.14159, w=8, p=2), '{0:{1}{2}}'.format(5, '>', 3), '{:{}}'.format('x', '^5'), '{:{0}}'.format(3, 4) if False else 'x', '{0:{0}}'.format(5)
'{:5}|{:<5}|{:>5}|{:^5}|{:*^5}'.format('ab', 'ab', 'ab', 'ab', 'ab'), '{:.2}'.format('abc'), '{:5.1}|'.format('abc'), '{:s}'.format('a'), '{:é^5}'.format('a')
'{} {0}'.format(1)
'{0} {}'.format(1)
'{}'.format()
'{2}'.format(1)
'{a}'.format()
'{0.y}'.format(o)
'{0[9]}'.format([1])
'{0[k]}'.format([1])
'{'.format()
'}'.format()
'{0'.format(1)
'{0!}'.format(1)
'{0!x}'.format(1)
'{0!rr}'.format(1)
'{0!r'.format(1)
'{0[}'.format([1])
'{0[]}'.format([1])
'{0.}'.format(1)
'{0[1]x}'.format([1, 2])
'{:{:{}}}'.format(1, 2, 3)
'{:d}'.format('a')
'{:+}'.format('a')
'{:=5}'.format('a')
'{:,}'.format('a')
'{:05}'.format('a')
'{:#}'.format('a')
'{:q}'.format('a')
'{:.}'.format('a')
'{:x}'.format(None)
'{:5}'.format([])
'{:5}'.format(None)
'{!r:5}|'.format(None)
'{a.b[c]}'.format_map({'a': type('T', (), {'b': {'c': 1}})})
'{x}'.format_map({})
'{x}'.format_map(5)
'{}'.format_map({})
'{99999999999999999999}'.format(1)
""")
class D(dict):
    def __missing__(self, k): return f'<{k}>'
print('{a} {b}'.format_map(D(a=1)), '{0} {name}'.format('p', **{'name': 'kw'}))
class Bad:
    def __format__(self, s): return 5
try: '{}'.format(Bad())
except TypeError as e: print(e)
