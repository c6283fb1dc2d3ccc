"""Runs the tests of one module of CPython's suite inside the interpreter that executes this file.

    INTERPRETER driver.py MODULE RESULTS DONE

MODULE is a name such as test_list. Each event is one line appended to the file RESULTS the moment it happens, so that
what is known survives a crash:

    L <count>                                the module is loaded and has that many tests
    S <test>                                 a test starts
    R <test> <outcome> <milliseconds> <why>  it has ended: pass, fail, error, skip
    X <what> <why>                           an error outside any test (a class's or the module's preparation)
    E                                        everything has run

The fields are separated by tabs. Tests named in the file DONE, one a line, are left out: this is how a run goes on after a
test that took the process down. Tracebacks go to standard error.
"""

import os
import sys
import time
import unittest

module_name, results_path, done_path = sys.argv[1:4]
del sys.argv[1:]
# The folder of this file is none of the suite's business.
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != here]

results = os.open(results_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)


def emit(*fields):
    line = "\t".join(str(field).replace("\t", " ").replace("\n", " ") for field in fields)
    os.write(results, (line + "\n").encode("utf-8", "backslashreplace"))


def describe(err):
    """The last line of a traceback, and where it was raised."""
    kind, value = err[0], err[1]
    try:
        lines = str(value).splitlines() or [""]
        text = lines[0]
        # A difference of two long texts starts with a useless line; the next ones say more.
        if len(lines) > 1 and len(text) < 60:
            text += " | " + " | ".join(line for line in lines[1:4] if line)
    except BaseException as error:
        text = "str() failed with " + type(error).__name__
    return kind.__name__ + ": " + text[:300]


rank = {"pass": 0, "skip": 1, "fail": 2, "error": 3}


class Result(unittest.TestResult):
    """Tells RESULTS about each test as it ends; the worst of a test's outcomes counts."""

    current = None
    name = outcome = why = started = None

    def startTest(self, test):
        super().startTest(test)
        self.current = test
        self.name = names.get(id(test)) or test.id()
        self.outcome, self.why = None, ""
        self.started = time.monotonic()
        emit("S", self.name)

    def note(self, test, outcome, why, err=None):
        if err is not None:
            try:
                text = self._exc_info_to_string(err, test)
            except BaseException as error:
                text = "no traceback: %r" % (error,)
            sys.__stderr__.write("=" * 100 + "\n%s: %s\n%s\n" % (outcome.upper(), self.name or test, text))
            sys.__stderr__.flush()
        if self.current is None:
            emit("X", getattr(test, "description", None) or test, why)
        elif self.outcome is None or rank[outcome] > rank[self.outcome]:
            self.outcome, self.why = outcome, why

    def stopTest(self, test):
        super().stopTest(test)
        milliseconds = int((time.monotonic() - self.started) * 1000)
        emit("R", self.name, self.outcome or "pass", milliseconds, self.why)
        self.current = self.name = None

    def addSuccess(self, test):
        self.note(test, "pass", "")

    def addError(self, test, err):
        self.note(test, "error", describe(err), err)

    def addFailure(self, test, err):
        self.note(test, "fail", describe(err), err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            outcome = "fail" if issubclass(err[0], test.failureException) else "error"
            self.note(test, outcome, describe(err), err)

    def addSkip(self, test, reason):
        # Skips of subtests leave the test itself as it is.
        if self.current is None or isinstance(test, unittest.TestCase) and test is self.current:
            self.note(test, "skip", reason)
            # A setUp that skips the test has no tearDown; the tool that test_monitoring takes there would be missed by all that follow.
            for tool in range(6) if hasattr(sys, "monitoring") else ():
                sys.monitoring.free_tool_id(tool)

    def addExpectedFailure(self, test, err):
        self.note(test, "pass", "")

    def addUnexpectedSuccess(self, test):
        self.note(test, "fail", "unexpected success")


def flatten(suite, into):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            flatten(test, into)
        elif test is not None:
            into.append(test)
    return into


names = {}
with open(done_path, encoding="utf-8") as file:
    done = set(file.read().split("\n"))


def run(suite):
    tests = flatten(suite, [])
    seen = {}
    wanted = unittest.TestSuite()
    for test in tests:
        name = test.id()
        prefix = "test." + module_name + "."
        if name.startswith(prefix):
            name = name[len(prefix):]
        seen[name] = count = seen.get(name, 0) + 1
        if count > 1:
            name += "#%d" % count
        names[id(test)] = name
        if name not in done:
            wanted.addTest(test)
    emit("L", len(tests))
    result = Result()
    result.keep = tests  # names are by identity
    wanted.run(result)


def prepare_support():
    """What libregrtest sets before it runs a module without further options."""
    from test import support
    support.use_resources = []
    support.verbose = False
    support.record_original_stdout(sys.stdout)
    # A mark of CPython's implementation details may say so in words of its own: let the reason name it.
    impl_detail = support.impl_detail

    def named(msg=None, **guards):
        return impl_detail(msg and msg + " (implementation detail)", **guards)

    support.impl_detail = named
    return support


def main():
    try:
        support = prepare_support()
    except Exception as error:
        support = None
        sys.excepthook(*sys.exc_info())
        emit("X", "test.support", describe((type(error), error)))
    import importlib
    try:
        module = importlib.import_module("test." + module_name)
    except BaseException as error:
        if isinstance(error, unittest.SkipTest):
            emit("X", "module skipped", str(error))
        else:
            sys.excepthook(*sys.exc_info())
            emit("X", "import", describe((type(error), error)))
        emit("E")
        return
    loader = unittest.TestLoader()
    test_main = getattr(module, "test_main", None)
    if test_main is None or support is None:
        suite = loader.loadTestsFromModule(module)
    else:
        # Modules of the old kind say in test_main what they run: ask it.
        import doctest
        suite = unittest.TestSuite()

        def run_unittest(*classes):
            for item in classes:
                if isinstance(item, str):
                    item = loader.loadTestsFromModule(sys.modules[item])
                elif isinstance(item, type):
                    item = loader.loadTestsFromTestCase(item)
                suite.addTest(item)

        def run_doctest(module, *args, **kwargs):
            suite.addTest(doctest.DocTestSuite(module))
            return 0, 0

        support.run_unittest, support.run_doctest = run_unittest, run_doctest
        test_main()
    for error in loader.errors:
        sys.stderr.write(error)
    run(suite)
    emit("E")


main()
sys.stdout.flush()
os._exit(0)
