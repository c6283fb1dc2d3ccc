"""Strings: find, replace, split, slices, case, translate, comparison, iteration by character."""

TEXT = ("the quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs. "
        "sphinx of black quartz, judge my vow! how vexingly quick daft zebras jump? ") * 100


def vowels(text):
    count = 0
    for c in text:
        if c in "aeiou":
            count += 1
    return count


def caesar(text, shift):
    result = []
    for c in text:
        if "a" <= c <= "z":
            c = chr((ord(c) - 97 + shift) % 26 + 97)
        result.append(c)
    return "".join(result)


def palindromes(text):
    found = 0
    for middle in range(len(text)):
        low = high = middle
        while low >= 0 and high < len(text) and text[low] == text[high]:
            found += 1
            low -= 1
            high += 1
    return found


def methods(text, rounds):
    total = 0
    for i in range(rounds):
        part = text[i * 7 % 15_000:][:400]
        total += part.find("zebras") + part.count("e") + len(part.split())
        total += len(part.replace("qu", "kw").upper().strip(" THE"))
        total += part.startswith("the") + part.endswith("w ") + ("fox" in part) + len(part.partition(";")[0])
        total += len(part.title().swapcase()) + part.rfind("jump") + part.isalpha()
    return total


def digest(text):
    h = 2166136261
    for c in text:
        h = ((h ^ ord(c)) * 16777619) & 0xFFFFFFFF
    return h


code = TEXT
for shift in (3, 11, 12):
    code = caesar(code, shift)
unicode_text = "žluťoučký kůň 日本語 🐍 " * 30_000
print(vowels(TEXT) * 250 + sum(vowels(TEXT) for _ in range(250)), code == TEXT, palindromes(TEXT), methods(TEXT, 55_000),
      digest(TEXT * 20), digest(unicode_text), len(unicode_text.encode("utf-8")), unicode_text.count("ů"))
