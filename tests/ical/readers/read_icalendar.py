"""python icalendar: prints uid, start, end, status."""

import sys
from datetime import timezone

import icalendar


def utc(time):
    return time.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


with open(sys.argv[1], "rb") as feed:
    calendar = icalendar.Calendar.from_ical(feed.read())
for event in calendar.walk("VEVENT"):
    print(event["UID"], utc(event["DTSTART"]), utc(event["DTEND"]), event["STATUS"], sep="\t")
