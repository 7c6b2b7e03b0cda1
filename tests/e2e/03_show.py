#!/usr/bin/env python3
"""Looking and judging: show, check, diff, explain, candidates; for people and for programs."""
import unicodedata

from rooster_case import EXAMPLE, FAILED_CHECK, WEEK, RoosterCase, main


def width(line):
    """Columns that a line takes on a terminal."""
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
               for letter in line)


class Show(RoosterCase):
    def test_says_which_roster_it_shows(self):
        self.with_pool()
        self.assertTrue(self.rooster("show").startswith("No roster of 2026-W49 yet\n"))
        self.assertTrue(self.rooster("show", "--week", "2026-W48").startswith("Published roster of 2026-W48, revision 1\n"))
        self.rooster("assign", "--shift", "fri", "--worker", "anna")
        self.assertTrue(self.rooster("show").startswith("Draft of 2026-W49\n"))

    def test_the_default_week_is_the_one_after_now(self):
        self.with_pool()
        self.assertEqual(self.json("show")["week"], "2026-W49")
        self.assertEqual(self.json("show", "--now", "2026-11-29T23:59")["week"], "2026-W49")
        self.assertEqual(self.json("show", "--now", "2026-11-30T00:00")["week"], "2026-W50")
        self.assertEqual(self.json("show", "--now", "2026-11-29T23:30Z")["week"], "2026-W50", "local time counts")

    def test_by_worker_has_days_hours_and_contract(self):
        self.with_draft()
        text = self.rooster("show")
        row = text[text.index("Anna"):].splitlines()
        self.assertRegex(row[0], r"^Anna de Vries +08:00 +08:00 +15:00 +8-40$")
        self.assertRegex(row[1], r"^anna +16:00 +16:00$")
        self.assertRegex(text, r"\n4 workers +30:00 +16-116\n$|\n4 workers +30:00 +16-116\n")

    def test_a_pinned_shift_has_a_star(self):
        self.with_draft()
        self.rooster("pin", "--shift", "fri", "--worker", "anna")
        self.assertRegex(self.rooster("show"), r"\nanna +16:00 +16:00\*\n")

    def test_by_coop_and_by_day_have_cover_and_names(self):
        self.with_draft()
        by_coop = self.rooster("show", "--by", "coop")
        self.assertIn("green, Groen West: 3 of 6 people, 22:30 of 39:00 hours", by_coop)
        self.assertRegex(by_coop, r"mon +gardening +Mon 08:00-16:00 +2/2 +Anna de Vries, Cem")
        self.assertRegex(by_coop, r"Together: 4 of 7 people, 30:00 of 46:30 hours")
        self.assertRegex(self.rooster("show", "--by", "day"), r"Wed 2 Dec: 1 of 1 people.*\nwed-bus +bus +driving +07:00-15:00")

    def test_csv_and_json_say_the_same(self):
        self.with_draft()
        for by, key in (("worker", "workers"), ("coop", "shifts"), ("day", "shifts")):
            with self.subTest(by=by):
                from_json, from_csv = self.json("show", "--by", by)[key], self.csv("show", "--by", by)
                flat = [{name: ";".join(value) if isinstance(value, list) else f"{value:g}" if isinstance(value, float)
                         else "" if value is None else str(value) for name, value in row.items()} for row in from_json]
                self.assertEqual(flat, from_csv)

    def test_the_example_fits_80_columns_everywhere(self):
        self.with_pool(EXAMPLE)
        self.rooster("plan", "--week", WEEK, "--seconds", "5")
        shift = self.json("show", "--by", "coop")["shifts"][0]["shift"]
        worker = self.json("show")["workers"][0]["worker"]
        for arguments in (["show"], ["show", "--by", "coop"], ["show", "--by", "day"], ["check"], ["diff"], ["audit"],
                          ["candidates", "--shift", shift], ["explain", "--shift", shift], ["explain", "--worker", worker]):
            with self.subTest(arguments=arguments):
                text = self.rooster(*arguments)
                widest = max(text.splitlines(), key=width)
                self.assertLessEqual(width(widest), 80, widest)
                self.assertNotIn("\033", text, "no bold where no terminal is")

    def test_a_wider_terminal_is_used(self):
        self.with_pool(EXAMPLE)
        narrow, wide = (self.rooster("show", "--by", "coop", environment={"COLUMNS": columns}) for columns in ("60", "200"))
        self.assertIn("…", narrow)
        self.assertNotIn("…", wide)

    def test_names_cannot_drive_the_terminal(self):
        self.with_pool()
        evil = self.folder / "evil"
        evil.mkdir()
        (evil / "coops.csv").write_text("coop,name\nevil,\033[2Jgone\n", encoding="utf-8")
        process = self.run_rooster("import", evil)
        self.assertNotIn("\033", process.stdout + process.stderr)
        self.assertNotIn("\033", self.rooster("show", "--by", "coop"))


class Check(RoosterCase):
    def test_a_lawful_draft_passes_and_is_priced(self):
        self.with_draft()
        printed = self.json("check")
        self.assertTrue(printed["is_legal"])
        self.assertEqual(printed["violations"], [])
        self.assertEqual(printed["cost_cents"], sum(printed["terms"].values()))
        # mon-late 5 h and sat-saw 4 h at 100, tue-early 7.5 h at 200
        self.assertEqual(printed["terms"]["shortfall_normal"], 90000)
        self.assertEqual(printed["terms"]["shortfall_high"], 150000)
        self.assertIn("No rule is broken.", self.rooster("check"))

    def test_a_broken_roster_fails_with_rule_article_shifts_and_figures(self):
        self.with_pool()
        broken = self.folder / "broken"
        broken.mkdir()
        (broken / "roster.csv").write_text("shift,worker,pinned\nmon-late,anna,\ntue-early,anna,\n")
        self.rooster("import", broken)
        printed = self.json("check", "--week", WEEK, "--published", code=FAILED_CHECK)
        self.assertEqual([(row["rule"], row["worker"], row["shifts"]) for row in printed["violations"]],
                         [("daily_rest", "anna", ["mon-late", "tue-early"])])
        self.assertIn("ATW 5:3(2)", printed["violations"][0]["article"])
        self.assertIn("8:00", printed["violations"][0]["figures"])
        self.assertIn("Breaches: 1.", self.rooster("check", "--week", WEEK, code=FAILED_CHECK))

    def test_without_a_roster_says_what_to_do(self):
        self.with_pool()
        self.assertEqual(self.error("check"), "2026-W49 has no roster yet; `rooster plan --week 2026-W49` makes one")
        self.assertEqual(self.error("diff"), "2026-W49 has no draft; `rooster plan --week 2026-W49` makes one")


class Diff(RoosterCase):
    def test_shows_changes_by_worker_with_short_notice(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = "2026-12-01T09:00"
        self.rooster("unassign", "--shift", "fri", "--worker", "anna")
        self.rooster("assign", "--shift", "fri", "--worker", "bart")
        changes = {(row["worker"], row["change"], row["shift"]): row for row in self.json("diff", "--week", WEEK)["changes"]}
        self.assertEqual(set(changes), {("anna", "dropped", "fri"), ("bart", "added", "fri")})
        self.assertEqual(changes["bart", "added", "fri"]["ahead_min"], 71 * 60)
        self.assertIn("the pay stays owed", changes["anna", "dropped", "fri"]["notice"])
        self.assertIn("2 changes, 2 of them at less than four days' notice", self.rooster("diff", "--week", WEEK))

    def test_a_draft_that_changes_nothing_says_so(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.rooster("pin", "--shift", "fri", "--worker", "anna")
        self.assertIn("Nothing changes.", self.rooster("diff"))


class Explain(RoosterCase):
    def test_a_short_shift_names_what_keeps_everybody_off_it(self):
        self.with_draft()
        printed = self.json("explain", "--shift", "sat-saw")
        self.assertEqual((printed["headcount"], printed["cover"], printed["able"]), (1, 0, 0))
        blocks = {row["rule"]: row for row in printed["blocks"]}
        self.assertEqual(blocks["certificate"]["count"], 4)
        self.assertEqual(blocks["certificate"]["workers"], ["anna", "bart", "cem", "dina"])
        self.assertEqual(printed["change"], [])
        self.assertIn("Nobody can take it", self.rooster("explain", "--shift", "sat-saw"))

    def test_the_smallest_change_fills_a_short_shift(self):
        self.with_draft()
        printed = self.json("explain", "--shift", "mon-late")
        self.assertEqual([(step["from"], step["to"]) for step in printed["change"]], [(None, "mon-late")])
        taker = printed["change"][0]["worker"]
        moved = self.json("assign", "--shift", "mon-late", "--worker", taker)
        self.assertEqual(moved["price_cents"], printed["change_cents"])
        self.assertIn("It is not short.", self.rooster("explain", "--shift", "mon-late"))

    def test_nobody_can_take_a_published_shift_that_has_begun(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = "2026-12-01T09:00"
        self.rooster("pin", "--shift", "fri", "--worker", "anna")
        self.assertEqual(self.json("explain", "--shift", "tue-early")["able"], 0)
        rows = self.json("candidates", "--shift", "tue-early")["candidates"]
        self.assertEqual({row["state"] for row in rows}, {"cannot"})
        self.assertIn("It has begun", self.rooster("candidates", "--shift", "tue-early"))

    def test_a_worker_sees_shifts_hours_and_what_was_open(self):
        self.with_draft()
        printed = self.json("explain", "--worker", "anna")
        self.assertEqual([row["shift"] for row in printed["shifts"]], ["mon", "fri"])
        self.assertEqual(printed["planned_min"], 900)
        opened = {row["shift"]: row for row in printed["open"]}
        self.assertEqual(set(opened), {"mon-late", "tue-early", "sat-saw"})
        self.assertTrue(opened["tue-early"]["can"])
        moved = self.json("assign", "--shift", "tue-early", "--worker", "anna")
        self.assertEqual(moved["price_cents"], opened["tue-early"]["price_cents"])
        self.assertEqual(opened["sat-saw"]["rules"], ["certificate"])

    def test_needs_one_of_shift_and_worker(self):
        self.with_pool()
        self.assertIn("one --shift or one --worker", self.error("explain"))
        self.assertIn("one --shift or one --worker", self.error("explain", "--shift", "mon", "--worker", "anna"))
        self.assertEqual(self.error("explain", "--worker", "ana"), "no worker ana in pool tiny; did you mean anna?")
        self.assertEqual(self.error("explain", "--shift", "mon", "--week", "2026-W50"),
                         "shift mon is in 2026-W49, not in 2026-W50")

    def test_candidates_are_ranked_by_price_and_the_others_have_reasons(self):
        self.with_draft()
        rows = self.json("candidates", "--shift", "tue-early")["candidates"]
        able = [row for row in rows if row["state"] == "can"]
        self.assertEqual([row["price_cents"] for row in able], sorted(row["price_cents"] for row in able))
        self.assertEqual(len(able), 4)
        for row in able:
            moved = self.json("assign", "--shift", "tue-early", "--worker", row["worker"])
            self.assertEqual(moved["price_cents"], row["price_cents"])
            self.rooster("undo", "--week", WEEK)
        rows = {row["worker"]: row for row in self.json("candidates", "--shift", "wed-bus")["candidates"]}
        self.assertEqual([(rows[worker]["state"], rows[worker]["rules"]) for worker in ("bart", "cem")],
                         [("on it", []), ("cannot", ["certificate"])])
        self.assertIn("RIJBEWIJS-D1", rows["cem"]["why"])


if __name__ == "__main__":
    main()
