# string module: constants, Template, Formatter, capwords.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import string
print(string.ascii_letters, string.digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace), len(string.printable), string.capwords('hello  wORLD a-b'), string.capwords('a,b', ','))
T = string.Template
print(T('$a ${b}c $$ $a').substitute(a=1, b='B'), T('$a $z').safe_substitute(a=1), T('$x').substitute({'x': 1}, x=2), T('${a').safe_substitute(a=1), T('$').safe_substitute(), T('no').substitute(), T('$a$b').template, T('$_x1').substitute(_x1='u'))
err(T('$z').substitute); err(T('$').substitute); err(T('${').substitute); err(T('${a b}').substitute, **{'a b': 1}); err(T('a\n$1').substitute)
class D(T): delimiter = '%'; idpattern = '[a-z]+'
print(D('%a %% $b').substitute(a=5))
F = string.Formatter(); print(F.format('{0} {x} {0!r:>4}', 'a', x=2), list(F.parse('a{b!r:c}d{{e}}{}')), F.vformat('{a}', (), {'a': 1}), F.format('{} {}', 1, 2))
err(F.format, '{}'); err(F.format, '{x}'); err(F.format, '{0} {}', 1, 2); err(F.format)
class Fm(string.Formatter):
    def get_value(self, k, a, kw): return f'<{k}>' if isinstance(k, str) else super().get_value(k, a, kw)
    def format_field(self, v, s): return super().format_field(v, s) + '!'
    def convert_field(self, v, c): return v.upper() if c == 'u' else super().convert_field(v, c)
print(Fm().format('{zz} {0} {q!u:>6}', 'arg'))
import textwrap as w
t = 'The quick brown fox jumps over the lazy dog. It was-hyphenated and extraordinarily-long.'
print(w.wrap(t, 20), w.fill('a b c d', 3), w.shorten('hello big world', 11), w.shorten('hello world', 8, placeholder='..'), repr(w.dedent('  a\n    b\n  c\n')), repr(w.dedent('\ta\n  b')), repr(w.dedent('\n  x\n\n   y')), repr(w.indent('a\n\nb', '> ')), repr(w.indent('a\n\n', '-', lambda l: True)), w.wrap('', 5), w.wrap('abcdefghij', 4), w.wrap('abcdefghij', 4, break_long_words=False), w.wrap('a\tb\nc', 10), w.fill('hello world', 20, initial_indent='* ', subsequent_indent='  '), w.wrap('one two three', 7, max_lines=1), w.wrap('a-b c-d', 3, break_on_hyphens=False), w.wrap('x  y', 10, drop_whitespace=False), w.wrap('Dr. Foo. bar.  baz', 12, fix_sentence_endings=True))
err(w.wrap, 'a', 0); err(w.shorten, 'abc def', 2); err(w.wrap, 5)
