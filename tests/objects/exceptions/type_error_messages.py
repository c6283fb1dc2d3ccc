# TypeError messages of the common mistakes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
1 + 'a'
'a' + 1
[] + 1
None + 1
1 < 'a'
len(5)
5()
5[0]
'a'['b']
[][1.5]
{}[[]] if False else {}.foo
None[0]
iter(5)
for_ if False else int([])
int('a', 'b')
'a' * 'b'
-'a'
~1.5
not_defined if False else abs('a')
sum(['a'])
''.join([1])
[1, 2, 3](0)
(1, 2) + [3]
{1, 2}[0]
range('a')
max(5)
sorted([1, 'a'])
isinstance(1, 1)
print(1, foo=1) if False else open(None)
hash([])
'%d' % 'a'
divmod(1, 'a')
""")
