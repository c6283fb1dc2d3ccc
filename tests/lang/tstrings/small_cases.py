# small template strings.
# needs: 3.14
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
t = t'a{1 + 1}b'
print(t.strings, t.values, t.interpolations[0].expression)
---
x = 'v'
t = t'{x!r:>5}'
i = t.interpolations[0]; print(i.value, i.expression, i.conversion, i.format_spec)
---
print(type(t'').__name__, t''.strings, len(list(t'a{1}')))
---
t'{undefined}'
---
print((t'a' + t'{1}b').strings)
---
t'a' + 'b'
---
for p in t'x{1}y{2}': print(p if isinstance(p, str) else p.value)
---
print(t'{5=}'.strings, t'{{}}'.strings, rt'\n{1}'.strings)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
