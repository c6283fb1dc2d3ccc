# encode and decode: codecs, error handlers and the attributes of the errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'abc'.encode(), 'é€😀'.encode(), 'é'.encode('latin-1'), 'é'.encode('utf-16'), 'é'.encode('utf-16-le'), '😀'.encode('utf-16-be'), '😀'.encode('utf-32'), 'a'.encode('utf-8-sig'), 'a'.encode('ascii'), 'é'.encode('iso-8859-1'), ''.encode(), 'é'.encode('UTF8'), 'é'.encode('utf_8'), 'a'.encode(encoding='ascii', errors='strict')
'é'.encode('ascii', 'ignore'), 'é'.encode('ascii', 'replace'), 'é€😀'.encode('ascii', 'backslashreplace'), 'é€'.encode('ascii', 'xmlcharrefreplace'), 'é😀'.encode('ascii', 'namereplace'), 'a\ud800b'.encode('utf-8', 'surrogatepass'), 'a\udcffb'.encode('utf-8', 'surrogateescape'), '\udc80'.encode('ascii', 'surrogateescape'), '\ud800'.encode('utf-8', 'replace'), '\ud800'.encode('utf-16-le', 'surrogatepass')
'é'.encode('ascii')
'aé€b'.encode('ascii')
'€'.encode('latin-1')
'\ud800'.encode()
'a\udfff\ud800'.encode('utf-8')
'\ud800'.encode('utf-16')
'a'.encode('nope')
'é'.encode('ascii', 'nohandler')
'a'.encode('ascii', 'nohandler')
'a'.encode(5)
b'abc'.decode(), b'\xc3\xa9'.decode(), b'\xe9'.decode('latin-1'), b'\xff\xfea\x00'.decode('utf-16'), b'a\x00'.decode('utf-16-le'), b'\x00a'.decode('utf-16-be'), b'\xef\xbb\xbfa'.decode('utf-8-sig'), b'\xef\xbb\xbfa'.decode('utf-8'), b'a\x00\x00\x00'.decode('utf-32-le'), b'\xd8\x3d\xde\x00'.decode('utf-16-be')
b'a\xffb'.decode('utf-8', 'ignore'), b'a\xffb'.decode('utf-8', 'replace'), b'a\xffb'.decode('utf-8', 'backslashreplace'), b'a\xffb'.decode('utf-8', 'surrogateescape'), b'\xed\xa0\x80'.decode('utf-8', 'surrogatepass'), b'\xe2\x82'.decode('utf-8', 'replace'), b'\xf0\x9f\x98x'.decode('utf-8', 'replace'), b'\xc3\x28\xa0\xa1\xe2\x28\xa1\xf8\xa1'.decode('utf-8', 'replace'), b'\xff'.decode('ascii', 'replace')
b'\xff'.decode()
b'a\xc3'.decode()
b'\xc3('.decode()
b'\xc0\x80'.decode()
b'\xed\xa0\x80'.decode()
b'\xf4\x90\x80\x80'.decode()
b'\xe2\x82'.decode()
b'\x80abc'.decode()
b'\xff'.decode('ascii')
b'a'.decode('utf-16')
b'\x00\xd8'.decode('utf-16-le')
b'a\x00\x00'.decode('utf-32')
b'\xff\xff\xff\xff'.decode('utf-32-le')
b'a'.decode('nope')
b'a'.decode(5)
""")
for f in (lambda: 'abé€d'.encode('ascii'), lambda: b'ab\xff\xfe'.decode('utf-8'), lambda: b'ab\xe2\x82'.decode()):
    try: f()
    except UnicodeError as e: print(type(e).__name__, e.encoding, e.object, e.start, e.end, e.reason, e.args, isinstance(e, ValueError))
import codecs
codecs.register_error('krait.test', lambda e: ('<%d-%d>' % (e.start, e.end), e.end))
print('aéb€€'.encode('ascii', 'krait.test'), b'a\xff\xfeb'.decode('utf-8', 'krait.test'))
