# gc: collection of cycles, finalizers, callbacks and what it tells about objects.
import gc, weakref
class Node:
    def __init__(self): self.me = self
    def __del__(self): dead.append('del')
dead = []
n = Node(); r = weakref.ref(n); del n
print(gc.isenabled(), gc.collect() >= 0, r() is None, dead)
gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
old = gc.get_threshold(); gc.set_threshold(500, 5, 3); print(gc.get_threshold()[:2]); gc.set_threshold(*old)
for bad in (-1, 3):
    try: gc.collect(bad)
    except ValueError as e: print('ValueError', e)
events = []
def callback(phase, info): events.append((phase, info['generation'], sorted(info)))
gc.callbacks.append(callback); gc.collect(); gc.collect(0); gc.callbacks.remove(callback); print(events)
a = [1]; b = [a]; d = {'k': b}
print(any(x is b for x in gc.get_referrers(a)), any(x is d for x in gc.get_referrers(b)))
print(gc.get_referents(b) == [a], sorted(map(str, gc.get_referents({'x': 1}))), gc.get_referents())
print(any(x is a for x in gc.get_objects()), gc.is_tracked(a), gc.is_tracked(1), gc.is_tracked('s'))
class Undead:
    def __del__(self): alive.append(self)
alive = []
u = Undead(); u.c = u; del u; gc.collect(); print(len(alive), gc.is_finalized(alive[0]), gc.is_finalized(a))
del alive[:]; gc.collect(); print(len(alive))
print(len(gc.get_stats()), sorted(gc.get_stats()[0]), gc.garbage, gc.get_debug(), len(gc.get_count()))
gc.freeze(); print(gc.get_freeze_count() > 0); gc.unfreeze(); print(gc.get_freeze_count())
