#!/usr/bin/env python3
"""Generate Krait's Unicode tables from the Unicode Character Database.

usage: generate.py [--ucd DIR] [--out DIR]

Input: the text files of UCD 15.0.0 (Debian package `unicode-data`, /usr/share/unicode). Output, under src/base:
  unicode_data.inc        properties and case mappings (included by unicode.cpp)
  unicode_normalize.inc   decompositions and compositions (included by unicode_normalize.cpp)
  unicode_names.inc       character names, aliases and named sequences (included by unicode_names.cpp)

The tables are those of Unicode 15.1.0: what 15.1 changed against 15.0 in the properties that Python can see is small
and written out below (DELTA). tests/base/unicode_reference.py proves the result against a CPython that has 15.1.

All tables indexed by code point have two stages: stage one maps `c >> SHIFT` to a block, stage two holds blocks of
record numbers, equal blocks stored once. SHIFT is chosen for the smallest total.
"""

import argparse
import bz2
import os
import re
from collections import Counter, defaultdict
from fractions import Fraction

VERSION = "15.1.0"
LIMIT = 0x110000

# What Unicode 15.1 added: five characters, one block of ideographs (Extension I), four XID_Continue characters,
# and revised numeric values in the Unihan database.
DELTA_CHARACTERS = """\
2FFC;IDEOGRAPHIC DESCRIPTION CHARACTER SURROUND FROM RIGHT;So;0;ON;;;;;N;;;;;
2FFD;IDEOGRAPHIC DESCRIPTION CHARACTER SURROUND FROM LOWER RIGHT;So;0;ON;;;;;N;;;;;
2FFE;IDEOGRAPHIC DESCRIPTION CHARACTER HORIZONTAL REFLECTION;So;0;ON;;;;;N;;;;;
2FFF;IDEOGRAPHIC DESCRIPTION CHARACTER ROTATION;So;0;ON;;;;;N;;;;;
31EF;IDEOGRAPHIC DESCRIPTION CHARACTER SUBTRACTION;So;0;ON;;;;;N;;;;;
2EBF0;<CJK Ideograph Extension I, First>;Lo;0;L;;;;;N;;;;;
2EE5D;<CJK Ideograph Extension I, Last>;Lo;0;L;;;;;N;;;;;
"""
DELTA_WIDE = [0x2FFC, 0x2FFD, 0x2FFE, 0x2FFF, 0x31EF]
DELTA_XID_CONTINUE = [0x200C, 0x200D, 0x30FB, 0xFF65]
DELTA_NUMERIC = {0x4E24: 2, 0x4EAC: 10**16, 0x4FE9: 2, 0x5006: 2, 0x5146: 10**6, 0x62D0: 7, 0x6D1E: 0,
                 0x7695: 200, 0x79ED: 10**9, 0x920E: 9, 0x94A9: 9}

CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co".split()
BIDI = " L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON LRI RLI FSI PDI".split(" ")
WIDTHS = "N H W Na A F".split()
FLAGS = ("alpha decimal digit numeric lower upper title cased case_ignorable printable space linebreak "
         "xid_start xid_continue mirrored").split()


class Ucd:
    """The text files, read into plain dictionaries and sets keyed by code point."""

    def __init__(self, folder):
        self.folder = folder
        self.names = {}          # code point -> name, for characters listed one by one
        self.fields = {}         # code point -> fields of UnicodeData.txt
        self.ideographs = []     # (first, last) of the CJK unified ideograph ranges
        self.read_characters()
        self.width = self.ranges("EastAsianWidth.txt")
        for c in DELTA_WIDE:
            self.width[c] = "W"
        core = self.properties("DerivedCoreProperties.txt")
        self.xid_start, self.xid_continue = core["XID_Start"], core["XID_Continue"]
        self.lower, self.upper = core["Lowercase"], core["Uppercase"]
        self.cased, self.case_ignorable = core["Cased"], core["Case_Ignorable"]
        for c, fields in self.fields.items():
            if c not in self.xid_start and 0x2EBF0 <= c <= 0x2EE5D:
                self.xid_start.add(c)
                self.xid_continue.add(c)
        self.xid_continue.update(DELTA_XID_CONTINUE)
        self.line_break = self.ranges("LineBreak.txt")
        self.read_numeric()
        self.read_special_casing()
        self.read_case_folding()
        self.read_quick_checks()
        self.exclusions = self.properties("DerivedNormalizationProps.txt")["Full_Composition_Exclusion"]
        self.aliases = [(int(f[0], 16), f[1]) for f in self.rows("NameAliases.txt")]
        self.sequences = [(f[0], [int(x, 16) for x in f[1].split()]) for f in self.rows("NamedSequences.txt")]

    def text(self, name):
        path = os.path.join(self.folder, name)
        if os.path.exists(path):
            return open(path, encoding="utf-8").read()
        return bz2.open(path + ".bz2", "rt", encoding="utf-8").read()

    def rows(self, name):
        for line in self.text(name).splitlines():
            line = line.partition("#")[0].strip()
            if line:
                yield [field.strip() for field in line.split(";")]

    @staticmethod
    def span(text):
        first, _, last = text.partition("..")
        return range(int(first, 16), int(last or first, 16) + 1)

    def ranges(self, name):
        return {c: f[1] for f in self.rows(name) for c in self.span(f[0])}

    def properties(self, name):
        found = defaultdict(set)
        for f in self.rows(name):
            found[f[1]].update(self.span(f[0]))
        return found

    def read_characters(self):
        first = None
        for line in (self.text("UnicodeData.txt") + DELTA_CHARACTERS).splitlines():
            f = line.split(";")
            c, name = int(f[0], 16), f[1]
            if name.endswith(", First>"):
                first = c
            elif name.endswith(", Last>"):
                for inside in range(first, c + 1):
                    self.fields[inside] = f
                if name.startswith("<CJK Ideograph"):
                    self.ideographs.append((first, c))
            else:
                self.fields[c] = f
                if not name.startswith("<"):
                    self.names[c] = name

    def read_numeric(self):
        self.numeric = {c: Fraction(f[8]) for c, f in self.fields.items() if f[8]}
        for line in self.text("Unihan_NumericValues.txt").splitlines():
            if line.startswith("U+"):
                code, _, value = line.split("\t")
                self.numeric[int(code[2:], 16)] = Fraction(value.replace(",", "").split()[0])
        self.numeric.update({c: Fraction(v) for c, v in DELTA_NUMERIC.items()})

    def read_special_casing(self):
        self.special = {}
        for f in self.rows("SpecialCasing.txt"):
            if f[4]:
                continue  # conditional: only the final sigma concerns Python, and that one is code
            self.special[int(f[0], 16)] = [[int(x, 16) for x in f[i].split()] for i in (1, 2, 3)]

    def read_case_folding(self):
        self.folding = {}
        for f in self.rows("CaseFolding.txt"):
            if f[1] in "CF":
                self.folding[int(f[0], 16)] = [int(x, 16) for x in f[2].split()]

    def read_quick_checks(self):
        """Two bits a form, NFD lowest, then NFKD, NFC, NFKC: 0 yes, 1 maybe, 2 no."""
        self.quick = Counter()
        place = {"NFD_QC": 0, "NFKD_QC": 2, "NFC_QC": 4, "NFKC_QC": 6}
        for f in self.rows("DerivedNormalizationProps.txt"):
            if f[1] in place:
                for c in self.span(f[0]):
                    self.quick[c] |= {"M": 1, "N": 2}[f[2]] << place[f[1]]


def two_stage(values):
    """Split into (shift, stage one, stage two) of least total size."""
    best = None
    for shift in range(4, 9):
        blocks, one, two = {}, [], []
        for start in range(0, LIMIT, 1 << shift):
            block = tuple(values[start:start + (1 << shift)])
            if block not in blocks:
                blocks[block] = len(blocks)
                two.extend(block)
            one.append(blocks[block])
        size = len(one) * width_of(one) + len(two) * width_of(two)
        if best is None or size < best[0]:
            best = size, shift, one, two
    return best[1:]


def width_of(values):
    top = max(values)
    return 1 if top < 1 << 8 else 2 if top < 1 << 16 else 4


class Writer:
    def __init__(self, path, what):
        self.out = open(path, "w", encoding="ascii", newline="\n")
        self.bytes = 0
        self.out.write(f"// {what}, Unicode {VERSION}. Generated by tools/unicode/generate.py: do not edit.\n"
                       "// Derived from the Unicode Character Database, (c) Unicode, Inc., used under the Unicode License\n"
                       "// (https://www.unicode.org/license.txt).\n")

    def line(self, text):
        self.out.write(text + "\n")

    def wrapped(self, items):
        row, length = [], 0
        for item in items:
            if length + len(item) + 1 > 118:
                self.line(",".join(row) + ",")
                row, length = [], 0
            row.append(item)
            length += len(item) + 1
        if row:
            self.line(",".join(row))

    def array(self, name, values, ctype=None):
        size = width_of(values)
        ctype = ctype or {1: "uint8_t", 2: "uint16_t", 4: "uint32_t"}[size]
        self.bytes += size * len(values)
        self.line(f"\nconstexpr {ctype} {name}[{len(values)}] = {{")
        self.wrapped([str(v) for v in values])
        self.line("};")

    def octets(self, name, data):
        """A byte table as a string literal: compilers read those far faster than lists of numbers."""
        self.bytes += len(data)
        self.line(f"\nconstexpr char {name}[{len(data) + 1}] =")
        row = ""
        for i, b in enumerate(data):
            if 32 <= b < 127 and chr(b) not in '"\\?':
                row += chr(b)
            elif i + 1 < len(data) and chr(data[i + 1]) in "01234567":
                row += f"\\{b:03o}"
            else:
                row += f"\\{b:o}"
            if len(row) > 112:
                self.line(f'"{row}"')
                row = ""
        self.line(f'"{row}";')

    def rows(self, name, ctype, rows, size):
        self.bytes += size * len(rows)
        self.line(f"\nconstexpr {ctype} {name}[{len(rows)}] = {{")
        self.wrapped(["{" + ",".join(str(v) for v in row) + "}" for row in rows])
        self.line("};")

    def staged(self, prefix, values):
        shift, one, two = two_stage(values)
        self.line(f"\nconstexpr unsigned {prefix}Shift = {shift};")
        self.array(prefix + "Stage1", one)
        self.array(prefix + "Stage2", two)


def flags_of(ucd, c, f):
    category, bidi = f[2], f[4]
    on = {
        "alpha": category in ("Lm", "Lt", "Lu", "Ll", "Lo"),
        "decimal": bool(f[6]),
        "digit": bool(f[7]),
        "numeric": c in ucd.numeric,
        "lower": c in ucd.lower,
        "upper": c in ucd.upper,
        "title": category == "Lt",
        "cased": c in ucd.cased,
        "case_ignorable": c in ucd.case_ignorable,
        "printable": c == 0x20 or category[0] not in "CZ",
        "space": category == "Zs" or bidi in ("WS", "B", "S"),
        "linebreak": bidi == "B" or (ucd.line_break.get(c) in ("BK", "CR", "LF", "NL")),
        "xid_start": c in ucd.xid_start,
        "xid_continue": c in ucd.xid_continue,
        "mirrored": f[9] == "Y",
    }
    return sum(1 << i for i, name in enumerate(FLAGS) if on[name])


def case_row(ucd, c, f, specials):
    """(upper, lower, title as distances, then places of the full upper, lower, title, fold mapping or 0)."""
    upper = int(f[12], 16) if f[12] else c
    lower = int(f[13], 16) if f[13] else c
    title = int(f[14], 16) if f[14] else upper

    def place(codes):
        key = tuple(codes)
        if key not in specials:
            specials[key] = specials["end"]
            specials["end"] += 1 + len(key)
        return specials[key]

    full = [0, 0, 0, 0]
    if c in ucd.special:
        lower_full, title_full, upper_full = ucd.special[c]
        for i, (codes, simple) in enumerate(((upper_full, upper), (lower_full, lower), (title_full, title))):
            if codes != [simple]:
                full[i] = place(codes)
    fold = ucd.folding.get(c, [c])
    if fold != [lower]:
        full[3] = place(fold)
    return (upper - c, lower - c, title - c, *full)


def write_data(ucd, path):
    w = Writer(path, "Character properties and case mappings")
    unassigned = ["", "", "Cn", "0", "", "", "", "", "", "N", "", "", "", "", ""]
    numerics = [None] + sorted(set(ucd.numeric.values()))
    numeric_index = {v: i for i, v in enumerate(numerics)}
    assert len(numerics) < 256
    cases = {(0,) * 7: 0}
    specials = {"end": 1}
    records, index = {}, []
    for c in range(LIMIT):
        f = ucd.fields.get(c, unassigned)
        case = cases.setdefault(case_row(ucd, c, f, specials), len(cases))
        digit = int(f[7] or f[6] or 0)
        record = (flags_of(ucd, c, f), CATEGORIES.index(f[2]), BIDI.index(f[4]), int(f[3]),
                  WIDTHS.index(ucd.width.get(c, "N")), digit, numeric_index[ucd.numeric.get(c)], ucd.quick[c], case)
        index.append(records.setdefault(record, len(records)))

    w.line(f'\nconstexpr char kUnicodeVersion[] = "{VERSION}";')
    w.line("\n// Bits of CharRecord::flags.")
    w.line("enum Flag : uint16_t {")
    for i, name in enumerate(FLAGS):
        w.line(f"  k{''.join(p.capitalize() for p in name.split('_'))} = 1 << {i},")
    w.line("};")
    w.line("\nconstexpr char kCategories[][3] = {" + ", ".join(f'"{x}"' for x in CATEGORIES) + "};")
    w.line("constexpr char kBidiClasses[][4] = {" + ", ".join(f'"{x}"' for x in BIDI) + "};")
    w.line("constexpr char kWidths[][3] = {" + ", ".join(f'"{x}"' for x in WIDTHS) + "};")
    w.rows("kRecords", "CharRecord", list(records), 12)
    w.staged("kRecord", index)
    w.rows("kCases", "CaseRecord", list(cases), 20)
    flat = [0]
    for key in specials:
        if key != "end":
            flat += [len(key), *key]
    w.array("kSpecialCases", flat, "char32_t")
    w.bytes += 8 * len(numerics)
    w.line(f"\nconstexpr double kNumericValues[{len(numerics)}] = {{")
    w.wrapped(["0"] + [f"{v.numerator}.0" + (f"/{v.denominator}.0" if v.denominator != 1 else "") for v in numerics[1:]])
    w.line("};")
    return w.bytes


def write_decompositions(ucd, path):
    w = Writer(path, "Decompositions and compositions")
    tags = [""]
    blob, index, pairs = [0], [0] * LIMIT, []
    for c in sorted(ucd.fields):
        text = ucd.fields[c][5]
        if not text:
            continue
        parts = text.split()
        tag = parts.pop(0) if parts[0].startswith("<") else ""
        if tag not in tags:
            tags.append(tag)
        codes = [int(p, 16) for p in parts]
        index[c] = len(blob)
        blob += [tags.index(tag) << 8 | len(codes), *codes]
        if not tag and len(codes) == 2 and c not in ucd.exclusions:
            pairs.append((codes[0], codes[1], c))
    w.line("\n// Decompositions: a head (tag number << 8 | length), then the code points; place 0 is none.")
    w.line("constexpr char kDecompositionTags[][12] = {" + ", ".join(f'"{t}"' for t in tags) + "};")
    w.array("kDecompositions", blob, "char32_t")
    w.staged("kDecomposition", index)
    w.line("\n// Canonical compositions, sorted by first, then second.")
    w.rows("kCompositions", "Composition", sorted(pairs), 12)
    return w.bytes


def write_names(ucd, path):
    w = Writer(path, "Character names, aliases and named sequences")

    # Names that end in their own code point are a rule; a run of them is one row.
    rules = [(a, b, "CJK UNIFIED IDEOGRAPH-") for a, b in ucd.ideographs]
    listed = []
    for c in sorted(ucd.names):
        name, suffix = ucd.names[c], f"{c:04X}"
        if name.endswith("-" + suffix):
            prefix = name[:-len(suffix)]
            if rules and rules[-1][1] == c - 1 and rules[-1][2] == prefix:
                rules[-1] = (rules[-1][0], c, prefix)
            else:
                rules.append((c, c, prefix))
        else:
            listed.append(c)
    rules.sort()
    prefixes = sorted({r[2] for r in rules})
    w.line("\n// Prefixes of names that end in the code point itself, and the ranges that have them.")
    w.line("constexpr char kRulePrefixes[][32] = {" + ", ".join(f'"{p}"' for p in prefixes) + "};")
    w.rows("kRules", "NameRule", [(a, b, prefixes.index(p)) for a, b, p in rules], 12)

    runs = []
    for i, c in enumerate(listed):
        if runs and runs[-1][1] == c - 1:
            runs[-1][1] = c
        else:
            runs.append([c, c, i])
    w.line("\n// Runs of code points with listed names: first, last, number of the first one's name.")
    w.rows("kNameRuns", "NameRun", runs, 12)

    texts = [ucd.names[c] for c in listed]
    extra = [c for c, _ in ucd.aliases]
    texts += [name for _, name in ucd.aliases]
    sequences = [0]
    for name, codes in ucd.sequences:
        extra.append(LIMIT + len(sequences))
        sequences += [len(codes), *codes]
        texts.append(name)
    w.line(f"\nconstexpr unsigned kNameCount = {len(texts)};")
    w.line(f"constexpr unsigned kListedCount = {len(listed)};")
    w.line("// Targets of the names after the listed ones: aliases, then sequences (0x110000 + place in kSequences).")
    w.array("kExtraTargets", extra, "char32_t")
    w.array("kSequences", sequences, "char32_t")

    # Words by falling frequency: the first kShortWords take one byte, all others two.
    uses = Counter(word for text in texts for word in text.split(" "))
    words = sorted(uses, key=lambda word: (-uses[word], word))
    short = 256
    while short + (256 - short) * 256 < len(words):
        short -= 1
    number = {word: i for i, word in enumerate(words)}
    w.line(f"\nconstexpr unsigned kShortWords = {short};")
    w.octets("kWordText", "".join(words).encode())
    w.octets("kWordLengths", bytes(len(word) for word in words))
    w.array("kWordBlocks", block_starts([len(word) for word in words]), "uint32_t")

    coded = []
    for text in texts:
        out = bytearray()
        for word in text.split(" "):
            i = number[word]
            if i < short:
                out.append(i)
            else:
                high, low = divmod(i - short, 256)
                out += bytes([short + high, low])
        coded.append(bytes(out))
    w.line("\n// Each name is a string of word numbers; lengths are in bytes, and every 32nd start is stored.")
    w.octets("kNameText", b"".join(coded))
    w.octets("kNameLengths", bytes(len(code) for code in coded))
    w.array("kNameBlocks", block_starts([len(code) for code in coded]), "uint32_t")
    w.line("\n// Name numbers in the order of the names' text, for the search by name.")
    w.array("kNameOrder", sorted(range(len(texts)), key=lambda i: texts[i]), "uint16_t")
    return w.bytes


def block_starts(lengths, block=32):
    starts, at = [], 0
    for i, length in enumerate(lengths):
        if i % block == 0:
            starts.append(at)
        at += length
    return starts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ucd", default="/usr/share/unicode")
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--out", default=os.path.join(here, "..", "..", "src", "base"))
    args = parser.parse_args()
    ucd = Ucd(args.ucd)
    data = write_data(ucd, os.path.join(args.out, "unicode_data.inc"))
    normalize = write_decompositions(ucd, os.path.join(args.out, "unicode_normalize.inc"))
    names = write_names(ucd, os.path.join(args.out, "unicode_names.inc"))
    print(f"Unicode {VERSION}: properties {data} bytes, normalisation {normalize} bytes, names {names} bytes")


if __name__ == "__main__":
    main()
