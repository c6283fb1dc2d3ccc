# str.format in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'{} {}'.format(1, 'a'), '{1} {0}'.format('a', 'b'), '{x} {y}'.format(x=1, y=2), '{0[1]} {1.real}'.format([1, 2], 5), '{:>5}|{:<5}|{:^5}'.format('a', 'b', 'c'), '{:05d} {:+} {:,}'.format(42, 7, 1000000), '{:.3f} {:e} {:%}'.format(3.14159, 1234.5, 0.25), '{!r} {!s}'.format('a', 'b'), '{:{}}'.format('x', 4), '{{}}'.format(), '{:#x} {:b} {:o}'.format(255, 5, 8)
'{}'.format()
'{0} {}'.format(1, 2)
'{x}'.format()
'{0[5]}'.format([])
'{0.nope}'.format(1)
'{'.format(1)
'{:d}'.format('a')
'{!z}'.format(1)
""")
