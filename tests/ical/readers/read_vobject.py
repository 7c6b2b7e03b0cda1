"""python vobject: prints uid, start, end, status."""

import sys
from datetime import timezone

import vobject


def utc(time):
    return time.value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


with open(sys.argv[1], encoding="utf-8", newline="") as feed:
    calendar = vobject.readOne(feed)
for event in calendar.vevent_list:
    print(event.uid.value, utc(event.dtstart), utc(event.dtend), event.status.value, sep="\t")
