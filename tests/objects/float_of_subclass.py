# float() of a float of a subclass asks its __float__.
import warnings


class Own(float):
    def __float__(self):
        return 42.0


class Strict(float):
    def __float__(self):
        return self


class Bad(float):
    def __float__(self):
        return 'no'


class Plain(float):
    pass


print(float(Own()), float(Plain(3)), type(float(Plain(3))) is float, Own(Own(1)))
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    print(float(Strict(2.5)), log[0].category.__name__)
try:
    float(Bad())
except TypeError as e:
    print(e)
