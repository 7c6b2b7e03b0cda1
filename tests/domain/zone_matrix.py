#!/usr/bin/python3
"""Every zone of tzdata around its clock changes of 2026 to 2028, as Python's zoneinfo sees them.

Prints two kinds of lines:  U zone minute day hour minute-of-hour   (an instant and its local time)
                            L zone day hour minute-of-hour instant exists   (a local time and its first instant)
where instants are minutes since 1970 and days are numbered from 1970-01-01."""
import datetime as dt
import zoneinfo

UTC = dt.timezone.utc
EPOCH = dt.date(1970, 1, 1)


def minute(t):
    return int(t.timestamp()) // 60


def changes(zone):
    """Days between whose noons the offset changes."""
    day, before = dt.datetime(2026, 1, 1, 12, tzinfo=UTC), None
    while day.year < 2029:
        offset = day.astimezone(zone).utcoffset()
        if before is not None and offset != before:
            yield day
        before = offset
        day += dt.timedelta(days=1)


for name in sorted(zoneinfo.available_timezones()):
    if name in ("localtime", "Factory") or name.startswith(("posix", "right")):
        continue
    zone = zoneinfo.ZoneInfo(name)
    found = list(changes(zone))[:4] or [dt.datetime(2026, 6, 1, 12, tzinfo=UTC)]
    for noon in found:
        for half_hours in range(-60, 12):
            instant = noon + dt.timedelta(minutes=30 * half_hours)
            t = instant.astimezone(zone)
            print("U", name, minute(instant), (t.date() - EPOCH).days, t.hour, t.minute)
            local = t.replace(tzinfo=zone, fold=0)
            first = minute(local)
            print("L", name, (t.date() - EPOCH).days, t.hour, t.minute, first, 1)
            asked = (noon + dt.timedelta(minutes=30 * half_hours)).replace(tzinfo=zone)
            back = asked.astimezone(UTC).astimezone(zone)
            exists = back.replace(tzinfo=None) == asked.replace(tzinfo=None)
            print("L", name, (asked.date() - EPOCH).days, asked.hour, asked.minute, minute(asked), int(exists))
