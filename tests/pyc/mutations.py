"""Run by Krait (see run): damaged bytecode gives a clear error or code that cannot break the machine.

usage: krait tests/pyc/mutations.py all|some [part of a sample's name ...]

Every sample is cut short at every length and has every byte changed (all: to every other value; some: in two ways); then come
several changes at once, and random bytes. What still loads is run, for a moment and without output, because what the verifier
accepts must be safe to run. Prints `ok NAME: ...` for each sample, the exception that should not be otherwise.
"""

import io
import marshal
import random
import signal
import sys
import warnings

sys.path.insert(0, __file__.rpartition("/")[0])
import assembled
from samples import SAMPLES

CLEAR = (ValueError, EOFError, TypeError, ImportError, RecursionError, MemoryError, OverflowError, SyntaxError)
EVERY = sys.argv[1:2] == ["all"]
WORDS = sys.argv[2:]


class TooLong(BaseException):
    pass


running = False


def interrupt(number, frame):
    if running:
        raise TooLong


signal.signal(signal.SIGALRM, interrupt)
warnings.simplefilter("ignore")
sys.unraisablehook = lambda *a: None
shown = sys.stdout


class Quiet(io.TextIOBase):
    def write(self, text):
        return len(text)


def run(code, quiet=Quiet()):
    """For a moment: what it raises does not matter, that it ends does."""
    global running
    running = True
    sys.stdout = sys.stderr = quiet
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    try:
        exec(code, {"__name__": "sample", "__builtins__": __builtins__})
    except BaseException:
        pass
    finally:
        while True:
            try:
                running = False
                signal.setitimer(signal.ITIMER_REAL, 0)
                sys.stdout, sys.stderr = shown, sys.__stderr__
                sys.setrecursionlimit(1000)
                break
            except BaseException:
                pass


def attempt(data, magic, run_it):
    try:
        code = marshal.loads(data, magic=magic)
    except CLEAR:
        return 0
    if run_it and hasattr(code, "co_code"):
        try:
            run(code)
        except TooLong:  # between its end and the timer's
            pass
    return 1


def mutate(name, magic, data):
    assert attempt(data, magic, True), "the sample itself does not load"
    for n in range(len(data)):
        attempt(data[:n], magic, False)
    loaded = tried = 0
    changed = bytearray(data)
    for i, byte in enumerate(data):
        for new in range(256) if EVERY else {byte ^ 1, (byte + 0x83) & 255}:
            changed[i] = new
            tried += 1
            # Running is the slow part: not after every change.
            loaded += attempt(bytes(changed), magic, EVERY or tried % 16 == 0)
        changed[i] = byte
    chance = random.Random(name)
    for _ in range(2000 if EVERY else 100):
        changed = bytearray(data)
        for _ in range(chance.randrange(2, 8)):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        loaded += attempt(bytes(changed), magic, True)
    for _ in range(2000 if EVERY else 100):
        attempt(b"\xe3" + chance.randbytes(chance.randrange(120)), magic, False)
    print(f"ok {name}: {tried} changes, {loaded} still load", flush=True)


def main():
    samples = [(name, magic, bytes.fromhex(text)) for name, magic, text in SAMPLES]
    for name, data, out, text in assembled.files():
        samples.append((name, int.from_bytes(data[:2], "little"), data[12:]))
    for name, magic, data in samples:
        if WORDS and not any(word in name for word in WORDS):
            continue
        try:
            mutate(name, magic, data)
        except Exception as error:
            print(f"{name}: {error!r}", flush=True)
    # Deep nesting and loops of references.
    for magic in sorted({magic for _, magic, _ in samples}):
        for data in (b"(\x01\0\0\0" * 100000, b"[\x01\0\0\0" * 100000, b"\xdb\x01\0\0\0r\0\0\0\0", b"\xa8\x01\0\0\0r\0\0\0\0",
                     b"{" * 100000, b"(\xff\xff\xff\x7f", b"s\xff\xff\xff\x7f", b"(\xff\xff\xff\xff", b"\xe3" * 100000,
                     b"\xdb\x02\0\0\0(\x01\0\0\0r\0\0\0\0r\0\0\0\0"):
            attempt(data, magic, False)
    print("ok nesting", flush=True)
    print("ok done")


main()
