# Triple-quoted strings: embedded quotes, newlines and continuation.
# needs: 3.13
s = """line one
line "two"
line ""three"" \"""
end"""
print(s)
print(repr('''it's ''quoted'' here'''))
print("""
leading newline""")
print('''a''''b')
print(repr(""""a"""))
print(len("""\
"""), repr("""\
x"""))
def f():
    """doc
    string"""
print(repr(f.__doc__))
print('''tab	inside''', repr('''	'''))
