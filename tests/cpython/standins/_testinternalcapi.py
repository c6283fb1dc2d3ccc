"""Stand-in for _testinternalcapi: what test.support and tests of the language ask of it, as far as it can be told from inside. Tests
that only CPython's own insides can answer are skipped."""

import sys
import unittest

SPECIALIZATION_THRESHOLD = 2  # calls after which CPython specializes; the tests only repeat what they do that often


def get_config():
    """The settings of the running interpreter, as far as they can be seen from inside."""
    columns = [position[3] for position in compile("name", "", "eval").co_positions()]
    return {"code_debug_ranges": any(column is not None for column in columns)}


def get_recursion_depth():
    """How many frames there are, the caller's included."""
    depth, frame = 0, sys._getframe(1)
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth


def get_immortalize_deferred():
    """Whether objects are kept for ever by the way they are counted. Nothing is counted here."""
    return False


def suppress_immortalization(suppress):
    pass


def clear_extension(name, path):
    """Forgets a module in C. There is no table of them."""


def _of_cpython(what):
    def function(*args, **kwargs):
        raise unittest.SkipTest("CPython-only: " + what)
    return function


has_inline_values = _of_cpython("where attributes of an instance lie")
get_co_localskinds = get_code_var_counts = code_returns_only_none = verify_stateless_code = _of_cpython(
    "what CPython's code objects remember of their variables")
get_tracked_heap_size = _of_cpython("the size of CPython's heap")
run_in_subinterp_with_config = _of_cpython("interpreters in its process")

# How often an instruction runs before CPython specialises it again.
SPECIALIZATION_COOLDOWN = 52
