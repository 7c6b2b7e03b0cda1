#!/usr/bin/env python3
"""Pools in and out: folders, calendars, made-up pools, backups, and who did what."""
import filecmp
import os
import re
import shutil
import stat
import subprocess
import unittest

from rooster_case import EXAMPLE, INTERNAL, ROOSTER, TINY, WEEK, RoosterCase, main

ORDERS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:mowing@test\r
DTSTAMP:20261101T000000Z\r
DTSTART;TZID=Europe/Amsterdam:20261203T080000\r
DTEND;TZID=Europe/Amsterdam:20261203T12{end}00\r
SUMMARY:mowing\r
RRULE:FREQ=WEEKLY;COUNT=3\r
END:VEVENT\r
END:VCALENDAR\r
"""


class Import(RoosterCase):
    def changed_tiny(self, name, change):
        """A copy of the tiny pool with one file changed."""
        folder = self.folder / "changed"
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        path = folder / name
        path.write_text(change(path.read_text()))
        return folder

    def rows(self, printed):
        return {row["what"]: int(row["rows"]) for row in printed["read"]}

    def test_init_makes_a_private_file_and_replaces_nothing(self):
        self.rooster("init")
        self.assertEqual(stat.S_IMODE(os.stat(self.db).st_mode), 0o600)
        self.assertIn("is there already", self.error("init"))

    def test_a_folder_is_counted_and_its_roster_becomes_published(self):
        self.rooster("init")
        printed = self.json("import", TINY)
        self.assertEqual(printed["pool"], "tiny")
        self.assertEqual(self.rows(printed), {"coops": 2, "workers": 4, "certificates": 1, "shifts": 7, "windows": 1,
                                              "assignments": 1})
        self.assertEqual(printed["rosters"], [{"week": "2026-W48", "revision": 1, "assignments": 1, "is_new": True,
                                               "violations": 0}])
        shown = self.json("show", "--week", "2026-W48")
        self.assertEqual((shown["roster"], shown["revision"]), ("published", 1))
        self.assertEqual([row["shifts"] for row in shown["workers"] if row["worker"] == "anna"], [["old"]])

    def test_the_same_folder_again_publishes_nothing_new(self):
        self.with_pool()
        waiting = self.json("outbox")["waiting"]
        self.assertGreater(waiting, 0)
        self.assertEqual(self.json("import", TINY)["rosters"][0]["revision"], 1)
        self.assertEqual(self.json("outbox")["waiting"], waiting)

    def test_a_changed_roster_is_a_new_revision(self):
        self.with_pool()
        folder = self.changed_tiny("roster.csv", lambda text: text.replace("anna", "bart"))
        self.assertEqual(self.json("import", folder)["rosters"][0]["revision"], 2)

    def test_replace_makes_the_folder_the_whole_truth(self):
        self.with_draft()
        folder = self.changed_tiny("workers.csv", lambda text: "".join(text.splitlines(True)[:4]))
        self.rooster("import", folder)
        self.assertEqual(len(self.json("show")["workers"]), 4, "without --replace rows are added")
        printed = self.json("import", "--replace", folder)
        self.assertEqual(printed["rosters"][0]["revision"], 2, "revision numbers go on")
        self.assertEqual((self.json("show")["roster"], len(self.json("show")["workers"])), ("none", 3))

    def test_a_roster_that_breaks_rules_is_imported_with_a_warning(self):
        self.rooster("init")
        folder = self.changed_tiny("roster.csv", lambda text: text + "wed-bus,cem,\n")
        printed = self.json("import", folder)
        self.assertEqual([row["violations"] for row in printed["rosters"]], [0, 1])
        self.assertIn("warning: the roster of 2026-W49 breaks rules (1)", self.warnings)
        self.assertIn("certificate", self.warnings)

    def test_published_work_that_goes_with_its_shift_is_told(self):
        self.with_pool()
        folder = self.changed_tiny("demand.csv", lambda text: text.replace("2026-11-23T", "2026-11-16T"))
        (folder / "roster.csv").unlink()
        self.rooster("import", folder)
        self.assertIn("1 published assignments are gone", self.warnings)

    def test_a_fault_names_file_line_column_and_value_and_changes_nothing(self):
        self.with_pool()
        folder = self.changed_tiny("demand.csv", lambda text: text.replace("2026-12-04T16:00", "2026-12-04T06:00"))
        message = self.error("import", folder)
        self.assertRegex(message, r"demand\.csv:7: column end: .*2026-12-04T06:00")
        self.assertEqual(len([row for row in self.csv("show", "--by", "day") if row["end"] == "2026-12-04T16:00"]), 1)

    def test_what_is_not_there_or_no_folder_is_refused(self):
        self.rooster("init")
        self.assertEqual(self.error("import", "nowhere"), "there is no nowhere")
        self.assertIn("needs --coop or --worker", self.error("import", TINY / "coops.csv"))
        self.assertIn("import a pool folder first", self.error("import", TINY / "coops.csv", "--coop", "green"))

    def test_a_calendar_of_orders_becomes_shifts_and_again_replaces_them(self):
        self.with_pool()
        calendar = self.folder / "orders.ics"
        calendar.write_text(ORDERS.format(end="00"), newline="")
        self.assertEqual(self.rows(self.json("import", calendar, "--coop", "green")), {"shifts": 3})
        mowing = [row for row in self.csv("show", "--by", "coop") if row["role"] == "mowing"]
        self.assertEqual([(row["start"], row["end"]) for row in mowing], [("2026-12-03T08:00", "2026-12-03T12:00")])
        calendar.write_text(ORDERS.format(end="30"), newline="")
        self.rooster("import", calendar, "--coop", "green")
        mowing = [row for row in self.csv("show", "--by", "coop") if row["role"] == "mowing"]
        self.assertEqual([row["end"] for row in mowing], ["2026-12-03T12:30"])

    def test_a_calendar_of_a_worker_becomes_absence(self):
        self.with_pool()
        calendar = self.folder / "away.ics"
        calendar.write_text(ORDERS.format(end="00").replace("20261203", "20261204"), newline="")
        self.rooster("import", calendar, "--worker", "anna")
        printed = self.json("assign", "--shift", "fri", "--worker", "anna", code=1)
        self.assertEqual([row["rule"] for row in printed["violations"]], ["unavailable"])

    def test_a_bad_calendar_changes_nothing(self):
        self.with_pool()
        before = self.csv("show", "--by", "coop")
        calendar = self.folder / "bad.ics"
        calendar.write_text(ORDERS.format(end="00").replace("FREQ=WEEKLY;COUNT=3", "FREQ=SECONDLY"), newline="")
        self.assertIn("SECONDLY", self.error("import", calendar, "--coop", "green"))
        self.assertIn("no coop grene", self.error("import", calendar, "--coop", "grene"))
        self.assertIn("one --coop or one --worker", self.error("import", calendar, "--coop", "green", "--worker", "anna"))
        self.assertEqual(self.csv("show", "--by", "coop"), before)

    def test_an_exported_pool_reads_back_the_same(self):
        self.with_pool(EXAMPLE)
        self.rooster("export", "pool", "first")
        self.db.unlink()
        self.with_pool(self.folder / "first")
        self.rooster("export", "pool", "second")
        names = sorted(path.name for path in (self.folder / "first").iterdir())
        same, different, missing = filecmp.cmpfiles(self.folder / "first", self.folder / "second", names, shallow=False)
        self.assertEqual((sorted(same), different, missing), (names, [], []))

    def test_export_says_what_it_cannot(self):
        self.with_pool()
        self.assertEqual(self.error("export", "payroll"), "of which work? Say --week WEEK or --month MONTH")
        self.assertEqual(self.error("export", "pool"), "usage: rooster export pool DIR")
        self.assertIn("has no roster yet", self.error("export", "roster", "--week", WEEK))

    def test_a_model_has_every_worker_and_shift_in_it(self):
        self.with_pool()
        text = self.rooster("export", "model", "--week", WEEK)
        self.assertRegex(text, r"(?s)^\* A week of work .*\nNAME rooster\nROWS\n N cost\n.*\nENDATA\n$")
        self.assertIn(" x:anna:mon ", text)
        self.assertIn(" E wanted:headcount.mon\n", text)
        self.assertEqual(self.rooster("export", "model", "--week", WEEK), text)
        self.assertRegex(self.rooster("export", "model", "--week", WEEK, "week.mps"),
                         r"^week.mps holds the model of 2026-W49: \d+ columns, \d+ rows, \d+ elements.\n$")
        self.assertEqual((self.folder / "week.mps").read_text(), text)
        self.assertIn("is there already", self.error("export", "model", "--week", WEEK, "week.mps"))
        self.assertIn("has no shifts", self.error("export", "model", "--week", "2027-W01"))
        self.assertIn("no published roster to keep", self.error("export", "model", "--keep"))
        self.assertIn("usage: rooster export model", self.error("export", "model", "--published"))

    def test_a_model_keeps_pins_and_a_full_disk_is_told(self):
        self.with_draft()
        self.rooster("pin", "--shift", "fri", "--worker", "anna")
        self.assertIn(" FX bounds x:anna:fri 1\n", self.rooster("export", "model", "--week", WEEK))
        self.assertIn("cannot be written", self.error("export", "model", "--week", WEEK, "no-such-folder/week.mps"))
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = subprocess.run([ROOSTER, "--db", str(self.db), "export", "model", "--week", WEEK], stdout=full,
                                     stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(process.returncode, INTERNAL)
        self.assertIn("cannot be written", process.stderr)

    @unittest.skipUnless(shutil.which("glpsol"), "glpsol is not installed")
    def test_another_solver_finds_the_same_optimum_in_the_model(self):
        self.with_pool()
        planned = self.json("plan", "--week", WEEK, "--gap", "0")
        self.assertEqual(planned["status"], "optimal")
        text = self.rooster("export", "model", "--week", WEEK, "week.mps") and (self.folder / "week.mps").read_text()
        slack = float(re.search(r"at most ([\d.]+) cents above", text)[1])
        subprocess.run(["glpsol", "--freemps", "week.mps", "--output", "week.txt"], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL)
        solved = (self.folder / "week.txt").read_text()
        self.assertIn("INTEGER OPTIMAL", solved)
        optimum = float(re.search(r"^Objective:  cost = (\S+)", solved, re.MULTILINE)[1])
        self.assertLessEqual(optimum, planned["cost_cents"] + 0.01)
        self.assertLessEqual(planned["cost_cents"], optimum + slack + 0.01)

    def test_generate_is_repeatable_and_spares_what_is_there(self):
        self.rooster("generate", "--workers", "20", "--seed", "7", "--week", WEEK, "one")
        self.rooster("generate", "--workers", "20", "--seed", "7", "two")
        self.rooster("generate", "--workers", "20", "--seed", "8", "three")
        read = lambda name: (self.folder / name / "demand.csv").read_text()
        self.assertEqual(read("one"), read("two"), "the default week is the one after now")
        self.assertNotEqual(read("one"), read("three"))
        self.assertIn("is not an empty folder", self.error("generate", "--workers", "20", "one"))
        self.assertIn("--workers", self.error("generate", "four"))
        self.assertIn("option --workers: 0", self.error("generate", "--workers", "0", "four"))
        self.with_pool(self.folder / "one")

    def test_a_backup_is_a_whole_database(self):
        self.with_draft()
        self.rooster("backup", "copy.db")
        self.assertIn("is there already", self.error("backup", "copy.db"))
        self.assertEqual(self.rooster("show", "--db", "copy.db"), self.rooster("show"))

    def test_the_audit_trail_says_who_did_what(self):
        self.with_pool()
        self.rooster("--as", "planner Zoë", "assign", "--shift", "fri", "--worker", "anna")
        newest, oldest = self.csv("audit")
        self.assertEqual(newest, {"at": "2026-11-24T09:00", "who": "planner Zoë", "what": "assign",
                                  "detail": "shift fri worker anna"})
        self.assertEqual(oldest["what"], "import")
        self.assertTrue(oldest["who"].startswith("cli:"), oldest)
        self.assertEqual(len(self.csv("audit", "--most", "1")), 1)


if __name__ == "__main__":
    main()
