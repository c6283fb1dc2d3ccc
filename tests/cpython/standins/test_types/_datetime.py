"""Stand-in for _datetime: test_types looks for the capsule with which CPython's offers itself to C code."""

import unittest

from _pydatetime import *


def __getattr__(name):
    if name == "datetime_CAPI":
        raise unittest.SkipTest("CPython-only: an interface for C code")
    raise AttributeError(name)
