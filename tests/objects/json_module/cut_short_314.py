# needs: 3.14
# Texts that end inside an escape, and levels of indentation below none.
import json
import json.encoder

for text in (r'"\u0041', r'"\ud834', r'"\ud834\udd1e', r'"\u004', r'"\ud834\udd1', r'"\ud834\u', r'{"a": "\u0041', '"\\',
             r'"\ud834\u"'):
    try:
        json.loads(text)
    except json.JSONDecodeError as e:
        print(text, e.msg, e.pos)

encode = json.encoder.c_make_encoder(None, str, json.encoder.c_encode_basestring, "\t", ": ", ", ", False, False, False)
for level in (0, 2, -3):
    print(encode(["spam", {"ham": "eggs"}], level)[0])
