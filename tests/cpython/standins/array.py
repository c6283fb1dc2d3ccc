"""Stand-in for the array module: as much as tests of the language ask of it, items in a bytearray that struct reads."""

import struct

typecodes = "bBuhHiIlLqQfd"


def _new(cls, typecode, text):
    self = object.__new__(cls)
    self.typecode = typecode
    self.itemsize = 4 if typecode == "u" else struct.calcsize(typecode)
    self._data = bytearray(text)
    return self


class array:
    __hash__ = None

    def __new__(cls, typecode, initializer=(), /):
        if not isinstance(typecode, str) or len(typecode) != 1:
            raise TypeError("array() argument 1 must be a unicode character, not " + type(typecode).__name__)
        if typecode not in typecodes:
            raise ValueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
        if isinstance(initializer, str) and typecode != "u":
            raise TypeError("cannot use a str to initialize an array with typecode '%s'" % typecode)
        self = _new(cls, typecode, b"")
        if isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        else:
            self.extend(initializer)
        return self

    def __init__(self, *args, **kwargs):
        pass

    def _pack(self, item):
        if self.typecode == "u":
            if not isinstance(item, str) or len(item) != 1:
                raise TypeError("array item must be unicode character")
            return item.encode("utf-32-le", "surrogatepass")
        try:
            return struct.pack(self.typecode, item)
        except struct.error as error:
            kind = OverflowError if isinstance(item, int) else TypeError
            raise kind(str(error)) from None

    def _unpack(self, index):
        piece = bytes(self._data[index * self.itemsize:(index + 1) * self.itemsize])
        if self.typecode == "u":
            return piece.decode("utf-32-le", "surrogatepass")
        return struct.unpack(self.typecode, piece)[0]

    def __buffer__(self, flags):
        view = memoryview(self._data)
        return view if self.typecode == "u" else view.cast(self.typecode)

    def __len__(self):
        return len(self._data) // self.itemsize

    def _index(self, index, what="array index out of range"):
        index = index.__index__()
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(what)
        return index

    def __getitem__(self, index):
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return _new(type(self), self.typecode, b"".join(
                bytes(self._data[i * self.itemsize:(i + 1) * self.itemsize]) for i in range(start, stop, step)))
        return self._unpack(self._index(index))

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            items = self.tolist()
            items[index] = value.tolist()
            self._data[:] = b"".join(map(self._pack, items))
            return
        i = self._index(index, "array assignment index out of range")
        self._data[i * self.itemsize:(i + 1) * self.itemsize] = self._pack(value)

    def __delitem__(self, index):
        items = self.tolist()
        del items[index]
        self._data[:] = b"".join(map(self._pack, items))

    def __iter__(self):
        i = 0
        while i < len(self):
            yield self._unpack(i)
            i += 1

    def __contains__(self, value):
        return any(item == value for item in self)

    def __eq__(self, other):
        return self.tolist() == other.tolist() if isinstance(other, array) else NotImplemented

    def __lt__(self, other):
        return self.tolist() < other.tolist() if isinstance(other, array) else NotImplemented

    def __le__(self, other):
        return self.tolist() <= other.tolist() if isinstance(other, array) else NotImplemented

    def __gt__(self, other):
        return self.tolist() > other.tolist() if isinstance(other, array) else NotImplemented

    def __ge__(self, other):
        return self.tolist() >= other.tolist() if isinstance(other, array) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, array):
            raise TypeError('can only append array (not "%s") to array' % type(other).__name__)
        return _new(type(self), self.typecode, self._data + other._data)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, count):
        return _new(type(self), self.typecode, self._data * count)

    __rmul__ = __mul__

    def __imul__(self, count):
        self._data *= count
        return self

    def __repr__(self):
        name = type(self).__name__
        if not self._data:
            return "%s('%s')" % (name, self.typecode)
        content = repr(self.tounicode()) if self.typecode == "u" else repr(self.tolist())
        return "%s('%s', %s)" % (name, self.typecode, content)

    def __reduce_ex__(self, protocol):
        return type(self), (self.typecode, self.tolist()), getattr(self, "__dict__", None)

    def __copy__(self):
        return self[:]

    def __deepcopy__(self, memo):
        return self[:]

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)

    def append(self, item):
        self._data += self._pack(item)

    def extend(self, items):
        for item in list(items):
            self.append(item)

    def fromlist(self, items):
        self.extend(items)

    def tolist(self):
        return list(self)

    def tobytes(self):
        return bytes(self._data)

    def frombytes(self, data):
        data = bytes(data)
        if len(data) % self.itemsize:
            raise ValueError("bytes length not a multiple of item size")
        self._data += data

    def tounicode(self):
        return "".join(self)

    def fromunicode(self, text):
        self.extend(text)

    def tofile(self, file):
        file.write(self.tobytes())

    def fromfile(self, file, count):
        data = file.read(count * self.itemsize)
        self.frombytes(data)
        if len(data) < count * self.itemsize:
            raise EOFError("read() didn't return enough bytes")

    def insert(self, index, item):
        items = self.tolist()
        items.insert(index, item)
        self._data[:] = b"".join(map(self._pack, items))

    def pop(self, index=-1):
        item = self[index]
        del self[index]
        return item

    def remove(self, item):
        del self[self.index(item)]

    def index(self, item, start=0, stop=2 ** 62):
        return self.tolist().index(item, start, stop)

    def count(self, item):
        return self.tolist().count(item)

    def reverse(self):
        self._data[:] = b"".join(map(self._pack, reversed(self.tolist())))

    def byteswap(self):
        for i in range(0, len(self._data), self.itemsize):
            self._data[i:i + self.itemsize] = self._data[i:i + self.itemsize][::-1]

    def buffer_info(self):
        return id(self._data), len(self)


ArrayType = array
array.__module__ = "array"


def _register():
    from collections.abc import MutableSequence
    MutableSequence.register(array)


_register()
