# bytes methods shared with str: find, split, strip, replace, case, justify, translate.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
b'banana'.find(b'an'), b'banana'.find(97), b'banana'.rfind(b'an'), b'banana'.find(b'z'), b'banana'.find(b''), b'banana'.find(b'a', 2, 3), b'banana'.index(110), b'banana'.rindex(b'n'), b'banana'.count(b'a'), b'banana'.count(97), b'banana'.count(b''), b'banana'.count(b'an', 2)
b'a'.index(b'z')
b'a'.find('a')
b'a'.find(256)
b'a'.count('a')
b'a,b,c'.split(b','), b' a b '.split(), b'a,b,c'.rsplit(b',', 1), b'a\nb\r\nc\rd'.splitlines(), b'a\nb'.splitlines(True), b'a-b-c'.partition(b'-'), b'a-b-c'.rpartition(b'-'), b''.split(), b''.split(b','), b'a\x0bb\x0cc'.split(), b'a\x0bb\x1cc'.splitlines(), b'a,b'.split(sep=b',', maxsplit=0)
b'a'.split('')
b'a'.split(b'')
b'a'.partition(b'')
b' a '.strip(), b'xax'.strip(b'x'), b'xax'.lstrip(b'x'), b'xax'.rstrip(b'x'), b'\x00a\x00'.strip(b'\x00'), b'a'.strip(None), b'pre-a'.removeprefix(b'pre-'), b'a.x'.removesuffix(b'.x'), b'a'.strip(bytearray(b'a'))
b'a'.strip('a')
b'aXa'.replace(b'X', b'--'), b'aaa'.replace(b'a', b'b', 2), b'abc'.replace(b'', b'-'), b''.replace(b'', b'x'), b'aaa'.replace(b'aa', b'')
b'a'.replace('a', 'b')
b'hello World'.upper(), b'HeLLo'.lower(), b'hello world'.title(), b'hello'.capitalize(), b'HeLLo'.swapcase(), b'\xe9\xc9'.upper(), b'\xe9\xc9'.lower()
b'a'.ljust(3), b'a'.rjust(3, b'*'), b'a'.center(4, b'-'), b'5'.zfill(3), b'-5'.zfill(4), b'a\tb'.expandtabs(4), b'ab'.center(5, b'.')
b'a'.ljust(3, '*')
b'a'.ljust(3, b'**')
b'a'.ljust(3, 42)
[b'ab1'.isalnum(), b'ab'.isalpha(), b'\xff'.isascii(), b'12'.isdigit(), b'ab'.islower(), b' \t'.isspace(), b'Ab'.istitle(), b'AB'.isupper(), b''.isalpha(), b''.isascii(), b'\xe9'.isalpha()]
b'abc'.translate(bytes(range(256)), b'b'), b'abc'.translate(None, b'ac'), b'abc'.translate(bytes.maketrans(b'abc', b'xyz')), b'abc'.translate(None, delete=b'b'), bytes.maketrans(b'', b'') == bytes(range(256))
b'a'.translate(b'short')
b'a'.translate('x')
bytes.maketrans(b'a', b'bc')
bytes.maketrans('a', 'b')
b'hello'.startswith(b'he'), b'hello'.endswith((b'x', b'lo')), b'hello'.startswith(b'l', 2), b'hello'.startswith(()), b'hello'.startswith(bytearray(b'h'))
b'a'.startswith('a')
b'a'.startswith([b'a'])
b'a'.startswith((b'b', 'a'))
b'a'.decode('ascii'), b'\xc3\xa9'.decode(), b'\xff'.decode('utf-8', 'replace'), b''.decode(), b'a'.__contains__(97), b'a'.hex()
b'a'.foo
b'a'.encode
""")
