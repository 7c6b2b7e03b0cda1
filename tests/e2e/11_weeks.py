#!/usr/bin/env python3
"""Several weeks planned as one: day rules across the boundary, one bound, drafts and revisions week by week."""
import csv
import datetime
import json
import subprocess
import sys

from rooster_case import BAD_USE, DONE, FAILED_CHECK, SHARED, RoosterCase, main

REFEREE = SHARED / "tools/referee.py"
MONDAY = datetime.date(2026, 11, 30)
FIRST, SECOND = "2026-W49", "2026-W50"
DAYS = 14
WORKERS = ("anna", "bart", "cem")
RULES = "min_days_off = 2\nmin_consecutive_days = 3\nmax_consecutive_days = 5\n"


class Weeks(RoosterCase):
    def write(self, name, header, rows):
        with open(self.folder / "pool" / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)

    def pool(self, rules=RULES, headcount=2):
        """Three people, of whom two are asked every day of two weeks."""
        (self.folder / "pool").mkdir(exist_ok=True)
        (self.folder / "pool/pool.ini").write_text("[pool]\nid = daily\n[rules]\n" + rules)
        self.write("coops.csv", ["coop"], [["ward"]])
        self.write("workers.csv", ["worker", "birth_date", "contract_min", "contract_max", "hourly_cost"],
                   [[worker, "1985-05-05", 24, 48, 20] for worker in WORKERS])
        self.write("demand.csv", ["shift", "coop", "start", "end", "headcount"],
                   [[f"day-{day}", "ward", f"{MONDAY + datetime.timedelta(days=day)}T09:00",
                     f"{MONDAY + datetime.timedelta(days=day)}T14:00", headcount] for day in range(DAYS)])
        self.with_pool(self.folder / "pool")

    def plan(self, *options):
        return self.json("plan", "--week", FIRST, "--weeks", "2", "--gap", "0", *options)

    def roster(self, week):
        return self.rooster("export", "roster", "--week", week)

    def days_of(self, *weeks):
        """By worker the days with a shift, over the weeks."""
        days = {worker: [] for worker in WORKERS}
        for week in weeks:
            for row in csv.DictReader(self.roster(week).splitlines()):
                days[row["worker"]].append(int(row["shift"].removeprefix("day-")))
        return {worker: sorted(worked) for worker, worked in days.items()}

    def breaches(self, days):
        """RULES read by hand. What touches the first or the last day may go on outside."""
        found = []
        rows, row = [], []
        for day in days:
            if row and day != row[-1] + 1:
                rows.append(row)
                row = []
            row.append(day)
        rows.append(row)
        for row in filter(None, rows):
            if len(row) > 5:
                found.append(("max_consecutive_days", row))
            if len(row) < 3 and row[-1] != DAYS - 1:  # nothing was worked before the first day
                found.append(("min_consecutive_days", row))
        for row, after in zip(rows, rows[1:]):
            if after[0] - row[-1] - 1 < 2:
                found.append(("min_days_off", row))
        return found

    def test_day_rules_hold_across_the_weeks(self):
        self.pool()
        printed = self.plan()
        self.assertEqual(printed["status"], "optimal")
        self.assertEqual([row["week"] for row in printed["weeks"]], [FIRST, SECOND])
        days = self.days_of(FIRST, SECOND)
        for worker in WORKERS:
            self.assertEqual(self.breaches(days[worker]), [], worker)
        self.assertTrue(any(6 in worked and 7 in worked for worked in days.values()), "a row of days crosses the boundary")
        self.assertLessEqual(printed["bound_cents"], printed["cost_cents"])
        self.assertEqual(sum(row["cost_cents"] for row in printed["weeks"]), printed["cost_cents"])
        judged = self.json("check", "--week", FIRST, "--weeks", "2")
        self.assertEqual((judged["is_legal"], judged["violations"]), (True, []))
        self.assertEqual(judged["weeks"], [{"week": row["week"], "revision": 0, "breaches": 0,
                                            "cost_cents": row["cost_cents"]} for row in printed["weeks"]])
        for row in printed["weeks"]:
            self.assertEqual(self.json("check", "--week", row["week"], code=DONE if row["week"] == FIRST else None)
                             ["cost_cents"], row["cost_cents"])

    def json(self, *arguments, code=DONE, **options):
        """code None: whether it is lawful alone is not asked."""
        if code is not None:
            return super().json(*arguments, code=code, **options)
        process = self.run_rooster(*arguments, "--format", "json", **options)
        self.assertIn(process.returncode, (DONE, FAILED_CHECK), process.stderr)
        return json.loads(process.stdout)

    def test_limits_over_weeks_hold_in_every_window(self):
        """Every other weekend free and a late shift every two weeks, over four weeks that ask for more."""
        weeks = [FIRST, SECOND, "2026-W51", "2026-W52"]
        self.pool("max_weekends = 1\nmax_late_shifts = 1\nlate_window = 2\n")
        rows = []
        for day in range(7 * len(weeks)):
            date = MONDAY + datetime.timedelta(days=day)
            rows.append([f"day-{day}", "ward", f"{date}T09:00", f"{date}T14:00", 2 if day % 7 >= 5 else 1])
            if day % 7 == 2:
                rows.append([f"late-{day}", "ward", f"{date}T16:00", f"{date}T21:00", 2])
        self.write("demand.csv", ["shift", "coop", "start", "end", "headcount"], rows)
        self.write("history.csv", ["worker", "coop", "start", "end"],
                   [["anna", "ward", "2026-11-29T09:00", "2026-11-29T14:00"],  # the Sunday before
                    ["bart", "ward", "2026-11-26T16:00", "2026-11-26T21:00"]])
        self.rooster("import", self.folder / "pool")
        printed = self.json("plan", "--week", FIRST, "--weeks", "4", "--gap", "0")
        self.assertEqual(printed["status"], "optimal")
        weekends, lates = [("anna", -1)], [("bart", -1)]
        for place, week in enumerate(weeks):
            for row in csv.DictReader(self.roster(week).splitlines()):
                kind, day = row["shift"].split("-")
                if kind == "late":
                    lates.append((row["worker"], place))
                elif int(day) % 7 >= 5 and (row["worker"], place) not in weekends:
                    weekends.append((row["worker"], place))
        for counted in (weekends, lates):
            for worker in WORKERS:
                for first in range(-1, len(weeks) - 1):
                    inside = [place for who, place in counted if who == worker and first <= place <= first + 1]
                    self.assertLessEqual(len(inside), 1, (worker, counted))
            self.assertEqual(len(counted), 7, "two of each worker in the four weeks, and one of the history")
        self.json("check", "--week", FIRST, "--weeks", "4")
        self.assertTrue(self.json("publish", "--week", FIRST, "--weeks", "4")["is_published"])

    def test_weeks_in_turn_are_no_cheaper_than_the_bound(self):
        self.pool()
        as_one = self.plan()
        self.json("plan", "--week", FIRST, "--gap", "0", "--fresh")
        self.rooster("publish", "--week", FIRST)
        self.json("plan", "--week", SECOND, "--gap", "0", "--fresh")
        in_turn = self.json("check", "--week", FIRST, "--weeks", "2", code=None)
        self.assertEqual(as_one["status"], "optimal")
        if in_turn["is_legal"]:  # the second week now looks back at the first
            looking_back = in_turn["terms"]["continuity"] + in_turn["terms"]["unsocial"]
            self.assertGreaterEqual(in_turn["cost_cents"] - looking_back, as_one["bound_cents"])

    def test_the_same_plan_every_time(self):
        self.pool(headcount=1)
        plans = []
        for threads in ("1", "2"):
            printed = self.plan("--threads", threads)
            plans.append((printed["cost_cents"], printed["bound_cents"], self.roster(FIRST), self.roster(SECOND)))
        self.assertEqual(plans[0], plans[1])

    def test_each_week_is_taken_back_by_itself(self):
        self.pool()
        self.plan()
        kept = self.roster(FIRST)
        self.assertIn("plan week 2026-W50 of 2026-W49 to 2026-W50 as one", self.rooster("undo", "--week", SECOND))
        self.assertEqual(self.roster(FIRST), kept)
        self.assertIn("has no roster yet", self.error("check", "--week", FIRST, "--weeks", "2"))

    def test_weeks_are_published_at_once_or_not_at_all(self):
        self.pool()
        self.plan()
        days = self.days_of(FIRST, SECOND)
        worker = next(worker for worker in WORKERS if {6, 7} <= set(days[worker]))
        first, last = 7, 7
        while last + 1 in days[worker]:
            last += 1
        removed = next(day for day in range(first, last + 1) if self.breaches(
            [other for other in days[worker] if other != day]))
        self.rooster("unassign", "--shift", f"day-{removed}", "--worker", worker)
        refused = self.json("publish", "--week", FIRST, "--weeks", "2", code=FAILED_CHECK)
        self.assertFalse(refused["is_published"])
        self.assertIn(worker, [row["worker"] for row in refused["violations"]])
        self.assertIn("No roster", self.rooster("show", "--week", FIRST, "--published"))
        self.rooster("undo", "--week", SECOND)
        printed = self.json("publish", "--week", FIRST, "--weeks", "2")
        self.assertEqual([(row["week"], row["revision"]) for row in printed["weeks"]], [(FIRST, 1), (SECOND, 1)])
        self.rooster("check", "--week", FIRST, "--weeks", "2", "--published")
        for week in (FIRST, SECOND):
            self.assertIn("revision 1", self.rooster("show", "--week", week, "--published"))

    def test_the_referee_accepts_each_week_beside_the_other(self):
        if not REFEREE.exists():
            self.skipTest("the referee is not there; ROOSTER_SHARED says where")
        self.pool()
        printed = self.plan()
        drafts = {week: self.roster(week) for week in (FIRST, SECOND)}
        (self.folder / "pool/pool.ini").write_text("[pool]\nid = daily\n[rules]\nmax_consecutive_days = 5\n")
        for week, other in ((FIRST, SECOND), (SECOND, FIRST)):
            (self.folder / "pool/roster.csv").write_text(drafts[other])
            (self.folder / "draft.csv").write_text(drafts[week])
            process = subprocess.run([sys.executable, str(REFEREE), str(self.folder / "pool"),
                                      str(self.folder / "draft.csv"), "--week", week, "--json"],
                                     capture_output=True, text=True, check=False)
            self.assertEqual(process.returncode, DONE, process.stdout + process.stderr)
            if week == FIRST:  # the second looks back at the first once that is published
                terms = json.loads(process.stdout)["terms"]
                self.assertEqual(sum(terms.values()), printed["weeks"][0]["cost_cents"])

    def published(self):
        """Both weeks published; then one more is asked on the second Monday, and anna is ill on the first Thursday."""
        self.pool()
        self.plan()
        self.rooster("publish", "--week", FIRST, "--weeks", "2")
        before = {week: self.roster(week) for week in (FIRST, SECOND)}
        demand = (self.folder / "pool/demand.csv").read_text()
        (self.folder / "pool/demand.csv").write_text(demand.replace("2026-12-07T14:00,2", "2026-12-07T14:00,3"))
        self.write("availability.csv", ["worker", "start", "end", "kind"],
                   [["anna", "2026-12-03T00:00", "2026-12-04T00:00", "unavailable"]])
        self.rooster("import", self.folder / "pool")
        return before

    def rows(self, text):
        return {(row["shift"], row["worker"]) for row in csv.DictReader(text.splitlines())}

    def test_keeping_means_the_same_for_several_weeks(self):
        before = self.published()
        now = "2026-12-02T06:00"
        printed = self.plan("--keep", "--now", now)
        self.assertEqual(printed["status"], "optimal")
        judged = self.json("check", "--week", FIRST, "--weeks", "2", "--now", now)
        self.assertTrue(judged["is_legal"])
        self.assertEqual(judged["cost_cents"], printed["cost_cents"])
        self.assertEqual(judged["terms"], printed["terms"])
        self.assertGreater(printed["terms"]["change"], 0)
        after = {week: self.rows(self.roster(week)) for week in (FIRST, SECOND)}
        kept = {week: self.rows(before[week]) for week in (FIRST, SECOND)}
        begun = {row for row in kept[FIRST] if row[0] in ("day-0", "day-1")}
        self.assertTrue(begun and begun <= after[FIRST])
        self.assertEqual({row for row in after[FIRST] if row[0] in ("day-0", "day-1")}, begun)
        self.assertNotIn(("day-3", "anna"), after[FIRST])
        changed = sum(len(after[week] ^ kept[week]) for week in after)
        free = ("day-3", "anna") in kept[FIRST]  # she is away: nobody withdrew it
        self.assertEqual(printed["terms"]["change"], 1500 * (changed - free))
        fresh = self.plan("--fresh", "--now", now)
        for week in after:
            self.rooster("undo", "--week", week)
        self.assertLessEqual(printed["bound_cents"], printed["cost_cents"])
        self.assertLess(fresh["cost_cents"], printed["cost_cents"], "changes are charged only where they are kept")
        text = self.rooster("publish", "--week", FIRST, "--weeks", "2", "--now", now)
        self.assertIn("2026-W49 to 2026-W50 are published", text)
        self.assertEqual({week: self.rows(self.roster(week)) for week in after}, after)

    def test_keeping_several_weeks_asks_nothing_that_one_week_does_not(self):
        """Of each week alone, kept beside the other as it is published, the plan of both costs no more than the two."""
        self.published()
        now = "2026-12-02T06:00"
        both = self.plan("--keep", "--now", now)
        for week in (FIRST, SECOND):
            self.rooster("undo", "--week", week)
        alone = [self.json("plan", "--week", week, "--keep", "--gap", "0", "--now", now) for week in (FIRST, SECOND)]
        judged = self.json("check", "--week", FIRST, "--weeks", "2", "--now", now, code=None)
        self.assertEqual([plan["status"] for plan in [both, *alone]], ["optimal"] * 3)
        self.assertLessEqual(both["bound_cents"], sum(plan["cost_cents"] for plan in alone) if judged["is_legal"] else 10**9)

    def test_the_referee_accepts_and_prices_each_kept_week(self):
        if not REFEREE.exists():
            self.skipTest("the referee is not there; ROOSTER_SHARED says where")
        before = self.published()
        now = "2026-12-02T06:00"
        printed = self.plan("--keep", "--now", now)
        drafts = {week: self.roster(week) for week in (FIRST, SECOND)}
        (self.folder / "pool/pool.ini").write_text("[pool]\nid = daily\n[rules]\nmax_consecutive_days = 5\n")
        for place, (week, other) in enumerate(((FIRST, SECOND), (SECOND, FIRST))):
            for around, is_priced in ((drafts[other], False), (before[other], True)):
                (self.folder / "draft.csv").write_text(drafts[week])
                (self.folder / "published.csv").write_text(before[week] + around.split("\n", 1)[1])
                process = subprocess.run([sys.executable, str(REFEREE), str(self.folder / "pool"),
                                          str(self.folder / "draft.csv"), "--week", week, "--json", "--published",
                                          str(self.folder / "published.csv"), "--now", now],
                                         capture_output=True, text=True, check=False)
                if is_priced:  # beside what is published, as the week costs alone
                    terms = json.loads(process.stdout)["terms"]
                    self.assertEqual(sum(terms.values()), printed["weeks"][place]["cost_cents"], (week, terms, printed["terms"]))
                else:
                    self.assertEqual(process.returncode, DONE, process.stdout + process.stderr)

    def test_show_has_a_table_a_week_and_the_weeks_together(self):
        self.pool()
        self.plan()
        self.rooster("publish", "--week", FIRST)
        text = self.rooster("show", "--week", FIRST, "--weeks", "2")
        self.assertLess(text.index("Published roster of 2026-W49, revision 1"), text.index("Draft of 2026-W50"))
        self.assertLess(text.index("Draft of 2026-W50"), text.index("2026-W49 to 2026-W50 together"))
        self.assertRegex(text, r"\n2026-W49 +published +1 +\d+/14 ")
        self.assertRegex(text, r"\n2026-W50 +draft +0 +\d+/14 ")
        self.assertRegex(text, r"\ntogether +\d+/28 ")
        for by in ("worker", "coop", "day"):
            with self.subTest(by=by):
                key = "workers" if by == "worker" else "shifts"
                whole = self.json("show", "--week", FIRST, "--weeks", "2", "--by", by)
                apart = [dict(row, week=week) for week in (FIRST, SECOND)
                         for row in self.json("show", "--week", week, "--by", by)[key]]
                self.assertEqual(whole[key], apart)
                self.assertEqual([row["week"] for row in whole["weeks"]], [FIRST, SECOND])
                self.assertEqual([row["roster"] for row in whole["weeks"]], ["published", "draft"])
                self.assertEqual(len(self.csv("show", "--week", FIRST, "--weeks", "2", "--by", by)), len(apart))
                for line in self.rooster("show", "--week", FIRST, "--weeks", "2", "--by", by).splitlines():
                    self.assertLessEqual(len(line), 80, line)
        whole = self.json("show", "--week", FIRST, "--weeks", "2")
        for row in whole["sums"]:
            mine = [part for part in whole["workers"] if part["worker"] == row["worker"]]
            self.assertEqual(row["planned_min"], sum(part["planned_min"] for part in mine))
            self.assertEqual(row["shifts"], sum(len(part["shifts"]) for part in mine))
            self.assertEqual(row["contract_min"], 48)
        self.assertEqual(sum(row["planned_min"] for row in whole["weeks"]), sum(row["planned_min"] for row in whole["sums"]))
        self.assertIn("No roster of 2026-W51 yet", self.rooster("show", "--week", FIRST, "--weeks", "3"))

    def test_what_cannot_be_one_plan_is_refused_in_a_sentence(self):
        self.pool()
        for weeks in ("0", "17", "two"):
            self.assertIn("weeks", self.error("plan", "--week", FIRST, "--weeks", weeks))
        self.assertIn("2026-W51 has no shifts", self.error("plan", "--week", FIRST, "--weeks", "3"))
        self.assertIn("2026-W49 has no published roster to keep", self.error("plan", "--week", FIRST, "--weeks", "2", "--keep"))
        self.write("history.csv", ["worker", "coop", "start", "end"],
                   [["anna", "ward", "2026-12-01T09:00", "2026-12-01T14:00"]])
        self.rooster("import", self.folder / "pool")
        self.assertIn("the history of worker anna goes on in the weeks to be planned",
                      self.error("plan", "--week", FIRST, "--weeks", "2", code=BAD_USE))


if __name__ == "__main__":
    main()
