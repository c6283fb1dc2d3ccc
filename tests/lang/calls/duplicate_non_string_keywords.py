# A key that comes twice is found before keys that are no strings.
def f(**kwargs):
    return kwargs


for call in (lambda: f(**{1: 3}, **{1: 5}), lambda: f(**{1: 3}), lambda: f(**{"a": 1}, **{"a": 2}), lambda: dict(**{2: 1}),
             lambda: f(**{"a": 1}, **{2: 2})):
    try:
        print(call())
    except TypeError as e:
        print(str(e).replace("__main__.", ""))
