"""Compares Krait's trees with a CPython's, for every .py file of that CPython's library.

    compare_trees.py --tool build/tests/krait-syntax [--python PYTHON] [--limit N] [--show N] [FILE...]

PYTHON (by default the one that runs this) says where its library is and parses each file with its own `ast`; the
dumps, positions included, must be equal. Known differences between Python versions are taken into account here:

- f-strings have other positions before 3.12, so there both dumps lose the positions within them;
- names of fields that later versions added (type_params, default_value) are dropped when PYTHON does not know them.

Exit status 1 if a file differs.
"""
import argparse
import ast
import json
import os
import re
import subprocess
import sys


def child():
    """Runs in PYTHON: answers each path on standard input with the dump of its tree."""
    import warnings
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    options = {"show_empty": True} if sys.version_info >= (3, 13) else {}
    out = sys.stdout.buffer
    for line in sys.stdin:
        path = line.rstrip("\n")
        try:
            with open(path, "rb") as f:
                tree = ast.parse(f.read(), path, type_comments="--type-comments" in sys.argv)
            if sys.version_info < (3, 12):
                blank_format_strings(tree)
            text = "ok\n" + ast.dump(tree, include_attributes=True, **options)
        except SyntaxError as e:
            text = "error\n%s\n%s" % (type(e).__name__, e.msg)
        except Exception as e:
            text = "skip\n%r" % e
        data = text.encode("utf-8", "surrogatepass")
        out.write(b"%d\n" % len(data) + data)
        out.flush()


def blank_format_strings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for part in ast.walk(node):
                if part is not node and hasattr(part, "lineno"):
                    part.lineno = part.col_offset = part.end_lineno = part.end_col_offset = 0


POSITION = re.compile(r"lineno=\d+, col_offset=\d+, end_lineno=\d+, end_col_offset=\d+")
STRING = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def blank_dump(text):
    """Zeroes the positions inside every JoinedStr of a dump."""
    out = []
    i = 0
    while True:
        j = text.find("JoinedStr(", i)
        if j < 0:
            out.append(text[i:])
            return "".join(out)
        out.append(text[i:j])
        depth, k = 0, j
        while True:
            c = text[k]
            if c in "'\"":
                k = STRING.match(text, k).end()
                continue
            if c in "([":
                depth += 1
            elif c in ")]":
                depth -= 1
                if not depth:
                    break
            k += 1
        piece = text[j:k + 1]
        own = piece.rfind(", lineno=")
        out.append(POSITION.sub("lineno=0, col_offset=0, end_lineno=0, end_col_offset=0", piece[:own]) + piece[own:])
        i = k + 1


class Server:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        count = self.process.stdout.readline()
        if not count:
            raise SystemExit("the server ended on: " + line)
        return self.process.stdout.read(int(count)).decode("utf-8", "surrogatepass")


def read_listed(version):
    """The files whose difference has a reason, for that version of CPython."""
    lines = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "different_trees.txt")).read().splitlines()
    names = [line.split("\t")[0].split(" ") for line in lines if not line.startswith("#")]
    return {name for of, name in names if of == version}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--type-comments", action="store_true")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    probe = "import sys, sysconfig, json; print(json.dumps([sys.version_info[:2], sysconfig.get_path('stdlib')]))"
    version, library = json.loads(subprocess.check_output([args.python, "-c", probe]))
    files = args.files
    if not files:
        for root, dirs, names in os.walk(library):
            dirs[:] = sorted(d for d in dirs if d not in ("site-packages", "__pycache__"))
            files += [os.path.join(root, n) for n in sorted(names) if n.endswith(".py")]
    if args.limit:
        files = files[:args.limit]
    files = [path for path in files if os.access(path, os.R_OK)]  # not the links that lead nowhere
    listed = read_listed("%d.%d" % tuple(version))
    extra = ["--type-comments"] if args.type_comments else []
    theirs = Server([args.python, os.path.abspath(__file__), "--child", *extra])
    ours = Server([args.tool, "serve"])
    equal = different = known = skipped = 0
    for path in files:
        expected = theirs.ask(path)
        got = ours.ask("exec %s %s" % ("et" if args.type_comments else "e", path))
        if tuple(version) < (3, 12):
            got = got.replace(", type_params=[]", "") if got.startswith("ok") else got
            got = blank_dump(got)
        if tuple(version) < (3, 13):
            got = got.replace(", default_value=None", "")
        if expected.startswith("skip"):
            skipped += 1
            continue
        if expected == got or (expected.startswith("error") and got.startswith("error")):
            equal += 1
            continue
        if any(path.endswith("/" + name) for name in listed):
            known += 1
            continue
        different += 1
        if different <= args.show:
            at = next((i for i, (a, b) in enumerate(zip(expected, got)) if a != b), min(len(expected), len(got)))
            print("%s\n  theirs: %s\n  ours:   %s" % (path, expected[max(0, at - 100):at + 120],
                                                    got[max(0, at - 100):at + 120]))
    print("Python %d.%d: %d equal, %d different, %d different as listed, %d skipped" %
          (*version, equal, different, known, skipped))
    return 1 if different else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child()
    else:
        sys.exit(main())
