# IndexError and KeyError messages.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[][0]
()[0]
''[0]
b''[0]
bytearray()[0]
range(0)[0]
[].pop()
[1].pop(5)
{}['k']
set().pop()
{}.popitem()
__import__('collections').deque()[0]
__import__('collections').deque().pop()
memoryview(b'')[0]
[1, 2][10**30]
'abc'[-4]
__import__('collections').OrderedDict().popitem()
__import__('collections').namedtuple('N', 'a')(1)[1]
'{1}'.format(0)
'{k}'.format()
'%(k)s' % {}
""")
