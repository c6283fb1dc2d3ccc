# Template strings (PEP 750): strings, interpolations, conversions, format specs.
# needs: 3.14
from string.templatelib import Template, Interpolation
name, n = 'World', 5
t = t'Hello {name}! {n + 1:>{n}} {name!r:x}'
print(type(t).__name__, t.strings, t.values, len(t.interpolations))
for i in t.interpolations: print(repr(i), i.value, i.expression, i.conversion, repr(i.format_spec))
print(list(t)); print(t'' .strings, t''.interpolations, list(t'plain'), list(t'{1}{2}'), t'{1}{2}'.strings)
print(t'a' t'b{n}', (t'x{1}' + t'{2}y').strings, (t'a' + t'b').strings)
print(t'{n=}'.strings, t'{n=}'.interpolations[0].conversion, t'{n = :>4}'.strings, t'{ n }'.interpolations[0].expression, t'{{}}'.strings)
print(rt'\n{n}'.strings, tR'\t'.strings, T'{n}'.values, t'''{
    n
}'''.interpolations[0].expression)
print(repr(t'a{1}b')); print(Template('a', Interpolation(1, 'x', None, ''), 'b').strings, Template().strings, Template('a', 'b').strings, Template(Interpolation(1)).interpolations)
def render(t):
    out = []
    for p in t:
        if isinstance(p, str): out.append(p)
        else:
            v = p.value
            v = repr(v) if p.conversion == 'r' else str(v) if p.conversion == 's' else ascii(v) if p.conversion == 'a' else v
            out.append(format(v, p.format_spec))
    return ''.join(out)
print(render(t'{name!r:>10} {n:03} {name} {3.14159:.{2}f} {"é"!a}'))
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

err(lambda: t'a' + 'b'); err(lambda: 'a' + t'b'); err(lambda: Template(5)); err(lambda: Interpolation()); err(lambda: Interpolation(1, 2)); err(lambda: Interpolation(1, 'x', 'q')); err(lambda: t'{undefined}'); err(lambda: t'{1/0}'); err(lambda: setattr(t'', 'strings', ())); err(lambda: str(t'a').startswith('Template'))
i = Interpolation(1, 'e', 'r', '>3'); print(i)
match i:
    case Interpolation(v, e, c, f): print(v, e, c, f)
nested = t'{t'{n}'}'; print(nested.values[0].values, t'{[x for x in range(2)]}'.values, t'{(lambda: 1)()}'.values, t'{name!s}{n!a}'.interpolations[1].conversion)
print(t'a' == t'a', hash(i) == hash(i), Template.__match_args__ if hasattr(Template, '__match_args__') else None, Interpolation.__match_args__)
