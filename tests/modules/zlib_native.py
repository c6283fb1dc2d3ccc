# zlib: its functions, streams, dictionaries, limits and messages.
# needs: 3.14
import zlib
def t(f):
    try:
        print('=>', repr(f())[:300])
    except Exception as e:
        print('!!', type(e).__name__, e)
z=zlib.compress(b'hello'*100)
raw=zlib.compressobj(wbits=-15); raw=raw.compress(b'abc')+raw.flush()
gz=zlib.compressobj(wbits=31); gz=gz.compress(b'abc')+gz.flush()
es=r"""
zlib.ZLIB_VERSION==zlib.ZLIB_RUNTIME_VERSION
zlib.MAX_WBITS, zlib.DEFLATED, zlib.DEF_MEM_LEVEL, zlib.DEF_BUF_SIZE
{k:getattr(zlib,k) for k in dir(zlib) if k.startswith('Z_')}
zlib.__version__
zlib.error, zlib.error.__mro__
zlib.compress()
zlib.compress('str')
zlib.compress(b'a',10)
zlib.compress(b'a',-2)
zlib.compress(b'a','x')
zlib.compress(b'a',level=9)
zlib.compress(b'a',wbits=5)
zlib.compress(b'a',wbits=-15)
zlib.compress(b'a',wbits=31)
zlib.compress(data=b'a')
zlib.compress(b'a',1,2,3)
zlib.compress(memoryview(b'abcd')[::2])
zlib.compress(b'')
zlib.decompress()
zlib.decompress(b'')
zlib.decompress(b'bad')
zlib.decompress('x')
zlib.decompress(z)==b'hello'*100
zlib.decompress(z[:-3])
zlib.decompress(z+b'extra')==b'hello'*100
zlib.decompress(z,bufsize=0)
zlib.decompress(z,bufsize=-1)
zlib.decompress(z,bufsize=1)==b'hello'*100
zlib.decompress(z,15,10**30)
zlib.decompress(z,wbits=99)
zlib.decompress(z,-15)
zlib.decompress(raw,-15)
zlib.decompress(gz,31)
zlib.decompress(gz,47)
zlib.decompress(z,47)==b'hello'*100
zlib.decompress(gz)
zlib.decompress(z, wbits=0)==b'hello'*100
zlib.crc32()
zlib.crc32(b'')
zlib.crc32(b'abc')
zlib.crc32(b'abc',5)
zlib.crc32(b'abc',-1)
zlib.crc32(b'abc',1<<40)
zlib.crc32('x')
zlib.crc32(b'abc','x')
zlib.crc32(data=b'x')
zlib.adler32(b'')
zlib.adler32(b'abc')
zlib.adler32(b'abc',5)
zlib.adler32(b'abc',-1)
zlib.adler32('x')
zlib.compressobj(5,6,7,8,9,10)
zlib.compressobj(10)
zlib.compressobj(method=5)
zlib.compressobj(wbits=100)
zlib.compressobj(memLevel=10)
zlib.compressobj(strategy=9)
zlib.compressobj(zdict='x')
zlib.compressobj(zdict=5)
zlib.compressobj(level='x')
zlib.compressobj(wbits=-15,zdict=b'abc').compress(b'abc')
zlib.decompressobj(99)
zlib.decompressobj(zdict='x')
zlib.decompressobj(zdict=5)
zlib.decompressobj(zdict=None)
zlib.decompressobj('x')
type(zlib.compressobj())()
type(zlib.decompressobj())()
type(zlib.compressobj()).__mro__, type(zlib.decompressobj()).__mro__
sorted(x for x in dir(zlib.compressobj()) if x[:2]!='__' or 'copy' in x)
sorted(x for x in dir(zlib.decompressobj()) if x[:2]!='__' or 'copy' in x)
zlib.compressobj().flush()
zlib.compressobj().flush(99)
zlib.compressobj().flush(0)
zlib.compressobj().flush('x')
zlib.compressobj().compress('x')
zlib.decompressobj().decompress('x')
zlib.decompressobj().decompress(b'x',-1)
zlib.decompressobj().decompress(b'x',max_length=5)
zlib.decompressobj().decompress(b'bad')
zlib.decompressobj().decompress(z,0)==b'hello'*100
zlib.decompressobj().decompress(z,10)
zlib.decompressobj().flush()
zlib.decompressobj().flush(0)
zlib.decompressobj().flush(-1)
zlib.decompressobj().flush(10**30)
zlib.decompressobj().unused_data
zlib.decompressobj().unconsumed_tail
zlib.decompressobj().eof
setattr(zlib.decompressobj(),'eof',1)
setattr(zlib.decompressobj(),'foo',1)
__import__('pickle').dumps(zlib.compressobj())
__import__('pickle').dumps(zlib.decompressobj())
zlib.compressobj().flush.__text_signature__
""".strip().splitlines()
for e in es: print(e,end=' '); t(lambda: eval(e))
d=zlib.decompressobj(); out=d.decompress(z+b'tail',7); print(out,d.unconsumed_tail[:4],d.eof,d.unused_data)
out=d.decompress(d.unconsumed_tail,1000);print(len(out),d.eof,d.unused_data,d.unconsumed_tail); t(lambda: d.decompress(b'more')); print(d.unused_data); t(lambda: d.flush())
d2=zlib.decompressobj(); d2.decompress(z[:5]); c=d2.copy(); print(c.decompress(z[5:])==d2.decompress(z[5:])); print(type(d2.copy()).__name__)
d=zlib.decompressobj(); d.decompress(z,5); print(len(d.flush()), d.eof, d.unconsumed_tail)
co=zlib.compressobj(); co.compress(b'abc'); c2=co.copy(); print(co.flush()==c2.flush()); t(lambda: co.copy()); t(lambda: co.compress(b'x')); t(lambda: co.flush())
co=zlib.compressobj(zdict=b'hello world'); x=co.compress(b'hello world hello')+co.flush(); t(lambda: zlib.decompress(x)); t(lambda: zlib.decompressobj().decompress(x)); t(lambda: zlib.decompressobj(zdict=b'wrong').decompress(x)); t(lambda: zlib.decompressobj(zdict=b'hello world').decompress(x)); t(lambda: zlib.decompressobj(zdict=bytearray(b'hello world')).decompress(x))
co=zlib.compressobj(wbits=-15,zdict=b'hello world'); x=co.compress(b'hello world hello')+co.flush(); t(lambda: zlib.decompressobj(-15,zdict=b'hello world').decompress(x)); t(lambda: zlib.decompressobj(-15).decompress(x))
co=zlib.compressobj(); a=co.compress(b'abc'*10)+co.flush(zlib.Z_SYNC_FLUSH); b=co.compress(b'def')+co.flush(zlib.Z_FULL_FLUSH); t(lambda: zlib.decompressobj().decompress(a+b)); t(lambda: zlib.decompress(a)); co.flush(zlib.Z_FINISH)
if hasattr(zlib,'_ZlibDecompressor'):
    D=zlib._ZlibDecompressor
    for e in r"""D
D(99)
D('x')
D(15,b'',5)
sorted(x for x in dir(D()) if x[:2]!='__')
D().decompress()
D().decompress('x')
D().decompress(b'bad')
D().decompress(z)==b'hello'*100
D().decompress(z,10)
D().decompress(z,max_length=0)
D().decompress(z,-5)==b'hello'*100
D().needs_input,D().eof,D().unused_data
__import__('pickle').dumps(D())""".splitlines(): print(e,end=' '); t(lambda: eval(e))
    d=D(); print(d.decompress(z+b'tail',7),d.needs_input,d.eof); print(d.decompress(b'',7),d.needs_input); print(len(d.decompress(b'')),d.eof,d.unused_data,d.needs_input); t(lambda: d.decompress(b'')); 
    d=D(); 
    for i in range(0,len(z),3): r=d.decompress(z[i:i+3],50); print(len(r),d.needs_input,end=' ')
    while not d.eof: print(len(d.decompress(b'',50)),end=' ')
    print(d.eof)

# Big data in small memory, in threads and both ways.
import gzip, io, threading, zipfile
data = bytes(range(256)) * 8192
def work(results, i):
    results[i] = zlib.decompress(zlib.compress(data, i)) == data and zlib.crc32(data)
results = [None] * 4
threads = [threading.Thread(target=work, args=(results, i)) for i in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
print(results)
shared = zlib.compressobj()
parts = []
def feed():
    for _ in range(20):
        parts.append(shared.compress(data[:100000]))
threads = [threading.Thread(target=feed) for _ in range(3)]
[t.start() for t in threads]; [t.join() for t in threads]
print(len(parts))
print(gzip.decompress(gzip.compress(data)) == data)
f = io.BytesIO()
with zipfile.ZipFile(f, 'w', zipfile.ZIP_DEFLATED) as archive:
    archive.writestr('a.txt', b'abc' * 1000)
print(zipfile.ZipFile(f).read('a.txt') == b'abc' * 1000, len(f.getvalue()) < 300)
