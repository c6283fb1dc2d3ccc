"""resource: limits are read and set, and wrong ones are told."""
import resource

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, [64, hard])
print(resource.getrlimit(resource.RLIMIT_NOFILE) == (64, hard))
print(resource.prlimit(0, resource.RLIMIT_NOFILE, (soft, hard)) == (64, hard))
print(resource.prlimit(0, resource.RLIMIT_NOFILE) == (soft, hard))
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
print(resource.getrlimit(resource.RLIMIT_CORE)[0], resource.RLIM_INFINITY)


class Limits:
    """A sequence that counts how it is read."""

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return (soft, hard)[i]


resource.setrlimit(resource.RLIMIT_NOFILE, Limits())

for text in (
    "getrlimit(99)", "getrlimit(-1)", "setrlimit(1, (1, 2, 3))", "setrlimit(1, ())", "setrlimit(1, 5)",
    "setrlimit(1, (-2, 2))", "setrlimit(1, (2 ** 70, 2))", "setrlimit(1, ('a', 2))", "setrlimit(1, (9, 2))",
    "getrusage(77)", "prlimit(0, 99)", "getrlimit('x')",
):
    try:
        print(text, eval("resource." + text))
    except Exception as error:
        print(text, type(error).__name__, error)

use = resource.getrusage(resource.RUSAGE_SELF)
print(type(use).__name__, len(use), use[0] == use.ru_utime, use.ru_utime + use.ru_stime > 0, use.ru_maxrss > 1000)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >= 0, resource.error is OSError)
print(resource.getpagesize() in (4096, 16384, 65536))
