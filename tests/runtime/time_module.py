# time: broken-down times, formatting, clocks, sleeping.
# needs: 3.14
import os, time
os.environ['TZ'] = 'EST+05EDT,M4.1.0,M10.5.0'; time.tzset()
print(time.tzname, time.timezone, time.altzone, time.daylight)
t = time.gmtime(1000000000); print(t, t.tm_zone, t.tm_gmtoff, tuple(t) == t, len(t), t[0], t[-1])
print(time.localtime(1000000000), time.localtime(1000000000).tm_zone)
print(time.asctime(t), time.ctime(0), time.mktime(time.localtime(1234567890)))
print(time.strftime('%Y-%m-%d %H:%M:%S %j %a %A %b %B %U %w %y %% %p', t), repr(time.strftime('', t)), repr(time.strftime('%%\u20ac', t)))
print(repr(time.struct_time(range(9))), time.struct_time(range(11)).tm_zone)
for args in ((range(8),), (range(12),), (5,)):
    try: time.struct_time(*args)
    except TypeError as e: print('TypeError', e)
for f, a in ((time.strftime, ('%Y', (2000, 13, 1, 0, 0, 0, 0, 1, 0))), (time.strftime, ('%Y', (2000, 1, 32, 0, 0, 0, 0, 1, 0))), (time.asctime, ((2000, 1, 1, 24, 0, 0, 0, 1, 0),)),
             (time.asctime, ('x',)), (time.mktime, ((1, 2),)), (time.gmtime, (1e300,)), (time.gmtime, (float('nan'),)), (time.sleep, (-1,)), (time.sleep, ('x',))):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
a = time.monotonic_ns(); time.sleep(0.02); b = time.monotonic_ns(); print(20_000_000 <= b - a < 2_000_000_000)
print(abs(time.time() - time.time_ns() / 1e9) < 1, time.perf_counter() > 0, time.process_time() > 0, time.thread_time() > 0)
i = time.get_clock_info('monotonic'); print(i.monotonic, i.adjustable, i.implementation, i.resolution < 1e-3)
try: time.get_clock_info('x')
except ValueError as e: print('ValueError', e)
print(time.clock_gettime(time.CLOCK_MONOTONIC) > 0, time.clock_getres(time.CLOCK_MONOTONIC) > 0)
print(time.struct_time.n_fields, time.struct_time.n_sequence_fields, time.struct_time.n_unnamed_fields, time.struct_time.__match_args__[:2], t.__reduce__()[1][1])
