# re: the methods and attributes of patterns and matches.
import re, copy, pickle

p = re.compile(r"(?P<a>\w)(?P<b>\d)?", re.I)
m = p.search("--x1--", 1, 5)
print(p, p.pattern, p.flags, p.groups, dict(p.groupindex), type(p.groupindex))
print(m, m.group(), m.group(0, 1, "b"), m[1], m["a"], m.groups(), m.groupdict(), m.start("b"), m.end(1), m.span(2))
print(m.pos, m.endpos, m.lastindex, m.lastgroup, m.re is p, m.string, m.regs, m.expand(r"[\2\g<a>]"))
m = p.match("x")
print(m.groups(), m.groups("d"), m.groupdict(0), m.span(2), m.start("b"), m.regs)
print(copy.copy(p) is p, copy.deepcopy(m) is m, pickle.loads(pickle.dumps(p)) == p, hash(p) == hash(re.compile(p.pattern, re.I)))
print(p == re.compile(r"(?P<a>\w)(?P<b>\d)?"), p != re.compile("x"), p == 3)
print(re.compile("a", re.I | re.M | re.S | re.X | re.A), re.compile(b"a", re.L), re.compile("x" * 300) is not None)
print(re.Pattern[str], re.Match[bytes], type(p).__name__, type(p).__module__, type(m))
print(re.findall("a", "banana"), re.findall("(a)(n)?", "banana"), re.findall("(n)", "banana"), re.findall("x*", "axb"))
print([x.span() for x in re.finditer("x*", "axxb")], [x.group() for x in p.finditer("a1b2", 2)])
print(re.split("x*", "axbc"), re.split("(x)|(y)", "axbyc"), re.split(",", "a,b,c", maxsplit=1), re.split("", "ab"))
print(re.sub("x*", "-", "abxd"), re.sub("(a)(b)?", r"[\1\2]", "abac"), re.subn("a", "b", "banana", count=2))
print(re.sub("a", lambda m: m.group().upper(), "banana"), re.sub("b", "x", "aaa"), re.sub(r"(?P<n>a)", r"\g<n>\g<0>\n\\", "cat"))
print(re.sub(b"a", b"\\g<0>b", b"ca"), re.sub(b"a", b"x", bytearray(b"banana")), re.findall(b"a.", memoryview(b"banana")))
print(re.sub("(x)?a", r"<\1>", "axa"), re.sub("", "-", "abc"), re.sub(r"\b", "|", "ab cd"), re.subn("z", "", "abc"))
s = "abc"
print(re.sub("z", "y", s) is s, re.match(".*", s).group() is s)
sc = p.scanner("ab1")
print(sc.match(), sc.search(), sc.match(), sc.pattern is p)
print(re.escape("a.b*c"), re.fullmatch("a+", "aaa"), re.fullmatch("a+", "aab"), re.match("b", "ab"))
print(re.template if hasattr(re, "zz") else "", re.purge())
print(re.compile("a").search("ba", 1), re.compile("^a").search("ba", 1), re.compile("a").match("ba", 1), re.compile("a$").search("aab", 0, 2))
print(re.compile("a").search("aaa", 5), re.compile("").search("aaa", 5), re.compile("a").findall("aaaa", -3, 2))
class S(str): pass
m = re.match("(a)b", S("ab"))
print(type(m.string), type(m.group()), type(m.group(1)), type(re.sub("z", "", S("q"))))
scanner = re.Scanner([(r"[a-z]+", lambda s, t: ("w", t)), (r"\d+", lambda s, t: int(t)), (r"\s+", None)])
print(scanner.scan("ab 12 cd!x"))
for f in (lambda: re.compile("a").match(3), lambda: re.compile("a").match(b"a"), lambda: re.compile(b"a").match("a"),
          lambda: re.match("a", "a").group(1), lambda: re.match("a", "a").group("x"), lambda: re.sub("a", lambda m: 3, "a"),
          lambda: re.sub("a", b"x", "a"), lambda: re.sub("b", 3, "xabc"), lambda: re.match("a", "a")[2],
          lambda: re.compile("a") < re.compile("b"), lambda: re.match("(?P<x>a)", "a").start("y"),
          lambda: re.compile("a").sub("b", "a", count="x"), lambda: re.match("a", "a").start(1.5), lambda: re.Pattern(),
          lambda: re.Match(), lambda: re.sub("a", "\\1", "a"), lambda: re.sub("(a)", "\\g<x>", "a"), lambda: re.sub("a", "\\q", "a"),
          lambda: re.match("a", "a").group([]), lambda: re.compile(3), lambda: re.compile("a").split(), lambda: setattr(p, "flags", 3)):
    try:
        print(repr(f()))
    except Exception as e:
        print("error" if isinstance(e, re.error) else type(e).__name__, e)
