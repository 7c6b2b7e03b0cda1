"""
Every half hour of the week around each clock change of 2026 and 2027, in zones that change in different ways, as zoneinfo reads it.

Prints zone, local time, number of days, and the instants (minutes since 1970) of that local time on so many days from then on. fold=0 is
the first of two, and in a gap the offset before it (PEP 495), as RFC 5545 3.3.5 asks.
"""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = [
    "Europe/Amsterdam",
    "Europe/London",
    "Europe/Chisinau",      # changes at other hours
    "America/New_York",
    "America/St_Johns",     # half hours
    "America/Santiago",     # at midnight, in the south
    "Africa/Casablanca",    # around Ramadan
    "Asia/Beirut",          # the day begins at 01:00
    "Asia/Kolkata",         # never
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Chatham",      # quarters of an hour
]


def changes(zone):
    """Midnights (local, naive) of the days on which the offset changes; one common day where it never does."""
    day, found = datetime(2026, 9, 1), []
    while day < datetime(2027, 12, 1):
        after = day + timedelta(days=1)
        if day.replace(tzinfo=zone).utcoffset() != after.replace(tzinfo=zone).utcoffset():
            found.append(day)
        day = after
    return found or [datetime(2026, 11, 30)]


def minutes(local, zone):
    return int(local.replace(tzinfo=zone).astimezone(timezone.utc).timestamp()) // 60


for name in ZONES:
    zone = ZoneInfo(name)
    for change in changes(zone):
        first = change - timedelta(days=3)
        for step in range(7 * 48):
            local = first + timedelta(minutes=30 * step)
            print(name, local.strftime("%Y%m%dT%H%M00"), 1, minutes(local, zone), sep="\t")
        for step in range(48):
            local = first + timedelta(minutes=30 * step)
            week = [minutes(local + timedelta(days=day), zone) for day in range(7)]
            print(name, local.strftime("%Y%m%dT%H%M00"), 7, *week, sep="\t")
