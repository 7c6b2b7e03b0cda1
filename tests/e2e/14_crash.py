#!/usr/bin/env python3
"""kill -9 of the service in the middle of its writes, again and again: what was acknowledged is there, nothing is there twice."""
import http.client
import itertools
import json
import os
import random
import signal
import sqlite3
import threading
import time

from rooster_case import WEEK, main
from service_case import Service, ServiceCase

ROUNDS = int(os.environ.get("ROOSTER_CRASH_ROUNDS", "50"))


class Crash(ServiceCase):
    def requests(self):
        """Writes of every kind, each with a key of its own; for ever."""
        for number in itertools.count():
            kind = number % 4
            key = f"key-{number}"
            if kind == 0:
                hour = 6 + number % 10
                yield key, "POST", "/coops/green/shifts", {"role": key, "start": f"2026-12-{8 + number % 5:02d}T{hour:02d}:00",
                                                           "end": f"2026-12-{8 + number % 5:02d}T{hour + 4:02d}:00"}
            elif kind == 1:
                verb = "unassign" if number % 8 == 1 else "assign"
                yield key, "POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": verb, "shift": "fri", "worker": "anna"}]}
            elif kind == 2:
                yield key, "PUT", "/workers/cem/availability", {
                    "from": "2026-12-14T00:00", "until": "2026-12-15T00:00",
                    "windows": [{"start": "2026-12-14T00:00", "end": f"2026-12-14T{1 + number % 20:02d}:00", "kind": "avoid"}]}
            else:
                yield key, "POST", f"/weeks/{WEEK}/publish", {}

    def send(self, key, method, path, body):
        connection = http.client.HTTPConnection(self.service.address, self.service.port, timeout=30)
        try:
            connection.request(method, "/api/v1" + path, json.dumps(body),
                               {"Authorization": f"Bearer {self.planner}", "Content-Type": "application/json", "Idempotency-Key": key})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def write_until_killed(self, requests, acknowledged):
        """The request that got no answer."""
        for request in requests:
            try:
                status, body = self.send(*request)
            except (OSError, http.client.HTTPException, ValueError):
                return request
            self.assertLess(status, 500, body)
            acknowledged[request[0]] = (request, status, body)
        return None

    def one(self, statement, *values):
        with sqlite3.connect(self.db) as database:
            return database.execute(statement, values).fetchone()[0]

    def test_nothing_acknowledged_is_lost_and_nothing_is_applied_twice(self):
        self.with_draft()
        self.planner = self.token("planner")
        chance = random.Random(49)
        requests, acknowledged, resent, unanswered = self.requests(), {}, 0, None
        for _ in range(ROUNDS):
            self.service = Service(self.db, self.now)
            if unanswered:
                status, body = self.send(*unanswered)
                acknowledged[unanswered[0]] = (unanswered, status, body)
                resent += 1
            for request, status, body in chance.sample(sorted(acknowledged.values(), key=str), min(2, len(acknowledged))):
                if status < 300:
                    again = self.send(*request)
                    self.assertEqual(again[1], body, "the same answer, after a crash too")
            killer = threading.Timer(chance.uniform(0.02, 0.5), self.service.process.send_signal, (signal.SIGKILL,))
            killer.start()
            unanswered = self.write_until_killed(requests, acknowledged)
            killer.join()
            self.assertEqual(self.service.stop(), -signal.SIGKILL)
            time.sleep(0.05)  # working processes end with their parent
        self.service = Service(self.db, self.now)
        status, body = self.send(*unanswered)
        acknowledged[unanswered[0]] = (unanswered, status, body)
        self.assertEqual(self.service.stop(), 0)
        done = {key: entry for key, entry in acknowledged.items() if entry[1] < 300}
        self.assertEqual(self.one("PRAGMA integrity_check"), "ok")
        for key, (request, _, _) in acknowledged.items():
            if request[2].endswith("/shifts"):
                self.assertEqual(self.one("SELECT count(*) FROM shifts WHERE role = $1", key), 1 if key in done else 0, key)
        revisions = sorted(body["revision"] for request, _, body in done.values() if request[2].endswith("/publish"))
        self.assertEqual(revisions, list(range(1, len(revisions) + 1)), "each publishing once")
        self.assertEqual(self.one("SELECT max(revision) FROM rosters"), len(revisions))
        told = self.one("SELECT count(*) FROM outbox WHERE topic = 'planner/events' AND id LIKE '%' || $1 || '-r%'", WEEK)
        self.assertEqual(told, len(revisions), "each publishing has its messages, once")
        self.assertEqual(self.one("SELECT count(*) FROM outbox"), self.one("SELECT count(DISTINCT id) FROM outbox"))
        self.assertEqual(self.one("SELECT count(*) FROM kept_answers"), len(done), "one kept answer for each effect")
        print(f"crash loop: {ROUNDS} kills, {len(acknowledged)} writes answered, {len(done)} of them done, "
              f"{resent} sent again after a crash, {len(revisions)} publishings")


if __name__ == "__main__":
    main()
