"""Stand-in for _testcapi as test_call asks for it: functions and callable objects written in Python that return what they were
called with, and calls from one function instead of from C. Tests of what only C functions do are skipped."""

import sys
import unittest

_module = sys.modules[__name__]


def _c_only():
    raise unittest.SkipTest("CPython-only: how C functions of one calling convention differ from others (later suites skip this too)")


class _Conventions:
    """Right calls are answered; what C functions say about wrong ones is nothing that Python functions can show."""

    def meth_varargs(self, /, *args, **kwargs):
        if kwargs:
            _c_only()
        return self, args

    def meth_varargs_keywords(self, /, *args, **kwargs):
        return self, args, kwargs

    meth_fastcall = meth_varargs
    meth_fastcall_keywords = meth_varargs_keywords

    def meth_noargs(self, /, *args, **kwargs):
        if args or kwargs:
            _c_only()
        return self

    def meth_o(self, /, *args, **kwargs):
        if len(args) != 1 or kwargs:
            _c_only()
        return self, *args


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


class _Flags(type):
    @property
    def __flags__(cls):
        _c_only()


class MethodDescriptorBase(metaclass=_Flags):
    def __call__(self, *args, **kwargs):
        return True


class MethodDescriptorDerived(MethodDescriptorBase):
    pass


class MethodDescriptorNopGet(MethodDescriptorBase):
    def __call__(self, *args):
        _c_only()

    def __get__(self, instance, owner=None):
        return self


class MethodDescriptor2(MethodDescriptorBase):
    def __call__(self, *args, **kwargs):
        return False


def make_vectorcall_class(base=object):
    _c_only()


def function_setvectorcall(function):
    _c_only()


def pycfunction_call(function, args, kwargs=None):
    return function(*args, **(kwargs or {}))
