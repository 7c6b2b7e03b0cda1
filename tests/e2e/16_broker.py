#!/usr/bin/env python3
"""The service and a real broker: what is published arrives, what coops post is answered, whatever the broker does meanwhile."""
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import uuid

from rooster_case import WEEK, main
from service_case import ServiceCase


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Broker(ServiceCase):
    def setUp(self):
        super().setUp()
        self.mosquitto = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
        if not self.mosquitto or not shutil.which("mosquitto_sub"):
            self.skipTest("mosquitto is not installed")
        self.broker_port = free_port()
        self.start_broker()
        self.addCleanup(self.stop_broker, signal.SIGTERM)
        self.with_draft()
        self.planner = self.token("planner")
        self.start("--host", "127.0.0.1", "--port", str(self.broker_port))

    def start_broker(self):
        settings = self.folder / "mosquitto.conf"
        settings.write_text(f"listener {self.broker_port} 127.0.0.1\nallow_anonymous true\n", encoding="utf-8")
        self.broker = subprocess.Popen([self.mosquitto, "-c", str(settings)], stdout=subprocess.DEVNULL,  # pylint: disable=consider-using-with
                                       stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.broker_port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.fail("the broker does not start")

    def stop_broker(self, number):
        if self.broker.poll() is None:
            self.broker.send_signal(number)
            self.broker.wait(10)

    def client(self, program, *arguments, **options):
        return subprocess.Popen([program, "-h", "127.0.0.1", "-p", str(self.broker_port), "-V", "5", *arguments],  # pylint: disable=consider-using-with
                                stdout=subprocess.PIPE, text=True, **options)

    def read(self, topic, count=1, seconds=20):
        """The payloads of the next (or retained) messages."""
        process = self.client("mosquitto_sub", "-t", f"rooster/v1/tiny/{topic}", "-C", str(count), "-W", str(seconds))
        out, _ = process.communicate(timeout=seconds + 10)
        return [json.loads(line) for line in out.splitlines()]

    def ask_over_mqtt(self, coop, payload, seconds=20):
        """The answer to a demand, found by its correlation data."""
        # A session of its own, so that the broker keeps the answer from the moment on when it has said that it will.
        session = ("-i", f"asker-{uuid.uuid4().hex[:8]}", "-c", "-x", "60", "-q", "1", "-t", f"rooster/v1/tiny/coop/{coop}/demand/answer")
        asker = self.client("mosquitto_sub", *session, "-E", stderr=subprocess.DEVNULL)
        asker.communicate(timeout=20)
        self.assertEqual(asker.returncode, 0)
        text = payload if isinstance(payload, str) else json.dumps(payload)
        post = self.client("mosquitto_pub", "-t", f"rooster/v1/tiny/coop/{coop}/demand", "-q", "1", "-m", text,
                           "-D", "publish", "correlation-data", "c-42")
        self.assertEqual(post.wait(10), 0)
        post.stdout.close()
        out, _ = self.client("mosquitto_sub", *session, "-C", "1", "-W", str(seconds), "-F", "%D %p").communicate(timeout=seconds + 10)
        self.assertTrue(out, "no answer")
        return out

    def test_what_is_published_arrives(self):
        self.assertEqual(self.read("service/status")[0]["state"], "running")
        self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200)
        state = self.wait_for(lambda: [m for m in self.read("worker/anna/roster") if m["week"] == WEEK])
        self.assertEqual({shift["shift"] for shift in state[0]["shifts"]} & {"mon", "fri"}, {"mon", "fri"})
        self.wait_for(lambda: self.api("GET", "/outbox").json["waiting"] == 0)
        self.assertEqual(self.service.stop(), 0)
        self.assertEqual(self.read("service/status")[0]["state"], "stopped")

    def test_a_broker_that_dies_gets_all_of_it_later(self):
        self.stop_broker(signal.SIGKILL)
        self.api("POST", f"/weeks/{WEEK}/publish", {}, status=200)
        self.assertGreater(self.api("GET", "/outbox").json["waiting"], 0)
        self.assertEqual(self.ask("GET", "/healthz").status, 200)
        self.start_broker()
        self.wait_for(lambda: self.api("GET", "/outbox").json["waiting"] == 0, 40)
        self.assertTrue(self.read("worker/anna/roster"))

    def test_demands_that_are_none_are_refused(self):
        for payload, part in (("{", "JSON"), ("[1]", "JSON"), ({"start": "x"}, "/key"), ({"key": "a", "kind": "eat"}, "/kind")):
            with self.subTest(payload=payload):
                answer = self.ask_over_mqtt("bus", payload)
                self.assertIn(part, answer)
                self.assertIn('"refused"', answer)


if __name__ == "__main__":
    main()
