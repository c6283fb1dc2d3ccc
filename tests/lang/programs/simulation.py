# A bank, an event queue and a state machine with classes, properties and exceptions.
class InsufficientFunds(Exception):
    def __init__(self, need, have): super().__init__(f'need {need}, have {have}'); self.need, self.have = need, have
class Account:
    _next = 1
    def __init__(self, owner, balance=0): self.owner, self._balance, self.id, self.log = owner, balance, Account._next, []; Account._next += 1
    @property
    def balance(self): return self._balance
    def deposit(self, n):
        if n <= 0: raise ValueError('must be positive')
        self._balance += n; self.log.append(('dep', n))
    def withdraw(self, n):
        if n > self._balance: raise InsufficientFunds(n, self._balance)
        self._balance -= n; self.log.append(('wd', n))
    def __lt__(self, o): return self.balance < o.balance
    def __repr__(self): return f'<{self.owner}: {self.balance}>'
class Savings(Account):
    rate = 5
    def interest(self): self.deposit(self.balance * self.rate // 100)
a, b = Account('ann', 100), Savings('bob', 200)
a.deposit(50); b.withdraw(20); b.interest(); print(a, b, a.log, b.log, sorted([b, a]), b.id)
for f in (lambda: a.withdraw(1000), lambda: a.deposit(-1), lambda: setattr(a, 'balance', 5)):
    try: f()
    except InsufficientFunds as e: print(e, e.need - e.have)
    except (ValueError, AttributeError) as e: print(type(e).__name__)
class Machine:
    table = {('idle', 'coin'): 'ready', ('ready', 'push'): 'idle', ('ready', 'coin'): 'ready'}
    def __init__(self): self.state, self.history = 'idle', []
    def fire(self, ev):
        new = self.table.get((self.state, ev))
        if new is None: raise RuntimeError(f'{ev} in {self.state}')
        self.history.append((self.state, new)); self.state = new
        return getattr(self, 'on_' + new, lambda: 'no handler')()
    def on_ready(self): return 'unlocked'
m = Machine(); print(m.fire('coin'), m.fire('coin'), m.fire('push'), m.history)
try: m.fire('push')
except RuntimeError as e: print(e)
def events():
    q, t = [(0, 'start')], 0
    while q and t < 12:
        q.sort(); t, n = q.pop(0); yield t, n
        if n == 'start': q += [(t + 3, 'a'), (t + 5, 'b')]
        elif n == 'a': q.append((t + 3, 'a'))
        elif n == 'b': q.append((t + 4, 'c'))
print(list(events()))
