# codecs lookups, incremental decoding, BOMs, error handlers.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import codecs
show(r"""
codecs.lookup('UTF8').name, codecs.lookup('latin1').name, codecs.encode('abc', 'rot13'), codecs.decode(b'616263', 'hex'), codecs.encode(b'a', 'base64'), codecs.BOM_UTF8, codecs.getencoder('ascii')('a'), codecs.getincrementaldecoder('utf-8')().decode(b'\xc3') == '', codecs.escape_decode(b'\\x41') if False else 0, codecs.lookup_error('strict').__name__, list(codecs.iterdecode([b'\xc3', b'\xa9'], 'utf-8')), codecs.decode('a\\n\\u00e9', 'unicode_escape'), codecs.encode('é\n', 'unicode_escape'), codecs.encode('é', 'raw_unicode_escape'), 'é'.encode('idna') , 'bücher'.encode('punycode'), b'a\\x41'.decode('unicode_escape'), 'a'.encode('utf-7'), codecs.charmap_encode('a', 'strict', {97: 98})
codecs.lookup('nope')
codecs.lookup_error('nope')
codecs.encode('a', 'hex')
codecs.decode(b'zz', 'hex')
codecs.decode('a', 'utf-8')
codecs.register_error('x', 5)
(lambda d: (d.decode(b'\xe2\x82'), d.decode(b'\xac'), d.decode(b'', True)))(codecs.getincrementaldecoder('utf-8')())
""")
