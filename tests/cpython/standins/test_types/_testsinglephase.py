"""Stand-in for _testsinglephase: test.test_importlib.util only looks whether it is there. It is no shared library."""

import unittest

del __file__


def _clear_globals():
    """There are none."""


def __getattr__(name):
    if name == "__file__":
        raise unittest.SkipTest("CPython-only: a module in C")
    raise AttributeError(name)
