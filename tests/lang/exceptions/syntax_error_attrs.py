# SyntaxError, UnicodeError and OSError constructors and attributes.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

e = SyntaxError('msg', ('file', 3, 5, 'text line', 3, 9)); print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, e.print_file_and_line, e, e.args)
for a in ((), ('m',), ('m', ('f', 1, 2, 't')), ('m', (None, None, None, None)), ('m', ['f', 1, 2, 't'])):
    e = SyntaxError(*a); print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, str(e), repr(e))
err(SyntaxError, 'm', (1, 2)); err(SyntaxError, 'm', 5); err(SyntaxError, 'm', ('f', 1, 2, 't', 1)); err(SyntaxError, 1, 2, 3)
e = UnicodeDecodeError('utf-8', b'abc\xff', 3, 4, 'bad byte'); print(e, e.encoding, e.object, e.start, e.end, e.reason, e.args)
e = UnicodeEncodeError('ascii', 'aé', 1, 2, 'why'); print(e, e.object); e.start = 0; e.end = 2; print(e); e.reason = 'other'; print(e)
e = UnicodeTranslateError('x\u20acy', 1, 2, 'r'); print(e, e.args); print(UnicodeTranslateError('xyz', 0, 3, 'r'), UnicodeEncodeError('ascii', '\U0001F600', 0, 1, 'r'), UnicodeEncodeError('a', 'abc', 0, 3, 'r'), UnicodeDecodeError('a', bytearray(b'abc'), 0, 2, 'r'))
err(UnicodeDecodeError); err(UnicodeDecodeError, 'a', 'str', 0, 1, 'r'); err(UnicodeEncodeError, 'a', b'x', 0, 1, 'r'); err(UnicodeError, 1, 2); err(UnicodeEncodeError, 'a', 'b', 'c', 1, 'r')
for a in ((), (2,), (2, 'No such'), (2, 'No such', 'file.txt'), (2, 'x', 'a', None, 'b'), ('a', 'b'), (13, 'Denied', 5), (1, 2, 3, 4, 5)):
    e = OSError(*a); print(type(e).__name__, e, repr(e), e.errno, e.strerror, e.filename, e.filename2, e.args)
for n in (1, 2, 3, 4, 9, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111, 999): print(n, type(OSError(n, 'm')).__name__, end='; ')
print(); e = OSError(5, 'io'); e.errno = 6; e.strerror = 'changed'; e.filename = 'f'; print(e, e.args); e = FileNotFoundError('just text'); print(e, e.errno); e = BlockingIOError(11, 'b', 7); print(e.characters_written)
class MyOS(OSError): pass
print(type(MyOS(2, 'x')).__name__, MyOS(2, 'x').errno)
e = StopIteration(5, 6); print(e.value, e.args, StopIteration().value, StopIteration(None).value); e.value = 9; print(e.value, e)
e = SystemExit(3); print(e.code, SystemExit().code, SystemExit('a', 'b').code, SystemExit(None)); e = ImportError('m', name='n', path='p'); print(e, e.name, e.path, e.msg, repr(e)); err(ImportError, 'm', foo=1); print(ImportError().msg, ImportError('a', 'b').msg)
e = NameError('m', name='n'); print(e.name, NameError('x').name); e = AttributeError('m', name='n', obj=5); print(e.name, e.obj, AttributeError().name); err(NameError, foo=1); err(AttributeError, 'x', bad=1); err(ValueError, x=1); err(KeyError, a=1)
try: undefined
except NameError as e: print(e.name)
try: (5).foo
except AttributeError as e: print(e.name, e.obj)
