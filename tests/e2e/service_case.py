"""A running service of the real program, and a client that holds every answer against the API's own description."""
import http.client
import json
import os
import re
import signal
import subprocess
import threading
import time

from rooster_case import ROOSTER, RoosterCase

try:
    import jsonschema
except ImportError:
    jsonschema = None


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def etag(self):
        return self.headers.get("ETag")


class Service:
    """`rooster serve` on a free port of loopback."""

    def __init__(self, db, now, *options, environment=None):
        command = [ROOSTER, "--db", str(db), "--now", now, "serve", "--listen", "127.0.0.1:0", *options]
        self.log = open(f"{db}.log", "ab")  # pylint: disable=consider-using-with
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True,  # pylint: disable=consider-using-with
                                        env={**os.environ, "G_MESSAGES_DEBUG": "", **(environment or {})})
        line = self.process.stdout.readline()
        match = re.match(r"rooster: listening at (\S+) port (\d+)", line)
        if not match:
            self.process.wait(10)
            raise AssertionError(f"the service did not start: {line!r} {open(f'{db}.log', encoding='utf-8').read()}")
        self.address, self.port = match[1], int(match[2])

    def stop(self, number=signal.SIGTERM, patience=30):
        """The exit code; negative: a signal."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(patience)
        self.process.stdout.close()
        self.log.close()
        return code


class ServiceCase(RoosterCase):
    """With `self.service` running; `self.get`, `self.post` ... ask it with a token."""
    description = None

    def start(self, *options, environment=None):
        self.service = Service(self.db, self.now, *options, environment=environment)
        self.addCleanup(self.end)
        type(self).description = type(self).description or self.ask("GET", "/api/v1/openapi.json").json

    def end(self):
        if self.service.process.poll() is None:
            code = self.service.stop()
            with open(f"{self.db}.log", encoding="utf-8", errors="replace") as log:
                self.assertEqual(code, 0, log.read())

    def token(self, role, owner=None, feed=False):
        options = ["--role", role]
        if owner:
            options += [f"--{role}", owner]
        if feed:
            options.append("--feed")
        return self.json("token", "create", *options)["secret"]

    def ask(self, method, path, body=None, token=None, headers=None, raw=None):
        connection = http.client.HTTPConnection(self.service.address, self.service.port, timeout=120)
        try:
            given = dict(headers or {})
            if token:
                given["Authorization"] = f"Bearer {token}"
            data = raw
            if body is not None:
                data = json.dumps(body).encode()
                given.setdefault("Content-Type", "application/json")
            connection.request(method, path, body=data, headers=given)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def api(self, method, path, body=None, token=None, status=None, headers=None, raw=None):
        """An answer of the API, which its description foresees."""
        answer = self.ask(method, "/api/v1" + path, body, token or self.planner, headers, raw)
        if status is not None:
            self.assertEqual(answer.status, status, f"{method} {path}: {answer.body[:2000]!r}")
        self.check(method, path, answer)
        return answer

    def check(self, method, path, answer):
        bare = path.partition("?")[0]
        operation = None
        for template, methods in self.description["paths"].items():
            pattern = re.sub(r"\\\{[^/]+\\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, bare) and method.lower() in methods:
                operation = methods[method.lower()]
                break
        if answer.status >= 400:
            schema = {"$ref": "#/components/schemas/problem"}
            self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        else:
            self.assertIsNotNone(operation, f"{method} {bare} is not described")
            content = operation["responses"].get(str(answer.status), {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
        if jsonschema and schema and answer.body:
            jsonschema.validate(answer.json, {**schema, "components": self.description["components"]})

    def wait_for(self, what, seconds=120):
        """Until `what()` gives something true, which is returned."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            got = what()
            if got:
                return got
            time.sleep(0.05)
        self.fail("waited in vain")

    def events(self, token=None, last=None):
        """A list that fills with (id, event, data) while the test goes on."""
        got = []
        headers = {"Authorization": f"Bearer {token or self.planner}"}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        connection = http.client.HTTPConnection(self.service.address, self.service.port, timeout=120)
        connection.request("GET", "/api/v1/events", headers=headers)
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        sock = connection.sock

        def read():
            event = {}
            try:
                for line in answer:
                    text = line.decode().rstrip("\n")
                    name, _, value = text.partition(": ")
                    if text == "" and "data" in event:
                        got.append((event.get("id"), event.get("event"), json.loads(event["data"])))
                    if text == "":
                        event = {}
                    else:
                        event[name] = value
            except (OSError, http.client.HTTPException, ValueError):
                pass

        reader = threading.Thread(target=read, daemon=True)
        reader.start()

        def close():
            import socket
            try:
                (sock or answer.fp.raw._sock).shutdown(socket.SHUT_RDWR)  # pylint: disable=protected-access
            except (OSError, AttributeError):
                pass
            reader.join(5)
            connection.close()

        self.addCleanup(close)
        got_close = close
        return got, got_close
