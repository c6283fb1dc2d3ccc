# Messages and positions of invalid patterns.
import re, warnings
warnings.simplefilter('ignore')
for p in ('(', ')', '[', 'a)', '(a', '[a', '[a-', '[z-a]', '*', '+a', '?', 'a**', 'a*+*', 'a{2}{3}', 'a{3,2}', '{1}', 'a{1,', '(?', '(?P', '(?P<', '(?P<>a)', '(?P<1a>a)', '(?P<n', '(?P<n>a)(?P<n>b)', '(?P=', '(?P=x)', '(?P=n', '(?Px)', '(?z)', '(?i', '(?-i)', '(?i-i:a)', '(?#', '(?<', '(?<a', '(?<=a*)', '(?<=a+b)', '(?<!a|bc)', '(?(1)a)', '(?(x)a)', '(?(1', '(a)(?(1)a|b|c)', '(?(0)a)', r'\1', r'(a)\2', r'(\1)', '\\', r'\x', r'\x1', r'\xg0', r'\u12', r'\U00110000', r'\N{nope}', r'\q', r'\8', r'[\q]', r'[\x]', '[[:alpha:]]', '[]', '[^]', 'a|*', '(|*)', 'a(?i)b', '(?i)(?', '(?L)a', '(?a)(?u)', '(?au:x)', '(?:', '(?=', '(?!', '(?>', '(?>a', 'x{99999999999999999999}', '(?P<a.b>x)', '(?P<é>x)', r'(?P<a>x)(?P=b)', r'\g<1>', '(?s-s:a)', '(?i:a', '(?ii)a', '(?-:a)', '(?i-:a)', '(?<=(a)\\1)', r'(?<=a{2,3})b'):
    try: re.compile(p); print('ok', p)
    except re.error as e: print(repr(p), e.msg, e.pos, e.lineno, e.colno)
    except (OverflowError, RecursionError, ValueError) as e: print(repr(p), isinstance(e, re.error), e)
for p, f in ((b'\\u0041', 0), ('a', re.L), (b'a', re.U), (b'(?u)a', 0), ('a', re.A | re.U), (b'(?L)a', 0)):
    try: re.compile(p, f); print('ok', p)
    except (re.error, ValueError) as e: print(repr(p), isinstance(e, re.error), e)
try: re.compile('(\n[')
except re.error as e: print(e, e.pattern, e.lineno, e.colno)
