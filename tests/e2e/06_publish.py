#!/usr/bin/env python3
"""Publishing: revisions, feeds, notices, the outbox, a real broker, a broker that is down."""
import json
import shutil
import socket
import subprocess
import time

from rooster_case import BAD_USE, FAILED_CHECK, INTERNAL, WEEK, RoosterCase, main


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


class Publish(RoosterCase):
    def feed(self, name, folder="feeds"):
        text = (self.folder / folder / name).read_bytes().decode("utf-8")
        return text.replace("\r\n ", "").split("\r\n")

    def break_the_draft(self):
        """Somebody on the draft falls ill."""
        away = self.folder / "away"
        away.mkdir()
        (away / "availability.csv").write_text(
            "worker,start,end,kind\nanna,2026-12-04T00:00,2026-12-05T00:00,unavailable\n")
        self.rooster("import", away)

    def test_a_publishing_is_a_new_revision_with_feeds_and_messages(self):
        self.with_draft()
        printed = self.json("publish", "--week", WEEK)
        self.assertEqual((printed["is_published"], printed["revision"]), (True, 1))
        self.assertEqual(len(printed["changes"]), 4)
        self.assertGreater(printed["messages"], 0)
        self.assertEqual(printed["waiting"], self.json("outbox")["waiting"])
        self.assertEqual(sorted(path.name for path in (self.folder / "feeds/worker").iterdir()),
                         ["anna.ics", "bart.ics", "cem.ics", "dina.ics"])
        feed = self.feed("worker/anna.ics")
        self.assertEqual((feed[0], feed[-2]), ("BEGIN:VCALENDAR", "END:VCALENDAR"))
        self.assertIn("DTSTART:20261130T070000Z", feed)
        self.assertEqual(self.json("show")["roster"], "published")
        self.assertIn("no draft to publish", self.error("publish", "--week", WEEK))
        self.rooster("check")

    def test_a_second_revision_tells_only_what_changed(self):
        self.with_draft()
        first = self.json("publish", "--week", WEEK)
        self.rooster("unassign", "--shift", "fri", "--worker", "anna")
        self.rooster("assign", "--shift", "fri", "--worker", "bart")
        second = self.json("publish", "--week", WEEK)
        self.assertEqual(second["revision"], 2)
        self.assertEqual({(row["worker"], row["change"]) for row in second["changes"]}, {("anna", "dropped"), ("bart", "added")})
        self.assertLess(second["messages"], first["messages"])
        self.assertIn("STATUS:CANCELLED", self.feed("worker/anna.ics"))

    def test_an_illegal_draft_is_refused_and_nothing_changes(self):
        self.with_draft()
        self.break_the_draft()
        waiting = self.json("outbox")["waiting"]
        printed = self.json("publish", "--week", WEEK, code=FAILED_CHECK)
        self.assertFalse(printed["is_published"])
        self.assertEqual([(row["rule"], row["worker"]) for row in printed["violations"]], [("unavailable", "anna")])
        self.assertIn("Refused", self.rooster("publish", "--week", WEEK, code=FAILED_CHECK))
        self.assertEqual(self.json("outbox")["waiting"], waiting)
        self.assertFalse((self.folder / "feeds").exists())
        self.assertEqual(self.json("show")["roster"], "draft")

    def test_short_notice_is_warned_of(self):
        self.with_draft()
        self.now = "2026-11-27T09:00"
        text = self.rooster("publish", "--week", WEEK)
        self.assertIn("4 changes, 2 of them at less than four days' notice (BW 7:628a).", text)

    def test_needs_a_week_or_something_to_deliver(self):
        self.with_draft()
        self.assertIn("which week?", self.error("publish"))
        self.assertIn("has no draft to publish", self.error("publish", "--week", "2026-W48"))

    def test_feeds_that_are_lost_are_written_again(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        before = self.feed("coop/green.ics")
        shutil.rmtree(self.folder / "feeds")
        self.assertGreater(self.json("publish", "--feeds", "feeds")["feeds_written"], 0)
        self.assertEqual(self.feed("coop/green.ics"), before)
        self.now = "2026-11-25T12:00"
        self.assertEqual(self.json("publish", "--feeds", "feeds")["feeds_written"], 0, "equal state gives equal bytes")

    def test_a_folder_may_have_any_name(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        odd = "od\udcffd\033[2J"  # a byte that is no UTF-8, and an escape sequence
        self.assertEqual(self.json("publish", "--feeds", odd)["feeds"], "od\ufffdd\033[2J")
        self.assertNotIn("\033", self.rooster("publish", "--feeds", odd))
        self.assertTrue((self.folder / odd / "open.ics").exists())

    def test_feeds_that_cannot_be_written_do_not_unpublish(self):
        self.with_draft()
        (self.folder / "file").write_text("")
        printed = self.json("publish", "--week", WEEK, "--feeds", "file/feeds")
        self.assertIn("warning: the roster is published, but its feeds are not written", self.warnings)
        self.assertTrue(printed["is_published"])
        self.error("publish", "--feeds", "file/feeds", code=INTERNAL)

    def test_a_broker_that_is_down_is_a_warning_with_a_week_and_a_failure_alone(self):
        self.with_draft()
        broker = ["--drain", "--host", "127.0.0.1", "--port", free_port()]
        printed = self.json("publish", "--week", WEEK, *broker)
        self.assertTrue(printed["is_published"])
        self.assertGreater(printed["waiting"], 0)
        self.assertIn("warning:", self.warnings)
        self.assertIn("wait", self.warnings)
        self.error("publish", *broker, code=INTERNAL)
        self.assertEqual(self.json("outbox")["waiting"], printed["waiting"])

    def test_bad_broker_options_are_named(self):
        self.with_draft()
        self.assertIn("option --port: 99999", self.error("publish", "--drain", "--port", "99999"))
        message = self.error("publish", "--drain", "--password-file", "nowhere", "--user", "rooster", code=BAD_USE)
        self.assertIn("nowhere", message)

    def test_outbox_lets_dead_letters_wait_again(self):
        self.with_draft()
        self.assertEqual(self.json("outbox", "--retry")["revived"], 0)


class Broker(RoosterCase):
    """With a real mosquitto on a free port of 127.0.0.1."""

    def setUp(self):
        super().setUp()
        program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
        if not program:
            self.skipTest("mosquitto is not installed")
        self.port = free_port()
        settings = self.folder / "mosquitto.conf"
        settings.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
        self.broker = subprocess.Popen([program, "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.broker.wait)
        self.addCleanup(self.broker.kill)
        for _ in range(100):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.fail("the broker does not start")

    def retained(self, topic):
        if not shutil.which("mosquitto_sub"):
            self.skipTest("mosquitto_sub is not installed")
        process = subprocess.run(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(self.port), "-V", "5", "-t", topic, "-C", "1",
                                  "-W", "10"], capture_output=True, text=True, check=True)
        return json.loads(process.stdout)

    def test_what_waits_arrives_and_leaves_the_outbox(self):
        self.with_draft()
        waiting = self.json("outbox")["waiting"]
        printed = self.json("publish", "--week", WEEK, "--drain", "--host", "127.0.0.1", "--port", self.port)
        self.assertEqual((printed["waiting"], printed["dead"]), (0, 0))
        self.assertEqual(printed["delivered"], waiting + printed["messages"])
        self.assertEqual(self.warnings, "")
        roster = self.retained("rooster/v1/tiny/worker/anna/roster")
        self.assertIn("mon", json.dumps(roster))
        again = self.json("publish", "--drain", "--host", "127.0.0.1", "--port", self.port)
        self.assertEqual(again["delivered"], 0)

    def test_the_broker_may_come_from_the_environment(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        environment = {"ROOSTER_MQTT_HOST": "127.0.0.1", "ROOSTER_MQTT_PORT": str(self.port)}
        self.assertEqual(self.json("publish", "--drain", environment=environment)["waiting"], 0)


if __name__ == "__main__":
    main()
