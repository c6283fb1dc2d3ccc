# needs: 3.14
# The display of "invalid syntax" names a keyword that was perhaps meant; _metadata tells where to look for it.
import subprocess
import sys

for source in (
    "whille True:\n    pass\n",
    "x = 1\nif x:\n    pass\nelseif x:\n    pass\n",
    "def f():\n    returm 1\n",
    "with block ad something:\n    pass\n",
    "[\n123 fur x\nin range(3)\n]\n",
    "nonsense words here\n",
    "from __future__ import barry_as_FLUFL\na != b\n",
    "a = 1\nfrom __future__ import barry_as_FLUFL\n",
    "burft'{x=}'", "tfu'{x=}'", "turf'{x=}'", "brft'{x=}'", "rbr'x'",
):
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    print(run.returncode, run.stderr)
    try:
        compile(source, "x", "exec")
    except SyntaxError as error:
        metadata = getattr(error, "_metadata", None)
        if error.msg.startswith("invalid syntax"):
            print(metadata)
