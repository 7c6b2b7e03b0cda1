#!/usr/bin/env python3
"""Every route x every role x own and foreign things: nobody sees or does what their token does not allow."""
import re

from rooster_case import WEEK, main
from service_case import ServiceCase

# Who asks, and which worker and coop are theirs.
ASKERS = {"planner": ("planner", None), "worker anna": ("worker", "anna"), "worker bart": ("worker", "bart"),
          "coop green": ("coop", "green"), "coop bus": ("coop", "bus")}
VALUES = {"week": WEEK, "plan": "plan-0-0", "token": "nobody", "case": "nobody", "shift": "mon", "kind": "roster"}


class Roles(ServiceCase):
    def setUp(self):
        super().setUp()
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.planner = self.token("planner")
        self.secrets = {who: self.token(*[part for part in asker if part]) for who, asker in ASKERS.items()}
        ended = self.json("token", "create", "--role", "worker", "--worker", "anna")
        self.rooster("token", "revoke", ended["token"])
        self.revoked = ended["secret"]
        self.start()

    def routes(self):
        for path, methods in self.description["paths"].items():
            for method, operation in methods.items():
                if operation.get("security") != []:
                    yield method.upper(), path, operation

    def filled(self, path, worker, coop):
        values = {**VALUES, "worker": worker, "coop": coop}
        return re.sub(r"\{(\w+)\}", lambda m: values[m[1]], path)

    def status(self, method, path, token, operation):
        if "text/event-stream" in str(operation["responses"]["200"]):
            import http.client
            connection = http.client.HTTPConnection(self.service.address, self.service.port, timeout=120)
            connection.request(method, "/api/v1" + path, headers={"Authorization": f"Bearer {token}"})
            status = connection.getresponse().status
            connection.close()
            return status
        return self.ask(method, "/api/v1" + path, {} if method != "GET" else None, token).status

    def test_the_matrix(self):
        counts = {"asked": 0, "forbidden": 0, "allowed": 0, "unknown": 0}
        for method, path, operation in self.routes():
            for who, (role, owner) in ASKERS.items():
                for worker, coop in (("anna", "green"), ("bart", "bus")):
                    with self.subTest(route=f"{method} {path}", who=who, worker=worker, coop=coop):
                        got = self.status(method, self.filled(path, worker, coop), self.secrets[who], operation)
                        counts["asked"] += 1
                        is_own = not (role == "worker" and "{worker}" in path and owner != worker or
                                      role == "coop" and "{coop}" in path and owner != coop)
                        if role in operation["x-roles"] and is_own:
                            self.assertNotIn(got, (401, 403), "theirs")
                            self.assertLess(got, 500)
                            counts["allowed"] += 1
                        else:
                            self.assertEqual(got, 403, "not theirs")
                            counts["forbidden"] += 1
            for token in ("", "rst_nobody", self.revoked):
                with self.subTest(route=f"{method} {path}", token=token[:6]):
                    got = self.status(method, self.filled(path, "anna", "green"), token, operation)
                    self.assertEqual(got, 401)
                    counts["unknown"] += 1
        print("role matrix:", ", ".join(f"{n} {what}" for what, n in counts.items()))
        self.assertGreater(counts["asked"], 200)

    def test_lists_hold_only_ones_own(self):
        anna, bus = self.secrets["worker anna"], self.secrets["coop bus"]
        self.assertEqual({t["owner"] for t in self.api("GET", "/tokens", token=anna).json["tokens"]}, {"anna"})
        self.assertEqual({t["owner"] for t in self.api("GET", "/tokens", token=bus).json["tokens"]}, {"bus"})
        mine = self.api("GET", f"/workers/anna/weeks/{WEEK}", token=anna, status=200).json
        self.assertEqual({s["shift"] for s in mine["shifts"]}, {"mon", "fri"})
        self.assertTrue(all("worker" not in person for s in mine["shifts"] for person in s["people"]))
        theirs = self.api("GET", f"/coops/bus/weeks/{WEEK}", token=bus, status=200).json
        self.assertTrue(all(s["coop"] == "bus" for s in theirs["shifts"]))
        foreign = self.api("PATCH", "/shifts/mon", {"headcount": 0}, token=bus)
        self.assertEqual(foreign.status, 404, "a coop does not even learn of another's shift")

    def test_a_coop_tries_out_its_own_demand_and_learns_no_names(self):
        green, bus = self.secrets["coop green"], self.secrets["coop bus"]
        asked = {"start": "2026-12-03T08:00", "end": "2026-12-03T12:00", "headcount": 1, "is_trial": True}
        heard, _ = self.events(green)
        tried = self.api("POST", "/coops/green/spikes", asked, token=green, status=200).json
        self.assertEqual((tried["case"], tried["weeks"][0]["outcome"]), (None, "filled"))
        self.assertEqual(tried["weeks"][0]["shifts"][0]["people"], [])
        self.assertNotIn("changes", tried["weeks"][0])
        whole = self.api("POST", "/coops/green/spikes", asked, status=200).json
        self.assertEqual(len(whole["weeks"][0]["shifts"][0]["people"]), 1, "the planner sees who")
        self.assertEqual(self.api("POST", "/coops/green/spikes", asked, token=bus).status, 403)
        self.assertEqual(self.api("POST", "/coops/green/spikes", asked, token=self.secrets["worker anna"]).status, 403)
        self.assertEqual(self.api("GET", "/cases", token=green).json["cases"], [])
        shifts = self.api("GET", f"/coops/green/weeks/{WEEK}", token=green).json["shifts"]
        self.assertNotIn(tried["shift"], {shift["shift"] for shift in shifts})
        self.assertNotIn("changed", [kind for _, kind, _ in heard], "nothing to look at again")
        sent = self.api("POST", "/coops/green/spikes", {**asked, "is_trial": False}, token=green, status=201).json
        self.assertEqual((sent["state"], sent["weeks"][0]["shifts"][0]["people"]), ("waiting", []), "nobody has agreed yet")
        self.api("POST", f"/cases/{sent['case']}/accept", {"is_agreed": True}, status=200)
        shifts = self.api("GET", f"/coops/green/weeks/{WEEK}", token=green).json["shifts"]
        self.assertEqual([len(shift["people"]) for shift in shifts if shift["shift"] == sent["shift"]], [1], "who comes is known")
        self.wait_for(lambda: any(kind == "changed" for _, kind, _ in heard))


if __name__ == "__main__":
    main()
