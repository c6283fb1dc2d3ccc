# decoding invalid UTF-8 with replacement: how many characters.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[b.decode('utf-8', 'replace') for b in (b'\x80', b'\xc2', b'\xc2a', b'\xe0\x80', b'\xe1\x80', b'\xe1\x80a', b'\xf0\x90\x80', b'\xf0\x90\x80a', b'\xf5\x80', b'\xff\xfe', b'\xc0\xaf', b'\xe0\x9f\xbf', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'a\xc3\xa9\xe2\x82\xacb', b'\xe2\x28\xa1', b'\xf0\x28\x8c\xbc')]
[b.decode('utf-8', 'ignore') for b in (b'a\xffb', b'\xe2\x82', b'\xf0\x9f\x98\x80\x80')]
b'\xe2\x82'.decode('utf-8')
b'\xf0\x9f\x98'.decode('utf-8')
b'ab\xc3\x28'.decode('utf-8')
b'\xfa'.decode('utf8')
b'\xed\xb0\x80'.decode('utf-8', 'surrogatepass'), b'\x80\xff'.decode('utf-8', 'surrogateescape')
""")
