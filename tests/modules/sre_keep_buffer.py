# An iterator over matches in a bytearray keeps it from being resized until it has ended.
import re

b = bytearray(b'x')
it = re.finditer(b'a', b)
try:
    b.extend(b'x' * 400)
except BufferError as e:
    print('BufferError')
print(list(it))
b.extend(b'x' * 400)
print(len(b))
scanner = re.compile(b'x').scanner(b)
scanner.match()
del scanner
print(bool(re.match(r'\ufb05', '\ufb06', re.I)), bool(re.match(r'[\ufb04-\ufb05]', '\ufb06', re.I)), bool(re.match('\u212a', 'k', re.I)))
