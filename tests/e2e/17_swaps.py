#!/usr/bin/env python3
"""Swaps over the API: given away, taken, asked for, approved; who sees what; what is told to whom."""
import json

from rooster_case import SOURCE, WEEK, main
from service_case import ServiceCase, jsonschema


class Swaps(ServiceCase):
    swaps = None

    def setUp(self):
        super().setUp()
        self.with_draft()
        self.rooster("unassign", "--shift", "mon", "--worker", "cem")
        self.rooster("publish", "--week", WEEK)
        if self.swaps:
            folder = self.folder / "settings"
            folder.mkdir()
            ini = (SOURCE / "tests/e2e/data/tiny/pool.ini").read_text(encoding="utf-8")
            (folder / "pool.ini").write_text(f"{ini}\n[service]\nswaps = {self.swaps}\n", encoding="utf-8")
            self.rooster("import", folder)
        self.planner = self.token("planner")
        self.secrets = {worker: self.token("worker", worker) for worker in ("anna", "bart", "cem")}
        self.start()

    def ask_as(self, worker, path, body=None, status=200):
        method = "GET" if body is None else "POST"
        return self.api(method, f"/workers/{worker}{path}", body, token=self.secrets[worker], status=status).json

    def open_to(self, worker):
        return [(shift["shift"], shift["from"]) for shift in self.ask_as(worker, "/open-shifts")["shifts"]]

    def published(self):
        return self.assignments("--published")


class Colleagues(Swaps):
    def test_a_worker_can_ask_whom_they_work_with_and_nobody_else(self):
        colleagues = lambda shift, status=200: self.ask_as("anna", f"/shifts/{shift}/colleagues", status=status)
        self.assertEqual(colleagues("fri")["colleagues"], [], "nobody works with anna")
        self.rooster("assign", "--shift", "mon", "--worker", "bart")
        self.rooster("publish", "--week", WEEK)
        self.assertEqual(colleagues("fri")["colleagues"], [{"worker": "bart", "name": "Bart"}], "by first name")
        self.assertEqual(colleagues("mon")["colleagues"], [], "he is on it already")
        colleagues("wed-bus", 404)
        colleagues("nothing", 404)
        self.assertEqual(self.api("GET", "/workers/anna/shifts/fri/colleagues", token=self.secrets["bart"]).status, 403)
        self.rooster("absent", "--worker", "bart", "--from", "2026-12-04T00:00", "--until", "2026-12-05T00:00", "--seconds", "2")
        self.assertEqual(colleagues("fri")["colleagues"], [], "he could not take it")
        self.rooster("unassign", "--shift", "mon", "--worker", "bart")
        self.rooster("assign", "--shift", "mon", "--worker", "cem")
        self.rooster("publish", "--week", WEEK)
        self.assertEqual(colleagues("fri")["colleagues"], [], "cem is known now, and not there that day")


class ByCommand(Swaps):
    """The same by `rooster swap`, for who calls the planner."""

    def swap(self, *arguments):
        return self.json("swap", *arguments)["swap"][0]

    def test_a_swap_is_given_taken_and_approved(self):
        given = self.swap("give", "--worker", "anna", "--shift", "fri")
        self.assertEqual((given["state"], given["worker"], given["other"]), ("open", "anna", ""))
        self.assertEqual([row["case"] for row in self.csv("swap", "list", "--week", WEEK, "--worker", "anna")], [given["case"]])
        self.assertEqual(self.csv("swap", "list", "--worker", "cem"), [])
        self.assertIn(("fri", "Anna"), self.open_to("bart"), "the service knows of it")
        self.assertIn("unavailable from Fri 4 Dec", self.error("swap", "take", given["case"], "--worker", "cem", code=1), "refused with the rule")
        self.assertIn("already", self.error("swap", "give", "--worker", "anna", "--shift", "fri", code=1))
        self.assertEqual(self.swap("take", given["case"], "--worker", "bart")["state"], "approval")
        self.assertIn(("fri", "anna"), self.published())
        self.assertEqual(self.swap("approve", given["case"])["state"], "accepted")
        self.assertEqual(self.published(), {("mon", "anna"), ("wed-bus", "bart"), ("fri", "bart")})
        self.assertIn("swap", {entry["what"].split()[0] for entry in self.csv("audit")})
        self.assertIn(given["case"], self.error("swap", "approve", given["case"], code=1), "once")

    def test_a_planned_draft_keeps_its_prices(self):
        self.rooster("plan", "--week", WEEK, "--work", "20000", "--seconds", "0", "--fresh")
        kept = self.solve_of("draft")
        given = self.swap("give", "--worker", "anna", "--shift", "fri")
        self.swap("take", given["case"], "--worker", "bart")
        self.assertEqual(self.swap("approve", given["case"])["state"], "accepted")
        self.assertEqual(self.json("show")["roster"], "draft")
        self.assertIsNotNone(kept)
        self.assertEqual(self.solve_of("draft"), kept)

    def test_a_colleague_is_asked_and_says_no_and_who_gives_takes_back(self):
        asked = self.swap("give", "--worker", "anna", "--shift", "fri", "--other", "bart")
        self.assertEqual(asked["state"], "asked")
        self.assertEqual(self.swap("decline", asked["case"])["state"], "declined")
        again = self.swap("give", "--worker", "anna", "--shift", "fri")
        self.assertEqual(self.swap("withdraw", again["case"])["state"], "withdrawn")
        self.assertEqual(self.rooster("swap", "list").strip(), "No swap waits.")
        self.assertEqual(self.rooster("offer", "list").strip(), "No offer waits.")
        for words, told in ((("swap", "give", "--shift", "fri"), "--worker"), (("swap", "give", "--worker", "anna"), "--shift"),
                            (("swap", "approve"), "the case"), (("swap", "approve", "nobody"), "nobody"), (("swap", "eat"), "approve or refuse"),
                            (("swap", "list", "x"), "takes no case"), (("swap", "list", "--shift", "fri"), "list takes no --shift"),
                            (("swap", "approve", again["case"], "--worker", "bart"), "approve takes no --worker"),
                            (("swap", "accept", again["case"], "--shift", "fri"), "accept takes no --shift"),
                            (("swap", "take", again["case"], "--worker", "bart", "--week", WEEK), "take takes no --week"),
                            (("swap", "withdraw", again["case"], "--other", "bart"), "withdraw takes no --other"),
                            (("swap", "take", again["case"], "--worker", "bart", "--return", "mon"), "take takes no --return"),
                            (("offer", "accept", again["case"], "--worker", "bart"), "accept takes no --worker"), (("offer", "accept", again["case"]), again["case"]),
                            (("offer", "list", "--worker", "zoe"), "no worker zoe"), (("offer", "list", "--shift", "fri"), "--shift")):
            with self.subTest(words=words):
                self.assertIn(told, self.error(*words))


class Asking(Swaps):
    def test_a_shift_given_away_goes_by_the_planners_leave(self):
        events, _ = self.events()
        self.assertNotIn(("fri", "Anna"), self.open_to("bart"))
        case = self.ask_as("anna", "/swaps", {"shift": "fri"}, 201)["case"]
        self.assertIn(("fri", "Anna"), self.open_to("bart"))
        self.assertNotIn("fri", {shift for shift, _ in self.open_to("cem")}, "cem is away on Friday")
        self.assertNotIn("fri", {shift for shift, _ in self.open_to("anna")})
        refused = self.ask_as("cem", "/swaps/take", {"case": case}, 422)
        self.assertEqual(refused["violations"][0]["rule"], "unavailable")
        self.assertEqual(self.ask_as("bart", "/swaps/take", {"case": case})["body"]["stage"], "approval")
        self.assertIn(("fri", "anna"), self.published(), "it stays hers until it is taken")
        told = self.api("GET", "/cases?kind=swap").json["cases"][0]
        self.assertEqual((told["about_shift"]["start_local"], told["about_shift"]["coop"], told["return_shift"]), ("2026-12-04T08:00", "green", None))
        self.assertEqual(self.api("POST", f"/swaps/{case}/approve", {}, token=self.secrets["bart"]).status, 403)
        self.assertEqual(self.api("POST", f"/swaps/{case}/approve", {}, status=200).json["state"], "accepted")
        self.assertEqual(self.published(), {("mon", "anna"), ("wed-bus", "bart"), ("fri", "bart")})
        self.rooster("check", "--week", WEEK, "--published")
        steps = self.wait_for(lambda: len(got := [data for _, kind, data in events if kind == "swap"]) >= 3 and got)
        self.assertEqual([(step["state"], step["stage"], step["other"]) for step in steps],
                         [("waiting", "open", None), ("waiting", "approval", "bart"), ("accepted", "approval", "bart")])
        self.fit_the_description(steps)
        # given away, not withdrawn: nothing of it stays owed
        self.assertNotIn(("fri", "anna"), {(line["shift"], line["worker"]) for line in self.json("hours", "show", "--week", WEEK)["hours"]})

    def fit_the_description(self, steps):
        if jsonschema:
            described = json.loads((SOURCE / "data/asyncapi.json").read_text(encoding="utf-8"))
            for step in steps:
                jsonschema.validate(step, {"$ref": "#/components/schemas/swap", "components": described["components"]})

    def test_what_is_short_is_taken_by_the_planners_leave(self):
        self.assertIn(("mon", None), self.open_to("cem"))
        taken = self.ask_as("cem", "/swaps/take", {"shift": "mon"}, 201)
        self.assertEqual((taken["state"], taken["body"]["stage"]), ("waiting", "approval"))
        self.assertEqual(self.api("POST", f"/swaps/{taken['case']}/refuse", {}, status=200).json["state"], "declined")
        self.assertNotIn(("mon", "cem"), self.published())

    def test_a_swap_of_others_is_not_there(self):
        case = self.ask_as("anna", "/swaps", {"shift": "fri", "other": "bart"}, 201)["case"]
        self.ask_as("cem", f"/swaps/{case}/answer", {"accept": True}, 404)
        self.ask_as("cem", f"/swaps/{case}/withdraw", {}, 404)
        self.assertEqual(self.ask_as("anna", f"/swaps/{case}/withdraw", {})["state"], "withdrawn")


class AtOnce(Swaps):
    swaps = "auto"

    def test_two_who_agree_have_swapped(self):
        case = self.ask_as("anna", "/swaps", {"shift": "fri", "other": "bart"}, 201)["case"]
        again = self.ask_as("anna", "/swaps", {"shift": "fri"}, 422)
        self.assertIn(case, again["detail"])
        self.assertEqual(self.ask_as("bart", f"/swaps/{case}/answer", {"accept": True})["state"], "accepted")
        self.assertEqual(self.published(), {("mon", "anna"), ("wed-bus", "bart"), ("fri", "bart")})
        feed = self.json("show", "--week", WEEK, "--published")
        self.assertEqual(feed["revision"], 2)

    def test_who_may_not_is_not_asked(self):
        refused = self.ask_as("bart", "/swaps", {"shift": "wed-bus", "other": "anna"}, 422)
        self.assertEqual(refused["detail"], "the other one cannot, by the rules")
        self.assertNotIn("violations", refused, "why is between them and the planner")

    def test_the_same_take_twice_is_one(self):
        body, key = {"shift": "mon"}, {"Idempotency-Key": "take"}
        first = self.api("POST", "/workers/cem/swaps/take", body, token=self.secrets["cem"], status=201, headers=key).json
        again = self.api("POST", "/workers/cem/swaps/take", body, token=self.secrets["cem"], status=200, headers=key).json
        self.assertEqual(first, again)
        self.assertIn(("mon", "cem"), self.published())


if __name__ == "__main__":
    main()
