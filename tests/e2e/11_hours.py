#!/usr/bin/env python3
"""Hours: confirmed, disputed, corrected, owed by law; exported as hours, time cards, invoices and payroll."""
import csv
import datetime
import decimal
import io
import json
import zoneinfo

from rooster_case import BAD_USE, EXAMPLE, WEEK, RoosterCase, main
from service_case import ServiceCase

ZONE = zoneinfo.ZoneInfo("Europe/Amsterdam")
AFTER = "2026-12-08T09:00"


def cents(rate, minutes):
    """Half up, as an invoice rounds; signed afterwards."""
    exact = decimal.Decimal(rate) * abs(minutes) / 60
    amount = exact.quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)
    return amount if minutes >= 0 else -amount


def elapsed(start, end):
    instants = [datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp() for text in (start, end)]
    return int(instants[1] - instants[0]) // 60


class Hours(RoosterCase):
    def table(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.rooster(*arguments))))

    def with_published(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = AFTER

    def test_what_has_ended_is_due_and_is_confirmed_once(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = "2026-12-01T12:00"
        self.assertEqual([(row["shift"], row["worker"], row["state"]) for row in self.csv("hours", "show", "--week", WEEK)],
                         [("mon", "anna", "due"), ("mon", "cem", "due"), ("wed-bus", "bart", "planned"),
                          ("fri", "anna", "planned")])
        self.assertEqual(self.json("hours", "confirm", "--week", WEEK)["confirmed"], 2)
        self.assertEqual(self.json("hours", "confirm", "--week", WEEK)["confirmed"], 0)
        self.assertEqual(self.error("hours", "confirm", "--shift", "mon", "--worker", "anna"),
                         f"shift mon, worker anna: was confirmed by {self.who()}; correct it instead")
        self.assertEqual(self.error("hours", "confirm", "--shift", "fri", "--worker", "anna"),
                         "shift fri, worker anna: ends Fri 4 Dec 16:00, which has not come yet")
        self.assertEqual(self.json("audit", "--most", "1")["audit"][0]["what"], "confirm")

    def who(self):
        return self.json("audit", "--most", "1")["audit"][0]["who"]

    def test_a_correction_is_a_reversal_and_a_new_row(self):
        self.with_published()
        self.rooster("hours", "confirm", "--week", WEEK)
        self.rooster("hours", "correct", "--shift", "mon", "--worker", "anna", "--start", "2026-11-30T08:00",
                     "--end", "2026-11-30T17:10", "--break", "30", "--note", "stayed on")
        rows = [row for row in self.table("export", "hours", "--week", WEEK) if row["assignment"] == "mon/anna"]
        self.assertEqual([row["paid_min"] for row in rows], ["450", "-450", "520"])
        self.assertEqual(rows[1]["reverses"], rows[0]["entry"])
        self.assertEqual(rows[2]["note"], "stayed on")
        self.assertEqual(sum(int(row["minutes"]) for row in self.table("export", "invoice", "--week", WEEK)
                             if row["worker"] == "anna"), 520 + 450)

    def test_a_dispute_pays_and_bills_nothing_until_it_is_settled(self):
        self.with_published()
        self.assertEqual(self.error("hours", "dispute", "--shift", "mon", "--worker", "cem"), "why? Say it with --note")
        self.rooster("hours", "dispute", "--shift", "mon", "--worker", "cem", "--note", "nobody came")
        self.rooster("hours", "confirm", "--week", WEEK)
        self.assertNotIn("cem", {row["worker"] for row in self.table("export", "invoice", "--week", WEEK)})
        self.assertEqual([(row["state"], row["paid_min"], row["note"]) for row in
                          self.table("export", "hours", "--week", WEEK) if row["worker"] == "cem"],
                         [("disputed", "0", "nobody came")])
        self.rooster("hours", "correct", "--shift", "mon", "--worker", "cem", "--note", "he did come")
        self.assertEqual(sum(int(row["minutes"]) for row in self.table("export", "invoice", "--week", WEEK)
                             if row["worker"] == "cem"), 450)

    def test_what_was_moved_too_late_is_owed_for_its_old_times(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = "2026-12-01T09:00"
        self.rooster("spike", "--shift", "fri", "--start", "2026-12-04T10:00", "--end", "2026-12-04T18:00", "--accept")
        self.assertIn(("fri", "anna"), self.assignments("--published"))
        self.now = AFTER
        self.rooster("hours", "confirm", "--week", WEEK, "--shift", "fri", "--worker", "anna")
        self.assertIn("moved_premium", self.error("hours", "confirm", "--shift", "fri", "--worker", "anna", "--reason", "moved_premium"))
        self.rooster("hours", "confirm", "--week", WEEK)
        rows = [row for row in self.table("export", "hours", "--week", WEEK) if row["assignment"] == "fri/anna"]
        self.assertEqual([(row["reason"], row["paid_min"], row["coop"]) for row in rows],
                         [("worked", "450", "green"), ("moved_paid", "120", "green")])
        invoice = [row for row in self.table("export", "invoice", "--week", WEEK) if row["reason"] == "moved_paid"]
        self.assertEqual([row["minutes"] for row in invoice], ["120"])
        anna = [row for row in self.table("export", "payroll", "--month", "2026-12") if row["worker"] == "anna"][0]
        self.assertEqual((anna["moved_min"], anna["cancelled_min"]), ("120", "0"))
        self.rooster("hours", "correct", "--shift", "fri", "--worker", "anna", "--reason", "moved_paid", "--nothing", "--note", "agreed")
        anna = [row for row in self.table("export", "payroll", "--month", "2026-12") if row["worker"] == "anna"][0]
        self.assertEqual(anna["moved_min"], "0")

    def test_what_was_withdrawn_too_late_stays_owed(self):
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = "2026-12-01T09:00"
        self.rooster("unassign", "--shift", "fri", "--worker", "anna")
        self.rooster("publish", "--week", WEEK)
        self.now = AFTER
        self.rooster("hours", "confirm", "--week", WEEK)
        owed = [row for row in self.table("export", "hours", "--week", WEEK) if row["reason"] == "cancelled_paid"]
        self.assertEqual([(row["assignment"], row["paid_min"], row["coop"]) for row in owed], [("fri/anna", "450", "")])
        self.assertNotIn("cancelled_paid", {row["reason"] for row in self.table("export", "invoice", "--week", WEEK)})
        anna = {row["month"]: row for row in self.table("export", "payroll", "--month", "2026-12")
                if row["worker"] == "anna"}
        self.assertEqual((anna["2026-12"]["cancelled_min"], anna["2026-12"]["paid_min"]), ("450", "450"))

    def test_a_short_call_is_paid_as_three_hours(self):
        self.with_published()
        self.rooster("hours", "confirm", "--shift", "mon", "--worker", "cem", "--start", "2026-11-30T08:00",
                     "--end", "2026-11-30T09:20")
        rows = [(row["reason"], row["paid_min"]) for row in self.table("export", "hours", "--week", WEEK)]
        self.assertEqual(rows, [("worked", "80"), ("3h_floor", "100")])

    def test_payroll_is_by_the_month_in_which_work_begins(self):
        self.with_published()
        self.rooster("hours", "confirm", "--week", WEEK)
        rows = {(row["worker"], row["month"]): row for row in self.table("export", "payroll", "--week", WEEK)}
        self.assertEqual((rows["anna", "2026-11"]["paid_min"], rows["anna", "2026-12"]["paid_min"]), ("450", "450"))
        self.assertEqual((rows["anna", "2026-11"]["days"], rows["anna", "2026-12"]["days"]), ("1", "6"))
        november = {row["worker"]: row for row in self.table("export", "payroll", "--month", "2026-11")}
        self.assertEqual(november["anna"]["guaranteed_min"], str((8 * 60 * 30 * 2 + 7) // 14))
        self.assertEqual(november["anna"]["call_contract"], "1")

    def fits_the_usage_note(self, card):
        """SETU's rules of time intervals and pay rates (Purchase to Pay 2.0), as far as they are public without its schema."""
        ids = [part["id"]["value"] for part in card["timeInterval"]]
        self.assertEqual(len(ids), len(set(ids)))
        for part in card["timeInterval"]:
            self.assertIn(part["id"]["schemeAgencyId"], ("Customer", "Supplier"))
            self.assertRegex(part["typeCode"]["value"], r"^HT[1-9]\d\d$")
            span = part["period"]["dateTimePeriod"]
            self.assertLess(span["start"], span["end"])
            self.assertIsInstance(part["timeTotal"], float)
            rates = part.get("payRates", [])
            self.assertLessEqual(len(rates), 2)
            for purpose in ("toBeBilled", "toBePaid"):
                self.assertLessEqual(sum(rate[purpose] for rate in rates), 1, "one rate for each purpose")
            for rate in rates:
                self.assertIsInstance(rate["amount"]["value"], (int, float))
                self.assertEqual(rate["amount"]["currency"], {"value": "EUR"})
                self.assertIn(rate["intervalCode"]["value"], ("HourlyConsolidated", "HourlySplit"))
                self.assertEqual(rate["multiplier"], 100)
                self.assertTrue(rate["toBeBilled"] or rate["toBePaid"])

    def test_time_cards_follow_the_standard(self):
        self.with_published()
        self.rooster("hours", "confirm", "--week", WEEK)
        cards = json.loads(self.rooster("export", "hours", "--week", WEEK, "--format", "json"))
        self.assertEqual({(card["customer"]["id"][0]["value"], card["person"]["id"][0]["value"]) for card in cards},
                         {("green", "anna"), ("green", "cem"), ("bus", "bart")})
        anna = next(card for card in cards if card["person"]["id"][0]["value"] == "anna")
        self.assertEqual(anna["period"], {"datePeriod": {"start": "2026-11-30", "end": "2026-12-06"}})
        self.assertEqual([(part["typeCode"]["value"], part["timeTotal"]) for part in anna["timeInterval"]], [("HT100", 7.5)] * 2)
        self.rooster("hours", "correct", "--shift", "mon", "--worker", "anna", "--start", "2026-11-30T08:00", "--end", "2026-11-30T15:10", "--break", "30", "--note", "x")
        corrected = json.loads(self.rooster("export", "hours", "--week", WEEK, "--format", "json"))
        self.assertEqual(sorted(part["timeTotal"] for card in corrected if card["person"]["id"] == anna["person"]["id"] for part in card["timeInterval"]),
                         [-7.5, 6.6667, 7.5, 7.5])
        for card in cards + corrected:
            self.fits_the_usage_note(card)
        self.assertEqual(anna["timeInterval"][0]["period"]["dateTimePeriod"],
                         {"start": "2026-11-30T07:00:00Z", "end": "2026-11-30T15:00:00Z"})

    def test_bad_use_gets_one_sentence(self):
        self.with_published()
        for arguments, sentence in (
                (("hours", "confirm"), "which week? Say it with --week, or name a --shift"),
                (("hours", "forget", "--week", WEEK), "cannot forget hours; it is show, confirm, dispute or correct"),
                (("hours", "confirm", "--shift", "mon", "--nothing"), "whose hours? Say --shift and --worker"),
                (("hours", "confirm", "--shift", "mon", "--worker", "anna", "--start", "2026-11-30T08:00"),
                 "times are --start and --end together"),
                (("hours", "confirm", "--week", WEEK, "--day", "monday"), "option --day: 'monday' is not a date like 2026-11-30"),
                (("export", "payroll"), "of which work? Say --week WEEK or --month MONTH"),
                (("export", "invoice", "--month", "2026-13"), "option --month: '2026-13' is no month, 2026-12 would be right"),
                (("export", "hours", "--week", WEEK, "--format", "table"), "option --format: hours are exported as csv or json"),
                (("export", "roster", "--month", "2026-12"), "usage: rooster export roster [--week WEEK] [--published]")):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.error(*arguments, code=BAD_USE), sentence)

    def test_an_export_goes_to_a_new_file(self):
        self.with_published()
        self.rooster("hours", "confirm", "--week", WEEK)
        self.assertEqual(self.rooster("export", "invoice", "--week", WEEK, "invoice.csv"), "invoice.csv holds 4 rows.\n")
        self.assertEqual((self.folder / "invoice.csv").read_text(), self.rooster("export", "invoice", "--week", WEEK))
        self.assertIn("is there already", self.error("export", "invoice", "--week", WEEK, "invoice.csv"))

    def test_the_example_weeks_sums_are_the_rosters_to_the_minute_and_the_cent(self):
        self.with_pool(EXAMPLE)
        self.rooster("plan", "--week", WEEK, "--seconds", "5")
        self.rooster("publish", "--week", WEEK)
        self.assertGreater(len(self.assignments()), 100)
        with open(EXAMPLE / "demand.csv", encoding="utf-8") as file:
            shifts = {row["shift"]: row for row in csv.DictReader(file)}
        with open(EXAMPLE / "coops.csv", encoding="utf-8") as file:
            rates = {row["coop"]: row["rate"] or "0" for row in csv.DictReader(file)}
        planned, billed = {}, {}
        for shift, worker in self.assignments():
            row = shifts[shift]
            minutes = elapsed(row["start"], row["end"]) - int(row["break_minutes"] or 0)
            planned[worker] = planned.get(worker, 0) + minutes
            billed[row["coop"]] = billed.get(row["coop"], 0) + cents(rates[row["coop"]], minutes)
        self.now = AFTER
        self.assertEqual(self.json("hours", "confirm", "--week", WEEK)["confirmed"], len(self.assignments()))
        worked = {}
        for row in self.table("export", "payroll", "--week", WEEK):
            worked[row["worker"]] = worked.get(row["worker"], 0) + int(row["worked_min"])
        self.assertEqual({worker: minutes for worker, minutes in worked.items() if minutes}, planned)
        invoiced = {}
        for row in self.table("export", "invoice", "--week", WEEK):
            self.assertEqual(decimal.Decimal(row["amount"]), cents(row["rate"], int(row["minutes"])))
            if row["reason"] == "worked":
                invoiced[row["coop"]] = invoiced.get(row["coop"], 0) + decimal.Decimal(row["amount"])
        self.assertEqual(invoiced, billed)
        for row in self.table("export", "hours", "--week", WEEK)[:20]:  # all of it, taken back, comes to nothing
            shift, worker = row["assignment"].split("/")
            if row["reason"] == "worked":
                self.rooster("hours", "correct", "--shift", shift, "--worker", worker, "--nothing", "--note", "test")
        undone = sum(decimal.Decimal(row["amount"]) for row in self.table("export", "invoice", "--week", WEEK)
                     if row["reverses"])
        redone = {row["reverses"] for row in self.table("export", "invoice", "--week", WEEK) if row["reverses"]}
        self.assertEqual(undone, -sum(decimal.Decimal(row["amount"]) for row in self.table("export", "invoice", "--week", WEEK)
                                      if row["entry"] in redone))


class HoursOverHttp(ServiceCase):
    def setUp(self):
        super().setUp()
        self.with_draft()
        self.rooster("publish", "--week", WEEK)
        self.now = AFTER
        self.planner, self.green, self.bus = self.token("planner"), self.token("coop", "green"), self.token("coop", "bus")
        self.anna = self.token("worker", "anna")
        self.start()

    def lines(self, token, query=""):
        hours = self.api("GET", f"/weeks/{WEEK}/hours{query}", token=token, status=200).json
        return [(line["shift"], line["worker"], line["state"]) for line in hours["lines"]]

    def book(self, verb, body, token, status=200, **options):
        return self.api("POST", f"/weeks/{WEEK}/hours/{verb}", body, token=token, status=status, **options).json

    def test_each_sees_their_own(self):
        self.assertEqual(len(self.lines(self.planner)), 4)
        self.assertEqual(self.lines(self.bus), [("wed-bus", "bart", "planned")])
        self.assertEqual(self.lines(self.anna), [("mon", "anna", "planned"), ("fri", "anna", "planned")])
        self.assertEqual(self.api("GET", f"/weeks/{WEEK}/hours?coop=bus", token=self.green).status, 403)
        self.assertEqual(self.lines(self.planner, "?coop=bus"), self.lines(self.bus))

    def test_a_coop_confirms_its_day_and_its_week(self):
        done = self.book("confirm", {"day": "2026-11-30"}, self.green)
        self.assertEqual([(line["shift"], line["worker"], line["booked"]["paid_minutes"]) for line in done["lines"]],
                         [("mon", "anna", 450), ("mon", "cem", 450)])
        self.assertEqual(len(self.book("confirm", {}, self.green)["lines"]), 1)
        self.assertEqual(self.book("confirm", {}, self.green)["lines"], [])
        self.assertEqual(self.lines(self.bus), [("wed-bus", "bart", "planned")])

    def test_the_same_request_twice_books_once(self):
        item = {"items": [{"shift": "fri", "worker": "anna", "start": "2026-12-04T08:00", "end": "2026-12-04T12:30",
                           "break_minutes": 15}]}
        first = self.book("confirm", item, self.green, headers={"Idempotency-Key": "k"})
        again = self.book("confirm", item, self.green, headers={"Idempotency-Key": "k"})
        self.assertEqual(first, again)
        self.assertEqual(first["lines"][0]["booked"]["paid_minutes"], 255)
        refused = self.book("confirm", item, self.green, status=422)
        self.assertIn("was confirmed by coop:green", refused["detail"])

    def test_a_dispute_is_settled_by_the_planner(self):
        items = [{"shift": "mon", "worker": "cem", "note": "left at ten"}]
        self.assertEqual(self.book("dispute", {"items": items}, self.green)["lines"][0]["booked"]["paid_minutes"], 0)
        fixed = [{"shift": "mon", "worker": "cem", "start": "2026-11-30T08:00", "end": "2026-11-30T10:00", "note": "agreed"}]
        line = self.book("correct", {"items": fixed}, self.planner)["lines"][0]
        self.assertEqual((line["state"], line["booked"]["paid_minutes"], line["floor_minutes"]), ("confirmed", 120, 60))
        csv_answer = self.ask("GET", f"/api/v1/weeks/{WEEK}/export/invoice", token=self.planner)
        self.assertEqual(csv_answer.body.decode(), self.rooster("export", "invoice", "--week", WEEK))

    def test_what_is_not_theirs_or_cannot_be_is_refused(self):
        foreign = {"items": [{"shift": "mon", "worker": "anna"}]}
        self.book("confirm", foreign, self.bus, status=404)
        self.book("confirm", foreign, self.anna, status=403)
        self.book("dispute", foreign, self.green, status=422)
        self.book("confirm", {"day": "monday"}, self.green, status=422)
        self.book("confirm", {"items": [{"shift": "mon", "worker": "anna", "start": "2026-11-30T08:00"}]}, self.green, status=422)
        self.book("correct", {"items": [{"shift": "mon", "worker": "anna", "note": "?"}]}, self.green, status=422)
        self.assertEqual({state for _, _, state in self.lines(self.planner)}, {"planned"})


if __name__ == "__main__":
    main()
