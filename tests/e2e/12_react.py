#!/usr/bin/env python3
"""When something happens: spikes and absences are answered, stored as proposals or published, and judged by others."""
import csv
import io
import json
import shutil
import subprocess
import sys

from rooster_case import EXAMPLE, SHARED, WEEK, RoosterCase, main

REFEREE, SPIKES = SHARED / "tools/referee.py", SHARED / "tools/spikes.py"
MONDAY = "2026-11-30T06:00"


class React(RoosterCase):
    def with_published(self):
        """All is filled but what nobody can, so that answers are about what happens."""
        self.with_draft()
        for shift, worker in (("mon-late", "bart"), ("tue-early", "dina")):
            self.rooster("assign", "--shift", shift, "--worker", worker)
        self.rooster("publish", "--week", WEEK)
        self.now = MONDAY

    def spike(self, *arguments, **options):
        return self.json("spike", "--work", "3000", "--seconds", "0", "--threads", "1", *arguments, **options)

    def absent(self, worker, start, end, *arguments, **options):
        return self.json("absent", "--worker", worker, "--from", start, "--until", end, "--work", "3000", "--seconds", "0",
                         "--threads", "1", *arguments, **options)

    def changes(self, printed):
        return {(row["change"], row["shift"], row["worker"], row["cause"]) for row in printed["changes"]}

    def test_a_spike_is_answered_and_proposed(self):
        self.with_published()
        before = self.assignments("--published")
        printed = self.spike("--coop", "green", "--start", "2026-12-03T08:00", "--end", "2026-12-03T12:00", "--role", "mowing")
        self.assertEqual(printed["shift"], "green-20261203-0800")
        week = printed["weeks"][0]
        self.assertEqual((week["week"], week["outcome"], week["state"], week["status"]), (WEEK, "filled", "proposed", "optimal"))
        price = {row["term"]: row["cents"] for row in printed["price"]}
        self.assertEqual((price["shortfall_normal"], price["change"], price["late_change"]), (-40000, 1500, 4000))
        self.assertEqual(printed["price_cents"], sum(price.values()))
        self.assertEqual(week["cost_cents"], self.json("check", "--week", WEEK)["cost_cents"], "the draft is judged as a repair, too")
        added = {(row["shift"], row["worker"]) for row in printed["changes"]}
        self.assertEqual(self.assignments("--published"), before)
        self.assertEqual(self.assignments(), before | added)
        self.assertEqual({(row["shift"], row["worker"]) for row in self.json("diff", "--week", WEEK)["changes"]}, added)
        self.assertTrue(all(row["is_late"] for row in printed["changes"]))
        self.assertTrue(any(row["is_chosen"] for row in printed["consents"]))
        self.rooster("publish", "--week", WEEK)
        self.assertEqual(self.assignments("--published"), before | added)

    def test_a_trial_is_answered_alike_and_stores_nothing(self):
        self.with_published()
        asked = ("--coop", "green", "--start", "2026-12-03T08:00", "--end", "2026-12-03T12:00", "--role", "mowing")
        before = self.rooster("export", "roster", "--week", WEEK), self.csv("audit")
        tried = self.spike(*asked, "--trial")
        self.assertEqual(tried["weeks"][0]["state"], "trial")
        self.assertEqual((self.rooster("export", "roster", "--week", WEEK), self.csv("audit")), before)
        self.assertIn("no shift", self.error("candidates", "--shift", tried["shift"]))
        asked_then = self.spike(*asked)
        self.assertEqual((tried["price"], tried["changes"]), (asked_then["price"], asked_then["changes"]))
        self.assertIn("give one of them", self.error("spike", *asked, "--trial", "--accept"))

    def test_a_proposal_can_be_taken_back_and_the_demand_stays(self):
        self.with_published()
        printed = self.spike("--coop", "green", "--start", "2026-12-03T08:00", "--end", "2026-12-03T12:00")
        self.rooster("undo", "--week", WEEK)
        self.assertEqual(self.assignments(), self.assignments("--published"))
        self.rooster("candidates", "--shift", printed["shift"])

    def test_an_accepted_answer_is_published_with_its_feeds(self):
        self.with_published()
        printed = self.spike("--coop", "green", "--start", "2026-12-03T08:00", "--end", "2026-12-03T12:00", "--accept")
        self.assertEqual(printed["weeks"][0]["state"], "published")
        self.assertEqual({row["shift"] for row in printed["changes"]}, {printed["shift"]})
        self.assertIn((printed["shift"], printed["changes"][0]["worker"]), self.assignments("--published"))
        feeds = "".join(path.read_text() for path in (self.folder / "feeds").rglob("*.ics"))
        self.assertIn(printed["shift"], feeds)
        self.rooster("check", "--week", WEEK, "--published")
        self.assertEqual(self.csv("audit")[0]["what"], "spike")

    def test_a_draft_under_way_is_not_published_over(self):
        self.with_published()
        self.rooster("unassign", "--shift", "fri", "--worker", "anna")
        refusal = self.error("spike", "--shift", "mon-late", "--headcount", "2", "--accept")
        self.assertIn(f"{WEEK} has a draft, which --accept would end", refusal)
        self.assertEqual(self.json("candidates", "--shift", "mon-late")["headcount"], 1, "nothing was stored")

    def test_a_change_keeps_what_is_not_said(self):
        self.with_published()
        printed = self.spike("--shift", "fri", "--headcount", "0")
        self.assertEqual(printed["weeks"][0]["outcome"], "filled")
        self.assertEqual(self.changes(printed), {("dropped", "fri", "anna", "forced")})
        self.assertEqual(printed["price_cents"], 0, "doing nothing lets her go, too")
        self.assertEqual(printed["shifts"][0]["start"], "2026-12-04T08:00")

    def test_two_certificates_are_two(self):
        self.with_published()
        printed = self.spike("--coop", "bus", "--start", "2026-12-03T08:00", "--end", "2026-12-03T12:00", "--certificate",
                             "RIJBEWIJS-D1", "--certificate", "SAW", "--team-certificate", "BHV")
        self.assertEqual(printed["weeks"][0]["outcome"], "not")
        self.rooster("export", "pool", self.folder / "copy")
        with open(self.folder / "copy/demand.csv", newline="", encoding="utf-8") as file:
            row = {row["shift"]: row for row in csv.DictReader(file)}[printed["shift"]]
        self.assertEqual((row["certificates"], row["team_certificates"]), ("RIJBEWIJS-D1;SAW", "BHV"))

    def test_what_nobody_can_take_says_why_and_when(self):
        self.with_published()
        printed = self.spike("--coop", "bus", "--start", "2026-12-02T08:00", "--end", "2026-12-02T12:00", "--certificate",
                             "RIJBEWIJS-D1")
        self.assertEqual(printed["weeks"][0]["outcome"], "not")
        reasons = {row["rule"]: row for row in printed["reasons"]}
        self.assertEqual(reasons["certificate"]["workers"], 3)
        self.assertIn("bart", reasons["overlap"]["example"])
        asked = printed["shifts"][0]
        self.assertEqual((asked["before"], asked["cover"], asked["nearest_workers"]), (0, 0, 1))
        self.assertTrue(asked["nearest_start"].startswith(("2026-12-01", "2026-12-03")), asked)
        text = self.rooster("spike", "--shift", printed["shift"], "--work", "3000", "--seconds", "0")
        self.assertIn("Possible on", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80, text)

    def test_an_answer_is_read_at_80_columns_however_long_the_ids(self):
        self.with_pool(EXAMPLE)
        self.rooster("plan", "--week", WEEK, "--work", "200000", "--seconds", "0")
        self.rooster("publish", "--week", WEEK)
        text = self.rooster("--now", "2026-11-30T12:00", "spike", "--trial", "--coop", "kantinemoeders", "--start", "2026-12-03T08:00",
                            "--end", "2026-12-03T13:00", "--headcount", "9", "--work", "3000", "--seconds", "0")
        self.assertIn("\nShort: kantinemoeders-20261203-0800, Thu 3 Dec 08:00-13:00\n", text)
        self.assertIn("\nTo be asked for kantinemoeders-20261203-0800, Thu 3 Dec 08:00-13:00\n", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80, text)

    def test_in_a_week_that_is_not_published_the_shift_is_only_stored(self):
        self.with_pool()
        printed = self.spike("--coop", "green", "--start", "2026-12-03T08:00", "--end", "2026-12-03T12:00")
        self.assertEqual((printed["weeks"], printed["changes"]), ([], []))
        self.rooster("candidates", "--shift", printed["shift"])

    def test_an_absence_is_answered_for_each_week_it_touches(self):
        self.with_published()
        next_monday = self.spike("--coop", "green", "--start", "2026-12-07T08:00", "--end", "2026-12-07T12:00")["shift"]
        self.rooster("assign", "--shift", next_monday, "--worker", "anna")
        self.rooster("publish", "--week", "2026-W50")
        printed = self.absent("anna", "2026-12-04T00:00", "2026-12-08T00:00", "--accept")
        self.assertEqual([(row["week"], row["state"]) for row in printed["weeks"]],
                         [(WEEK, "published"), ("2026-W50", "published")])
        self.assertEqual({row["shift"] for row in printed["shifts"]}, {"fri", next_monday})
        self.assertIn(("dropped", "fri", "anna", "forced"), self.changes(printed))
        self.assertFalse(any(row["is_late"] for row in printed["changes"] if row["change"] == "dropped"))
        for week in (WEEK, "2026-W50"):
            self.rooster("check", "--week", week, "--published")
            text = self.rooster("export", "roster", "--week", week, "--published")
            self.assertNotIn(("fri", "anna"), {(row["shift"], row["worker"]) for row in csv.DictReader(io.StringIO(text))})

    def test_an_absence_lifts_the_pins_it_covers(self):
        self.with_draft()
        self.rooster("pin", "--shift", "fri", "--worker", "anna")
        self.rooster("publish", "--week", WEEK)
        self.now = MONDAY
        printed = self.absent("anna", "2026-12-04T00:00", "2026-12-05T00:00")
        self.assertIn(("dropped", "fri", "anna", "forced"), self.changes(printed))
        self.rooster("publish", "--week", WEEK)

    def test_an_absence_without_work_changes_nothing(self):
        self.with_published()
        printed = self.absent("dina", "2026-12-04T00:00", "2026-12-05T00:00")
        self.assertEqual((printed["weeks"], printed["price_cents"]), ([], 0))
        self.rooster("export", "pool", self.folder / "copy")
        self.assertIn("dina,2026-12-04T00:00,2026-12-05T00:00,unavailable", (self.folder / "copy/availability.csv").read_text())

    def test_bad_use_is_one_sentence_and_stores_nothing(self):
        self.with_published()
        spike = ["spike", "--coop", "green", "--start", "2026-12-03T08:00"]
        for arguments, sentence in (
                (["spike", "--start", "2026-12-03T08:00", "--end", "2026-12-03T09:00"], "which coop? Name it with --coop"),
                (spike, "when? A new shift needs --start and --end"),
                (spike + ["--end", "2026-12-03T07:00"], "before start"),
                (spike + ["--end", "noon"], "option --end: "),
                (spike + ["--end", "2026-12-03T12:00", "--headcount", "many"], "option --headcount: many"),
                (spike + ["--end", "2026-12-03T12:00", "--priority", "urgent"], "option --priority: urgent is none"),
                (spike + ["--end", "2026-12-03T12:00", "--shift", "a/b"], "a/b"),
                (spike + ["--end", "2026-12-03T22:00"], "break"),
                (["spike", "--coop", "green", "--start", "2026-11-30T05:00", "--end", "2026-11-30T07:00"], "already"),
                (["spike", "--shift", "fri", "--coop", "bus"], "shift fri is one of coop green, not of bus"),
                (["spike", "--shift", "fri", "--start", "2026-12-08T08:00", "--end", "2026-12-08T16:00"], "cannot be moved to 2026-W50"),
                (["absent", "--worker", "anna"], "how long? An absence needs --from and --until"),
                (["absent", "--worker", "ana", "--from", MONDAY, "--until", MONDAY], "no worker ana in pool tiny; did you mean anna?"),
                (["absent", "--worker", "anna", "--from", MONDAY, "--until", MONDAY], "a later end would be right"),
                (["absent", "--worker", "anna", "--from", "2026-11-01T00:00", "--until", MONDAY], "is over already")):
            with self.subTest(arguments=arguments):
                self.assertIn(sentence, self.error(*arguments))
        self.assertEqual(self.assignments(), self.assignments("--published"))

    def test_others_find_every_answer_lawful_and_count_the_same(self):
        if not SPIKES.exists():
            self.skipTest("the referee is not there; ROOSTER_SHARED says where")
        self.with_pool(EXAMPLE)
        self.rooster("plan", "--week", WEEK, "--work", "3000000", "--seconds", "0", "--threads", "1")
        self.rooster("publish", "--week", WEEK)
        (self.folder / "published.csv").write_text(self.rooster("export", "roster", "--week", WEEK, "--published"))
        self.rooster("export", "pool", self.folder / "pool")
        subprocess.run([sys.executable, SPIKES, self.folder / "pool", self.folder / "published.csv", "--week", WEEK, "--seed", "7",
                        "--count", "6", self.folder / "cases"], check=True)
        base, kinds = self.db, set()
        for case in sorted((self.folder / "cases").iterdir()):
            about = json.loads((case / "case.json").read_text())
            self.now, self.db = about["now"], case / "rooster.db"
            shutil.copy(base, self.db)
            kinds.add(about["kind"])
            for printed in self.answers(case):
                self.judge(case, printed)
        self.assertEqual(kinds, {"spike", "absence"})

    def answers(self, case):
        if (case / "absence.csv").exists():
            with open(case / "absence.csv", newline="", encoding="utf-8") as file:
                row = next(csv.DictReader(file))
            yield self.absent(row["worker"], row["start"], row["end"])
            return
        with open(case / "demand.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                arguments = ["--shift", row["shift"], "--coop", row["coop"], "--start", row["start"], "--end", row["end"], "--break",
                             row["break_minutes"], "--headcount", row["headcount"], "--priority", row["priority"]]
                for option in ("certificate", "team-certificate"):
                    names = row[option.replace("-", "_") + "s"]
                    arguments += [word for name in names.split(";") if name for word in (f"--{option}", name)]
                yield self.spike(*arguments)

    def judge(self, case, printed):
        """The draft, or what is published where the answer changes nothing."""
        if not printed["weeks"]:
            return
        week = printed["weeks"][0]
        roster, pool = case / "answer.csv", case / "judged"
        roster.write_text(self.rooster("export", "roster", "--week", WEEK))
        shutil.rmtree(pool, ignore_errors=True)
        self.rooster("export", "pool", pool)
        judged = subprocess.run([sys.executable, REFEREE, pool, roster, "--week", WEEK, "--published", pool / "roster.csv", "--now", self.now,
                                 "--json"], capture_output=True, text=True, check=False)
        verdict = json.loads(judged.stdout)
        self.assertEqual(verdict["violations"], [])
        self.assertEqual(verdict["cost"], week["cost_cents"], case.name)
        if week["bound_cents"] is not None:
            self.assertLessEqual(week["bound_cents"], verdict["cost"])


if __name__ == "__main__":
    main()
