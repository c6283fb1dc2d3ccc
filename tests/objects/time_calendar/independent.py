# time and calendar pieces that do not depend on now.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import time, calendar
show(r"""
time.gmtime(0)[:6], time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(86400)), time.asctime(time.gmtime(0)), calendar.timegm((1970, 1, 2, 0, 0, 0)), time.strptime('2024-02-29', '%Y-%m-%d')[:3], time.struct_time((2024, 1, 2, 3, 4, 5, 1, 2, 0)).tm_year, calendar.isleap(2024), tuple(map(int, calendar.monthrange(2024, 2))), int(calendar.weekday(2024, 1, 1)), calendar.month(2024, 2), calendar.leapdays(2000, 2025), list(calendar.day_abbr), calendar.monthcalendar(2024, 2), time.monotonic() <= time.monotonic(), time.time() > 1e9, isinstance(time.perf_counter_ns(), int), time.sleep(0)
time.strptime('x', '%Y')
time.gmtime('a')
time.struct_time((1,))
time.sleep(-1)
time.strftime(5)
""")
