# needs: 3.14
# differs: CPython holds the buffer since 3.14.10
# A buffer is held while Python code of an argument runs, which therefore cannot change it.
class Evil:
    def __init__(self, target):
        self.target = target

    def __buffer__(self, flags):
        self.target.clear()
        return memoryview(b"A")

    def __index__(self):
        self.target.clear()
        return 65


for name in ("find", "count", "index", "rindex", "rfind", "split", "rsplit", "__contains__"):
    target = bytearray(b"A")
    try:
        print(name, getattr(target, name)(Evil(target)))
    except BufferError as error:
        print(name, "BufferError", error)

view = memoryview(bytearray(b"abc"))


class Sep(bytes):
    def __len__(self):
        view.release()
        return 1


try:
    view.hex(Sep(b":"))
except BufferError as error:
    print(error)

for change in ("clear", "pop"):
    class Item:
        def __buffer__(self, flags):
            getattr(items, change)()
            return memoryview(b"x")

    items = [b"a", Item(), b"c"]
    try:
        print(b"".join(items))
    except RuntimeError as error:
        print(error)

grown = bytearray(b"x" * 10)


class Grows:
    def __buffer__(self, flags):
        grown.extend(b"y" * 5)
        return memoryview(b"ABC")


grown.extend(Grows())
print(grown)
