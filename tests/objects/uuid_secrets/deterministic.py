# uuid values derived from names and fields.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import uuid
show(r"""
uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'x'), uuid.UUID('12345678-1234-5678-1234-567812345678').hex, uuid.UUID(int=5), uuid.UUID(bytes=bytes(16)).version, uuid.UUID('{12345678123456781234567812345678}').fields, uuid.uuid4().version, uuid.UUID(int=1) < uuid.UUID(int=2), str(uuid.UUID(int=255)), uuid.UUID(int=7).int, repr(uuid.UUID(int=0))
uuid.UUID('x')
uuid.UUID()
uuid.UUID(int=-1)
""")
