# base64, binascii and their errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import base64, binascii
show(r"""
base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.urlsafe_b64encode(b'\xfb\xff'), base64.b32encode(b'hi'), base64.b32decode('NBUQ===='), base64.b16encode(b'\xff'), base64.b16decode('FF'), base64.b85encode(b'test'), base64.b85decode(b'bY*jN'), base64.a85encode(b'test'), base64.b64decode(b'aGk'  + b'='), base64.b64encode(b''), base64.encodebytes(b'x' * 60), base64.b64encode(bytes(range(8)), altchars=b'-_')
base64.b64decode('a')
base64.b64decode('aGk')
base64.b64decode('a$b=', validate=True)
base64.b64encode('str')
base64.b32decode('1')
base64.b16decode('f')
binascii.hexlify(b'\x01\xab'), binascii.unhexlify('01ab'), binascii.crc32(b'hello'), binascii.crc_hqx(b'hello', 0), binascii.b2a_base64(b'x'), binascii.a2b_base64('eA=='), binascii.hexlify(b'abcd', '-'), binascii.b2a_qp(b'a=b\xff'), binascii.a2b_qp(b'a=3Db')
binascii.unhexlify('0')
binascii.unhexlify('zz')
""")
