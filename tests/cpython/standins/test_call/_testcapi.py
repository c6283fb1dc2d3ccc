"""Stand-in for _testcapi as test_call asks for it: functions and callable objects written in Python that return what they were
called with, and calls from one function instead of from C. What C functions say about wrong arguments is not imitated."""

import sys

_module = sys.modules[__name__]


class _Conventions:
    def meth_varargs(self, /, *args):
        return self, args

    def meth_varargs_keywords(self, /, *args, **kwargs):
        return self, args, kwargs

    meth_fastcall = meth_varargs
    meth_fastcall_keywords = meth_varargs_keywords

    def meth_noargs(self, /):
        return self

    def meth_o(self, arg, /):
        return self, arg


class MethInstance(_Conventions):
    pass


class MethClass:
    pass


class MethStatic:
    pass


def _without_self(function):
    def meth(*args, **kwargs):
        return function(None, *args, **kwargs)
    return meth


for _name, _function in vars(_Conventions).copy().items():
    if _name.startswith("meth_"):
        setattr(MethClass, _name, classmethod(_function))
        setattr(MethStatic, _name, staticmethod(_without_self(_function)))
        setattr(_module, _name, _function.__get__(_module))


def pyobject_fastcall(function, args):
    return function(*(args or ()))


def pyobject_fastcalldict(function, args, kwargs):
    return function(*(args or ()), **(kwargs or {}))


def pyobject_vectorcall(function, args, kwnames):
    args, kwnames = args or (), kwnames or ()
    count = len(args) - len(kwnames)
    return function(*args[:count], **dict(zip(kwnames, args[count:], strict=True)))


def pyvectorcall_call(function, args, kwargs={}):
    return function(*args, **kwargs)


class MethodDescriptorBase:
    def __call__(self, *args, **kwargs):
        return True


class MethodDescriptorDerived(MethodDescriptorBase):
    pass


class MethodDescriptorNopGet(MethodDescriptorBase):
    def __call__(self, *args):
        return args

    def __get__(self, instance, owner=None):
        return self


class MethodDescriptor2(MethodDescriptorBase):
    def __call__(self, *args, **kwargs):
        return False
