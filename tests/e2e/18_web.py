#!/usr/bin/env python3
"""The pages as a browser gets them, and how it signs in: a code for a cookie, once; and nobody else's page writes with it."""
import gzip
import re

from rooster_case import WEEK, main
from service_case import ServiceCase

PAGES = ["/", f"/plan/{WEEK}", f"/print/{WEEK}", "/me", "/coop"]


class Pages(ServiceCase):
    def setUp(self):
        super().setUp()
        self.with_draft()
        self.start()

    def fetch(self, path, **headers):
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def test_every_page_is_strict_and_whole(self):
        seen = set()
        for page in PAGES:
            with self.subTest(page=page):
                answer = self.fetch(page)
                self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/html; charset=utf-8"))
                policy = answer.headers["Content-Security-Policy"]
                self.assertIn("default-src 'none'", policy)
                self.assertNotIn("unsafe", policy)
                self.assertEqual(answer.headers["Cache-Control"], "no-cache")
                text = answer.body.decode()
                self.assertNotRegex(text, r"https?://", "no request leaves the machine")
                self.assertNotRegex(text, r"<script(?![^>]* src=)|<style|style=| on[a-z]+=", "nothing inline")
                found = re.findall(r'(?:src|href)="([^"]+)"', text)
                self.assertTrue(found)
                seen.update(found)
        self.walk(seen)

    def walk(self, paths):
        """All that the pages load, and what that imports, is there, may be kept, and asks nobody else."""
        done = set()
        while paths:
            path = paths.pop()
            if path in done:
                continue
            done.add(path)
            answer = self.fetch(path)
            self.assertEqual(answer.status, 200, path)
            self.assertIn("immutable", answer.headers["Cache-Control"], path)
            text = answer.body.decode()
            if not path.endswith(".mjs"):
                continue
            for name in re.findall(r"(?:from|import)\s*'(\.[^']+)'", text):
                parts = path.split("/")[:-1]
                for step in name.split("/"):
                    if step == "..":
                        parts.pop()
                    elif step != ".":
                        parts.append(step)
                paths.add("/".join(parts))
        self.assertTrue(any(path.endswith("lit-html.js") for path in done), done)
        return done

    def test_the_script_that_keeps_the_worker_s_page_stands_at_the_root(self):
        answer = self.fetch("/sw.js")
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/javascript; charset=utf-8"))
        self.assertEqual(answer.headers["Cache-Control"], "no-cache", "a new one is seen at once")
        assets = re.search(r"/assets/[0-9a-f]{16}", self.fetch("/me").body.decode()).group()
        self.assertIn(assets, answer.body.decode(), "it keeps what this page loads")

    def test_copies_are_asked_for_again_only_when_they_changed(self):
        plain = self.fetch("/")
        packed = self.fetch("/", Accept_Encoding="gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertNotEqual(plain.etag, packed.etag, "two forms, two tags")
        self.assertEqual(self.fetch("/", Accept_Encoding="gzip", If_None_Match=packed.etag).status, 304)
        self.assertEqual(self.fetch("/", Accept_Encoding="gzip", If_None_Match='"other"').status, 200)
        self.assertEqual(self.ask("HEAD", "/").body, b"")
        self.assertEqual(self.ask("POST", "/", {}).status, 405)
        for path in ("/plans", "/assets/", "/assets/0000000000000000/lib/api.mjs", "/../etc/passwd", "/index.html"):
            self.assertEqual(self.fetch(path).status, 404, path)


class SignIn(ServiceCase):
    OURS = {"X-Rooster": "1"}

    def setUp(self):
        super().setUp()
        self.with_draft()
        self.planner = self.token("planner")
        self.start()

    def link(self, *owner):
        return self.json("token", "create", "--link", "--role", *owner)["secret"]

    def sign_in(self, code, status=201, headers=None):
        return self.api("POST", "/session", {"code": code}, status=status, headers=self.OURS if headers is None else headers)

    def cookie(self, code):
        return self.sign_in(code).headers["Set-Cookie"].partition(";")[0]

    def browse(self, method, path, cookie, body=None, headers=None):
        return self.ask(method, "/api/v1" + path, body, headers={"Cookie": cookie, **(headers or {})})

    def test_a_code_is_good_once(self):
        code = self.link("worker", "--worker", "anna")
        answer = self.sign_in(code)
        self.assertEqual(answer.json, {"role": "worker", "id": "anna"})
        cookie = answer.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="):
            self.assertIn(part, cookie)
        self.assertNotIn("Secure", cookie)
        self.sign_in(code, 401)
        self.assertEqual(self.browse("GET", "/me", cookie.partition(";")[0]).json["id"], "anna")
        self.assertEqual(self.browse("GET", f"/workers/bart/weeks/{WEEK}", cookie.partition(";")[0]).status, 403)
        secure = self.sign_in(self.link("planner"), headers={**self.OURS, "X-Forwarded-Proto": "https"})
        self.assertTrue(secure.headers["Set-Cookie"].endswith("; Secure"))

    def test_what_is_no_code_opens_nothing(self):
        self.sign_in("rst_nobody", 401)
        self.sign_in(self.planner, 401)
        self.sign_in(self.token("worker", "anna", feed=True), 401)
        self.api("POST", "/session", {}, status=422, headers=self.OURS)
        code = self.link("planner")
        self.assertEqual(self.api("GET", "/me", token=code).status, 401, "a code is no token of the API")
        self.assertEqual(self.browse("GET", "/me", f"rooster_session={code}").status, 401)
        self.assertEqual(self.browse("GET", "/me", f"rooster_session={self.planner}").status, 401, "nor is a token a session")
        session = self.cookie(code).partition("=")[2]
        self.assertEqual(self.api("GET", "/me", token=session).status, 401, "nor a session a token")

    def test_a_code_and_a_session_end_by_themselves(self):
        old, young = self.link("planner"), self.link("planner")
        cookie = self.cookie(young)
        self.assertEqual(self.service.stop(), 0)
        self.now = "2026-11-25T09:01"
        self.start()
        self.sign_in(old, 401)
        self.assertEqual(self.browse("GET", "/me", cookie).status, 200)
        self.assertEqual(self.service.stop(), 0)
        self.now = "2026-12-24T09:01"
        self.start()
        self.assertEqual(self.browse("GET", "/me", cookie).status, 401)

    def test_another_sites_page_writes_nothing(self):
        cookie = self.cookie(self.link("planner"))
        body = {"steps": [{"kind": "unassign", "shift": "mon", "worker": "cem"}]}
        path = f"/weeks/{WEEK}/moves"
        own = f"http://127.0.0.1:{self.service.port}"
        refused = [{}, {**self.OURS, "Origin": "https://evil.example"}, {**self.OURS, "Origin": "null"},
                   {**self.OURS, "Sec-Fetch-Site": "cross-site"}, {**self.OURS, "Sec-Fetch-Site": "same-site"},
                   {**self.OURS, "Origin": own + "0"}]
        for headers in refused:
            with self.subTest(headers=headers):
                answer = self.browse("POST", path, cookie, body, headers)
                self.assertEqual((answer.status, answer.json["type"]), (403, "urn:rooster:problem:forbidden"))
                self.assertEqual(self.ask("POST", "/api/v1/session", {"code": "x"}, headers=headers).status, 403, "nor signs anybody in")
        self.assertIn(("mon", "cem"), self.assignments())
        preflight = self.ask("OPTIONS", "/api/v1" + path, headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
        self.assertNotIn("Access-Control-Allow-Origin", preflight.headers)
        for headers in ({**self.OURS, "Origin": own, "Sec-Fetch-Site": "same-origin"},
                        {**self.OURS, "Origin": "https://rooster.example", "X-Forwarded-Host": "rooster.example"}):
            trial = self.browse("POST", path, cookie, {**body, "is_trial": True}, headers)
            self.assertEqual(trial.status, 200, trial.body)

    def test_sessions_are_listed_and_ended(self):
        cookie = self.cookie(self.link("worker", "--worker", "anna"))
        other = self.cookie(self.link("worker", "--worker", "anna"))
        mine = self.browse("GET", "/tokens", cookie).json["tokens"]
        sessions = [token for token in mine if token["use"] == "session"]
        self.assertEqual([token["is_revoked"] for token in sessions], [False, False])
        self.assertTrue(all(token["is_revoked"] for token in mine if token["use"] == "link"), "used links are ended")
        self.assertEqual(self.browse("DELETE", "/session", cookie, {}, self.OURS).status, 200)
        self.assertEqual(self.browse("GET", "/me", cookie).status, 401)
        left = [t["token"] for t in self.api("GET", "/tokens").json["tokens"] if t["use"] == "session" and not t["is_revoked"]]
        self.assertEqual(len(left), 1)
        self.api("DELETE", f"/tokens/{left[0]}", {}, status=200)
        self.wait_for(lambda: self.browse("GET", "/me", other).status == 401)
        self.assertEqual(self.api("DELETE", "/session", {}, status=422).json["type"], "urn:rooster:problem:refused")

    def test_a_link_is_made_over_http_and_no_log_has_it(self):
        made = self.api("POST", "/tokens", {"use": "link", "role": "coop", "coop": "bus"}, status=201).json
        self.assertEqual(made["path"], "/#" + made["secret"])
        self.api("POST", "/tokens", {"use": "link", "role": "open"}, status=422)
        self.cookie(made["secret"])
        self.assertEqual(self.service.stop(), 0)
        with open(f"{self.db}.log", encoding="utf-8") as log:
            self.assertNotIn(made["secret"], log.read())


if __name__ == "__main__":
    main()
