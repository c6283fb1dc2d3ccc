"""Stand-in for _testlimitedcapi: what test_bytes asks of it."""


def sequence_getitem(sequence, index):
    """As PySequence_GetItem: a negative index counts from the end once."""
    if index < 0:
        index += len(sequence)
        if index < 0:
            raise IndexError("index out of range")
    return sequence[index]


def sequence_setitem(sequence, index, value):
    sequence[index] = value


def sequence_delitem(sequence, index):
    del sequence[index]
