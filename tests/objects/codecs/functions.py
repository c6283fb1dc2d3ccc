# The functions of _codecs, the registry and incremental codecs.
import codecs
def show(label, f):
    try: r = repr(f())
    except Exception as e: r = type(e).__name__ + ': ' + str(e)
    print(label, '=>', ascii(r))
log = []
for f in ('utf_8_decode(b"a\\xc3")','utf_8_decode(b"a\\xc3","strict",True)','utf_8_decode(b"a\\xc3",None,False)','utf_16_decode(b"\\xff\\xfea")','utf_16_ex_decode(b"\\xff\\xfea\\0",None,0,False)','utf_16_ex_decode(b"\\xfe\\xff\\0a",None,0,True)','utf_16_ex_decode(b"a\\0",None,0,True)','utf_16_ex_decode(b"\\xff",None,0,False)','utf_16_ex_decode(b"\\0a",None,1,True)','utf_16_encode("a",None,-1)','utf_16_encode("a",None,1)','utf_16_encode("a")','utf_32_encode("a")','utf_32_encode("a",None,1)','utf_32_ex_decode(b"\\xff\\xfe\\0\\0a\\0\\0\\0",None,0,True)','utf_7_decode(b"a+AO")','utf_7_decode(b"a+AOk-b+")','utf_7_encode("aéb~\\\\+")','unicode_escape_decode("a\\\\x41")','unicode_escape_decode(b"a\\\\x4",None,False)','unicode_escape_decode(b"ab\\\\",None,False)','unicode_escape_decode(b"ab\\\\N{EURO",None,False)','raw_unicode_escape_decode(b"ab\\\\u12",None,False)','raw_unicode_escape_decode(b"ab\\\\",None,False)','raw_unicode_escape_decode(b"ab\\\\")','escape_decode(b"a\\\\n\\\\x41\\\\101")','escape_encode(b"a\\n\'\\"")','charmap_decode(b"abc",None,{97:"AA",98:66,99:None})','charmap_decode(b"abc","replace",{97:"AA",98:66})','charmap_decode(b"abc","replace","xy")','charmap_decode(b"a",None,{97:5.5})','charmap_decode(b"a",None,{97:0x110000})','charmap_decode(b"\\0\\1",None,"a\\ufffe")','charmap_encode("abc",None,{97:b"AA",98:66,99:None})','charmap_encode("abc","replace",{97:b"AA",98:66,63:33})','charmap_encode("abc","replace",{97:b"AA",98:66})','charmap_encode("a",None,{97:300})','charmap_encode("a",None,{97:"x"})','charmap_encode("é",None)','charmap_encode("€",None,None)','readbuffer_encode("é")','readbuffer_encode(b"ab")','latin_1_decode(b"\\xff")','ascii_encode("é","xmlcharrefreplace")','utf_8_encode(5)','utf_8_decode("a")','utf_8_encode("a",5)','lookup("nope")','lookup(5)','lookup_error("nope")','decode(b"YQ==","base64")' if 0 else 'encode("a","nope")','encode("a")','decode(b"a")','encode(b"a","latin-1")','decode("a","latin-1")','register(5)','register_error("x",5)','charmap_build("abc"*100) and 1'):
    show(f, lambda: eval('_codecs.'+f, {'_codecs':__import__('_codecs')}))
def search(name):
    log.append(name)
    if name=='mine': return (lambda s,e='strict': (b'X',len(s)), lambda b,e='strict': ('Y',len(b)), None, None)
    if name=='bad1': return 5
    if name=='bad2': return (1,2,3)
    if name=='bad3': return (lambda s,e='s': 5, lambda s,e='s': (5,5), None, None)
    if name=='bad4': return (lambda s,e='s': ('str',5), lambda s,e='s': (b'b',5), None, None)
codecs.register(search)
log.clear()
for n in ('Mine','MINE ','mi ne','bad1','bad2','bad3','bad4','x--y','é','a.b','--a--'):
    show(n, lambda: 'a'.encode(n)); show(n, lambda: b'a'.decode(n)); show(n, lambda: bytearray(b'a').decode(n)); show(n, lambda: codecs.encode('a',n))
print(log); codecs.unregister(search); show('', lambda: 'a'.encode('mine'))
for e in ('utf-8','cp1252'):
    try: 'x\ud800y'.encode(e)
    except UnicodeEncodeError as x: show('attrs', lambda: (x.encoding,x.object,x.start,x.end,x.reason,x.args,repr(x)))
d = codecs.getincrementaldecoder('utf-8')('replace'); show('inc', lambda: [d.decode(bytes([b])) for b in 'é€😀'.encode()]+[d.decode(b'\xe2',True)])
d = codecs.getincrementaldecoder('utf-16')(); show('inc', lambda: [d.decode(bytes([b])) for b in 'é€😀'.encode('utf-16')])
d = codecs.getincrementaldecoder('utf-7')(); show('inc', lambda: [d.decode(bytes([b])) for b in 'aé€😀b'.encode('utf-7')])
d = codecs.getincrementaldecoder('utf-8-sig')(); show('inc', lambda: [d.decode(bytes([b])) for b in b'\xef\xbb\xbfab'])
d = codecs.getincrementaldecoder('unicode_escape')(); show('inc', lambda: [d.decode(bytes([b])) for b in b'a\\u00e9\\N{EURO SIGN}b'])
e = codecs.getincrementalencoder('utf-16')(); show('inc', lambda: [e.encode(c) for c in 'aé'])
