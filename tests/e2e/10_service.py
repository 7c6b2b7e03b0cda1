#!/usr/bin/env python3
"""The service as its users meet it: a planner's week over HTTP, feeds, events; who may see what."""
import gzip
import json
import os
import pathlib
import re
import signal
import subprocess

import wire
from rooster_case import EXAMPLE, TINY, WEEK, main
from service_case import ServiceCase


class Planner(ServiceCase):
    def setUp(self):
        super().setUp()
        self.with_draft()
        self.planner = self.token("planner")
        self.start()

    def test_a_part_of_a_draft_is_published_and_the_rest_stays_one(self):
        whole = self.assignments()
        path = f"/weeks/{WEEK}/publish"
        part = self.api("POST", path, {"workers": ["anna"]}, status=200).json
        self.assertEqual((part["revision"], part["left"], {change["worker"] for change in part["changes"]}), (1, 2, {"anna"}))
        self.assertEqual(self.assignments("--published"), {("mon", "anna"), ("fri", "anna")})
        self.rooster("check", "--week", WEEK, "--published")
        board = self.api("GET", f"/weeks/{WEEK}").json
        self.assertEqual((board["state"], board["revision"], self.assignments()), ("draft", 1, whole))
        part = self.api("POST", path, {"coops": ["bus"]}, status=200).json
        self.assertEqual((part["revision"], part["left"]), (2, 1))
        steps = [{"kind": kind, "shift": "fri", "worker": worker} for kind, worker in (("unassign", "anna"), ("assign", "bart"))]
        self.api("POST", f"/weeks/{WEEK}/moves", {"steps": steps}, status=200)
        refused = self.api("POST", path, {"workers": ["bart"]}, status=422).json
        self.assertEqual(refused["violations"][0]["rule"], "headcount", "his without her leaving is one too many")
        self.assertIn("without the rest", refused["detail"])
        part = self.api("POST", path, {"workers": ["anna", "bart"]}, status=200).json
        self.assertEqual((part["revision"], part["left"]), (3, 1))
        done = self.api("POST", path, {"workers": ["cem"], "coops": []}, status=200).json
        self.assertEqual((done["revision"], done["left"]), (4, 0))
        self.assertEqual(self.assignments("--published"), (whole - {("fri", "anna")}) | {("fri", "bart")})
        self.assertEqual(self.api("POST", path, {}, status=422).json["detail"], f"{WEEK} has no draft to publish")

    def test_a_week_is_looked_at_moved_and_published(self):
        week = self.api("GET", f"/weeks/{WEEK}", status=200)
        self.assertEqual(week.json["state"], "draft")
        self.assertEqual(week.json["violations"], [])
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}", headers={"If-None-Match": week.etag}).status, 304)
        trial = {"steps": [{"kind": "unassign", "shift": "mon", "worker": "cem"}], "is_trial": True}
        tried = self.api("POST", f"/weeks/{WEEK}/moves", trial, status=200)
        self.assertEqual(tried.etag, week.etag, "a trial changes nothing")
        moved = self.api("POST", f"/weeks/{WEEK}/moves", {"steps": trial["steps"]}, status=200, headers={"If-Match": week.etag})
        self.assertEqual(moved.json["price"], tried.json["price"])
        self.assertEqual(moved.json["price"]["total_cents"], moved.json["cost_cents"] - week.json["cost_cents"])
        self.is_as_the_board_has_it(moved)
        stale = self.api("POST", f"/weeks/{WEEK}/moves", {"steps": trial["steps"]}, headers={"If-Match": week.etag})
        self.assertEqual(stale.status, 409, "somebody who saw the week before the move")
        back = self.api("POST", f"/weeks/{WEEK}/undo", {}, status=200)
        self.assertIn("unassign shift mon worker cem", back.json["undone"])
        self.is_as_the_board_has_it(back)
        published = self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200, headers={"If-Match": week.etag})
        self.assertEqual(published.json["revision"], 1)
        self.assertEqual(self.assignments("--published"), {("mon", "anna"), ("mon", "cem"), ("wed-bus", "bart"), ("fri", "anna")})

    def is_as_the_board_has_it(self, answer):
        """Who has the board and moved needs no other: all that it shows besides who works is in the answer."""
        known = {"If-None-Match": answer.etag}
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}", headers=known).status, 304)
        board = self.api("GET", f"/weeks/{WEEK}", status=200).json
        for key in ("state", "revision", "version", "cost_cents", "bound_cents", "gap_percent", "status", "cost", "dropped", "violations"):
            self.assertEqual(answer.json[key], board[key], key)

    def test_what_a_move_drops_of_the_published_week_is_told(self):
        self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200)
        moved = self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": "unassign", "shift": "mon", "worker": "cem"}]}, status=200)
        self.assertEqual(moved.json["dropped"], [{"shift": "mon", "worker": "cem"}])
        self.is_as_the_board_has_it(moved)
        back = self.api("POST", f"/weeks/{WEEK}/undo", {}, status=200)
        self.assertEqual((back.json["state"], back.json["dropped"]), ("published", []))
        self.is_as_the_board_has_it(back)

    def test_whoever_knows_the_week_learns_of_what_is_new_in_it(self):
        known = self.api("GET", f"/weeks/{WEEK}").etag
        self.api("POST", "/coops/bus/shifts", {"start": "2026-12-01T08:00", "end": "2026-12-01T12:00"}, status=201)
        fresh = self.api("GET", f"/weeks/{WEEK}", status=200, headers={"If-None-Match": known})
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}", headers={"If-None-Match": f"W/{fresh.etag}"}).status, 304)
        self.assertEqual(self.ask("HEAD", f"/api/v1/weeks/{WEEK}", token=self.planner, headers={"If-None-Match": fresh.etag}).status, 304)
        published = self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200)
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}", status=200, headers={"If-None-Match": fresh.etag}).json["state"], "published")
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}", headers={"If-None-Match": published.etag}).status, 200)

    def test_a_week_goes_packed_to_who_unpacks_it(self):
        path, gzip_taken = f"/api/v1/weeks/{WEEK}", {"Accept-Encoding": "gzip"}
        plain = self.ask("GET", path, token=self.planner)
        for _ in range(2):
            packed = self.ask("GET", path, token=self.planner, headers=gzip_taken)
            self.assertEqual(packed.headers["Content-Encoding"], "gzip")
            self.assertEqual(packed.headers["Vary"], "Accept-Encoding")
            self.assertLess(len(packed.body), len(plain.body) / 2)
            self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertIsNone(plain.headers["Content-Encoding"])
        self.assertNotEqual(packed.etag, plain.etag, "other bytes")
        for tag in (packed.etag, plain.etag):
            self.assertEqual(self.ask("GET", path, token=self.planner, headers={**gzip_taken, "If-None-Match": tag}).status, 304)
        steps = {"steps": [{"kind": "unassign", "shift": "mon", "worker": "cem"}]}
        self.api("POST", f"/weeks/{WEEK}/moves", steps, status=200, headers={"If-Match": packed.etag})
        moved = self.ask("GET", path, token=self.planner, headers={**gzip_taken, "If-None-Match": packed.etag})
        self.assertNotIn(b'"worker":"cem","is_pinned"', gzip.decompress(moved.body))

    def test_a_board_is_made_once_for_all_who_ask_and_never_old(self):
        def reused():
            return int(re.search(r"^rooster_http_answers_reused_total (\d+)$", self.ask("GET", "/metrics").body.decode(), re.MULTILINE)[1])

        def board(query="", **options):
            return self.api("GET", f"/weeks/{WEEK}{query}", status=200, **options)

        other = self.token("planner")
        first = board()
        self.assertEqual([board(token=other).body for _ in range(3)], [first.body] * 3)
        self.assertEqual(reused(), 3)
        published = board("?roster=published")
        self.assertNotEqual(published.json["assignments"], first.json["assignments"], "another question has another answer")
        self.assertEqual(board("?roster=published").body, published.body)
        self.assertEqual(reused(), 4)
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}", headers={"If-None-Match": first.etag}).status, 304)
        self.assertEqual(board(headers={"If-None-Match": '"1.1"'}).body, first.body, "to who has an old one")
        self.assertEqual(reused(), 5)
        self.api("GET", f"/weeks/{WEEK}", token=self.token("worker", "anna"), status=403)
        for change in (lambda: self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": "pin", "shift": "fri", "worker": "anna"}]}, status=200),
                       lambda: self.rooster("unassign", "--shift", "mon", "--worker", "cem"),
                       lambda: self.api("POST", "/coops/bus/shifts", {"start": "2026-12-01T08:00", "end": "2026-12-01T12:00"}, status=201),
                       lambda: self.api("POST", f"/weeks/{WEEK}/undo", {}, status=200)):
            before = board()
            change()
            after = board()
            self.assertNotEqual((after.body, after.etag), (before.body, before.etag))
            self.assertEqual(board().body, after.body)
        kept = re.search(r"^rooster_http_answers_kept_bytes (\d+)$", self.ask("GET", "/metrics").body.decode(), re.MULTILINE)
        self.assertEqual(int(kept[1]), len(after.body) + len(published.body))

    def test_an_illegal_move_is_refused_with_its_reasons(self):
        before = self.api("GET", f"/weeks/{WEEK}").json
        answer = self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": "assign", "shift": "wed-bus", "worker": "anna"}]}, status=422)
        self.assertEqual(answer.json["type"], "urn:rooster:problem:refused")
        self.assertEqual(answer.json["violations"][0]["rule"], "certificate")
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}").json["assignments"], before["assignments"])

    def test_the_same_request_twice_has_one_effect(self):
        body = {"steps": [{"kind": "unassign", "shift": "mon", "worker": "cem"}]}
        first = self.api("POST", f"/weeks/{WEEK}/moves", body, status=200, headers={"Idempotency-Key": "k1"})
        again = self.api("POST", f"/weeks/{WEEK}/moves", body, status=200, headers={"Idempotency-Key": "k1"})
        self.assertEqual(first.json, again.json)
        other = self.api("POST", f"/weeks/{WEEK}/undo", {}, headers={"Idempotency-Key": "k1"})
        self.assertEqual((other.status, other.json["type"]), (422, "urn:rooster:problem:key-reused"))

    def test_a_plan_is_started_watched_and_taken(self):
        events, _ = self.events()
        started = self.api("POST", f"/weeks/{WEEK}/plans", {"seconds": 10}, status=202)
        path = started.headers["Location"].removeprefix("/api/v1")
        done = self.wait_for(lambda: (p := self.api("GET", path).json)["state"] != "running" and p)
        self.assertEqual(done["state"], "done", done)
        proposal = done["proposal"]
        self.assertGreaterEqual(proposal["cost_cents"], proposal["bound_cents"])
        taken = self.api("POST", path + "/take", {}, status=200)
        self.assertEqual(taken.json["cost_cents"], proposal["cost_cents"])
        self.assertEqual(taken.json["bound_cents"], proposal["bound_cents"])
        self.assertEqual(self.assignments(), {(a["shift"], a["worker"]) for a in proposal["assignments"]})
        self.wait_for(lambda: any(kind == "plan_done" for _, kind, _ in events))
        again = self.api("POST", path + "/take", {})
        self.assertEqual(again.status, 409, "the week is no longer what the plan was made for")

    def test_events_go_on_where_they_were_left(self):
        got, close = self.events()
        self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200)
        self.wait_for(lambda: [kind for ident, kind, _ in got if ident])
        seen = [(ident, kind) for ident, kind, _ in got if ident]
        close()
        again, _ = self.events(last=int(seen[0][0]) - 1)
        self.wait_for(lambda: len([1 for ident, _, _ in again if ident]) >= len(seen))
        self.assertEqual([(i, k) for i, k, _ in again if i], seen)
        anna, _ = self.events(token=self.token("worker", "anna"), last=0)
        self.wait_for(lambda: [1 for ident, _, _ in anna if ident])
        self.assertTrue(all(data["worker"] == "anna" for ident, _, data in anna if ident), anna)

    def test_demand_and_availability(self):
        added = self.api("POST", "/coops/bus/shifts", {"start": "2026-12-08T08:00", "end": "2026-12-08T12:00", "headcount": 2}, status=201)
        shift = added.json["shift"]
        self.assertEqual(added.json["headcount"], 2)
        changed = self.api("PATCH", f"/shifts/{shift}", {"headcount": 0}, status=200)
        self.assertEqual(changed.json["headcount"], 0)
        wrong = self.api("POST", "/coops/bus/shifts", {"start": "2026-12-08T08:00", "end": "2026-12-08T07:00"}, status=422)
        self.assertIn("end", wrong.json["detail"])
        body = {"from": "2026-12-07T00:00", "until": "2026-12-14T00:00",
                "windows": [{"start": "2026-12-08T00:00", "end": "2026-12-09T00:00", "kind": "avoid"}]}
        self.api("PUT", "/workers/anna/availability", body, status=200)
        windows = self.api("GET", "/workers/anna/availability", status=200).json["windows"]
        self.assertIn(("2026-12-08T00:00", "avoid"), {(w["start_local"], w["kind"]) for w in windows})

    def test_health_metrics_and_a_clean_stop(self):
        self.assertEqual(self.ask("GET", "/healthz").json, {"status": "ok"})
        text = self.ask("GET", "/metrics").body.decode()
        self.assertIn("rooster_http_requests_total{status=\"2xx\"}", text)
        self.events()
        self.assertEqual(self.service.stop(), 0, "though a stream of events is open")


class Killed(ServiceCase):
    """With the example week: a plan that must be proven takes minutes, so its process is there to be killed."""

    def children(self):
        listed = subprocess.run(["pgrep", "-P", str(self.service.process.pid), "-f", "act-worker"],
                                capture_output=True, text=True, check=False)
        return [int(child) for child in listed.stdout.split()]

    def test_a_dead_child_is_reported_and_the_service_goes_on(self):
        self.with_pool(EXAMPLE)
        self.planner = self.token("planner")
        self.start()
        started = self.api("POST", f"/weeks/{WEEK}/plans", {"seconds": 120, "gap_percent": 0}, status=202)
        path = started.headers["Location"].removeprefix("/api/v1")
        child = self.wait_for(self.children)[0]
        self.wait_for(lambda: self.api("GET", path).json["progress"])
        limits = pathlib.Path(f"/proc/{child}/limits").read_text(encoding="ascii")
        self.assertRegex(limits, r"Max core file size +0 ")
        if not re.search("lib[at]san", pathlib.Path(f"/proc/{child}/maps").read_text(encoding="utf-8")):
            self.assertRegex(limits, rf"Max address space +{4 << 30} +unlimited")
        os.kill(child, signal.SIGKILL)
        done = self.wait_for(lambda: (p := self.api("GET", path).json)["state"] != "running" and p)
        self.assertEqual((done["state"], done["proposal"]), ("failed", None))
        self.assertIn("rooster_children_failed_total 1", self.ask("GET", "/metrics").body.decode())
        self.assertEqual(self.api("POST", path + "/take", {}).status, 422, "there is nothing to take")
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}", status=200).json["state"], "none", "and no draft was made")
        again = self.api("POST", f"/weeks/{WEEK}/plans", {"seconds": 3, "gap_percent": 50}, status=202)
        path = again.headers["Location"].removeprefix("/api/v1")
        self.wait_for(lambda: self.api("GET", path).json["state"] == "done", 60)


class Beginning(ServiceCase):
    def test_a_service_begins_with_nothing_and_gets_its_pool_over_the_api(self):
        self.rooster("init")
        self.planner = self.token("planner")
        self.start()
        self.assertEqual(self.ask("GET", "/healthz").json, {"status": "ok"})
        self.assertIn("no pool yet", self.api("GET", "/weeks", status=404).json["detail"])
        files = {file.name: file.read_text(encoding="utf-8") for file in TINY.iterdir()}
        wrong = self.api("POST", "/import", {"files": {**files, "coops.csv": "coop,name\nbus\n"}}, status=422)
        self.assertIn("coops.csv:2", wrong.json["detail"])
        self.api("GET", "/weeks", status=404)
        self.api("POST", "/import", {"files": files}, status=200)
        self.assertEqual([week["week"] for week in self.api("GET", "/weeks", status=200).json["weeks"]], ["2026-W48", WEEK])
        back = self.api("GET", "/export", status=200).json["files"]
        self.assertEqual(back["coops.csv"].splitlines()[0].split(",")[0], "coop")
        self.assertIn("../x", self.api("POST", "/import", {"files": {"../x": ""}}, status=422).json["detail"])


class Feeds(ServiceCase):
    def setUp(self):
        super().setUp()
        self.with_draft()
        self.planner = self.token("planner")
        self.feed = self.token("worker", "anna", feed=True)
        self.start()
        self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200)

    def fetch(self, method="GET", **headers):
        return self.ask(method, f"/feeds/{self.feed}.ics", headers={k.replace("_", "-"): v for k, v in headers.items()})

    def test_a_feed_is_fetched_as_calendar_programs_do(self):
        first = self.fetch()
        self.assertEqual((first.status, first.headers["Content-Type"]), (200, "text/calendar; charset=utf-8"))
        self.assertEqual(first.body.count(b"BEGIN:VEVENT"), 3)
        self.assertEqual(self.fetch(If_None_Match=first.etag).status, 304)
        self.assertEqual(self.fetch(If_Modified_Since=first.headers["Last-Modified"]).status, 304)
        packed = self.fetch(Accept_Encoding="gzip")
        self.assertEqual(gzip.decompress(packed.body), first.body)
        self.assertEqual(self.fetch(If_None_Match=packed.etag).status, 304)
        head = self.fetch("HEAD")
        self.assertEqual((head.status, head.body, head.etag), (200, b"", first.etag))
        self.assertEqual(int(head.headers["Content-Length"]), len(first.body))
        self.assertEqual(self.fetch("POST").status, 405)
        self.assertEqual(self.ask("GET", "/feeds/rst_nobody.ics").status, 404)
        self.assertEqual(self.ask("GET", f"/feeds/{self.planner}.ics").status, 404, "an API token opens no feed")
        self.assertEqual(self.api("GET", "/me", token=self.feed).status, 401, "and a feed's token nothing else")

    def test_a_feed_is_rotated_and_the_planner_sees_who_is_behind(self):
        self.assertTrue(self.api("GET", "/feeds", status=200).json["feeds"][0]["is_behind"])
        self.fetch()
        self.wait_for(lambda: not self.api("GET", "/feeds").json["feeds"][0]["is_behind"])
        worker = self.token("worker", "anna")
        self.api("POST", "/feeds/rotate", {}, status=422)
        fresh = self.api("POST", "/feeds/rotate", {}, token=worker, status=201).json
        self.assertEqual(self.fetch().status, 410)
        self.assertEqual(self.ask("GET", fresh["path"]).status, 200)

    def test_what_is_done_is_seen_by_who_asks_in_the_same_breath(self):
        def request(method, path, token, body=None, more=""):
            data = json.dumps(body) if body is not None else ""
            head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n{more}"
            return f"{head}Content-Length: {len(data)}\r\n\r\n{data}"

        worker = self.token("worker", "anna")
        look = request("GET", f"/feeds/{self.feed}.ics", "-")
        anna = [one["shift"] for one in self.api("GET", f"/weeks/{WEEK}").json["assignments"] if one["worker"] == "anna"]
        got = wire.send(self.service, "".join([
            look,
            request("POST", f"/api/v1/weeks/{WEEK}/moves", self.planner, {"steps": [{"kind": "unassign", "shift": anna[0], "worker": "anna"}]}),
            request("POST", f"/api/v1/weeks/{WEEK}/publish", self.planner, {}),
            look,
            request("POST", "/api/v1/feeds/rotate", worker, {}),
            request("GET", f"/feeds/{self.feed}.ics", "-", more="Connection: close\r\n"),
        ]).encode())
        self.assertEqual(wire.statuses(got), [200, 200, 200, 200, 201, 410])
        self.assertEqual(got.count(b"STATUS:CANCELLED"), 1, "in the feed after the publishing, and not in the one before")


if __name__ == "__main__":
    main()
