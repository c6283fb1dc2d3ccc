# title, capitalize and istitle.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'hello world'.title(), 'HELLO WORLD'.title(), "it's".title(), 'a1b c_d'.title(), ''.title(), '1st 2nd'.title()
'hello World'.capitalize(), 'ÉCOLE'.capitalize(), 'ǆabc'.capitalize(), 'ßx'.capitalize(), ' x'.capitalize()
'Hello World'.istitle(), 'Hello world'.istitle(), 'H'.istitle(), ''.istitle(), '1A'.istitle(), 'ǅ'.istitle(), 'HeLLo'.istitle()
""")
