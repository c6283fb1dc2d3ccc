# list[int] and int | str in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list[int], dict[str, int], tuple[int, ...], int | None, int | str | None, list[int].__origin__, list[int].__args__, (int | str).__args__, isinstance(1, int | str), list[int] == list[int], int | str == str | int, list[int](), type(list[int]).__name__, set[str], type[int]
int[str]
list[int]['x']
isinstance([], list[int])
5 | int
int | 5
""")
