# Strings: operators and the common methods.
s = "Hello, World"
print(s, len(s), s[0], s[-1], s[0:5], s[::-1])
print(s.upper(), s.lower(), s.replace("l", "L"), s.split(", "), s.find("World"))
print("-".join(["a", "b", "c"]), "  strip ".strip(), "abc" < "abd", "a" in s)
print("%d %s %5.2f" % (1, "two", 3.14159))
print("{} {:>5} {name}".format(1, "x", name="n"))
n = 5
print(f"{n} {n + 1} {s!r}")
for ch in "abc": print(ch, ord(ch), end=" ")
print()
print("ab" * 3, "a" "b", 'it''s', "tab\tnew\\n", repr("quote'\""))
print(s.startswith("Hell"), s.endswith("x"), "12".isdigit(), "a,b,c".split(","), chr(65))
