"""Compares Krait's syntax errors with a CPython's: type, message, line and offsets.

    compare_errors.py --tool build/tests/krait-syntax [--python PYTHON] [--show N] [--all] [FILE...]

The erroneous texts come from PYTHON's own test suite: its bad*.py files, and every text that its tests of syntax give
to compile(), exec() and eval(). Without files, all of them; a FILE is a Python text to try instead. PYTHON parses each
text (to a tree only: errors of symbol tables and code generation are not the parser's) and Krait must say the same.

Messages that Python 3.14 changed are listed in CHANGED and are no difference. Exit status 1 below 95 per cent.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

MODULES = ["test_syntax", "test_exceptions", "test_fstring", "test_patma", "test_grammar", "test_eof",
           "test_string_literals", "test_unpack_ex", "test_positional_only_arg", "test_named_expressions",
           "test_type_params", "test_type_aliases", "test_unicode_identifiers", "test_generators", "test_genexps",
           "test_dictcomps", "test_keywordonlyarg", "test_flufl", "test_except_star", "test_cmd_line_script",
           "test_codeop", "test_compile", "test_parser", "test_tokenize", "test_ast", "test_global", "test_with",
           "test_coroutines", "test_asyncgen", "test_listcomps", "test_setcomps", "test_lambda", "test_future_stmt"]

# Where 3.14 says something else than 3.13: what 3.13 says (a part of it), and what 3.14 says in its place.
CHANGED = [
    ("invalid escape sequence", "is an invalid escape sequence"),
    ("invalid octal escape sequence", "is an invalid octal escape sequence"),
    ("exclamanation", "exclamation"),
    ("too many nested f-strings", "too many nested f-strings or t-strings"),
    ("at least one argument must precede /", "at least one parameter must precede /"),
    ("-positional argument cannot have", "-positional parameter cannot have"),
    ("-keyword argument cannot have", "-keyword parameter cannot have"),
    ("arguments cannot follow var-keyword", "parameters cannot follow var-keyword"),
    ("* argument may appear only once", "* may appear only once"),
    ("invalid pattern target", "as pattern target"),
    ("invalid syntax", "prefixes are incompatible"),
    ("invalid syntax", "as import target"),
    ("invalid syntax", "cannot use except statement with"),
    ("invalid syntax", "cannot use except* statement with"),
    ("invalid syntax", "double star pattern must be the last"),
    ("multiple exception types must be parenthesized", "no error"),
]


def child():
    import ast
    import builtins
    import importlib
    import io
    import unittest
    import warnings
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(3000)
    texts = {}
    real = {name: getattr(builtins, name) for name in ("compile", "eval", "exec")}

    def record(source, mode, flags):
        if isinstance(source, (str, bytes)) and not flags & ~0x3fff0200 & ~0x2200:
            texts.setdefault((mode, source), None)

    def compile_(source, filename="", mode="exec", flags=0, *args, **kw):
        record(source, mode, flags & 0x1000)
        return real["compile"](source, filename, mode, flags, *args, **kw)

    files = sys.argv[2:]
    if files:
        for path in files:
            with open(path, "rb") as f:
                texts[("exec", f.read())] = None
    else:
        test_dir = os.path.dirname(importlib.import_module("test").__file__)
        for root, dirs, names in os.walk(test_dir):
            for name in sorted(names):
                if name.startswith("bad") and name.endswith(".py"):
                    with open(os.path.join(root, name), "rb") as f:
                        texts[("exec", f.read())] = None
        import traceback

        def caller():
            frame = sys._getframe(2)
            return frame.f_globals, frame.f_locals

        def eval_(source, globals=None, locals=None, **kw):
            record(source.lstrip(" \t") if isinstance(source, str) else source, "eval", 0)
            if globals is None:
                globals, locals = caller()
            return real["eval"](source, globals, locals)

        def exec_(source, globals=None, locals=None, **kw):
            record(source, "exec", 0)
            if globals is None:
                globals, locals = caller()
            return real["exec"](source, globals, locals, **kw)

        import doctest
        builtins.compile = compile_
        builtins.eval, builtins.exec = eval_, exec_
        stdout, sys.stdout = sys.stdout, io.StringIO()
        stderr, sys.stderr = sys.stderr, io.StringIO()
        for name in MODULES:
            try:
                module = importlib.import_module("test." + name)
                suite = unittest.TestLoader().loadTestsFromModule(module)
                if name in ("test_cmd_line_script", "test_tokenize", "test_parser", "test_asyncgen", "test_coroutines",
                            "test_ast"):
                    import test.support
                unittest.TextTestRunner(stream=io.StringIO()).run(suite)
            except BaseException:
                pass
        builtins.compile, builtins.eval, builtins.exec = real["compile"], real["eval"], real["exec"]
        sys.stdout, sys.stderr = stdout, stderr
    answers = []
    for mode, source in texts:
        if mode not in ("exec", "eval", "single"):
            continue
        try:
            real["compile"](source, "<string>", mode, ast.PyCF_ONLY_AST)
            continue
        except SyntaxError as e:
            error = [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
        except Exception:
            continue
        if isinstance(source, str):
            try:
                data, kind = source.encode("utf-8"), "s"
            except UnicodeEncodeError:
                continue
        else:
            data, kind = source, "-"
        answers.append([mode, kind, data.hex(), error])
    json.dump(answers, sys.__stdout__)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--cache", help="keep the answers of PYTHON in this file")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    if args.cache and os.path.exists(args.cache):
        with open(args.cache) as f:
            cases = json.load(f)
    else:
        command = [args.python, "-X", "utf8", os.path.abspath(__file__), "--child", *args.files]
        cases = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        if args.cache:
            with open(args.cache, "w") as f:
                json.dump(cases, f)
    tool = subprocess.Popen([args.tool, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal = changed = messages = shown = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text.py")
        for mode, kind, data, error in cases:
            source = bytes.fromhex(data)
            with open(path, "wb") as f:
                f.write(source)
            tool.stdin.write(("%s %s %s\n" % (mode, kind, path)).encode())
            tool.stdin.flush()
            count = tool.stdout.readline()
            if not count:
                raise SystemExit("the tool ended on %r" % source)
            answer = tool.stdout.read(int(count)).decode("utf-8", "surrogatepass")
            if answer.startswith("ok"):
                got = ["no error"]
            else:
                fields = answer.split("\n")
                numbers = [int(n) for n in fields[2:6]]
                if numbers[0] == 0 and error[2] is None:
                    numbers = [None] * 4
                if numbers[0] == 0 and error[4] is None:
                    numbers[2:] = [None, None]
                got = [fields[1], eval(fields[6]), *numbers]
            if got == error:
                equal += 1
                continue
            said = got[1] if len(got) > 1 else got[0]
            if any(a in error[1] and b in said for a, b in CHANGED):
                changed += 1
                continue
            if got[:2] == error[:2]:
                messages += 1
            shown += 1
            if shown <= args.show:
                print("%s %r\n   theirs: %s\n   ours:   %s" % (mode, source.decode("utf-8", "replace")[:300], error, got))
    total = len(cases)
    good = equal + changed
    print("%d texts: %d equal, %d changed in 3.14, %d with only the position different, %d different: %.1f%%" %
          (total, equal, changed, messages, total - good - messages, 100 * good / max(total, 1)))
    return 0 if good >= 0.95 * total else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child()
    else:
        sys.exit(main())
