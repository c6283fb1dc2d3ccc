# error handlers for encoding to ASCII and Latin-1.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
['aéx€😀'.encode('ascii', h) for h in ('ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'namereplace')]
['aéx€'.encode('latin-1', h) for h in ('ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace')]
'\udc80a'.encode('ascii', 'surrogateescape'), '\ud800'.encode('utf-8', 'surrogatepass'), '\udcff'.encode('utf-8', 'surrogateescape'), '\ud800'.encode('utf-8', 'backslashreplace')
'é'.encode('ascii', 'strict')
'\ud800'.encode('utf-8', 'surrogateescape')
'é'.encode('ascii', 'surrogateescape')
'a€b'.encode('cp1252'), 'é'.encode('cp437'), 'я'.encode('koi8-r'), 'a'.encode('rot13') if False else 0
'a'.encode('hex')
'a'.encode('base64')
""")
