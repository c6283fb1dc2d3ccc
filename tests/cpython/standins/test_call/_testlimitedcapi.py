"""Stand-in for _testlimitedcapi: its classes show how C code calls."""

import unittest


def _c_only(*args, **kwargs):
    raise unittest.SkipTest("CPython-only: how C code calls")


LimitedVectorCallClass = LimitedRelativeVectorCallClass = call_vectorcall = call_vectorcall_method = _c_only
