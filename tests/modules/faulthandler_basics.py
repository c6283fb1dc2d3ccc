# faulthandler: tracebacks of fatal signals, on demand, after a time-out and on a user's signal.
# differs: CPython's text of fatal signals has more
# environment: ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:handle_sigill=0
# (Sanitizers would take the signals otherwise.)
import faulthandler
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time


def outer(f):
    inner(f)


def inner(f):
    faulthandler.dump_traceback(f, all_threads=False)


def text_of(f):
    f.seek(0)
    return f.read().replace(__file__, 'FILE')


with tempfile.TemporaryFile('w+') as f:
    outer(f)
    print(text_of(f), end='')
with tempfile.TemporaryFile('w+') as f:
    ready, stop = threading.Event(), threading.Event()

    def waits():
        ready.set()
        stop.wait()

    t = threading.Thread(target=waits)
    t.start()
    ready.wait()
    faulthandler.dump_traceback(f)
    stop.set()
    t.join()
    text = text_of(f)
    print(text.count('Current thread 0x'), text.count('\nThread 0x') + text.startswith('Thread 0x'), 'in waits' in text, 'in <module>' in text)
with tempfile.TemporaryFile('w+') as f:
    faulthandler.dump_traceback_later(0.05, file=f)
    time.sleep(0.4)
    faulthandler.cancel_dump_traceback_later()
    text = text_of(f)
    print(text.splitlines()[0], 'in <module>' in text)
with tempfile.TemporaryFile('w+') as f:
    faulthandler.dump_traceback_later(30, file=f)
    faulthandler.cancel_dump_traceback_later()
    print(repr(text_of(f)))
with tempfile.TemporaryFile('w+') as f:
    faulthandler.register(signal.SIGUSR1, file=f, all_threads=False)
    os.kill(os.getpid(), signal.SIGUSR1)
    print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))
    print('in <module>' in text_of(f))
print(faulthandler.is_enabled())
with tempfile.TemporaryFile() as f:
    faulthandler.enable(f)
    print(faulthandler.is_enabled(), faulthandler.disable(), faulthandler.disable())
for number, name in (signal.SIGSEGV, 'Segmentation fault'), (signal.SIGABRT, 'Aborted'), (signal.SIGFPE, 'Floating point exception'):
    code = f'def f():\n  import os; os.kill(os.getpid(), {int(number)})\nf()'
    out = subprocess.run([sys.executable, '-X', 'faulthandler', '-c', code], capture_output=True, text=True)
    print(out.returncode == -number, f'Fatal Python error: {name}' in out.stderr, '  File "<string>", line 2 in f\n' in out.stderr)
for call in (lambda: faulthandler.register(signal.SIGSEGV), lambda: faulthandler.register(1000), lambda: faulthandler.dump_traceback(-3),
             lambda: faulthandler.dump_traceback_later(0), lambda: faulthandler.enable(1.5)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__)
