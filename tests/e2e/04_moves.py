#!/usr/bin/env python3
"""By hand: assign, unassign, pin, unpin, undo. The checker and the price answer at once."""
from rooster_case import FAILED_CHECK, WEEK, RoosterCase, main


class Moves(RoosterCase):
    def move(self, verb, shift, worker, **options):
        return self.json(verb, "--shift", shift, "--worker", worker, **options)

    def refused(self, verb, shift, worker):
        """The rules, with article and figures, for which the move is refused."""
        printed = self.move(verb, shift, worker, code=FAILED_CHECK)
        self.assertFalse(printed["is_done"])
        for row in printed["violations"]:
            self.assertTrue(row["article"] and row["figures"], row)
        return [row["rule"] for row in printed["violations"]]

    def test_an_assignment_starts_a_draft_and_is_priced_by_term(self):
        self.with_pool()
        printed = self.move("assign", "fri", "anna")
        self.assertEqual((printed["week"], printed["is_done"]), (WEEK, True))
        price = {row["term"]: row["cents"] for row in printed["price"]}
        self.assertEqual(price["shortfall_low"], -7 * 6000 - 3000, "7:30 h at 60 euro")
        self.assertEqual(price["idle"], -15000, "7:30 h at 20 euro")
        self.assertEqual(printed["price_cents"], sum(price.values()))
        self.assertEqual(self.assignments(), {("fri", "anna")})
        self.assertEqual(printed["cost_cents"], self.json("check")["cost_cents"])

    def test_what_the_law_or_the_pool_forbids_is_refused_and_changes_nothing(self):
        self.with_draft()
        before = self.assignments()
        self.move("assign", "mon-late", "bart")
        self.assertEqual(self.refused("assign", "tue-early", "bart"), ["daily_rest"])
        self.assertEqual(self.refused("assign", "mon-late", "anna"), ["duty_work", "duty_span", "shifts_per_day", "headcount"])
        self.assertEqual(self.refused("assign", "sat-saw", "cem"), ["certificate"])
        self.assertEqual(self.refused("assign", "mon", "dina"), ["headcount"])
        self.assertEqual(self.refused("assign", "fri", "cem"), ["unavailable", "headcount"])
        self.assertEqual(self.assignments(), before | {("mon-late", "bart")})
        text = self.rooster("assign", "--shift", "tue-early", "--worker", "bart", code=FAILED_CHECK)
        for part in ("Refused", "daily_rest", "ATW 5:3(2)", "mon-late tue-early", "8:00"):
            self.assertIn(part, text)

    def test_what_was_broken_before_does_not_stop_a_move(self):
        self.with_pool()
        broken = self.folder / "broken"
        broken.mkdir()
        (broken / "roster.csv").write_text("shift,worker,pinned\nmon-late,anna,\ntue-early,anna,\nfri,anna,\n")
        self.rooster("import", broken)
        self.move("assign", "mon", "cem")
        self.move("unassign", "fri", "anna")
        self.rooster("check", "--week", WEEK, code=FAILED_CHECK)
        self.move("unassign", "mon-late", "anna")
        self.rooster("check", "--week", WEEK)

    def test_moves_without_an_effect_are_bad_use(self):
        self.with_draft()
        arguments = ["--shift", "fri", "--worker", "anna"]
        self.assertEqual(self.error("assign", *arguments), "worker anna is already on shift fri")
        self.assertEqual(self.error("unpin", *arguments), "worker anna is not pinned to shift fri")
        self.assertEqual(self.error("unassign", "--shift", "fri", "--worker", "bart"), "worker bart is not on shift fri")
        self.assertEqual(self.error("pin", "--shift", "fri", "--worker", "bart"), "worker bart is not on shift fri")
        self.assertEqual(self.error("assign", "--shift", "fri"), "which worker? Name it with --worker")
        self.assertEqual(self.error("assign", "--shift", "fry", "--worker", "anna"),
                         "no shift fry in pool tiny; did you mean fri?")

    def test_a_pinned_worker_must_be_unpinned_first(self):
        self.with_draft()
        self.move("pin", "fri", "anna")
        self.assertEqual(self.error("unassign", "--shift", "fri", "--worker", "anna"),
                         "worker anna must be unpinned before being taken off shift fri")
        self.assertEqual(self.error("pin", "--shift", "fri", "--worker", "anna"), "worker anna is already pinned to shift fri")
        self.move("unpin", "fri", "anna")
        self.move("unassign", "fri", "anna")

    def test_a_published_pin_can_be_lifted_in_the_draft(self):
        self.with_draft()
        self.move("pin", "fri", "anna")
        self.rooster("publish", "--week", WEEK)
        self.move("unpin", "fri", "anna")
        self.move("unassign", "fri", "anna")
        self.rooster("check")
        self.rooster("publish", "--week", WEEK)
        self.assertNotIn(("fri", "anna"), self.assignments())

    def test_a_change_of_a_published_week_is_charged_and_the_past_is_frozen(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = "2026-12-01T09:00"
        self.assertEqual(self.refused("unassign", "mon", "anna"), ["frozen"])
        self.assertEqual(self.refused("assign", "tue-early", "cem"), ["frozen"])
        price = {row["term"]: row["cents"] for row in self.move("unassign", "fri", "anna")["price"]}
        self.assertEqual(price["change"], 1500)
        self.assertEqual(price["late_change"], 4000 + 15000, "71 h ahead: 40 euro, and 7:30 h at 20 euro stay owed")

    def test_pins_survive_a_plan(self):
        self.with_pool()
        self.move("assign", "mon", "dina")
        self.move("pin", "mon", "dina")
        self.rooster("plan", "--seconds", "20")
        self.assertIn("mon,dina,1", self.rooster("export", "roster").splitlines())

    def test_a_pin_that_the_law_forbids_stops_a_plan(self):
        self.with_draft()
        self.move("pin", "mon", "cem")
        away = self.folder / "away"
        away.mkdir()
        (away / "availability.csv").write_text(
            "worker,start,end,kind\ncem,2026-11-30T00:00,2026-12-01T00:00,unavailable\n")
        self.rooster("import", away)
        message = self.error("plan", "--seconds", "5", code=FAILED_CHECK)
        self.assertIn("cem", message)
        self.assertIn("unpin", message)

    def test_undo_takes_steps_back_one_by_one_and_says_which(self):
        self.with_pool()
        self.move("assign", "fri", "anna")
        self.rooster("plan", "--seconds", "5")
        self.assertIn("plan week 2026-W49", self.rooster("undo"))
        self.assertEqual(self.assignments(), {("fri", "anna")})
        self.assertEqual(self.rooster("undo"), "Taken back in 2026-W49: assign shift fri worker anna.\n")
        self.assertEqual(self.json("show")["roster"], "none")
        self.assertEqual(self.error("undo"), "there is nothing to undo in 2026-W49")


if __name__ == "__main__":
    main()
