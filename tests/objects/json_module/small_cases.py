# json in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import json
show(r"""
json.dumps({'a': [1, 2.5, None, True, 'é"']}), json.loads('{"a": [1, 2.5, null, true, "x"]}'), json.dumps('é', ensure_ascii=False), json.dumps([1, 2], indent=2), json.dumps({'b': 1, 'a': 2}, sort_keys=True), json.loads('"\\u00e9"'), json.dumps((1,)), json.loads(' [] '), json.dumps({1: 2, None: 3})
json.loads('{')
json.loads('[1 2]')
json.loads('nope')
json.dumps({(1,): 2})
json.loads('')
""")
