# csv reading and writing.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import csv, io
def w(rows, **k):
    f = io.StringIO()
    csv.writer(f, **k).writerows(rows)
    return f.getvalue()
def dw():
    f = io.StringIO()
    d = csv.DictWriter(f, ['a', 'b'])
    d.writeheader(); d.writerow({'a': 1, 'b': 'x,y'})
    return f.getvalue()
show(r"""
list(csv.reader(['a,b,c', '1,"x,y",3', '"q""q",,', ''])), w([[1, 'a,b', 'q"q', None, 'l\nm']]), w([['a', 1.5]], quoting=csv.QUOTE_NONNUMERIC), list(csv.reader(['a;b'], delimiter=';')), list(csv.DictReader(['x,y', '1,2', '3,4'])), dw(), w([['a b']], delimiter=' '), list(csv.reader(["'a,b',c"], quotechar="'")), csv.list_dialects(), list(csv.reader(['1,2.5'], quoting=csv.QUOTE_NONNUMERIC)), w([['x']], quoting=csv.QUOTE_ALL, lineterminator='\n'), list(csv.reader(['a, b'], skipinitialspace=True)), csv.Sniffer().sniff('a;b;c\n1;2;3').delimiter
list(csv.reader([5]))
csv.reader([], delimiter='ab')
w([5])
csv.reader([], dialect='nope')
csv.writer(5)
list(csv.reader(['"a'], strict=True))
""")
