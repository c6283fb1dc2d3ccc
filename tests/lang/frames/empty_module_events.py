# needs: 3.12
# A module without statements has one line to stop at, number 0; and sys holds all of its attributes.
import sys


def trace(frame, event, argument):
    if frame.f_code.co_filename == "z":
        print(frame.f_lineno, event)
    return trace


for source in ("", "# comment\n", "pass", "global q", "\n\n'doc'"):
    code = compile(source, "z", "exec")
    print(repr(source), [line for _, _, line in code.co_lines()])
    sys.settrace(trace)
    exec(code)
    sys.settrace(None)

print(set(dir(sys)) == set(vars(sys)), sys.__dict__["float_info"] is sys.float_info, "__getattr__" in vars(sys))
