# A tokenizer built on generators feeding a JSON-like parser, with positions in errors.
def tokens(s):
    i, line, col = 0, 1, 1
    while i < len(s):
        c = s[i]
        if c in ' \t': i += 1; col += 1; continue
        if c == '\n': i += 1; line += 1; col = 1; continue
        start = (line, col)
        if c in '[]{},:': yield c, c, start; n = 1
        elif c == '"':
            j = s.find('"', i + 1)
            if j < 0: raise ValueError(f'unterminated string at {start}')
            yield 'str', s[i + 1:j], start; n = j - i + 1
        elif c.isdigit() or c == '-':
            j = i + 1
            while j < len(s) and (s[j].isdigit() or s[j] == '.'): j += 1
            t = s[i:j]; yield 'num', float(t) if '.' in t else int(t), start; n = j - i
        elif c.isalpha():
            j = i
            while j < len(s) and s[j].isalpha(): j += 1
            yield 'word', s[i:j], start; n = j - i
        else: raise ValueError(f'bad character {c!r} at {start}')
        i += n; col += n
    yield 'end', None, (line, col)
self_end = ('end', None, (0, 0))
class Parser:
    WORDS = {'true': True, 'false': False, 'null': None}
    def __init__(self, s): self.it = tokens(s); self.next()
    def next(self): old = getattr(self, 'tok', None); self.tok = next(self.it, self_end); return old
    def expect(self, k):
        if self.tok[0] != k: raise ValueError(f'expected {k!r}, got {self.tok[0]!r} at {self.tok[2]}')
        return self.next()[1]
    def value(self):
        match self.tok:
            case ('str' | 'num'), v, _: self.next(); return v
            case 'word', w, pos if w not in self.WORDS: raise ValueError(f'unknown word {w} at {pos}')
            case 'word', w, _: self.next(); return self.WORDS[w]
            case '[', *_:
                self.next(); out = []
                while self.tok[0] != ']':
                    out.append(self.value())
                    if self.tok[0] != ',': break
                    self.next()
                self.expect(']'); return out
            case '{', *_:
                self.next(); d = {}
                while self.tok[0] != '}':
                    k = self.expect('str'); self.expect(':'); d[k] = self.value()
                    if self.tok[0] != ',': break
                    self.next()
                self.expect('}'); return d
            case k, _, pos: raise ValueError(f'unexpected {k!r} at {pos}')
    def parse(self): v = self.value(); self.expect('end'); return v
for s in ('1', '-2.5', '"text"', '[1, [2, []], {"a": true}]', '{"k": null, "l": [1,\n 2]}', '[1 2]', '[1,\n\n  ?]', '{"a" 1}', '{1: 2}', '"open', 'maybe', '', '[1] x', '[[[[]]]]', '{"a": {"b": {"c": [false]}}}'):
    try: print(Parser(s).parse())
    except ValueError as e: print('error:', e)
