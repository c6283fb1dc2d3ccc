# Registered error handlers, well and badly behaved, and the built-in ones called by hand.
import codecs
def show(label, f):
    try: r = repr(f())
    except Exception as e: r = type(e).__name__ + ': ' + str(e)
    print(label, '=>', ascii(r))
log = []
def mk(ret):
    def h(e):
        log.append((type(e).__name__, e.encoding, e.object, e.start, e.end, e.reason))
        return ret(e) if callable(ret) else ret
    return h
rets = {'ok': lambda e: ('<%d-%d>'%(e.start,e.end), e.end),  'big': ('x',100), 'negbig': ('x',-100), 'notup': 5, 'short': ('x',), 'badtype': (5,5), 'badpos': ('x','y'), 'bytes': lambda e: (b'BY', e.end), 'nonenc': lambda e: ('é€', e.end), 'same': lambda e: ('', e.end), 'list': lambda e: ['x', e.end], 'none': None, 'huge': ('x',10**30), 'raise': lambda e: 1/0, 'self': lambda e: (_ for _ in ()).throw(e), 'skip': lambda e: ('S', len(e.object)), 'back': lambda e: ('B', e.start+1)}
for n, r in rets.items():
    codecs.register_error('t.'+n, mk(r))
    for enc in ('ascii','utf-8','utf-16','cp1252'):
        for t in ('a\ud800\ud801b€','aé😀\udc80'):
            log.clear()
            show(f'{ascii(t)} {enc} {n}', lambda: t.encode(enc,'t.'+n)); print(ascii(log))
    for enc in ('ascii','utf-8','utf-16-be','unicode_escape','utf-7','charmap'):
        for b in (b'a\xff\xfeb',b'\xe2\x82',b'\x81\x8d\\x4\\u12', b'+2AA!'):
            log.clear()
            show(f'{b} {enc} {n}', lambda: b.decode(enc,'t.'+n)); print(ascii(log))
hs = [codecs.strict_errors, codecs.ignore_errors, codecs.replace_errors, codecs.xmlcharrefreplace_errors, codecs.backslashreplace_errors, codecs.namereplace_errors, codecs.lookup_error('surrogateescape'), codecs.lookup_error('surrogatepass')]
exs = [lambda: UnicodeEncodeError('ascii','aé€b\ud800\udc80',1,3,'r'), lambda: UnicodeDecodeError('utf-8',b'a\xff\xed\xa0\x80b',1,3,'r'), lambda: UnicodeDecodeError('utf-8',b'\xed\xa0\x80b',0,1,'r'), lambda: UnicodeTranslateError('aéb',1,2,'r'), lambda: UnicodeEncodeError('utf-8','\ud800\udc80',0,2,'r'), lambda: UnicodeEncodeError('utf-16-le','\ud800\udc80',1,2,'r'), lambda: ValueError('v'), lambda: 5]
for i,h in enumerate(hs):
    for j,e in enumerate(exs): show(f'handler {i} {j}', lambda: h(e()))
