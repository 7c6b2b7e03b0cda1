#!/usr/bin/env python3
"""The last publishing taken back: one more revision, told of like any other, and refused where it can no longer be."""
import re

from rooster_case import DONE, FAILED_CHECK, WEEK, main
from service_case import ServiceCase

LATE = "2026-12-02T18:00"  # within four days of the Friday, and after the Wednesday
PATH = f"/weeks/{WEEK}/publish/undo"


class TakenBack(ServiceCase):
    def twice_published(self):
        """Revision 1 has anna on the Friday, revision 2 bart."""
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.first = self.assignments("--published")
        self.rooster("unassign", "--shift", "fri", "--worker", "anna")
        self.rooster("assign", "--shift", "fri", "--worker", "bart")
        self.rooster("publish", "--week", WEEK)
        self.second = self.assignments("--published")
        self.assertNotEqual(self.first, self.second)

    def undo(self, **options):
        return self.json("publish", "--week", WEEK, "--undo", **options)

    def friday(self, worker):
        """STATUS and SEQUENCE of the Friday in the worker's feed."""
        text = (self.folder / f"feeds/worker/{worker}.ics").read_bytes().decode().replace("\r\n ", "")
        event = next(part for part in text.split("BEGIN:VEVENT") if "DTSTART:20261204T" in part)
        status = re.search(r"STATUS:(\w+)", event)
        return status[1] if status else "CONFIRMED", int(re.search(r"SEQUENCE:(\d+)", event)[1])

    def test_the_former_roster_is_one_more_revision(self):
        self.twice_published()
        before, waiting = {who: self.friday(who) for who in ("anna", "bart")}, self.json("outbox")["waiting"]
        self.assertEqual((before["anna"][0], before["bart"][0]), ("CANCELLED", "CONFIRMED"))
        printed = self.undo()
        self.assertEqual((printed["is_published"], printed["revision"], printed["restores"]), (True, 3, 1))
        self.assertEqual({(row["worker"], row["change"]) for row in printed["changes"]}, {("anna", "added"), ("bart", "dropped")})
        self.assertEqual(self.assignments("--published"), self.first)
        after = {who: self.friday(who) for who in ("anna", "bart")}
        self.assertEqual((after["anna"][0], after["bart"][0]), ("CONFIRMED", "CANCELLED"))
        for who in after:
            self.assertGreater(after[who][1], before[who][1], "calendars take a change by its sequence")
        self.assertGreater(self.json("outbox")["waiting"], waiting)
        self.rooster("check", "--week", WEEK, "--published")
        self.assertIn("publish week 2026-W49 as in revision 1", " ".join(self.rooster("audit").split()))
        self.assertIn("is published as revision 4, as it was in revision 2", self.rooster("publish", "--week", WEEK, "--undo"))
        self.assertEqual(self.assignments("--published"), self.second, "which takes it back in turn")

    def test_pins_come_back_and_new_ones_go(self):
        self.with_draft()
        self.rooster("pin", "--shift", "mon", "--worker", "anna")
        self.rooster("publish", "--week", WEEK)
        first = self.rooster("export", "roster", "--week", WEEK, "--published")
        self.rooster("unpin", "--shift", "mon", "--worker", "anna")
        self.rooster("unassign", "--shift", "fri", "--worker", "anna")
        self.rooster("assign", "--shift", "fri", "--worker", "bart")
        self.rooster("pin", "--shift", "fri", "--worker", "bart")
        self.rooster("publish", "--week", WEEK)
        self.undo()
        self.assertEqual(self.rooster("export", "roster", "--week", WEEK, "--published"), first)

    def test_what_was_withdrawn_too_late_stays_owed(self):
        self.twice_published()
        self.now = LATE
        self.assertIn("2 changes, 2 of them at less than four days' notice", self.rooster("publish", "--week", WEEK, "--undo"))
        self.now = "2026-12-07T12:00"
        self.rooster("hours", "confirm", "--week", WEEK)
        owed = [row for row in self.csv("export", "hours", "--week", WEEK) if row["reason"] == "cancelled_paid"]
        self.assertEqual([(row["assignment"], row["paid_min"]) for row in owed], [("fri/bart", "450")])

    def test_it_is_refused_where_there_is_nothing_to_go_back_to(self):
        self.with_draft()
        self.assertIn("2026-W49 has no earlier published roster to go back to", self.error("publish", "--week", WEEK, "--undo"))
        self.rooster("publish", "--week", WEEK)
        self.assertIn("2026-W49 has no earlier published roster to go back to", self.error("publish", "--week", WEEK, "--undo"))
        self.assertIn("which week's publishing", self.error("publish", "--undo"))
        self.rooster("unassign", "--shift", "fri", "--worker", "anna")
        self.rooster("assign", "--shift", "fri", "--worker", "anna")
        self.rooster("publish", "--week", WEEK)
        self.assertIn("revision 2 of 2026-W49 changed nobody's week", self.error("publish", "--week", WEEK, "--undo"))

    def test_it_is_refused_once_a_changed_shift_has_begun(self):
        self.twice_published()
        self.now = "2026-12-04T09:00"
        waiting = self.json("outbox")["waiting"]
        printed = self.undo(code=FAILED_CHECK)
        self.assertFalse(printed["is_published"])
        self.assertEqual({row["rule"] for row in printed["violations"]}, {"frozen"})
        self.assertIn("Refused: what the last publishing of 2026-W49 replaced breaks rules",
                      self.rooster("publish", "--week", WEEK, "--undo", code=FAILED_CHECK))
        self.assertEqual((self.assignments("--published"), self.json("outbox")["waiting"]), (self.second, waiting))

    def test_a_repair_that_must_stay_cannot_be_taken_back(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.json("absent", "--worker", "anna", "--from", "2026-12-04T00:00", "--until", "2026-12-05T00:00", "--accept",
                  "--work", "3000", "--seconds", "0")
        published = self.assignments("--published")
        self.assertNotIn(("fri", "anna"), published)
        self.assertEqual({(row["rule"], row["worker"]) for row in self.undo(code=FAILED_CHECK)["violations"]},
                         {("unavailable", "anna")})
        self.assertEqual(self.assignments("--published"), published)

    def test_a_draft_stays_a_draft(self):
        self.twice_published()
        self.rooster("unassign", "--shift", "mon", "--worker", "cem")
        drafted = self.assignments()
        self.undo()
        self.assertEqual((self.assignments("--published"), self.assignments()), (self.first, drafted))
        self.assertEqual({(row["shift"], row["worker"], row["change"]) for row in self.json("diff", "--week", WEEK)["changes"]},
                         {("mon", "cem", "dropped"), ("fri", "anna", "dropped"), ("fri", "bart", "added")})

    def test_a_planned_draft_keeps_its_prices(self):
        self.twice_published()
        self.rooster("plan", "--week", WEEK, "--work", "20000", "--seconds", "0", "--fresh")
        drafted, kept = self.assignments(), self.solve_of("draft")
        self.undo()
        self.assertEqual((self.json("show")["roster"], self.assignments()), ("draft", drafted))
        self.assertIsNotNone(kept)
        self.assertEqual(self.solve_of("draft"), kept)

    def test_what_the_pool_no_longer_has_does_not_come_back(self):
        self.twice_published()
        folder = self.folder / "fewer"
        self.rooster("export", "pool", folder)
        for name in ("workers.csv", "certificates.csv", "availability.csv", "roster.csv"):
            lines = (folder / name).read_text(encoding="utf-8").splitlines()
            (folder / name).write_text("\n".join(line for line in lines if not re.search(r"(^|,)cem(,|$)", line)) + "\n", encoding="utf-8")
        self.rooster("import", "--replace", folder)
        self.assertIn("no earlier published roster", self.error("publish", "--week", WEEK, "--undo"), "the folder is the whole truth")

    def test_weeks_are_taken_back_at_once_or_not_at_all(self):
        self.twice_published()
        refused = self.error("publish", "--week", WEEK, "--weeks", "2", "--undo")
        self.assertIn("2026-W50 has no earlier published roster", refused)
        self.assertEqual(self.assignments("--published"), self.second)

    def test_over_the_api_a_trial_tells_and_changes_nothing(self):
        self.twice_published()
        self.planner = self.token("planner")
        self.start()

        def version(answer):
            return answer.etag.split(".")[0]

        board = self.api("GET", f"/weeks/{WEEK}", status=200)
        tried = self.api("POST", PATH, {"is_trial": True}, status=200)
        self.assertEqual((tried.json["revision"], tried.json["restores"], version(tried)), (3, 1, version(board)))
        self.assertEqual({(row["worker"], row["change"]) for row in tried.json["changes"]}, {("anna", "added"), ("bart", "dropped")})
        self.assertEqual(self.assignments("--published"), self.second)
        heard, _ = self.events()
        done = self.api("POST", PATH, {}, status=200, headers={"If-Match": tried.etag, "Idempotency-Key": "back"})
        again = self.api("POST", PATH, {}, status=200, headers={"If-Match": tried.etag, "Idempotency-Key": "back"})
        self.assertEqual((done.json, self.assignments("--published")), (again.json, self.first))
        self.assertEqual(version(self.api("GET", f"/weeks/{WEEK}", status=200)), version(done))
        self.wait_for(lambda: any(kind == "changed" for _, kind, _ in heard))
        self.assertEqual(self.api("POST", PATH, {}, headers={"If-Match": tried.etag}).status, 409, "not the one that was seen")
        self.assertEqual(self.api("POST", PATH, {}, token=self.token("worker", "anna")).status, 403)
        self.assertEqual(self.api("POST", PATH, {}, token=self.token("coop", "green")).status, 403)
        self.api("POST", "/weeks/2026-W48/publish/undo", {}, status=404)

    def test_over_the_api_the_refusal_tells_the_rules(self):
        self.twice_published()
        self.planner = self.token("planner")
        self.now = "2026-12-04T09:00"
        self.start()
        refused = self.api("POST", PATH, {}, status=422).json
        self.assertEqual(refused["sentence"]["text"], "revision {0} of {1} cannot come back: it breaks rules as things are now")
        self.assertEqual({row["rule"] for row in refused["violations"]}, {"frozen"})
        self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": "assign", "shift": "sat-saw", "worker": "bart"}]})
        self.assertEqual(self.assignments("--published"), self.second)
        self.rooster("check", "--week", WEEK, "--published", code=DONE)


if __name__ == "__main__":
    main()
