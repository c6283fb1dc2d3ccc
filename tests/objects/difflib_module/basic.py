# difflib ratios, matches and diffs.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import difflib as d
show(r"""
d.SequenceMatcher(None, 'abcd', 'bcde').ratio(), d.get_close_matches('appel', ['ape', 'apple', 'peach']), list(d.unified_diff(['a\n', 'b\n'], ['a\n', 'c\n'], lineterm='\n')), list(d.ndiff(['one\n'], ['ore\n'])), d.SequenceMatcher(None, 'qabxcd', 'abycdf').get_opcodes(), [tuple(m) for m in d.SequenceMatcher(None, 'abxcd', 'abcd').get_matching_blocks()], list(d.context_diff(['a'], ['b'], lineterm='')), list(d.restore(d.ndiff(['a\n'], ['b\n']), 2))
""")
