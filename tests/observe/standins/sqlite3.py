"""In the place of sqlite3, whose C part Krait does not have: another Python (KRAIT_SQLITE_PYTHON) keeps the database, and what is asked goes
to it as lines of JSON. What coverage.py asks, no more."""
import base64
import json
import os
import subprocess
import threading

SERVER = r"""
import base64, json, sqlite3, sys
def plain(v): return {"bytes": base64.b64encode(v).decode()} if isinstance(v, bytes) else v
def value(v): return base64.b64decode(v["bytes"]) if isinstance(v, dict) else v
connections = {}
for line in sys.stdin:
    name, number, sql, rows = json.loads(line)
    try:
        if name == "connect":
            connections[number] = sqlite3.connect(sql)
            answer = sqlite3.sqlite_version
        elif name == "executemany":
            connections[number].executemany(sql, [tuple(map(value, r)) for r in rows])
            answer = []
        elif name == "execute":
            cursor = connections[number].execute(sql, tuple(map(value, rows)))
            answer = [[list(map(plain, r)) for r in cursor], cursor.lastrowid, cursor.rowcount]
        elif name == "executescript":
            connections[number].executescript(sql)
            answer = []
        else:
            answer = getattr(connections[number], name)()
    except sqlite3.Error as e:
        answer = {"error": type(e).__name__, "text": str(e)}
    print(json.dumps(answer), flush=True)
"""

version = "stand-in"
sqlite_version = "unknown"


class Error(Exception):
    pass


class OperationalError(Error):
    pass


class DatabaseError(Error):
    pass


_lock = threading.Lock()
_server = None
_count = 0


def _plain(v):
    return {"bytes": base64.b64encode(v).decode()} if isinstance(v, bytes) else v


def _ask(*question):
    global _server
    with _lock:
        if _server is None:
            _server = subprocess.Popen([os.environ["KRAIT_SQLITE_PYTHON"], "-I", "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       encoding="utf-8")
        _server.stdin.write(json.dumps(question) + "\n")
        _server.stdin.flush()
        answer = json.loads(_server.stdout.readline())
    if isinstance(answer, dict):
        raise {"OperationalError": OperationalError, "DatabaseError": DatabaseError}.get(answer["error"], Error)(answer["text"])
    return answer


class Cursor:
    def __init__(self, rows, lastrowid, rowcount):
        self.rows = iter([tuple(base64.b64decode(v["bytes"]) if isinstance(v, dict) else v for v in row) for row in rows])
        self.lastrowid, self.rowcount = lastrowid, rowcount

    def __iter__(self):
        return self.rows

    def fetchall(self):
        return list(self.rows)

    def fetchone(self):
        return next(self.rows, None)

    def close(self):
        pass


class Connection:
    def __init__(self, filename):
        global _count
        _count += 1
        self.number = _count
        _ask("connect", self.number, filename, [])

    def create_function(self, name, arguments, function):
        pass  # REGEXP, which only reports by context ask for

    def execute(self, sql, parameters=()):
        return Cursor(*_ask("execute", self.number, sql, list(map(_plain, parameters))))

    def executemany(self, sql, rows):
        _ask("executemany", self.number, sql, [list(map(_plain, row)) for row in rows])
        return Cursor([], None, -1)

    def executescript(self, sql):
        _ask("executescript", self.number, sql, [])
        return Cursor([], None, -1)

    def commit(self):
        _ask("commit", self.number, "", [])

    def close(self):
        _ask("close", self.number, "", [])

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        _ask("rollback" if kind else "commit", self.number, "", [])


def connect(filename, check_same_thread=True):
    return Connection(filename)
