# ValueError messages of the common mistakes.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
int('abc')
float('abc')
complex('abc')
[].index(1) if False else 'a'.index('b')
[1].remove(2)
''.split('')
chr(-1)
range(1, 2, 0)
[1, 2, 3][::0]
bytes([300])
bytes(-1)
int('1', 99)
max([])
'{'.format()
'}'.format()
'%z' % 1
zip('a', 'bc', strict=True) and list(zip('a', 'bc', strict=True))
b''.fromhex('z')
(1).to_bytes(1, 'x')
pow(2, -1, 4)
1 << -1
'a'.encode('ascii').decode('nope') if False else ord('b')
__import__('math').sqrt('x') if False else list(map(int, ['1', 'b']))
memoryview(b'ab')[::0]
compile('1', '', 'bad')
eval('1\x00')
""")
