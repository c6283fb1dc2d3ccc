# memoryview in every format and shape.
# Each line sums up many calls: the name of the method, how many results there were, and a number made of all of them.
totals = {}
def show(label, f):
    try:
        r = repr(f())
        if ' at 0x' in r: r = r[:r.index(' at 0x')]
    except Exception as e:
        r = type(e).__name__ + ': ' + str(e)
    n, h = totals.get(label, (0, 0))
    for c in label + ascii(r):
        h = (h * 31 + ord(c)) & 0xFFFFFFFF
    totals[label] = n + 1, h
def show_item(r): return r.tolist() if isinstance(r, memoryview) else r
data = bytes(range(24))
views = {'b': lambda: memoryview(data), 'ba': lambda: memoryview(bytearray(data)), 'sl': lambda: memoryview(data)[2:20:3], 'neg': lambda: memoryview(bytearray(data))[::-1], 'h': lambda: memoryview(data).cast('h'), 'Q': lambda: memoryview(bytearray(data)).cast('Q'), 'd': lambda: memoryview(data).cast('d'), '2d': lambda: memoryview(bytearray(data)).cast('B',[4,6]), '3d': lambda: memoryview(data).cast('B',(2,3,4)), '2dh': lambda: memoryview(bytearray(data)).cast('h',[3,4]), 'c': lambda: memoryview(data).cast('c'), '?': lambda: memoryview(bytearray(data)).cast('?'), 'e': lambda: memoryview(data).cast('e'), 'f': lambda: memoryview(bytearray(data)).cast('f'), '0d': lambda: memoryview(bytearray(b'z')).cast('B',[]), 'empty': lambda: memoryview(b''), 'ro': lambda: memoryview(bytearray(data)).toreadonly(), '@i': lambda: memoryview(data).cast('@i'), 'I2':lambda: memoryview(data).cast('I')[::2], 'b8':lambda: memoryview(data).cast('b')}
for n, v in views.items():
    m = v()
    for at in ('nbytes','readonly','itemsize','format','ndim','shape','strides','suboffsets','c_contiguous','f_contiguous','contiguous'):
        show(n + ' attributes', lambda: getattr(m,at))
    show(n+' obj', lambda: type(m.obj).__name__)
    for me in ('tolist','tobytes','hex','__len__',):
        show(n + ' ' + me, lambda: getattr(m,me)())
    for o in ('C','F','A',None,'X',5): show(n + ' tobytes', lambda: m.tobytes(o))
    show(n+' list', lambda: list(m)); show(n+' rev', lambda: list(reversed(m))); show(n+' hexs', lambda: m.hex(':',2)); show(n+' bytes', lambda: bytes(m)); show(n+' ba', lambda: bytearray(m))
    for k in (0,-1,5,100,slice(1,3),slice(None,None,2),slice(None,None,-1),(0,),(1,2),(1,2,3),(),...,'x',None,1.5,(slice(1),slice(2)),(0,slice(1)),(100,0),(0,0,0,0)):
        show(n + ' get', lambda: show_item(m[k]))
        for val in (1, 300, b'a', b'abc', 1.5, 'a', None, True, -1, bytearray(2)):
            def f():
                mm = v(); mm[k] = val; return mm.tobytes()
            show(n + ' set', f)
    def d(): del m[0]
    show(n+' del', d)
    for fmt in ('B','b','c','h','i','Q','d','?','e','z','','BB','<i','@h',5,None):
        show(n + ' cast', lambda: m.cast(fmt).tolist())
        for sh in ([2,3],(24,),[],[0],[-1],[4,6],'ab',5,[1.5],[2,2,2,3],[10**18,10**18]):
            show(n + ' cast', lambda: m.cast(fmt,sh).tolist())
    for n2, v2 in views.items():
        show(n + ' equal', lambda: (m == v2(), m != v2()))
    show(n+' ==', lambda: (m==data, m==bytearray(data), m=='a', m==5, m==None, data==m))
m = memoryview(bytearray(b'abc'))
with m as q: show('with', lambda: q.tolist())
for e in ('m[0]','m.tolist()','len(m)','m.format','m.obj','m.release()','m==m','m==memoryview(b"abc")','hash(m)','memoryview(m)','m.cast("B")','bytes(m)','m.__enter__()','m.nbytes','m.toreadonly()','m.hex()','m[0]=1','m.readonly','m[:]','m.contiguous'):
    def f(): exec('r='+e if '=1' not in e else e, globals()); return globals().get('r')
    show(e, f)
a = bytearray(b'abc'); m = memoryview(a); m2 = memoryview(m); m3 = m2[1:]
m.release(); show('still', lambda: m3.tolist()); show('app', lambda: a.append(1)); m2.release(); m3.release(); show('app', lambda: (a.append(1), a))
class P:
    def __init__(s): s.ba=bytearray(b'hello'); s.log=[]
    def __buffer__(s, flags): s.log.append(('get',flags)); return memoryview(s.ba)
    def __release_buffer__(s, view): s.log.append('rel'); view.release()
if True:
    p=P()
    def f():
        with memoryview(p) as mm: mm[0]=65; r=mm.tobytes()
        return r, p.log, p.ba
    show('pep688', f); show('pep688b', lambda: (bytes(P()), b''.join([P(),b'x']), b'x'+P(), b'hello'==P(), bytearray(P())))
    class Q:
        def __buffer__(s, f): return 5
    show('badbuf', lambda: memoryview(Q()))
    class R:
        def __buffer__(s, f): raise ValueError('no')
    show('badbuf2', lambda: memoryview(R())); show('badbuf3', lambda: bytes(R()))
    show('dunder', lambda: b'abc'.__buffer__(0).tolist())
for x in (5,'a',None,[1],{}): show('mv', lambda: memoryview(x))
show('kw', lambda: memoryview(object=b'a').tolist()); show('none', lambda: memoryview()); 
x=bytearray(b'0123456789'); mx=memoryview(x); mx[2:5]=mx[0:3]; show('ov', lambda: x); mx[::2]=b'ABCDE'; show('st', lambda: x); mx[::-1][1:3]=b'zz'; show('st', lambda: x)
for val in (255,256,-1,1.5,'a',b'a'):
    for f in 'bBhHiIqQfd?ce':
        def g():
            mm=memoryview(bytearray(8)).cast(f); mm[0]=val; return mm[0]
        show(f'set {f} {val}', g)

for label, (n, h) in totals.items():
    print(label, n, h)
