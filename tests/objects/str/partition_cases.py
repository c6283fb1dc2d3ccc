# partition and rpartition.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('='), 'abc'.rpartition('='), '='.partition('='), ''.partition('='), 'a=='.partition('=='), '=='.rpartition('='), 'éaé'.rpartition('é'), 'ab'.partition('ab'), 'x😀y'.partition('😀')
'a'.partition(None)
'a'.rpartition(5)
'a'.partition('', 1)
""")
