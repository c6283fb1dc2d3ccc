# shlex, fnmatch, glob patterns, html, string helpers.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import shlex, fnmatch, html
show(r"""
shlex.split('a "b c" d\\ e \'f g\''), shlex.quote("it's"), shlex.join(['a', 'b c']), shlex.split('a # c', comments=True), fnmatch.fnmatch('a.py', '*.py'), fnmatch.filter(['a', 'b1', 'c'], '[bc]*'), fnmatch.fnmatchcase('A', 'a'), html.escape('<a href="x">&\''), html.unescape('&lt;&eacute;&#65;&#x42;&nope;'), html.escape('"', quote=False), fnmatch.fnmatch('ab', '?b'), fnmatch.fnmatch('x', '[!x]')
shlex.split('"open')
shlex.split('a\\')
""")
