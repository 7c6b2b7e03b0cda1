#!/usr/bin/env python3
"""Two programs on one database: the command line and the service write at once, look while another writes, wait in vain."""
import contextlib
import sqlite3
import threading
import time

from rooster_case import INTERNAL, WEEK, main
from service_case import ServiceCase

ROUNDS = 12


class Together(ServiceCase):
    def setUp(self):
        super().setUp()
        self.with_draft()
        self.planner = self.token("planner")
        self.start()

    def move(self, kind, shift, worker):
        return self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": kind, "shift": shift, "worker": worker}]})

    def moves_told(self):
        with contextlib.closing(sqlite3.connect(self.db)) as database:
            return database.execute("SELECT count(*) FROM audit WHERE what IN ('move', 'assign', 'unassign')").fetchone()[0]

    def test_both_write_at_once(self):
        before, answers, is_over = self.moves_told(), [], threading.Event()

        def over_http():
            kinds = ("unassign", "assign")
            while not is_over.is_set():
                done = sum(status == 200 for status in answers)
                answers.append(self.move(kinds[done % 2], "fri", "anna").status)

        asker = threading.Thread(target=over_http)
        asker.start()
        done = 0
        try:
            for _ in range(ROUNDS):
                process = self.run_rooster(("unassign", "assign")[done % 2], "--shift", "mon", "--worker", "cem")
                self.assertIn(process.returncode, (0, INTERNAL), process.stderr)
                if process.returncode:
                    self.assertIn("changed", process.stderr)
                    self.assertEqual(process.stderr.count("\n"), 1, "one sentence")
                done += process.returncode == 0
        finally:
            is_over.set()
            asker.join()
        by_http = answers.count(200)
        self.assertLessEqual(set(answers), {200, 409, 503}, "done, or told to look again")
        self.assertEqual(self.moves_told() - before, done + by_http, "each once")
        there = self.assignments()
        self.assertEqual(("mon", "cem") in there, done % 2 == 0)
        self.assertEqual(("fri", "anna") in there, by_http % 2 == 0)
        self.assertGreater(done, 0)
        self.assertGreater(by_http, 0)
        print(f"at once: {done} of {ROUNDS} moves by command, {by_http} of {len(answers)} by the service")

    def test_who_waits_in_vain_is_told_so(self):
        with contextlib.closing(sqlite3.connect(self.db, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            begin = time.monotonic()
            answer = self.move("unassign", "fri", "anna")
            self.assertEqual((answer.status, answer.json["type"]), (503, "urn:rooster:problem:busy"))
            self.assertEqual(answer.headers["Retry-After"], "2")
            self.assertGreater(time.monotonic() - begin, 1, "it waited")
            self.assertEqual(self.api("GET", f"/weeks/{WEEK}").status, 200, "looking goes on")
            tried = self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": "unassign", "shift": "fri", "worker": "anna"}], "is_trial": True},
                             headers={"Idempotency-Key": "t"}, status=200)
            self.assertEqual(tried.json["is_trial"], True, "so does trying, which writes nothing")
            self.assertEqual(len(self.assignments()), 4)
            told = self.error("unassign", "--shift", "fri", "--worker", "anna", code=INTERNAL)
            self.assertIn("another program has it locked, try again when it is done", told)
            published = self.api("POST", f"/weeks/{WEEK}/publish", {})
            self.assertEqual((published.status, published.json["type"]), (503, "urn:rooster:problem:busy"), "of a working process too")
            other.execute("ROLLBACK")
        self.assertEqual(self.move("unassign", "fri", "anna").status, 200)
        self.assertEqual(self.api("POST", f"/weeks/{WEEK}/publish", {}).status, 200)


if __name__ == "__main__":
    main()
