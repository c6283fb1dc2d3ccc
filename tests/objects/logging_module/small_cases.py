# logging to a stream.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
import logging, sys
h = logging.StreamHandler(sys.stdout); h.setFormatter(logging.Formatter('%(levelname)s:%(name)s:%(message)s'))
log = logging.getLogger('app'); log.addHandler(h); log.setLevel(logging.INFO); log.propagate = False
log.debug('hidden'); log.info('shown %d', 5); log.warning('%s-%s', 'a', 'b'); log.error('e'); log.critical('c'); log.log(25, 'custom')
child = logging.getLogger('app.child'); child.info('from child'); print(child.getEffectiveLevel(), log.isEnabledFor(10), logging.getLevelName(30))
try: 1 / 0
except ZeroDivisionError: log.error('failed', exc_info=False)
h2 = logging.StreamHandler(sys.stdout); h2.setLevel(logging.ERROR); log.addHandler(h2); log.error('twice'); log.removeHandler(h2)
class F(logging.Filter):
    def filter(self, r): return 'secret' not in r.getMessage()
log.addFilter(F()); log.info('secret x'); log.info('public')
print(logging.getLogger('app') is log, log.name, repr(log))
log.setLevel('NOPE')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
