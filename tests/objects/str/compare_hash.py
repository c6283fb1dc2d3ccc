# Ordering, equality, interning-visible behaviour and hash consistency of strings.
import sys
print('a' < 'b', 'a' < 'B', 'abc' < 'abd', 'ab' < 'abc', '' < 'a', 'a' <= 'a', 'b' > 'a', 'a' != 'b', 'a' == 'a', not 'a' == 'b')
a = 'hello'; b = ''.join(['he', 'llo'])
print(a == b, hash(a) == hash(b), {a: 1}[b], a in [b], sys.intern(b) is sys.intern(a), sys.intern('x' * 3) == 'xxx')
try: sys.intern(5)
except TypeError as e: print(e)
class S(str): pass
try: sys.intern(S('a'))
except TypeError as e: print(e)
class E(str):
    def __eq__(self, o): return 'eq called'
    def __hash__(self): return 1
print(E('a') == 'a', 'a' == E('a'), E('a') != 'b', hash(E('a')), 'a' in [E('a')], E('b') < 'c')
for op in ('<', '<=', '>', '>='):
    for pair in (('"a"', '1'), ('"a"', 'None'), ('"a"', 'b"a"'), ('"a"', '["a"]')):
        try: eval(pair[0] + op + pair[1])
        except TypeError as e: print(e)
print('a' == 1, 'a' == None, 'a' == b'a', 'a' == ['a'], 'a' != 1, '1' == 1)
print(sorted(['b', 'A', 'a', 'B', 'é', 'e', 'f', 'Z', '1', ' ', '_', '~', '']), sorted(['item10', 'item9', 'item1']), sorted('hello world'))
print('a'.__eq__('a'), 'a'.__eq__(1), 'a'.__lt__('b'), 'a'.__ge__(5), 'a'.__ne__('b'), hash('') == hash(''), 'a'.__hash__() == hash('a'))
print(min('hello'), max('hello'), min(['bb', 'a', 'ccc'], key=len), sorted('cab', reverse=True), ''.join(sorted(set('banana'))))
