"""Stand-in for _testcapi: a setting of the running interpreter that test.support asks before it tests positions."""

import _testinternalcapi


def config_get(name):
    if name == "code_debug_ranges":
        return _testinternalcapi.get_config()[name]
    raise ValueError(name)
