# Grammar of import statements.
# needs: 3.14
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("import a", "import a.b.c", "import a as b", "import a.b as c", "import a, b as c, d.e", "from a import b", "from a import b as c, d", "from a import (b)", "from a import (b, c,)", "from a import (\n b,\n c as d\n)", "from . import a", "from .. import a", "from ... import a", "from .... import a", "from .a import b", "from ...a.b import c", "from a import *", "def f():\n from a import *", "class C:\n from a import *", "from a import b,", "from a import (b, c", "from a import ()", "from a import *, b", "from a import (*)", "import a.b as c.d", "import", "from a import", "from import a", "import a b", "from a import b c", "import .a", "import *", "from a import 1", "import 1", "from a import b.c", "import a from b", "from __future__ import annotations", "x = 1\nfrom __future__ import annotations", "from __future__ import braces", "from __future__ import nope", "from __future__ import *", "'doc'\nfrom __future__ import division", "import a as b as c", "from a import None", "import None", "from .import a", "from . . import a", "from . ...a import b"):
    syn(s)
