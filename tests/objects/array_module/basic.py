# array.array.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from array import array
a = array('i', [1, 2, 3])
show(r"""
a, a.append(4), a.extend([5, 6]), a.insert(0, 9), a, a.pop(), a.remove(9), a[0], a[1:3], a.tolist(), a.typecode, a.itemsize, len(a), a.index(3), a.count(1), a.reverse(), a, a + array('i', [7]), array('i', [1]) * 2, 2 in a, a == array('i', [5, 4, 3, 2, 1]), list(a), array('b', b'ab'), array('d', [1.5]).tobytes() == __import__('struct').pack('d', 1.5), array('u', 'é') if False else 0, array('B', [255]), bytes(array('B', [65])), sum(a), array('q', [-2**63]), array('H').itemsize, a.buffer_info()[1], memoryview(array('i', [1])).format
array('i', ['a'])
array('b', [128])
array('B', [-1])
array('z')
array('i', 'abc')
array('i', [1])[5]
a.append(1.5)
array()
a + [1]
array('i', [1]).fromlist(['x'])
""")
