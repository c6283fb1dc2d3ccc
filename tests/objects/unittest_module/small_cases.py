# a tiny unittest run and mocks.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
import unittest, io
class T(unittest.TestCase):
    def setUp(self): self.x = 1
    def test_ok(self): self.assertEqual(self.x, 1); self.assertTrue(True); self.assertIn(1, [1]); self.assertIsNone(None)
    def test_raises(self):
        with self.assertRaises(ValueError) as c: int('x')
        self.assertIn('x', str(c.exception))
    def test_fail(self): self.assertEqual(1, 2)
    def test_err(self): 1 / 0
    @unittest.skip('why')
    def test_skip(self): pass
    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertLess(i, 2)
r = unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(len(r.failures), len(r.errors), len(r.skipped), r.wasSuccessful())
---
import unittest
t = unittest.TestCase()
for f in (lambda: t.assertEqual([1, 2], [1, 3]), lambda: t.assertEqual('a', 'b'), lambda: t.assertTrue(0), lambda: t.assertRaises(ValueError, int, '5'), lambda: t.assertIs(1, None), lambda: t.assertAlmostEqual(1.0, 1.1), lambda: t.assertIsInstance(1, str), lambda: t.assertDictEqual({'a': 1}, {'a': 2}), lambda: t.assertRegex('abc', 'x')):
    try: f()
    except AssertionError as e: print(str(e).splitlines()[0])
---
from unittest import mock
m = mock.Mock(return_value=5); print(m(1, k=2), m.called, m.call_args, m.call_count, m.attr.sub(3) is m.attr.sub.return_value)
m.assert_called_with(1, k=2)
---
from unittest import mock
import math
with mock.patch('math.floor', return_value='patched'): print(math.floor(1.5))
print(math.floor(1.5)); mm = mock.MagicMock(); mm.__len__.return_value = 3; print(len(mm), mm[0] is mm.__getitem__.return_value)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
