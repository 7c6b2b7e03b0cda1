#!/usr/bin/env python3
"""Clients that are slow, many, broken or malicious: each gets a 4xx or is ended in time, nothing changes, the others are served."""
import contextlib
import http.client
import json
import random
import re
import socket
import sqlite3
import threading
import time
import urllib.parse

import wire
import wrong_values
from rooster_case import WEEK, main
from service_case import ServiceCase

PATIENCE = 2  # seconds that the service gives a request here
ENOUGH = PATIENCE + 6  # by then it has ended it, on a busy machine too


class HostileCase(ServiceCase):
    def setUp(self):
        super().setUp()
        self.with_draft()
        self.planner = self.token("planner")
        # AddressSanitizer keeps what was freed, which would count as memory of the service's.
        self.start("--request-seconds", str(PATIENCE), environment={"ASAN_OPTIONS": "quarantine_size_mb=1"})

    def contents(self):
        """All of the database but when a token was last used."""
        with contextlib.closing(sqlite3.connect(self.db)) as database:
            database.execute("BEGIN")
            names = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
            rows = {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names if name != "tokens"}
            rows["tokens"] = sorted(map(repr, database.execute("SELECT token, hash, revoked_s FROM tokens")))
            return rows

    @contextlib.contextmanager
    def unharmed(self):
        """While the block runs others are answered, and when it is over nothing has changed."""
        before, is_over, times = self.contents(), threading.Event(), []

        def ask():
            while not is_over.wait(0.1):
                begin = time.monotonic()
                times.append((self.ask("GET", "/healthz").status, time.monotonic() - begin))

        asker = threading.Thread(target=ask)
        asker.start()
        try:
            yield
        finally:
            time.sleep(0.3)
            is_over.set()
            asker.join()
        self.assertTrue(times and all(status == 200 for status, _ in times), times)
        self.assertLess(max(seconds for _, seconds in times), 5)
        self.assertEqual(self.contents(), before)

    def metric(self, name):
        return float(re.search(rf"^{name} (\S+)$", self.ask("GET", "/metrics").body.decode(), re.MULTILINE)[1])


class Slow(HostileCase):
    def expect_ended(self, socks, piece):
        begin = time.monotonic()
        ended = wire.drip(socks, piece, begin + ENOUGH)
        self.assertEqual(ended, len(socks), f"after {time.monotonic() - begin:.1f} s")
        self.assertGreater(time.monotonic() - begin, PATIENCE / 2, "not at once, either")
        for sock in socks:
            sock.close()

    def test_heads_and_bodies_that_drip_are_ended(self):
        with self.unharmed():
            self.expect_ended([wire.connect(self.service) for _ in range(50)], b"G")
            heads = [wire.connect(self.service) for _ in range(50)]
            for sock in heads:
                sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            self.expect_ended(heads, b"A: b\r\n")
            bodies = [wire.connect(self.service) for _ in range(50)]
            for sock in bodies:
                sock.sendall(b"POST /api/v1/weeks/2026-W49/undo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                             b"Authorization: Bearer " + self.planner.encode() + b"\r\nContent-Length: 9000\r\n\r\n{")
            self.expect_ended(bodies, b" ")
            chunked = [wire.connect(self.service) for _ in range(20)]
            for sock in chunked:
                sock.sendall(b"POST /api/v1/weeks/2026-W49/undo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            self.expect_ended(chunked, b"1\r\n \r\n")

    def test_readers_that_take_nothing_are_ended(self):
        """Their answers fill the buffers of both sides; the service keeps no more of them than that."""
        request = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
        before = self.metric("rooster_resident_bytes")
        with self.unharmed():
            socks = [wire.connect(self.service, receive=4096) for _ in range(20)]
            for sock in socks:
                sock.setblocking(False)
                with contextlib.suppress(OSError):
                    sock.send(request * 2000)
            self.wait_for(lambda: self.metric("rooster_http_connections") < 5, ENOUGH + 20)
            for sock in socks:
                sock.close()
        self.assertLess(self.metric("rooster_resident_bytes") - before, 64e6)

    def test_two_thousand_idle_connections_starve_nobody(self):
        with self.unharmed():
            begin = time.monotonic()
            socks = [wire.connect(self.service) for _ in range(2000)]
            self.assertEqual(self.api("GET", f"/weeks/{WEEK}").status, 200)
            self.wait_for(lambda: self.metric("rooster_http_connections") < 5, ENOUGH + 20)
            took = time.monotonic() - begin
            for sock in socks:
                sock.close()
        print(f"2000 idle connections: all ended {took:.1f} s after the first was opened")

    def test_clients_that_die_in_the_middle(self):
        pieces = [b"", b"GET", b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + self.planner.encode() + b"\r\n\r\n",
                  b"POST /api/v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{", b"POST /api/v1/me HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                  f"GET /api/v1/weeks/{WEEK}/check HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.planner}\r\n\r\n".encode(),
                  f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.planner}\r\n\r\n".encode()]
        with self.unharmed():
            for end in (wire.reset, wire.half_close, socket.socket.close):
                left = []
                # Who closes their own side only goes on listening to events; that is no fault.
                for piece in (pieces[:-1] if end is wire.half_close else pieces) * 4:
                    sock = wire.connect(self.service)
                    sock.sendall(piece)
                    end(sock)
                    left.append(sock)
                self.wait_for(lambda: self.metric("rooster_http_connections") < 5, ENOUGH + 20)
                for sock in left:
                    sock.close()
        self.wait_for(lambda: self.metric("rooster_http_event_streams") == 0)


class Wire(HostileCase):
    def head(self, method="POST", path=f"/api/v1/weeks/{WEEK}/undo", more=b""):
        return (f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.planner}\r\nContent-Type: application/json\r\n"
                .encode() + more + b"\r\n")

    def test_two_ends_of_one_body_are_refused(self):
        """Two readers could see the second request in another place: there is at most one answer, and it is a refusal."""
        # Not among them: a NUL behind a value, which libmicrohttpd hides from us, so that it counts as a space (RFC 9110, 5.5).
        smuggled = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        shapes = [b"Content-Length: 2\r\nContent-Length: 3", b"Content-Length: 0\r\nContent-Length: 35", b"Content-Length: 2\r\nTransfer-Encoding: chunked",
                  b"Transfer-Encoding: chunked\r\nContent-Length: 5", b"Content-Length: +2", b"Content-Length: -1", b"Content-Length: 2, 2",
                  b"Content-Length: 0x2", b"Content-Length: 99999999999999999999999", b"Content-Length:", b"Content-Length: 2 2",
                  b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: identity, chunked",
                  b"Transfer-Encoding: chunked, identity", b"Transfer-Encoding: xchunked", b"Transfer-Encoding:\x0bchunked",
                  b"Transfer-Encoding : chunked", b"Content-Length : 2", b"Content-Length: 2\r\nTransfer-Encoding:\r\n chunked",
                  b"X: y\r\n Content-Length: 2\r\nTransfer-Encoding: chunked\r\nContent-Length: 4", b"Transfer-Encoding: cow\r\nContent-Length: 2"]
        with self.unharmed():
            for shape in shapes:
                with self.subTest(shape=shape):
                    got = wire.send(self.service, self.head(more=shape + b"\r\n") + b"0\r\n\r\n" + smuggled)
                    found = wire.statuses(got)
                    self.assertTrue(found in ([], [100]) or len(found) == 1 and 400 <= found[0] < 500, got[:600])

    def test_bad_chunks(self):
        bodies = [b"zz\r\n", b"-1\r\n{}\r\n0\r\n\r\n", b"FFFFFFFFFFFFFFFFF\r\n{}", b"FFFFFFFFFFFFFFFF\r\n{}", b"2\r\n{}0\r\n\r\n", b"2;" + b"x" * 70000, b"2\r\n{}\r\n", b"2\n{}\n0\n\n",
                  b"\r\n", b"0x2\r\n{}\r\n0\r\n\r\n", b"2\r\n{}\r\n0\r\nX: " + b"y" * 70000, b"1\r\n \r\n" * 300000]
        with self.unharmed():
            for body in bodies:
                with self.subTest(body=body[:40]):
                    got = wire.send(self.service, self.head(path="/api/v1/weeks/2026-W50/moves", more=b"Transfer-Encoding: chunked\r\n") + body)
                    self.assertTrue(all(400 <= status < 500 for status in wire.statuses(got)), got[:600])

    def test_too_much_of_everything(self):
        token = f"Authorization: Bearer {self.planner}\r\n".encode()
        cases = [(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200000 + b"\r\n\r\n", (413, 431)),
                 (b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20000 + b"\r\n", (413, 431)),
                 (b"GET /" + b"p" * 200000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (414,)), (b"GET /" + b"p" * 5000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (414,)),
                 (b"GET /api/v1/weeks?" + b"a=b&" * 50000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (414,)),
                 (b"GET /api/v1/cases?" + b"a=b&" * 2000 + b"x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + token + b"\r\n", (400, 414, 431)),
                 (b"M" * 100000 + b" / HTTP/1.1\r\n\r\n", (400, 413, 414, 431)),
                 (self.head(more=b"Content-Length: 300000\r\nConnection: close\r\n") + b" " * 300000, (413,)),
                 (self.head(more=b"Content-Length: 99999999999999\r\nConnection: close\r\n") + b" " * 300000, (413,)),
                 (self.head(more=b"Transfer-Encoding: chunked\r\nConnection: close\r\n") + b"1000\r\n" + b" " * 4096 + b"\r\n" + (b"1000\r\n" + b" " * 4096 + b"\r\n") * 80 + b"0\r\n\r\n", (413,))]
        with self.unharmed():
            for request, wanted in cases:
                with self.subTest(request=request[:60]):
                    found = wire.statuses(wire.send(self.service, request))
                    self.assertTrue(not found or found[-1] in wanted, found)

    def test_requests_one_behind_the_other_are_answered_in_order(self):
        undo = self.head(path="/api/v1/weeks/2026-W01/moves", more=b"Content-Length: 2\r\n") + b"{}"
        with self.unharmed():
            got = wire.send(self.service, (self.head("GET", "/healthz") + undo + self.head("GET", "/api/v1/nothing")) * 40
                            + self.head("GET", "/api/v1/me", b"Connection: close\r\n"))
            self.assertEqual(wire.statuses(got), [200, 422, 404] * 40 + [200])

    def test_noise(self):
        chance = random.Random(15)
        fixed = [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /\r\n\r\n", b"\r\n" * 50000, b"GET / HTTP/9.9\r\n\r\n",
                 b"GET /\x00/healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /healthz HTTP/1.1\rHost: x\r\r", b"CONNECT a:80 HTTP/1.1\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                 b"GET http://other/healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", b" GET / HTTP/1.1\r\n\r\n", b"G\xc3\x89T / HTTP/1.1\r\nHost: x\r\n\r\n"]
        sound = self.head("GET", f"/api/v1/weeks/{WEEK}", b"If-None-Match: \"1\"\r\nConnection: close\r\n")
        with self.unharmed():
            for data in fixed + [chance.randbytes(chance.randrange(1, 3000)) for _ in range(30)]:
                sock = wire.connect(self.service)
                with contextlib.suppress(OSError):
                    sock.sendall(data)
                    sock.shutdown(socket.SHUT_WR)
                self.assertTrue(all(status < 500 or status == 505 for status in wire.statuses(wire.read_all(sock))), data[:60])
                sock.close()
            for _ in range(200):
                broken = bytearray(sound)
                for _ in range(chance.randrange(1, 6)):
                    broken[chance.randrange(len(broken))] = chance.randrange(256)
                sock = wire.connect(self.service)
                with contextlib.suppress(OSError):
                    sock.sendall(bytes(broken))
                    sock.shutdown(socket.SHUT_WR)
                self.assertTrue(all(status < 500 or status in (501, 505) for status in wire.statuses(wire.read_all(sock))), bytes(broken))
                sock.close()

    def test_tokens_of_no_worth(self):
        for token in ("x", "rst_" + "A" * 43, "é".encode("latin-1").decode("latin-1"), "A" * 5000):
            answer = self.ask("GET", "/api/v1/me", headers={"Authorization": b"Bearer " + token.encode("latin-1")})
            self.assertEqual(answer.status, 401)
        self.assertEqual(self.ask("GET", "/api/v1/me").status, 401)
        listed = [t for t in self.json("token", "list")["tokens"] if t["role"] == "planner"]
        self.rooster("token", "revoke", listed[0]["token"])
        self.wait_for(lambda: self.ask("GET", "/api/v1/me", token=self.planner).status == 401, 5)

    def test_a_flood_without_a_token(self):
        before, counts = self.metric("rooster_resident_bytes"), []

        def flood(number):
            request = f"GET /api/v1/weeks/{WEEK} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer rst_{number:043d}\r\n\r\n".encode()
            got = wire.send(self.service, request * 1500 + b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            counts.extend(wire.statuses(got))

        with self.unharmed():
            floods = [threading.Thread(target=flood, args=(number,)) for number in range(8)]
            for thread in floods:
                thread.start()
            for thread in floods:
                thread.join()
        self.assertEqual(set(counts), {401})
        self.assertEqual(len(counts), 8 * 1501)
        self.assertLess(self.metric("rooster_resident_bytes") - before, 64e6)


class Fields(HostileCase):
    def operations(self, with_body):
        for template, methods in self.description["paths"].items():
            for method, operation in methods.items():
                if ("requestBody" in operation) == with_body:
                    yield method.upper(), template, operation

    def secret_of(self, operation, secrets):
        role = "planner" if "planner" in operation["x-roles"] else operation["x-roles"][0]
        if role not in secrets:
            secrets[role] = self.token(role, {"worker": "anna", "coop": "green"}.get(role))
        return secrets[role]

    def filled(self, template):
        return re.sub(r"\{(\w+)\}", lambda name: urllib.parse.quote(wrong_values.RIGHT.get(name[1], "nobody")), template)

    def expect_refused(self, method, path, raw, token, what):
        answer = self.ask(method, "/api/v1" + path, token=token, raw=raw, headers={"Content-Type": "application/json"})
        self.assertTrue(400 <= answer.status < 500, f"{what}: {answer.status} {answer.body[:300]!r}")
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json", what)
        self.assertTrue(answer.json["detail"].strip(), what)

    def test_every_field_of_every_body(self):
        asked, fields, secrets = 0, 0, {"planner": self.planner}
        everything = [(*each, self.secret_of(each[2], secrets)) for each in self.operations(True)]
        with self.unharmed():
            for method, template, operation, token in everything:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                fields += len(schema["properties"])
                for raw, what in wrong_values.objects(schema):
                    asked += 1
                    with self.subTest(route=f"{method} {template}", what=what):
                        self.expect_refused(method, self.filled(template), raw.encode("utf-8", "surrogateescape"), token, what)
        print(f"wrong bodies: {asked}, of {fields} fields of {len(everything)} routes")
        self.assertGreater(asked, 500)

    def test_bodies_that_are_no_objects(self):
        secrets = {"planner": self.planner}
        everything = [(*each, self.secret_of(each[2], secrets)) for each in self.operations(True)]
        raws = [b"{", b"[]", b'"x"', b"null", b"7", b"\xff\xfe", b"{" * 5000, b"[" * 5000, b'{"a":' * 3000, b"\x00", b"{}{}", b"{} x", b"\xef\xbb\xbf{}", b"{'a': 1}", b"{\"a\": undefined}"]
        with self.unharmed():
            for method, template, _, token in everything:
                for raw in raws:
                    with self.subTest(route=f"{method} {template}", raw=raw[:20]):
                        self.expect_refused(method, self.filled(template), raw, token, raw[:20])
                answer = self.ask(method, "/api/v1" + self.filled(template), token=token, raw=b"{}", headers={"Content-Type": "text/plain"})
                self.assertEqual(answer.status, 415, template)

    def test_wrong_files_to_import(self):
        bodies = [{}, {"files": None}, {"files": []}, {"files": {}}, {"files": {"workers.csv": 7}}, {"files": {"../x.csv": ""}}, {"files": {"workers.csv": ""}},
                  {"files": {"workers.csv": "id\n"}, "replace": "yes"}, {"files": {"workers.csv": "id\n"}, "zzz": 1}, {"files": {"workers.csv": "x" * 100000}},
                  {"files": {"workers.csv": "id,name\na,b\x01\n"}}]
        with self.unharmed():
            for body in bodies:
                with self.subTest(body=str(body)[:60]):
                    self.expect_refused("POST", "/import", json.dumps(body).encode(), self.planner, str(body)[:60])

    def test_paths_and_queries(self):
        wrong = ["%00", "mon%00", "%ff", "%c3%28", "a%2Fb", "..%2f..%2fetc", "x" * 65, "%0d%0aX:y", "%2e%2e", "-", "--help", "%", "%zz", "''", "$(id)", "a%20b"]
        asked, secrets = 0, {"planner": self.planner}
        looks = [(*each, self.secret_of(each[2], secrets)) for each in self.operations(False)]
        with self.unharmed():
            for method, template, operation, token in looks:
                if "text/event-stream" in str(operation["responses"]["200"]) or method == "POST" and template == "/import":
                    continue
                for name in re.findall(r"\{(\w+)\}", template):
                    for value in wrong:
                        path = self.filled(template.replace("{" + name + "}", value))
                        with self.subTest(route=f"{method} {path}"):
                            answer = self.ask(method, "/api/v1" + path, token=token)
                            self.assertTrue(400 <= answer.status < 500, f"{answer.status} {answer.body[:200]!r}")
                            asked += 1
                for parameter in operation["parameters"]:
                    if parameter.get("in") != "query":
                        continue
                    name = parameter["name"]
                    values = [f"{name}=%ff", f"{name}=a/b", f"{name}=" + "x" * 300, f"{name}=x&{name}=x", f"{name}=", "zzz=1"]
                    for query in values:
                        with self.subTest(route=f"{method} {template}?{query[:40]}"):
                            answer = self.ask(method, f"/api/v1{self.filled(template)}?{query}", token=token)
                            self.assertTrue(400 <= answer.status < 500, f"{answer.status} {answer.body[:200]!r}")
                            asked += 1
            for path in (f"/weeks/{WEEK}%00", f"/weeks/{WEEK}%00/check", f"/cases?week={WEEK}%00", f"/cases?week={WEEK}%00x", "/me%00", "/shifts/mon%00/candidates"):
                self.assertTrue(400 <= self.ask("GET", "/api/v1" + path, token=self.planner).status < 500, path)
        print(f"wrong paths and queries: {asked}")
        self.assertGreater(asked, 100)

    def test_headers_with_a_meaning(self):
        with self.unharmed():
            for name, values in {"Idempotency-Key": ["", "k" * 201, "\xff"], "If-Match": ["1.1", '"x"', '"1"', '"-1.1"', 'W/"1.1"', f'"{wrong_values.HUGE}.1"', '"1.1", "2.1"', '".1"', '"1."', '"."', '"1.1.1"'],
                                 "Content-Encoding": []}.items():
                for value in values:
                    with self.subTest(header=name, value=value[:20]):
                        answer = self.api("POST", f"/weeks/{WEEK}/moves", {"steps": [{"kind": "unassign", "shift": "mon", "worker": "cem"}]}, headers={name: value.encode("latin-1")})
                        self.assertTrue(400 <= answer.status < 500, answer.status)
            self.assertEqual(self.api("GET", "/events", headers={"Last-Event-ID": "x"}).status, 400)
            self.assertEqual(self.api("POST", f"/weeks/{WEEK}/undo", raw=b"{}", headers={"Content-Type": ""}).status, 415)
            broken = self.api("POST", f"/weeks/{WEEK}/undo", raw=b'{"a"\n\nb}', status=400, headers={"Content-Type": "application/json"})
            self.assertNotIn("\n", broken.json["detail"])
            for codings in ("", ",", ", ;q=1", "gzip;q=0", "gzip;x=1;q=0.000"):
                self.assertIsNone(self.ask("GET", "/", headers={"Accept-Encoding": codings}).headers["Content-Encoding"], codings)
        with open(f"{self.db}.log", encoding="utf-8") as log:
            self.assertNotIn("CRITICAL", log.read())


class Greedy(ServiceCase):
    def test_one_address_gets_no_more_connections_than_it_may(self):
        self.with_draft()
        self.planner = self.token("planner")
        self.assertIn("connections-per-peer", self.error("serve", "--listen", "127.0.0.1:0", "--connections-per-peer", "0"))
        self.start("--connections-per-peer", "3")

        def served():
            """A connection that stays; none while the one that start() asked by still counts."""
            sock = wire.connect(self.service)
            with contextlib.suppress(OSError):
                sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                if b"200 OK" in sock.recv(4096):
                    return sock
            sock.close()
            return None

        kept = [self.wait_for(served) for _ in range(3)]
        for _ in range(20):
            self.assertEqual(wire.send(self.service, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), b"", "closed as it came")
        kept[0].sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertIn(b"200 OK", kept[0].recv(4096), "the three go on")
        for sock in kept:
            sock.close()

        def is_served():
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self.ask("GET", "/healthz").status == 200

        self.wait_for(is_served)


class Clocks(ServiceCase):
    """Clocks jump: a machine starts in 1970, is set back a year, runs into 2038. What is kept stays, what is asked is answered."""
    TIMES = ("1970-01-01T00:01", "2025-11-24T09:00", "2026-10-25T02:30", "2026-03-29T03:00", "2038-01-19T04:14", "2099-12-31T23:59")

    def test_a_service_at_any_time(self):
        self.with_draft()
        self.planner = self.token("planner")
        feed = self.token("worker", "anna", feed=True)
        self.start()
        move = {"steps": [{"kind": "pin", "shift": "mon", "worker": "cem"}]}
        first = self.api("POST", f"/weeks/{WEEK}/moves", move, status=200, headers={"Idempotency-Key": "k"})
        self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200)
        text = self.ask("GET", f"/feeds/{feed}.ics").body
        revision = 1
        for now in self.TIMES:
            with self.subTest(now=now):
                self.assertEqual(self.service.stop(), 0)
                self.now = now
                self.start()
                for path in ("/weeks", f"/weeks/{WEEK}", "/cases", "/tokens", "/feeds", "/audit", "/outbox", f"/workers/anna/weeks/{WEEK}"):
                    self.api("GET", path, status=200)
                self.assertEqual(self.ask("GET", "/healthz").status, 200)
                fetched = self.ask("GET", f"/feeds/{feed}.ics")
                self.assertEqual(fetched.status, 200)
                self.assertEqual(fetched.body.count(b"BEGIN:VEVENT"), text.count(b"BEGIN:VEVENT"))
                if now < "2027":  # later, answers are forgotten after a week
                    again = self.api("POST", f"/weeks/{WEEK}/moves", move, headers={"Idempotency-Key": "k"})
                    self.assertEqual((again.status, again.json), (200, first.json))
                published = self.api("POST", f"/weeks/{WEEK}/publish", {})
                self.assertLess(published.status, 500)
                if published.status == 200:
                    revision += 1
                    self.assertEqual(published.json["revision"], revision)


if __name__ == "__main__":
    main()
