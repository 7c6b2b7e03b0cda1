#!/usr/bin/env python3
"""What the prices of a plan say: worth of shifts, proofs of shortfalls, a worker's week, training, standby, contracts."""
import csv
import io
import unicodedata

from rooster_case import BAD_USE, EXAMPLE, TINY, WEEK, RoosterCase, main


def width(line):
    """Columns that a line takes on a terminal."""
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
               for letter in line)


class Advise(RoosterCase):
    def with_plan(self, folder=TINY, *options):
        self.with_pool(folder)
        self.rooster("plan", "--week", WEEK, *options)

    def test_without_a_plan_there_are_no_prices(self):
        self.with_draft()
        self.assertEqual(self.error("advise", "training", "--week", WEEK),
                         f"no plan of {WEEK} is on record, so there are no prices; `rooster plan --week {WEEK}` finds some")
        shown = self.json("show", "--by", "coop")
        self.assertEqual(shown["prices"], "none")
        self.assertTrue(all(row["worth_cents"] is None for row in shown["shifts"]))
        self.assertIn("No plan of this week is on record", self.rooster("explain", "--worker", "anna"))

    def test_prices_say_of_which_plan_they_are_and_whether_the_week_has_changed(self):
        self.with_plan(TINY, "--gap", "0")
        shown = self.json("show", "--by", "coop")
        self.assertEqual((shown["prices"], shown["prices_of"][:16]), ("current", "2026-11-24T09:00"))
        self.assertIn("Prices are those of the plan of Tue 24 Nov 09:00 (optimal).", self.rooster("show", "--by", "day"))
        shift, worker = sorted(self.assignments())[0]
        self.rooster("pin", "--shift", shift, "--worker", worker)
        self.assertEqual(self.json("show", "--by", "coop")["prices"], "changed")
        self.assertIn("have changed since", self.rooster("explain", "--shift", "sat-saw"))

    def test_a_shift_that_nobody_can_take_is_worth_what_it_lacks(self):
        self.with_plan(TINY, "--gap", "0")
        rows = {row["shift"]: row for row in self.json("show", "--by", "coop")["shifts"]}
        # four hours at 100 euro, and 30 euro for each hour beyond the free tenth of what the coop asked
        self.assertGreaterEqual(rows["sat-saw"]["worth_cents"], 40000)
        printed = self.json("explain", "--shift", "sat-saw")
        self.assertEqual(printed["worth_cents"], rows["sat-saw"]["worth_cents"])
        self.assertEqual(printed["proof_verdict"], "unavoidable")
        self.assertEqual([row["shift"] for row in printed["proof"]], ["sat-saw"])
        self.assertEqual(printed["proof_workers"], [])
        self.assertIn("Proven unavoidable: nobody can take it at all.", self.rooster("explain", "--shift", "sat-saw"))

    def test_a_proof_names_the_shifts_that_overlap_and_the_one_who_could(self):
        self.with_pool()
        more = self.folder / "more"
        more.mkdir()
        (more / "demand.csv").write_text(
            "shift,coop,role,start,end,break_minutes,headcount,certificates\n"
            "wed-bus-2,bus,driving,2026-12-02T14:00,2026-12-02T20:00,30,1,RIJBEWIJS-D1\n")
        (more / "pool.ini").write_text((TINY / "pool.ini").read_text())
        self.rooster("import", more)
        self.rooster("plan", "--week", WEEK, "--gap", "0")
        printed = self.json("explain", "--shift", "wed-bus-2")
        self.assertEqual(printed["proof_verdict"], "unavoidable")
        self.assertEqual([(row["shift"], row["asked"], row["cover"]) for row in printed["proof"]],
                         [("wed-bus", 1, 1), ("wed-bus-2", 1, 0)])
        self.assertEqual([row["worker"] for row in printed["proof_workers"]], ["bart"])
        self.assertTrue(printed["proof_is_smallest"] and printed["proof_is_checked"])
        self.assertEqual(printed["proof_limits"], "")
        text = self.rooster("explain", "--shift", "wed-bus-2")
        self.assertIn("The one worker who can take any of them: Bart Öztürk.", text)

    def test_what_can_be_filled_is_not_unavoidable(self):
        self.with_plan(TINY, "--gap", "0")
        self.rooster("unassign", "--shift", "fri", "--worker", next(w for s, w in self.assignments() if s == "fri"))
        printed = self.json("explain", "--shift", "fri")
        self.assertEqual((printed["proof_verdict"], len(printed["change"])), ("chosen", 1))
        self.assertTrue(printed["nearest"])

    def test_a_workers_week_comes_with_the_next_best_weeks(self):
        self.with_plan(TINY, "--gap", "0")
        printed = self.json("explain", "--worker", "anna")
        self.assertAlmostEqual(printed["own_cents"], sum(row["price_cents"] for row in printed["shifts"])
                               + printed["idle_cents"] + printed["extra_cents"], delta=1)
        self.assertLessEqual(printed["best_cents"], 0)
        more = [row["more_cents"] for row in printed["next"]]
        self.assertEqual(more, sorted(more))
        self.assertEqual(len(printed["days"]), 7)
        self.assertEqual([row["day"] for row in printed["days"]][0], "2026-11-30")

    def test_what_has_begun_cannot_be_spent_otherwise(self):
        self.with_plan(TINY, "--gap", "0")
        self.rooster("publish", "--week", WEEK)
        self.now = "2026-12-01T12:00"
        self.rooster("plan", "--week", WEEK, "--keep")
        for worker in sorted({w for s, w in self.assignments() if s in ("mon", "mon-late", "tue-early")}):
            days = {row["day"]: row for row in self.json("explain", "--week", WEEK, "--worker", worker)["days"]}
            for day in ("2026-11-30", "2026-12-01"):
                if days[day]["shifts"]:
                    self.assertIsNone(days[day]["more_cents"], (worker, day))

    def test_training_is_worth_most_where_nobody_holds_what_is_asked(self):
        self.with_plan(TINY, "--gap", "0")
        rows = self.json("advise", "training")["training"]
        self.assertEqual(rows[0]["certificate"], "SAW")
        self.assertIn("sat-saw", rows[0]["takes"])
        self.assertEqual([row["worth_cents"] for row in rows], sorted((row["worth_cents"] for row in rows), reverse=True))
        self.assertNotIn(("RIJBEWIJS-D1", "bart"), [(row["certificate"], row["worker"]) for row in rows])
        # hold the certificate: the plan is at most that much cheaper
        before = self.json("check")["cost_cents"]
        more = self.folder / "more"
        more.mkdir()
        (more / "certificates.csv").write_text(f"worker,certificate\n{rows[0]['worker']},SAW\n")
        (more / "pool.ini").write_text((TINY / "pool.ini").read_text())
        self.rooster("import", more)
        after = self.json("plan", "--week", WEEK, "--gap", "0")["cost_cents"]
        self.assertLess(after, before)
        self.assertLessEqual(before - after, rows[0]["worth_cents"] + 1)

    def test_standby_tells_the_worth_of_an_hour_by_certificate_and_half_day(self):
        self.with_plan(TINY, "--gap", "0")
        printed = self.json("advise", "standby")
        hours = {(";".join(row["certificates"]), row["start"][:16]): row for row in printed["hours"]}
        saw = hours[("SAW", "2026-12-05T00:00")]
        self.assertTrue(saw["is_scarce"])
        self.assertGreaterEqual(saw["hour_cents"], 10000)
        self.assertNotIn(("", "2026-12-05T00:00"), hours)
        self.assertEqual(printed["places"][0]["shift"], "sat-saw")
        text = self.rooster("advise", "standby")
        self.assertRegex(text, r"\nSAW +0-12 +\(\d+\.\d\) +\(\d+\.\d\) +- +- +\(\d+\.\d\) +1\d\d\.\d +-\n")
        self.assertEqual(len(self.csv("advise", "standby")), len(printed["hours"]))

    def test_contracts_tell_what_an_hour_more_or_fewer_is_worth(self):
        self.with_plan(TINY, "--gap", "0")
        rows = {row["worker"]: row for row in self.json("advise", "contracts")["contracts"]}
        self.assertEqual(set(rows), {"anna", "bart", "cem", "dina"})
        self.assertIsNone(rows["cem"]["fewer_cents"], "nothing is guaranteed")
        self.assertIsNotNone(rows["anna"]["fewer_cents"])

    def test_use_is_checked(self):
        self.with_plan(TINY, "--gap", "0")
        self.assertEqual(self.error("advise", "holidays"), "holidays is not training, standby or contracts")
        self.assertIn("usage: rooster advise training|standby|contracts", self.error("advise"))
        self.assertIn("whole number from 1", self.error("advise", "training", "--most", "0"))
        self.assertIn("whole number from 1", self.error("explain", "--shift", "sat-saw", "--work", "0"))
        self.assertIn("has no roster yet", self.error("advise", "training", "--week", "2026-W51", code=BAD_USE))

    def test_the_example_fits_80_columns(self):
        self.with_plan(EXAMPLE, "--seconds", "5")
        rows = self.json("show", "--by", "coop")["shifts"]
        lacking = next(row["shift"] for row in rows if row["cover"] < row["headcount"])
        for arguments in (["advise", "training"], ["advise", "standby"], ["advise", "contracts"],
                          ["explain", "--shift", lacking]):
            with self.subTest(arguments=arguments):
                text = self.rooster(*arguments)
                widest = max(text.splitlines(), key=width)
                self.assertLessEqual(width(widest), 80, widest)
                self.assertTrue(list(csv.DictReader(io.StringIO(self.rooster(*arguments, "--format", "csv")))))


if __name__ == "__main__":
    main()
