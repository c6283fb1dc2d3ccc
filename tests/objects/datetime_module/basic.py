# datetime: construction, arithmetic, formatting, parsing, comparison, errors.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from datetime import date, time, datetime, timedelta, timezone
d = date(2024, 2, 29); t = time(1, 2, 3, 4); dt = datetime(2024, 2, 29, 12, 30, 45, 123456)
print(d, repr(d), d.year, d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), date.fromordinal(738945), d.replace(year=2020), d.isoformat(), d.ctime(), d.timetuple()[:8], date.fromisoformat('2024-01-02'), date.min, date.max, d + timedelta(1), d - timedelta(days=60), d - date(2024, 1, 1), d < date(2025, 1, 1), hash(d) == hash(date(2024, 2, 29)), format(d, '%d/%m/%y'), f'{d:%A %B %j}')
print(t, repr(t), t.isoformat(), t.isoformat('minutes'), time(12).strftime('%I %p'), time.fromisoformat('04:05:06.789'), time.min, time.max, t.replace(hour=9), bool(time(0)), time(1) < time(2))
print(dt, repr(dt), dt.date(), dt.time(), dt.isoformat(' '), dt.isoformat(timespec='milliseconds'), dt.strftime('%Y-%m-%d %H:%M:%S.%f %%'), dt + timedelta(hours=12), dt - datetime(2024, 1, 1), datetime.fromisoformat('2024-01-02T03:04:05+02:00'), datetime.strptime('02 Jan 2024 05:06', '%d %b %Y %H:%M'), datetime.combine(d, t), dt.replace(microsecond=0), dt == datetime(2024, 2, 29), dt.timetuple()[:6], datetime.min, dt.weekday())
td = timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5); print(td, repr(td), td.days, td.seconds, td.microseconds, td.total_seconds(), -td, td * 2, td / 2, td // timedelta(hours=1), td % timedelta(hours=1), divmod(td, timedelta(hours=5)), td / timedelta(days=1), abs(timedelta(-1)), timedelta(weeks=1), timedelta(-1, 5), timedelta(0.5), timedelta(seconds=-1), repr(timedelta()), bool(timedelta()), timedelta(1) > timedelta(0), timedelta.max, timedelta.resolution, td * 1.5, str(timedelta(-1)), sum([td, td], timedelta()))
u = datetime(2024, 1, 1, 12, tzinfo=timezone.utc); e = timezone(timedelta(hours=-5), 'EST'); print(u, repr(u), u.astimezone(e), u.tzname(), u.astimezone(e).tzname(), u.utcoffset(), u.timestamp(), datetime.fromtimestamp(0, timezone.utc), u == u.astimezone(e), repr(e), str(timezone(timedelta(hours=5, minutes=30))), timezone.utc, time(1, tzinfo=e), u.isoformat(), u - u.astimezone(e), hash(u) == hash(u.astimezone(e)))
for f in (lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: date(2024, 13, 1), lambda: time(24), lambda: datetime(2024, 1, 1, 0, 60), lambda: date('a', 1, 1), lambda: date(1), lambda: date.fromisoformat('x'), lambda: datetime.strptime('x', '%Y'), lambda: d + 5, lambda: d < dt, lambda: u < dt, lambda: u - dt, lambda: timedelta(10**10), lambda: date.max + timedelta(1), lambda: td / 0, lambda: timedelta('a'), lambda: timezone(5), lambda: timezone(timedelta(hours=24)), lambda: d - 'a', lambda: datetime(1, 1, 1, tzinfo=5), lambda: dt == 5, lambda: td < 5, lambda: time(1) < 5, lambda: date.fromordinal(0)): err(f)
