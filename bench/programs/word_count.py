"""Frequencies of words in a made-up text: split, lower, dict counts, sort by two keys, an index of places."""

SYLLABLES = "ka ri mo te su na lo ve di pa shu gra bel nor zin".split()


def make_text(words):
    seed = 2024
    out = []
    for i in range(words):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        a = SYLLABLES[(seed >> 8) % 15]
        b = SYLLABLES[(seed >> 12) % 7]
        word = a + b
        if seed & 0x30000 == 0:
            word = word.capitalize() + "."
        elif seed & 0x40000:
            word += SYLLABLES[(seed >> 20) % 5]
        out.append(word)
        if i % 12 == 11:
            out.append("\n")
    return " ".join(out)


def count(text):
    counts = {}
    for line in text.splitlines():
        for word in line.split():
            word = word.strip(".,").lower()
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
    return counts


def index(text):
    places = {}
    for number, line in enumerate(text.splitlines()):
        for word in line.split():
            places.setdefault(word.lower().rstrip("."), []).append(number)
    return places


text = make_text(800_000)
counts = {}
for _ in range(3):
    for word, n in count(text).items():
        counts[word] = counts.get(word, 0) + n
top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
places = index(text)
print(len(text), len(counts), top, max(len(p) for p in places.values()), sum(p[-1] for p in places.values()))
