#!/usr/bin/env python3
"""Planning: figures that add up, limits, Ctrl-C, repairs, and the word of an independent referee."""
import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import xml.etree.ElementTree

from rooster_case import DONE, EXAMPLE, FAILED_CHECK, INTERNAL, ROOSTER, SHARED, SOURCE, TINY, WEEK, RoosterCase, main

TERMS = ["shortfall_critical", "shortfall_high", "shortfall_normal", "shortfall_low", "unfair", "team", "idle", "extra",
         "avoid", "prefer", "continuity", "travel_km", "unsocial", "change", "late_change"]
ENOUGH_WORK = "300000"  # for a bound and a fair roster of the made-up pool
REFEREE = SHARED / "tools/referee.py"


class Plan(RoosterCase):
    def with_made_up_pool(self):
        """Large enough for a plan to take its time, small enough for it to end soon."""
        self.rooster("generate", "--workers", "24", "--week", WEEK, "made-up")
        self.with_pool(self.folder / "made-up")

    def start(self, *arguments, **options):
        return subprocess.Popen([ROOSTER, "--db", str(self.db), "--now", self.now, *arguments], cwd=self.folder,
                                text=True, **options)

    def judge(self, pool, *options):
        """The referee's verdict on the exported draft."""
        if not REFEREE.exists():
            self.skipTest("the referee is not there; ROOSTER_SHARED says where")
        roster = self.folder / "draft.csv"
        roster.write_text(self.rooster("export", "roster", "--week", WEEK))
        process = subprocess.run([sys.executable, str(REFEREE), str(pool), str(roster), "--week", WEEK, "--json", *options],
                                 capture_output=True, text=True, check=False)
        self.assertEqual(process.returncode, DONE, process.stdout + process.stderr)
        return json.loads(process.stdout)

    def test_the_object_has_what_it_promises_and_adds_up(self):
        self.with_pool()
        printed = self.json("plan", "--week", WEEK, "--gap", "0")
        self.assertEqual(list(printed), ["week", "status", "cost_cents", "bound_cents", "gap_percent", "seconds",
                                         "assignments", "terms", "statistics", "shortfall"])
        self.assertEqual(list(printed["terms"]), TERMS)
        self.assertEqual((printed["week"], printed["status"]), (WEEK, "optimal"))
        self.assertEqual(sum(printed["terms"].values()), printed["cost_cents"])
        self.assertLessEqual(printed["bound_cents"], printed["cost_cents"])
        gap = 100 * (printed["cost_cents"] - printed["bound_cents"]) / max(100, abs(printed["cost_cents"]))
        self.assertAlmostEqual(printed["gap_percent"], gap, places=6)
        self.assertEqual(printed["shortfall"], [{"shift": "sat-saw", "missing": 1}])
        self.assertEqual(printed["assignments"], len(self.assignments()))
        self.assertEqual(self.json("check")["cost_cents"], printed["cost_cents"])
        figures = printed["statistics"]
        self.assertGreater(figures["work"], 0)
        self.assertGreaterEqual(figures["work"], figures["labels"])
        spent = figures["seconds_pricing"] + figures["seconds_bundle"] + figures["seconds_lp"]
        self.assertLessEqual(spent, figures["seconds_total"] + 0.1)
        self.assertTrue(all(figures[f"bytes_{part}"] > 0 for part in ("problem", "model", "pricing", "bundle", "lp")))
        self.assertLessEqual(figures["seconds_total"], printed["seconds"])

    def test_people_read_terms_figures_and_what_is_short(self):
        self.with_pool()
        text = self.rooster("plan", "--gap", "0")
        self.assertRegex(text, r"Draft of 2026-W49: \d+ assignments")
        self.assertRegex(text, r"\nCost [\d,.-]+, bound [\d,.-]+, gap 0\.\d\d %: optimal. No roster is better.\n")
        self.assertRegex(text, r"\nsat-saw +green +sawing +Sat 5 Dec 08:00-12:00 +normal +1\n")
        self.assertEqual({row["term"] for row in self.csv("plan", "--gap", "0")}, set(TERMS))

    def test_the_bound_is_remembered_with_the_draft(self):
        self.with_pool()
        planned = self.json("plan", "--gap", "0")
        self.assertEqual(self.json("check")["bound_cents"], planned["bound_cents"])
        self.rooster("unassign", "--shift", "fri", "--worker", next(w for s, w in self.assignments() if s == "fri"))
        checked = self.json("check")
        self.assertEqual(checked["bound_cents"], planned["bound_cents"])
        self.assertGreater(checked["gap_percent"], planned["gap_percent"])

    def test_the_bound_is_proven_again(self):
        self.with_pool()
        self.assertEqual(self.json("plan", "--gap", "0")["status"], "optimal")
        checked = self.json("check")
        self.assertEqual(checked["proof"], "confirmed")
        self.assertLessEqual(checked["certified_cents"], checked["cost_cents"])
        self.assertRegex(self.rooster("check"), r"\nConfirmed in [\d.]+ s: no roster costs less than [\d,.-]+; gap ")
        self.rooster("publish", "--week", WEEK)
        self.assertEqual(self.json("check")["certified_cents"], checked["certified_cents"])
        worker = next(w for s, w in self.assignments() if s == "fri")
        self.rooster("unassign", "--shift", "fri", "--worker", worker)
        self.assertEqual(self.json("check")["proof"], "none", "nothing planned this draft")
        self.assertEqual(self.json("check", "--published")["proof"], "confirmed")

    def test_a_bound_that_its_prices_do_not_prove_is_told(self):
        self.with_pool()
        self.json("plan", "--gap", "0")
        with sqlite3.connect(self.db) as database:
            body = json.loads(database.execute("SELECT body FROM solve_records").fetchone()[0])
            body["certificate"]["bound_cents"] += 100000
            database.execute("UPDATE solve_records SET body = ?", (json.dumps(body),))
        self.assertIn("NOT CONFIRMED", self.rooster("check", code=FAILED_CHECK))
        with sqlite3.connect(self.db) as database:
            database.execute("UPDATE solve_records SET body = 'nonsense'")
        self.assertIn("the record of the solve is no JSON", self.error("check", code=INTERNAL))

    def test_a_bound_of_another_week_is_not_believed(self):
        self.with_pool()
        self.json("plan", "--gap", "0")
        demand = (TINY / "demand.csv").read_text()
        shutil.copytree(TINY, self.folder / "more")
        (self.folder / "more/demand.csv").write_text(demand + demand.splitlines()[2].replace("mon,", "mon-again,", 1) + "\n")
        self.rooster("import", self.folder / "more")
        self.assertEqual(self.json("check")["proof"], "changed")
        self.assertIn("no longer the one that was planned", self.rooster("check"))

    def test_a_plan_starts_from_the_last_one(self):
        self.with_made_up_pool()
        limits = ("--week", WEEK, "--gap", "1", "--seconds", "0", "--work", ENOUGH_WORK, "--threads", "1")
        first = self.json("plan", *limits)
        second = self.json("plan", *limits)
        self.assertLessEqual(second["cost_cents"], first["cost_cents"], "to plan on makes nothing worse")
        self.assertEqual(self.json("check")["proof"], "confirmed")
        fresh = self.json("plan", *limits, "--fresh")
        self.assertEqual((fresh["cost_cents"], fresh["bound_cents"]), (first["cost_cents"], first["bound_cents"]))

    def test_a_repair_starts_from_what_is_published(self):
        self.with_made_up_pool()
        self.json("plan", "--week", WEEK, "--gap", "1", "--seconds", "0", "--work", ENOUGH_WORK)
        self.rooster("publish", "--week", WEEK)
        before = self.assignments()
        repaired = self.json("plan", "--keep", "--week", WEEK, "--gap", "0", "--seconds", "0", "--work", ENOUGH_WORK)
        self.assertLessEqual(repaired["cost_cents"], self.json("check", "--published")["cost_cents"])
        self.assertGreater(len(before & self.assignments()), len(before) / 2)
        self.assertEqual(self.json("check")["proof"], "confirmed")

    def read_log(self, name="run.log"):
        """The events, after what holds for every log: it begins, it ends, costs fall and bounds rise."""
        events = [json.loads(line) for line in (self.folder / name).read_text().splitlines()]
        self.assertEqual((events[0]["event"], events[-1]["event"]), ("begin", "end"))
        costs = [event["cost_cents"] for event in events if event["event"] == "roster"]
        bounds = [event["bound_cents"] for event in events if event["event"] == "bound"]
        self.assertEqual(costs, sorted(set(costs), reverse=True))
        self.assertEqual(bounds, sorted(set(bounds)))
        self.assertEqual([event["work"] for event in events], sorted(event["work"] for event in events))
        if costs:
            self.assertEqual(costs[-1], events[-1]["cost_cents"])
        if bounds:
            self.assertEqual(bounds[-1], events[-1]["bound_cents"])
        return events

    def test_a_log_tells_the_course_of_a_plan(self):
        self.with_made_up_pool()
        limits = ("--week", WEEK, "--gap", "0", "--seconds", "0", "--work", ENOUGH_WORK)
        printed = self.json("plan", *limits, "--log", "run.log")
        events = self.read_log()
        self.assertEqual(events[0]["workers"], 24)
        self.assertEqual((events[-1]["status"], events[-1]["cost_cents"], events[-1]["bound_cents"]),
                         (printed["status"], printed["cost_cents"], printed["bound_cents"]))
        self.assertLessEqual({"phase", "bound", "roster", "round", "lp"}, {event["event"] for event in events})
        drawn = subprocess.run([sys.executable, str(SOURCE / "tests/benchmarks/draw_log"), "run.log"], cwd=self.folder,
                               capture_output=True, text=True, check=True).stdout
        picture = xml.etree.ElementTree.fromstring(drawn)
        self.assertEqual(len([part for part in picture if part.tag.endswith("polyline")]), 2)
        self.rooster("publish", "--week", WEEK)
        printed = self.json("plan", "--keep", *limits, "--log", "repair.log")
        self.assertEqual(self.read_log("repair.log")[-1]["cost_cents"], printed["cost_cents"], "with what is dropped")

    def test_a_stopped_plan_has_a_whole_log(self):
        self.with_pool(EXAMPLE)
        process = self.start("plan", "--week", WEEK, "--gap", "0", "--seconds", "100", "--format", "json", "--log",
                             "run.log", stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        time.sleep(3)
        os.killpg(process.pid, signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
        printed = json.loads(printed)
        if printed["status"] == "stopped":  # it may have been done before
            self.assertEqual(self.read_log()[-1]["status"], "stopped")
        self.assertEqual(self.read_log()[-1]["cost_cents"], printed["cost_cents"])

    def test_a_log_that_cannot_be_written_is_refused(self):
        self.with_pool()
        self.assertEqual(self.error("plan", "--log", "missing/run.log"),
                         "option --log: missing/run.log cannot be written: No such file or directory")

    def test_a_week_without_shifts_is_refused(self):
        self.with_pool()
        self.assertEqual(self.error("plan", "--week", "2027-W01"),
                         "2027-W01 has no shifts; those of the pool are in 2026-W48 to 2026-W49")

    def test_the_same_work_gives_the_same_roster_with_any_threads(self):
        self.with_made_up_pool()
        rosters = []
        for threads in ("1", "2"):
            printed = self.json("plan", "--week", WEEK, "--gap", "0", "--seconds", "0", "--work", ENOUGH_WORK,
                                "--threads", threads, "--fresh")
            self.assertIn(printed["status"], ("work", "optimal"), "the clock had no say")
            rosters.append(self.rooster("export", "roster", "--week", WEEK))
        self.assertEqual(*rosters)

    def test_a_limit_before_the_first_bound_claims_none(self):
        self.with_made_up_pool()
        printed = self.json("plan", "--week", WEEK, "--seconds", "0", "--work", "1")
        self.assertEqual((printed["status"], printed["bound_cents"], printed["gap_percent"]), ("work", None, None))
        self.assertTrue(self.json("check")["is_legal"])
        self.assertIn("no bound yet", self.rooster("plan", "--week", WEEK, "--seconds", "0", "--work", "1", "--fresh"))

    def test_a_worse_draft_than_before_says_so(self):
        self.with_made_up_pool()
        better = self.json("plan", "--week", WEEK, "--gap", "0", "--seconds", "0", "--work", ENOUGH_WORK)["cost_cents"]
        text = self.rooster("plan", "--week", WEEK, "--gap", "0", "--seconds", "0", "--work", "1")
        self.assertNotIn("The draft before cost less", text)
        self.assertEqual(self.json("check")["cost_cents"], better)
        text = self.rooster("plan", "--week", WEEK, "--gap", "0", "--seconds", "0", "--work", "1", "--fresh")
        self.assertGreater(self.json("check")["cost_cents"], better)
        self.assertIn("The draft before cost less", text)
        self.rooster("undo")
        self.assertEqual(self.json("check")["cost_cents"], better)

    def test_ctrl_c_keeps_the_best_so_far(self):
        self.with_pool(EXAMPLE)
        process = self.start("plan", "--week", WEEK, "--gap", "0", "--seconds", "100", "--format", "json",
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        time.sleep(3)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: parent and child get it
        printed, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (DONE, ""))
        self.assertEqual(json.loads(printed)["status"], "stopped")
        self.assertEqual(json.loads(printed)["assignments"], len(self.assignments()))

    def test_who_changed_the_draft_first_is_not_overwritten(self):
        self.with_pool(EXAMPLE)
        process = self.start("plan", "--week", WEEK, "--gap", "0", "--seconds", "100", stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        self.child_of(process)
        shift = self.json("show", "--by", "day", "--week", WEEK)["shifts"][0]["shift"]
        able = [row for row in self.json("candidates", "--shift", shift)["candidates"] if row["state"] == "can"]
        self.rooster("assign", "--shift", shift, "--worker", able[0]["worker"])
        process.send_signal(signal.SIGINT)  # "keep the best so far"
        printed, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, printed), (INTERNAL, ""))
        self.assertRegex(errors, r"^rooster: .*\n$")
        self.assertEqual(self.assignments(), {(shift, able[0]["worker"])})

    def child_of(self, process):
        """The solver's process, once it runs."""
        for _ in range(200):
            with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
                children = file.read().split()
            if children:
                self.assertEqual(len(children), 1)
                return children[0]
            time.sleep(0.05)
        self.fail("no solver was started")

    def test_a_killed_plan_leaves_the_store_and_no_child(self):
        self.with_pool(EXAMPLE)
        process = self.start("plan", "--week", WEEK, "--gap", "0", "--seconds", "100", stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        child = self.child_of(process)
        process.kill()
        process.wait()
        for _ in range(100):
            if self.state(child) == "Z":
                break
            time.sleep(0.05)
        else:
            self.fail("the solver outlives its parent")
        self.assertEqual(self.json("show")["roster"], "none")
        self.rooster("plan", "--week", WEEK, "--seconds", "2")

    def state(self, pid):
        """Of a process, as in ps; Z, too, where it is gone."""
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                return file.read().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return "Z"

    def test_progress_is_one_line_on_a_terminal_only(self):
        self.with_pool(EXAMPLE)
        try:
            reader, writer = pty.openpty()
        except OSError as missing:
            self.skipTest(f"no terminal to be had: {missing}")
        process = self.start("plan", "--week", WEEK, "--gap", "0", "--seconds", "4", stdout=subprocess.DEVNULL, stderr=writer)
        os.close(writer)
        seen = b""
        while True:
            try:
                part = os.read(reader, 4096)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            seen += part
        os.close(reader)
        self.assertEqual(process.wait(timeout=60), DONE)
        self.assertRegex(seen.decode(), r"\r\033\[K\w+ +\d+ s \[#* *\] cost \d+ bound -?\d+ gap \d+\.\d\d %")
        self.assertNotIn(b"\n", seen)
        self.assertTrue(seen.endswith(b"\r\033[K"), "the line is wiped")
        self.rooster("plan", "--week", WEEK, "--seconds", "2")
        self.assertEqual(self.warnings, "")

    def test_keep_repairs_what_is_published(self):
        self.with_draft()
        self.assertIn("no published roster to keep", self.error("plan", "--keep"))
        self.rooster("plan", "--gap", "0")
        self.rooster("publish", "--week", WEEK)
        published = self.assignments()
        self.assertIn("Revision 1 is published, and this draft changes it in", self.rooster("plan", "--work", "1"))
        self.rooster("undo")
        away = self.folder / "away"
        away.mkdir()
        ill = next(worker for shift, worker in published if shift == "fri")
        (away / "availability.csv").write_text(
            f"worker,start,end,kind\n{ill},2026-12-04T00:00,2026-12-05T00:00,unavailable\n")
        self.rooster("import", away)
        self.now = "2026-12-02T12:00"
        printed = self.json("plan", "--week", WEEK, "--keep", "--gap", "0")
        repaired = self.assignments()
        self.assertNotIn(("fri", ill), repaired)
        self.assertEqual({pair for pair in published if pair[0] != "fri"}, {pair for pair in repaired if pair[0] != "fri"})
        self.assertEqual(printed["terms"]["change"], 1500, "one is new; who is ill is not charged")
        self.assertEqual(printed["terms"]["late_change"], 4000)
        self.rooster("publish", "--week", WEEK)
        checked = self.json("check", "--week", WEEK)
        self.assertEqual(checked["cost_cents"], printed["cost_cents"] - 5500)
        self.assertIsNone(checked["bound_cents"], "a repair's bound does not hold once the changes are made")

    def test_the_referee_agrees_about_the_tiny_pool(self):
        self.with_pool()
        printed = self.json("plan", "--week", WEEK, "--gap", "0")
        self.assertEqual(self.judge(TINY)["terms"], printed["terms"])

    def test_the_referee_agrees_about_the_example(self):
        self.with_pool(EXAMPLE)
        printed = self.json("plan", "--week", WEEK, "--seconds", "4")
        self.assertEqual(self.judge(EXAMPLE)["terms"], printed["terms"])

    def test_the_referee_agrees_about_the_outside_pools(self):
        pools = SHARED / "pools"
        if not pools.exists():
            self.skipTest("the outside pools are not there; ROOSTER_SHARED says where")
        for name in ("nieuw-west-25", "youth-40", "night-40"):
            with self.subTest(pool=name):
                self.db = self.folder / f"{name}.db"
                self.with_pool(pools / name)
                printed = self.json("plan", "--week", WEEK, "--seconds", "3")
                self.assertEqual(self.judge(pools / name)["terms"], printed["terms"])


if __name__ == "__main__":
    main()
