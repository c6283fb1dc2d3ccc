# PurePosixPath and os.path operations.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from pathlib import PurePosixPath as P
import os.path as o
show(r"""
P('a/b/c.txt').name, P('a/b/c.txt').stem, P('a/b/c.tar.gz').suffixes, P('a/b').parent, list(P('/a/b/c').parents), P('/a') / 'b' / '/c', P('a/../b'), P('a//b/./c'), P('/a/b').relative_to('/a'), P('a').with_suffix('.py'), P('a/b.x').with_name('c'), P('/a').is_absolute(), P('a/b').parts, P('a/b') == P('a//b'), P('a/b.py').match('*.py'), str(P('')), P('b') < P('c'), P('a').joinpath('b', 'c'), repr(P('a')), P('/a/b').as_posix(), hash(P('a')) == hash(P('a')), P('/a/b').is_relative_to('/a'), P('a.b').with_stem('c')
P('a').with_suffix('py')
P('').with_name('x')
o.join('a', 'b'), o.join('a', '/b'), o.split('/a/b'), o.splitext('x.tar.gz'), o.basename('/a/b/'), o.dirname('/a/b'), o.normpath('a/../b//c/.'), o.isabs('/a'), o.commonprefix(['abc', 'abd']), o.commonpath(['/a/b', '/a/c']), o.splitdrive('/a'), o.relpath('/a/b', '/a/c'), o.expandvars('$NOPE_X/a'), o.splitext('.bashrc')
""")
