# open(): modes, text and binary, newline, buffering, encodings, errors, in a temporary directory.
import io, os, tempfile
d = tempfile.mkdtemp(); p = os.path.join(d, 'f.txt')
def err(f, *a, **k):
    try: r = f(*a, **k); print('ok', r if not hasattr(r, 'close') else r.close())
    except Exception as e: print(type(e).__name__, str(e).replace(d, 'TMP'))
with open(p, 'w') as f: print(f.write('héllo\n'), f.writelines(['a\n', 'b']), f.mode, os.path.basename(f.name), f.encoding, f.closed)
print(f.closed, open(p).read(), open(p, 'rb').read(), os.path.getsize(p)); f = open(p); print(f.readline(), f.tell() > 0, f.read(2), f.readlines(), f.read(), f.seek(0), next(f), [l for l in f]); f.close()
with open(p, 'a') as f: f.write('appended'); 
with open(p, 'r+') as f: print(f.read()[-8:]); f.seek(0); f.write('H'); f.truncate(3)
print(open(p, 'rb').read()); os.write(fd := os.open(p, os.O_WRONLY | os.O_TRUNC), b'a\r\nb\rc\nd'); os.close(fd); print(repr(open(p).read()), repr(open(p, newline='').read()), open(p, newline='\r').readlines(), open(p, 'rb').readlines(), repr(open(p, newline='\n').readline()))
with open(p, 'w', newline='\r\n') as f: f.write('x\ny\n')
print(open(p, 'rb').read()); 
for enc in ('utf-8', 'latin-1', 'utf-16-le', 'utf-8-sig', 'ascii'):
    try:
        with open(p, 'w', encoding=enc) as f: f.write('é')
        print(enc, open(p, 'rb').read(), open(p, encoding=enc).read())
    except UnicodeError as e: print(enc, type(e).__name__)
os.write(fd := os.open(p, os.O_WRONLY | os.O_TRUNC), b'\xff\xfeok'); os.close(fd); err(open(p, encoding='utf-8').read); print(ascii(open(p, encoding='utf-8', errors='replace').read()), open(p, errors='ignore', encoding='utf-8').read(), ascii(open(p, errors='surrogateescape', encoding='utf-8').read()))
err(open, os.path.join(d, 'nope')); err(open, d); err(open, p, 'z'); err(open, p, 'rw'); err(open, p, 'x'); err(open, p, 'rt+b'); err(open, p, ''); err(open, p, 'rb', encoding='utf-8'); err(open, p, 'rb', newline=''); err(open, p, encoding='nope'); err(open, p, newline='z'); err(open, 1.5); err(open, None); err(open, p, 'r', 0); err(open, '\0'); err(open, os.path.join(d, 'no', 'dir'), 'w'); err(open, p, 5); err(open, 99999)
f = open(p, 'w'); err(f.read); f.close(); err(f.write, 'x'); f = open(p); err(f.write, 'x'); err(f.seek, 5, 1); err(f.read, 'a'); f.close(); f = open(p, 'rb'); err(f.write, b'x'); print(f.readable(), f.writable(), type(f).__name__, type(f.raw).__name__, f.peek(1)); f.close(); f = open(p, 'wb', buffering=0); print(type(f).__name__, f.write(b'raw')); f.close(); f = open(p, 'w+b'); print(type(f).__name__, f.write(b'0123456789'), f.seek(3), f.read(2), f.tell(), f.write(b'XX'), f.seek(0), f.read()); f.close()
with open(p, 'rb') as f: b = bytearray(4); print(f.readinto(b), b, f.read1(3), f.read(100), f.read())
with open(os.path.join(d, 'x'), 'x') as f: print('exclusive', f.write('1'))
import shutil; shutil.rmtree(d); print(os.path.exists(d), io.DEFAULT_BUFFER_SIZE > 0, io.open is open)
