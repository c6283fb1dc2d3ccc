# OSError picks a subclass by errno.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import errno
show(r"""
[(n, type(OSError(getattr(errno, n), 'm')).__name__) for n in ('ENOENT', 'EEXIST', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EPIPE', 'EINTR', 'EAGAIN', 'ECHILD', 'ESRCH', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EINVAL', 'ENOSPC')]
str(OSError(2, 'no', 'f')), str(OSError(2, 'no', 'f', None, 'g')), OSError(2, 'no', 'f').filename, repr(OSError(2, 'no', 'f')), OSError(2, 'no').args, OSError(2, 'no', 'f').args, FileNotFoundError(2, 'x').errno, OSError().errno, OSError('a').strerror, PermissionError('p').args
open('/no/such/file/anywhere')
open('/')
__import__('os').listdir('/no/such/dir')
""")
