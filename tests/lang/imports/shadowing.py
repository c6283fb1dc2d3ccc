# needs: 3.14
# A script's neighbour that hides a module of the library is named where something is missing from it.
import os
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    def write(name, text):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)

    def run(name, *options):
        done = subprocess.run([sys.executable, *options, os.path.join(folder, name)], capture_output=True, text=True)
        print(name, done.stderr.strip().split("\n")[-1].replace(folder, "FOLDER").replace("/private", ""))

    write("fractions.py", "shadowed = 1\n")
    write("attribute.py", "import fractions\nfractions.Fraction\n")
    write("name.py", "from fractions import Fraction\n")
    write("changed.py", "import sys\nimport fractions\nsys.path = ['?']\nfractions.Fraction\n")
    write("numpy.py", "import numpy\nnumpy.array\n")
    write("numpy2.py", "from numpy2 import array\n")
    for name in ("attribute.py", "name.py", "changed.py", "numpy.py", "numpy2.py"):
        run(name)
    run("attribute.py", "-P")
