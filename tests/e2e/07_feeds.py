#!/usr/bin/env python3
"""Feeds of whole weeks: every worker's instants are the roster's, and real calendar programs read them so."""
import csv
import datetime as dt
import io
import subprocess
import sys
import zoneinfo

from rooster_case import EXAMPLE, SOURCE, RoosterCase, main

ZONE = zoneinfo.ZoneInfo("Europe/Amsterdam")
COMPARE = SOURCE / "tests/ical/readers/compare"
READERS_MISSING = 77


def instant(text):
    """A time of demand.csv as 2026-11-30T07:00Z."""
    at = dt.datetime.fromisoformat(text)
    at = at if at.tzinfo else at.replace(tzinfo=ZONE)
    return at.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


class Feeds(RoosterCase):
    def published(self, pool, week, now):
        """Plans and publishes the week; the exported roster as {worker: [(shift, start, end)]}, from the folder's own times."""
        self.now = now
        self.rooster("init")
        self.rooster("import", pool)
        self.rooster("plan", "--week", week, "--seconds", "8")
        self.rooster("publish", "--week", week)
        with open(pool / "demand.csv", newline="", encoding="utf-8") as f:
            times = {row["shift"]: (instant(row["start"]), instant(row["end"])) for row in csv.DictReader(f)}
        of = {}
        for row in csv.DictReader(io.StringIO(self.rooster("export", "roster", "--week", week, "--published"))):
            of.setdefault(row["worker"], []).append((row["shift"], *times[row["shift"]]))
        return of

    def events(self, worker):
        """{(start, end)} of a worker's feed, read line by line."""
        text = (self.folder / "feeds/worker" / f"{worker}.ics").read_text(encoding="utf-8").replace("\r\n ", "")
        found, event = set(), {}
        for line in text.splitlines():
            name, _, value = line.partition(":")
            if name in ("UID", "DTSTART", "DTEND"):
                event[name] = value
            elif line == "END:VEVENT":
                times = [dt.datetime.strptime(event[n], "%Y%m%dT%H%M%SZ").strftime("%Y-%m-%dT%H:%MZ") for n in ("DTSTART", "DTEND")]
                found.add((event["UID"].partition(".")[0] if "." in event["UID"] else event["UID"], *times))
        return found

    def agree(self, of, pool_id, busiest):
        for worker, shifts in of.items():
            wanted = {(start, end) for _, start, end in shifts}
            got = {(start, end) for _, start, end in self.events(worker)}
            self.assertLessEqual(wanted, got, worker)
        arguments = []
        for worker in busiest:
            table = self.folder / f"{worker}.csv"
            with open(table, "w", newline="", encoding="utf-8") as f:
                rows = csv.writer(f)
                rows.writerow(["uid", "start", "end", "status"])
                rows.writerows([f"{shift}.{worker}@{pool_id}.rooster", start, end, "CONFIRMED"] for shift, start, end in of[worker])
            arguments += [str(self.folder / "feeds/worker" / f"{worker}.ics"), str(table)]
        done = subprocess.run([sys.executable if sys.executable.startswith("/usr/bin") else "/usr/bin/python3", str(COMPARE), *arguments],
                              capture_output=True, text=True, check=False)
        print(done.stdout)
        if done.returncode == READERS_MISSING:
            self.skipTest("no calendar program is installed")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_example_week(self):
        """W49 alone: the feed of the week before is there too, so only workers' new week is compared by the readers."""
        pool = self.folder / "pool"
        pool.mkdir()
        for file in EXAMPLE.iterdir():
            if file.name != "roster.csv":
                (pool / file.name).write_bytes(file.read_bytes())
        of = self.published(pool, "2026-W49", "2026-11-23T09:00")
        busiest = sorted(of, key=lambda worker: (-len(of[worker]), worker))[:3]
        self.agree(of, "nieuw-west", busiest)

    def clock_change(self, week, now, night):
        """A made-up pool in the week of a clock change; workers who work through or beside the change first."""
        pool = self.folder / "pool"
        self.rooster("generate", "--workers", "40", "--seed", "7", "--week", week, pool)
        of = self.published(pool, week, now)
        near = sorted(of, key=lambda worker: (-sum(end > night for _, _, end in of[worker]), worker))[:3]
        self.assertTrue(any(end > night for worker in near for _, _, end in of[worker]), "somebody works after the clock change")
        pool_id = next(line.split("=")[1].strip() for line in (pool / "pool.ini").read_text().splitlines() if line.startswith("id"))
        self.agree(of, pool_id, near)

    def test_the_week_in_which_an_hour_comes_twice(self):
        self.clock_change("2026-W43", "2026-10-12T09:00", "2026-10-25T01:00Z")

    def test_the_week_in_which_an_hour_is_skipped(self):
        self.clock_change("2027-W12", "2027-03-15T09:00", "2027-03-28T01:00Z")


if __name__ == "__main__":
    main()
