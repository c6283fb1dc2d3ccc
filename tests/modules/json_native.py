# _json: what it writes and reads, its errors and their places, its guards.
# needs: 3.14
import _json
import json

d = {'a': [1, 2.5, "x\n\u1234\U0001f600", None, True, {'k': -1e300}], 'b': {}, 'c': [], 5: 6, None: 1, 1.5: (1, 2)}
s = json.dumps(d)
print(s)
print(json.loads(s))
print(ascii(json.dumps(d, ensure_ascii=False)))
print(json.dumps(d, indent=2) == json.dumps(d, indent='  '))
for bad in ['[1 2]', '[', '{"a"', '{"a" 1}', '{1:2}', '"abc', '"\\x"', '"\\u12"', '"\\ud800\\u12x4"', 'nul', '-', '01', '"\x01"', '']:
    try:
        print(json.loads(bad))
    except json.JSONDecodeError as e:
        print(e.msg, e.pos)
print(json.loads('[NaN, -Infinity, 1e5, -0.0, 12345678901234567890123, -7]'))
print(json.loads('"\x01"', strict=False) == '\x01')
print(json.loads('{"a": {"b": 1}, "b": 2}', object_hook=lambda o: sorted(o)))
print(json.loads('{"a": {"b": 1}, "b": 2}', object_pairs_hook=tuple))
print(json.loads('[1, 2.5]', parse_int=str, parse_float=repr))
keys = json.loads('[{"key": 1}, {"key": 2}]')
print(list(keys[0])[0] is list(keys[1])[0])
for bad in [object, {(1, 2): 3}]:
    try:
        print(json.dumps(bad))
    except TypeError as e:
        print(e)
print(json.dumps({(1, 2): 3, 'a': 1}, skipkeys=True), json.dumps({'b': 1, 'a': 2}, sort_keys=True))
loop = []
loop.append({'x': loop})
try:
    json.dumps(loop)
except ValueError as e:
    print(e)
deep = []
for i in range(200000):
    deep = [deep]
for work in lambda: json.loads('[' * 200000), lambda: json.loads('{"a":' * 200000), lambda: json.dumps(deep):
    try:
        work()
    except RecursionError:
        print('RecursionError')


def clearing(o):
    victims.clear()
    return 'gone'


victims = [1, object(), object()]
print(json.dumps(victims, default=clearing))
victims = {1: object(), 2: object(), 3: 4}
print(json.dumps(victims, default=clearing))
print(_json.make_encoder(None, None, lambda s: '<' + s + '>', None, '=', '; ', False, False, True)({'a': 1, 2: 'b'}, 0))
for call in (lambda: _json.make_encoder(1, 2, 3, None, '', '', 0, 0, 0), lambda: _json.scanstring('abc', 10),
             lambda: _json.scanstring(1, 0), lambda: _json.encode_basestring(1)):
    try:
        call()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(_json.scanstring('"a\\tb" rest', 1))


class I(int):
    def __repr__(self):
        return 'no'


print(json.dumps([I(5), True, {I(6): I(7)}]))
