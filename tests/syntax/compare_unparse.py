"""Compares Krait's text of annotations with a CPython's (`from __future__ import annotations`).

    compare_unparse.py --tool build/tests/krait-syntax [--python PYTHON]

The expressions are those of PYTHON's own library, each used as an annotation there. PYTHON should be 3.13 or later: the
text of some expressions was another before.
"""
import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile


def child():
    import random
    import sysconfig
    import warnings
    warnings.simplefilter("ignore")
    texts = set()
    files = [os.path.join(root, name) for root, _, names in os.walk(sysconfig.get_path("stdlib")) for name in names
             if name.endswith(".py") and "bad" not in name]
    for path in random.Random(1).sample(sorted(files), min(len(files), 400)):
        try:
            with open(path, "rb") as f:
                source = f.read()
            tree = ast.parse(source)
        except Exception:
            continue
        lines = source.splitlines()
        for node in ast.walk(tree):
            if isinstance(node, ast.expr) and node.lineno == node.end_lineno:
                text = lines[node.lineno - 1][node.col_offset:node.end_col_offset].decode("utf-8", "replace")
                if len(text) > 3:
                    texts.add(text)
    answers = []
    for text in random.Random(1).sample(sorted(texts), min(len(texts), 20000)):
        try:
            scope = {}
            exec("from __future__ import annotations\ndef f(x: (%s)): pass" % text, scope)
            answers.append([text, scope["f"].__annotations__["x"]])
        except Exception:
            pass
    json.dump(answers, sys.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--python", default=sys.executable)
    args = parser.parse_args()
    cases = json.loads(subprocess.run([args.python, "-X", "utf8", os.path.abspath(__file__), "--child"],
                                      stdout=subprocess.PIPE, check=True).stdout)
    tool = subprocess.Popen([args.tool, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text.py")
        for text, expected in cases:
            with open(path, "wb") as f:
                f.write(("(%s)" % text).encode())
            tool.stdin.write(("eval su %s\n" % path).encode())
            tool.stdin.flush()
            got = tool.stdout.read(int(tool.stdout.readline())).decode("utf-8", "surrogatepass")[3:]
            if got != expected:
                different += 1
                if different <= 20:
                    print("%s\n   theirs: %s\n   ours:   %s" % (text, expected, got))
    print("%d expressions, %d different" % (len(cases), different))
    return 1 if different else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child()
    else:
        sys.exit(main())
