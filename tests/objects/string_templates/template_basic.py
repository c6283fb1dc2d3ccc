# string.Template, capwords, constants.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from string import Template, capwords, ascii_lowercase, digits, Formatter
show(r"""
Template('$a-${b}$$').substitute(a=1, b=2), Template('$x $y').safe_substitute(x=1), capwords('hello world'), ascii_lowercase, digits, Formatter().format('{0} {k}', 1, k=2), list(Formatter().parse('a{b}c'))
Template('$z').substitute()
Template('$').substitute()
Formatter().format('{1}', 0)
""")
