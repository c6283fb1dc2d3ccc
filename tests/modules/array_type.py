# array.array: every type code, its limits and messages, slices, buffers, pickling.
# needs: 3.14
import array, warnings
warnings.simplefilter("ignore")
from array import array as A
def t(f):
    try:
        print('=>', repr(f()))
    except Exception as e:
        print('!!', type(e).__name__, e)
for c in 'bBhHiIlLqQfduw':
    for v in ['a', 1.5, 'ab', None, 10**30, -10**30, -1, 2**7,2**8,2**15,2**16,2**31,2**32,2**63,2**64,-2**7-1,-2**15-1,-2**31-1,-2**63-1, True, 'é','\U0001f600', b'a', 1e300]:
        print(c, repr(v), end=' '); t(lambda: A(c,[v]))
for args in [(), ('i',1,2), (1,), ('ii',), ('',), (b'i',), ('x',), (None,), ('i','abc'), ('i',A('u','x')), ('u',A('i',[1])), ('u',5), ('i',5), ('b',b'\xff'), ('i',b'abc'), ('H',bytearray(b'abcd')), ('u',b'abcd'),('w','abc'),('i',(1,2)),('i',{1,2}),('i',range(3)),('d',A('i',[1])),('i',A('d',[1]))]:
    print(args, end=' '); t(lambda: A(*args))
t(lambda: A('i',[1],x=2)); t(lambda: A(typecode='i'))
class S(A):
    pass
t(lambda: S('i',[1],x=2))
class S2(A):
    def __init__(self, *a, **k):
        pass
t(lambda: S2('i',[1],x=2))
a=A('i',range(5))
for e in ["a[5]","a[-6]","a['x']","a[1.5]","a[1:3]","a[::-1]","a[::2]","a+[1]","a+A('b',[1])","a*2","2*a","a*-1","a*'x'","a.__iadd__([1])","a.__iadd__(A('b'))","a.extend(A('b'))","a.extend(5)","a.append()","a.append(1,2)","a.append('x')","a.insert(1)","a.insert('x',1)","a.insert(-100,7)","a.insert(100,8)","a","a.pop(99)","a.pop('x')","A('i').pop()","a.pop()","a.pop(0)","a.remove(99)","a.index(99)","a.index(3,1,2)","a.index(3,-2)","a.index(3,'x')","a.count('x')","a.count(2.0)","a.byteswap()","a","a.byteswap()","a.tolist()","a.tobytes()","a.tounicode()","a.fromunicode('x')","a.fromlist(5)","a.fromlist([1,'x'])","a","a.frombytes(b'abc')","a.frombytes('x')","a.frombytes(A('i',[1]))","a.fromfile(5,1)","a.tofile(5)","A('u','hé').tounicode()","A('u','hé')","A('w',\"h'é\")","A('u')","A('d')","a.__reduce_ex__(2)","a.__reduce_ex__(3)","A('d',[1]).__reduce_ex__(4)","A('u','ab').__reduce_ex__(4)","S('b').__reduce_ex__(4)","a.__reduce_ex__('x')","a==A('d',[0,1,2,3,4])","a<A('i',[9])","a<[1]","a==[1]","hash(a)","a.itemsize,a.typecode","A('b').buffer_info()[1]","memoryview(a).format","memoryview(A('u','x')).format","memoryview(A('w','x')).format","memoryview(a).itemsize,memoryview(a).nbytes,memoryview(a).shape","memoryview(A('u','x'))[0]","type(iter(a)).__name__","iter(a).__reduce__()","type(iter(a))","A.__mro__","A.__name__,A.__module__","a.__class_getitem__(int)","array.typecodes","array.ArrayType","array._array_reconstructor","array._array_reconstructor(A,'i',8,b'\\1\\0\\0\\0')","array._array_reconstructor(int,'i',8,b'')","array._array_reconstructor(5,'i',8,b'')","array._array_reconstructor(A,'x',8,b'')","array._array_reconstructor(A,'i',99,b'')","array._array_reconstructor(A,'i',8,'x')","array._array_reconstructor(A,'i',8,b'abc')","array._array_reconstructor(A,'i',9,b'abc')","array._array_reconstructor(A,'i',9,b'abcd')","array._array_reconstructor(A,'d',14,b'abcd')","array._array_reconstructor(A,'d',15,b'abcde')","array._array_reconstructor(A,'u',18,b'abcde')","array._array_reconstructor(A,'u',19,b'\\0a\\0b')","array._array_reconstructor(A,'b',19,b'\\0a\\0b')","array._array_reconstructor(A,'L',10,b'a'*8)","array._array_reconstructor(A,'L',6,b'a'*8)","array._array_reconstructor(A,'ii',6,b'a'*8)","array._array_reconstructor()","a.__copy__()","a.__deepcopy__({})","a.__deepcopy__()","A('i',[1,2]).clear()","a.x","a.x==1","3 in a","'x' in a","a.reverse()","a.reverse(1)","a.typecode","A.__flags__ & (1<<5)", "isinstance(a, __import__('collections.abc').abc.MutableSequence)"]:
    print(e,end=' '); t(lambda: eval(e))
def s(code):
    print(code,end=' ')
    g={'a':A('i',range(5)),'A':A}
    try:
        exec(code, g)
        print(g['a'])
    except Exception as e:
        print('!!', type(e).__name__, e, g['a'])
for c in ["a[9]=1","a[-9]=1","a['x']=1","a[1]='x'","a[1:2]=[1]","a[1:2]=A('b',[1])","a[1:2]=A('i',[7,8,9])","a[::2]=A('i',[7,8,9])","a[::2]=A('i',[7,8])","a[::-1]=a","a[1:3]=a","a[5:0]=a","del a[9]","del a[1]","del a[::2]","del a[::-2]","del a[1:3]","del a[3:1]","a[:]=A('i')","del a['x']","del a[1:1:3]","m=memoryview(a);a.append(1)","m=memoryview(a);del a[1]","m=memoryview(a);a[:]=a","m=memoryview(a);a*=2","m=memoryview(a);a*=1","m=memoryview(a);a.pop()","m=memoryview(a);a.extend([])","m=memoryview(a);a.extend([1])","m=memoryview(a);a.frombytes(b'')","m=memoryview(a);m[0]=9","a*=0","a*=3","a+=a","a.extend(a)","a.typecode='x'","a.foo=1","m=memoryview(a);a[1:2]=A('i')","a[1:4:2]=A('i')","a[4:1:-2]=A('i',[7,8])"]: s(c)

# What items do while they are converted.
class Shrinks:
    def __init__(self, a, v):
        self.a, self.v = a, v
    def __index__(self):
        del self.a[:]
        return self.v
for code in ["a[4] = x", "a.append(x)", "a.insert(2, x)", "a.extend([x, x])", "A('i', [x])", "a.index(3, x)", "a[x]", "a[x:]", "a[1:x] = A('i', [9])"]:
    a = A('i', range(5))
    x = Shrinks(a, 2)
    try:
        exec(code)
        print(code, a)
    except Exception as e:
        print(code, type(e).__name__, e, a)
class Equal:
    def __init__(self, a):
        self.a = a
    def __eq__(self, other):
        del self.a[1:]
        return other == 3
for code in ["a.index(x)", "a.count(x)", "a.remove(x)", "x in a"]:
    a = A('i', range(5))
    x = Equal(a)
    try:
        print(code, eval(code), a)
    except Exception as e:
        print(code, type(e).__name__, e, a)
# Pickles and copies.
import copy, pickle, io
for c in array.typecodes:
    a = A(c, 'xé' if c in 'uw' else [1, 0, 7])
    for p in range(pickle.HIGHEST_PROTOCOL + 1):
        b = pickle.loads(pickle.dumps(a, p))
        assert b == a and b.typecode == c, (c, p)
    assert copy.copy(a) == copy.deepcopy(a) == a
sub = S('b', [1]); sub.x = 5
b = pickle.loads(pickle.dumps(sub))
print(b, b.x, type(b) is S)
it = iter(A('i', [1, 2, 3])); next(it)
print(list(pickle.loads(pickle.dumps(it))), list(it), it.__reduce__()[1:])
# Files and buffers.
f = io.BytesIO()
A('H', range(5)).tofile(f)
a = A('H'); f.seek(0); a.fromfile(f, 3); print(a)
try:
    a.fromfile(f, 3)
except EOFError as e:
    print(e, a)
t(lambda: a.fromfile(f, -1))
m = memoryview(A('d', [1, 2, 3]))
m[1] = 5.5
print(m.tolist(), m.obj, bytes(m[2:]) == A('d', [3]).tobytes(), m.cast('B')[0])
print(bytes(A('H', [1, 2])), bytearray(A('b', [1])), b'x'.join([A('b', [65]), b'c']), b'abc' == A('b', b'abc'))
match A('i', [1, 2, 3]):
    case [x, *rest]:
        print(x, rest)
