# needs: 3.14
# A byte order mark beside another name: the line that has it; codecs that are none of text; utf8 under another name.
for source in (
    b"\xef\xbb\xbf#coding:iso8859-15\nprint(1)\n", b"\xef\xbb\xbf#first\n#coding:iso8859-15\nprint(1)\n",
    b"#coding:hex\nprint(1)", b"#coding:nosuch\nprint(1)", b"#coding: utf8\n#second\n#third\xa4\n",
):
    try:
        exec(source)
    except SyntaxError as error:
        print(error.msg, error.lineno if error.lineno else None, error.text)
