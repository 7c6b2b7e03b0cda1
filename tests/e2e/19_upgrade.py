#!/usr/bin/env python3
"""A database of the release before the service: opened by today's program, it says the same, and the work goes on."""
import sqlite3

from rooster_case import SOURCE, WEEK, main
from service_case import ServiceCase

OLD = SOURCE / "tests/store/data/before-service"


class Upgrade(ServiceCase):
    def setUp(self):
        super().setUp()
        with sqlite3.connect(self.db) as database:
            database.executescript((OLD / "rooster.sql").read_text(encoding="utf-8"))
        database.close()

    def feeds(self, folder):
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.ics")}

    def test_what_it_says_is_the_same(self):
        self.now = "2026-11-24T11:02"
        self.rooster("publish", "--feeds", "feeds")
        outbox = self.json("outbox")
        self.assertEqual((outbox["waiting"], outbox["dead"]), (6, 0))
        self.assertEqual(self.feeds(self.folder / "feeds"), self.feeds(OLD / "feeds"))
        self.assertEqual(self.assignments("--published"), {("mon", "anna"), ("mon-late", "bart"), ("wed-bus", "bart"), ("tue-early", "anna"), ("fri", "dina")})
        self.assertEqual(self.assignments(), self.assignments("--published") | {("mon", "cem")})
        self.assertEqual([entry["what"] for entry in self.csv("audit")][-1], "import")
        self.rooster("check", "--week", WEEK)

    def test_the_work_goes_on(self):
        self.now = "2026-11-24T12:00"
        self.planner = self.token("planner")
        anna = self.token("worker", "anna", feed=True)
        self.start()
        before = self.ask("GET", f"/feeds/{anna}.ics").body
        self.assertEqual(before, (OLD / "feeds/worker/anna.ics").read_bytes(), "who subscribed to the file sees nothing new")
        self.assertIn("assign shift mon worker cem", self.api("POST", f"/weeks/{WEEK}/undo", {}, status=200).json["undone"])
        self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": "unassign", "shift": "wed-bus", "worker": "bart"}]}, status=200)
        self.assertEqual(self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200).json["revision"], 3)
        self.assertEqual(self.ask("GET", f"/feeds/{anna}.ics").body, before, "and what is not anna's changes nothing for her")
        bart = self.ask("GET", f"/feeds/{self.token('worker', 'bart', feed=True)}.ics").body
        self.assertEqual(bart.count(b"STATUS:CANCELLED"), 1)


if __name__ == "__main__":
    main()
