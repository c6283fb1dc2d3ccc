"""Stand-in for _testinternalcapi: what test.support asks before it runs tests of positions in code objects."""


def get_config():
    """The settings of the running interpreter, as far as they can be seen from inside."""
    columns = [position[3] for position in compile("name", "", "eval").co_positions()]
    return {"code_debug_ranges": any(column is not None for column in columns)}
