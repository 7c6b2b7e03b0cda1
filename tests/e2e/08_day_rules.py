#!/usr/bin/env python3
"""Day rules of a pool and of single workers: imported, planned by, checked, told, kept."""
import csv
import datetime
import json
import subprocess
import sys

from rooster_case import DONE, FAILED_CHECK, SHARED, SOURCE, WEEK, RoosterCase, main

REFEREE = SHARED / "tools/referee.py"
MONDAY = datetime.date(2026, 11, 30)
WORKERS = ("anna", "bart", "cem", "dina", "emre", "fenna")
RULES = """min_consecutive_days = 2
min_days_off = 2
max_weekends = 1
max_night_shifts = 2
night_window = 2
forbidden_after_late = early
forbidden_after_night = early;day;late ; only nights
"""
OWN = [("bart", "max_night_shifts", "0"), ("cem", "max_weekends", "off"), ("cem", "max_night_shifts", "3")]
TIMES = {"early": ("06:00", "14:00"), "late": ("14:00", "22:00"), "night": ("22:00", "06:00")}


def stamp(day, clock, is_next=False):
    return f"{MONDAY + datetime.timedelta(days=day + is_next)}T{clock}"


class DayRules(RoosterCase):
    def write(self, folder, name, header, rows):
        with open(folder / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)

    def pool(self, rules=RULES, own=OWN):
        """Six people, three shifts a day; anna and cem worked last weekend, emre two nights in the week before."""
        folder = self.folder / "pool"
        folder.mkdir()
        (folder / "pool.ini").write_text("[pool]\nid = round-the-clock\n" + ("[rules]\n" + rules if rules else ""))
        self.write(folder, "coops.csv", ["coop"], [["ward"]])
        self.write(folder, "workers.csv", ["worker", "birth_date", "contract_min", "contract_max", "hourly_cost"],
                   [[worker, "1985-05-05", 24, 48, 20] for worker in WORKERS])
        self.write(folder, "demand.csv", ["shift", "coop", "start", "end", "break_minutes"],
                   [[f"{kind}-{day}", "ward", stamp(day, start), stamp(day, end, kind == "night"), 30]
                    for day in range(7) for kind, (start, end) in TIMES.items()])
        self.write(folder, "history.csv", ["worker", "coop", "start", "end", "break_minutes"],
                   [["anna", "ward", stamp(-2, "08:00"), stamp(-2, "16:00"), 30],
                    ["cem", "ward", stamp(-1, "08:00"), stamp(-1, "16:00"), 30],
                    ["emre", "ward", stamp(-7, "22:00"), stamp(-6, "06:00"), 30],
                    ["emre", "ward", stamp(-6, "22:00"), stamp(-5, "06:00"), 30]])
        if own:
            self.write(folder, "worker_rules.csv", ["worker", "rule", "value"], own)
        return folder

    def shifts_of(self, pairs, worker):
        """The (day, kind) of a worker's shifts, in order."""
        order = list(TIMES)
        return sorted(((int(shift[-1]), shift[:-2]) for shift, who in pairs if who == worker),
                      key=lambda at: (at[0], order.index(at[1])))

    def breaches(self, worker, shifts):
        """A reading of RULES and OWN by hand, as plain as can be."""
        days = [day for day, _ in shifts]
        found = []
        before = {"anna": [-2], "cem": [-1]}.get(worker, [])
        worked = before + days
        for day, after in zip(worked, worked[1:]):
            if after >= 0 and 1 < after - day < 3:
                found.append("days_off")
        for day in days:
            if day - 1 not in worked and day + 1 not in worked and day < 6:
                found.append("min_consecutive_days")
        if worker != "cem" and before and any(day >= 5 for day in days):
            found.append("weekends")
        nights = sum(kind == "night" for _, kind in shifts) + (2 if worker == "emre" else 0)
        if nights > {"bart": 0, "cem": 3}.get(worker, 2) and any(kind == "night" for _, kind in shifts):
            found.append("shift_kinds")
        for (day, kind), (after, then) in zip(shifts, shifts[1:]):
            if after == day + 1 and (kind, then) in {("late", "early"), ("night", "early"), ("night", "late")}:
                found.append("succession")
        return found

    def test_a_plan_keeps_the_rules_of_the_pool_and_of_workers(self):
        self.with_pool(self.pool())
        printed = self.json("plan", "--week", WEEK, "--gap", "0")
        self.assertEqual(self.json("check", "--week", WEEK)["violations"], [])
        pairs = self.assignments()
        self.assertGreater(len(pairs), 12, "the rules leave room for most of the 21 shifts")
        for worker in WORKERS:
            self.assertEqual(self.breaches(worker, self.shifts_of(pairs, worker)), [], worker)
        self.assertLessEqual(printed["bound_cents"], printed["cost_cents"])

    def test_rules_cost_and_are_worth_it_where_they_were_broken(self):
        """The same pool without the rules is planned cheaper, and against them."""
        self.with_pool(self.pool())
        strict = self.json("plan", "--week", WEEK, "--gap", "0")
        (self.folder / "pool/pool.ini").write_text("[pool]\nid = round-the-clock\n")
        (self.folder / "pool/worker_rules.csv").unlink()
        self.rooster("import", "--replace", self.folder / "pool")
        free = self.json("plan", "--week", WEEK, "--gap", "0")
        self.assertLess(free["cost_cents"], strict["cost_cents"])
        pairs = self.assignments()
        self.assertTrue(any(self.breaches(worker, self.shifts_of(pairs, worker)) for worker in WORKERS))

    def test_the_referee_accepts_what_is_planned_by_stricter_rules(self):
        if not REFEREE.exists():
            self.skipTest("the referee is not there; ROOSTER_SHARED says where")
        folder = self.pool()
        self.with_pool(folder)
        printed = self.json("plan", "--week", WEEK, "--gap", "0")
        roster = self.folder / "draft.csv"
        roster.write_text(self.rooster("export", "roster", "--week", WEEK))
        (folder / "pool.ini").write_text("[pool]\nid = round-the-clock\n")  # it knows no day rules
        process = subprocess.run([sys.executable, str(REFEREE), str(folder), str(roster), "--week", WEEK, "--json"],
                                 capture_output=True, text=True, check=False)
        self.assertEqual(process.returncode, DONE, process.stdout + process.stderr)
        self.assertEqual(json.loads(process.stdout)["terms"], printed["terms"])

    def test_breaches_by_hand_are_refused_with_the_rule_and_its_source(self):
        self.with_pool(self.pool("max_weekends = 1\nmin_days_off = 2\nforbidden_after_late = early\n"))
        self.rooster("assign", "--shift", "late-0", "--worker", "dina")
        refused = {"early-1": ("dina", "succession", "early shift on Tue 1 Dec, the day after a late one"),
                   "late-2": ("dina", "days_off", "1 day off from Tue 1 Dec, at least 2"),
                   "early-5": ("anna", "weekends", "2 of 2 weekends worked from Sat 28 Nov, at most 1"),
                   "night-3": ("bart", "shift_kinds", "1 night shift in 1 week from Mon 30 Nov, at most 0")}
        for shift, (worker, rule, figures) in refused.items():
            printed = self.json("assign", "--shift", shift, "--worker", worker, code=FAILED_CHECK)
            rows = {row["rule"]: row for row in printed["violations"]}
            self.assertIn(rule, rows)
            self.assertEqual((rows[rule]["article"], rows[rule]["figures"]), ("pool rule", figures))
        self.json("assign", "--shift", "early-5", "--worker", "cem")  # whom the pool's rule does not bind
        self.assertEqual(self.assignments(), {("late-0", "dina"), ("early-5", "cem")})

    def test_a_row_of_days_is_made_by_hand_day_by_day_but_published_whole(self):
        self.with_pool(self.pool("min_consecutive_days = 2\n", own=None))
        printed = self.json("assign", "--shift", "early-2", "--worker", "dina")
        self.assertTrue(printed["is_done"])
        self.assertEqual([row["rule"] for row in printed["violations"]], ["min_consecutive_days"])
        self.assertIn("min_consecutive_days", self.rooster("publish", "--week", WEEK, code=FAILED_CHECK))
        rows = self.json("check", "--week", WEEK, code=FAILED_CHECK)["violations"]
        self.assertEqual([row["figures"] for row in rows], ["1 day in a row from Wed 2 Dec, at least 2"])
        self.assertEqual(self.json("assign", "--shift", "early-3", "--worker", "dina")["violations"], [])
        self.rooster("check", "--week", WEEK)
        self.rooster("publish", "--week", WEEK)

    def test_pins_that_a_new_rule_forbids_are_named(self):
        self.with_pool(self.pool(rules=None, own=None))
        self.rooster("assign", "--shift", "early-5", "--worker", "anna")
        self.rooster("assign", "--shift", "late-2", "--worker", "bart")
        self.rooster("pin", "--shift", "early-5", "--worker", "anna")
        self.rooster("pin", "--shift", "late-2", "--worker", "bart")
        rule = self.folder / "rule"
        rule.mkdir()
        self.write(rule, "worker_rules.csv", ["worker", "rule", "value"], [["anna", "max_weekends", "1"]])
        self.rooster("import", rule)
        self.assertEqual(self.error("plan", "--week", WEEK, code=FAILED_CHECK),
                         "pinned or begun work of worker anna cannot stay: anna: weekends (pool rule), shift early-5: "
                         "2 of 2 weekends worked from Sat 28 Nov, at most 1; unpin it first")
        self.write(rule, "worker_rules.csv", ["worker", "rule", "value"],
                   [["anna", "max_weekends", "off"], ["bart", "max_late_shifts", "0"]])
        self.rooster("import", rule)
        self.assertIn("worker bart cannot stay: bart: shift_kinds (pool rule), shift late-2: 1 late shift in 1 week",
                      self.error("plan", "--week", WEEK, code=FAILED_CHECK))

    def test_explanations_name_the_rules(self):
        self.with_pool(self.pool("max_weekends = 1\nforbidden_after_late = early\n"))
        self.rooster("assign", "--shift", "late-4", "--worker", "fenna")
        rows = {row["worker"]: row for row in self.json("candidates", "--shift", "early-5")["candidates"]}
        self.assertIn("weekends", json.dumps(rows["anna"]))
        self.assertIn("succession", json.dumps(rows["fenna"]))
        self.assertNotIn("weekends", json.dumps(rows["cem"]))
        explained = self.rooster("explain", "--shift", "early-5")
        self.assertIn("weekends", explained)
        self.assertIn("succession", explained)

    def test_a_repair_goes_on_when_a_row_that_has_begun_is_cut(self):
        self.with_pool(self.pool("min_consecutive_days = 2\nmin_days_off = 2\n", own=None))
        for day in (1, 2, 3):
            self.rooster("assign", "--shift", f"early-{day}", "--worker", "dina")
        self.rooster("publish", "--week", WEEK)
        away = self.folder / "away"
        away.mkdir()
        self.write(away, "availability.csv", ["worker", "start", "end", "kind"],
                   [["dina", stamp(2, "00:00"), stamp(3, "00:00"), "unavailable"]])
        self.rooster("import", away)
        self.now = stamp(1, "12:00")
        self.json("plan", "--keep", "--week", WEEK, "--gap", "0")
        self.assertIn(("early-1", "dina"), self.assignments(), "what has begun stays, though it is a lone day now")
        self.assertEqual(self.shifts_of(self.assignments(), "dina")[:1], [(1, "early")])
        self.assertNotIn(("early-3", "dina"), self.assignments(), "a lone day off before it, and it has not begun")

    def test_rules_survive_export_import_and_merging(self):
        self.with_pool(self.pool())
        self.rooster("export", "pool", "copy")
        with open(self.folder / "copy/worker_rules.csv", newline="", encoding="utf-8") as file:
            self.assertEqual([tuple(row) for row in csv.reader(file)][1:], OWN)
        self.assertIn("forbidden_after_night = early;day;late\n", (self.folder / "copy/pool.ini").read_text())
        more = self.folder / "more"
        more.mkdir()
        self.write(more, "worker_rules.csv", ["rule", "value", "worker"],
                   [["max_night_shifts", "1", "bart"], ["min_days_off", "off", "dina"]])
        self.rooster("import", more)
        self.rooster("export", "pool", "merged")
        with open(self.folder / "merged/worker_rules.csv", newline="", encoding="utf-8") as file:
            merged = {tuple(row) for row in csv.reader(file)} - {("worker", "rule", "value")}
        self.assertEqual(merged, {("bart", "max_night_shifts", "1"), ("dina", "min_days_off", "off"), *OWN[1:]})
        self.rooster("import", "--replace", "copy")
        self.rooster("export", "pool", "again")
        for name in ("pool.ini", "worker_rules.csv"):
            self.assertEqual((self.folder / "again" / name).read_text(), (self.folder / "copy" / name).read_text())

    def test_a_faulty_rule_is_refused_where_it_stands(self):
        folder = self.pool(own=[("bart", "max_nights", "0")])
        self.rooster("init")
        self.assertIn("worker_rules.csv:2: column rule: rule 'max_nights' is unknown", self.error("import", folder))
        (folder / "worker_rules.csv").unlink()
        (folder / "pool.ini").write_text("[pool]\nid = x\n[rules]\nmin_days_off = 9\n")
        self.assertEqual(self.error("import", folder),
                         "pool.ini:4: rule min_days_off: '9' is not a whole number between 1 and 7, or off")

    def test_every_rule_is_in_the_manual(self):
        folder = self.pool(own=[("bart", "x", "0")])
        self.rooster("init")
        known = self.error("import", folder).split("known are ")[1].split(", ")
        self.assertGreater(len(known), 12)
        manual = (SOURCE / "adapters/cli/rooster.1").read_text(encoding="utf-8").replace("\\-", "-")
        for key in known:
            kind = next((kind for kind in ("early", "day", "late", "night") if f"_{kind}_" in f"_{key}_"), None)
            self.assertTrue(key in manual or kind, f"rooster.1 does not name {key}")
        for words in ("max_ KIND _shifts", "KIND\" _window", "forbidden_after_ KIND", "worker_rules.csv"):
            self.assertIn(words, manual)


if __name__ == "__main__":
    main()
