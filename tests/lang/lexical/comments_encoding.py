#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# A shebang, a coding line and comments in odd places.
print("é", len("é"))  # trailing comment # with another
#
    #
x = [  # open
    1,  # one
    # nothing
]  # close
print(x)
def f():  # comment after colon
    # only comments before the body

    return 1  # done
# comment with "quotes" and '''triple'''
print(f())
if x:  # yes
    pass
    # comment after pass
else:  # no
    pass
print("# not a comment", '#')
s = """# not
# comments"""
print(s)
for source in (b"# coding: latin-1\nprint(ascii('\xe9'))", b"\xef\xbb\xbfprint('bom')", b"#\n# vim: set fileencoding=utf-8 :\nprint('\xc3\xa9')",
               "# coding: latin-1\nprint('\xe9')"):
    exec(source)
for source in (b"# coding: nonsense\n1", b"'\xff'", b"\n\n# coding: latin-1\n'\xff'"):
    try:
        exec(source)
    except SyntaxError as e:
        print(type(e).__name__)
