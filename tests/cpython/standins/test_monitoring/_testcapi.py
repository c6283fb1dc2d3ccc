"""Stand-in for _testcapi: the module must load; a few of its tests fire events from C."""

import unittest


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise unittest.SkipTest("CPython-only: events that C code fires")
