# A finalizer that waits in one thread does not keep another thread's finalizers from running.
import gc
import threading

entered = threading.Event()
ended = threading.Event()
found = []


class Waits:
    def __del__(self):
        entered.set()
        found.append(ended.wait(30))


class Ends:
    def __del__(self):
        ended.set()


def wait():
    Waits()
    gc.collect()


thread = threading.Thread(target=wait)
thread.start()
entered.wait()
Ends()
gc.collect()
thread.join()
print(found)

# Nor does it stay so in the child of a fork, where that thread is not.
import os

entered.clear()
ended.clear()
thread = threading.Thread(target=wait)
thread.start()
entered.wait()
child = os.fork()
if child == 0:
    gc.collect()
    Ends()
    gc.collect()
    os._exit(0 if ended.is_set() else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
ended.set()
thread.join()
