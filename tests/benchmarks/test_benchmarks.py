#!/usr/bin/env python3
"""That the benchmarks run and read right what solvers print; no figure is asserted.

ROOSTER: the program. Solvers that are not installed are left out.
"""
from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
import disturb  # noqa: E402
import measure  # noqa: E402
import public  # noqa: E402
import rooster  # noqa: E402
import solvers  # noqa: E402
from table import Table, euro, percent  # noqa: E402

MODEL = """* comment
NAME rooster
ROWS
 N cost
COLUMNS
 constant cost 5
 mark0 'MARKER' 'INTORG'
 x:anna:mon cost 3
 x:anna:mon rest:anna:1 1
 x:bart:mon cost 2
 mark1 'MARKER' 'INTEND'
 short:mon:0 cost 100
RHS
 right rest:anna:1 1
ENDATA
"""
GLPK_LOG = """+   100: mip =     not found yet >=              -inf        (1; 0)
+   300: >>>>>   1.950000000e+06 >=   1.790000000e+06   8.2% (9; 0)
+   922: mip =   1.803433375e+06 >=   1.800000000e+06   0.2% (3; 45)
TIME LIMIT EXCEEDED; SEARCH TERMINATED
"""
GLPK_SOLUTION = """c Problem:    rooster
s mip 2 4 {} 1803433.375
i 1 1
j 1 1
j 2 0
j 3 1
j 4 0.25
e o f
"""
CBC_LOG = """Continuous objective value is 1.7e+06 - 0.01 seconds
Cbc0010I After 0 nodes, 1 on tree, 1e+50 best solution, best possible 1750000.5 (2.00 seconds)
Result - Stopped on time limit

Objective value:                1803500.00000000
Lower bound:                    1790000.250
Gap:                            0.01
"""
CBC_SOLUTION = """Stopped on time - objective value 1803500
**    0 x:anna:mon 1 3
      1 x:bart:mon 0.9999999 2
      2 short:mon:0 4 0
"""


class Tables(unittest.TestCase):
    def test_numbers_stand_to_the_right_and_words_to_the_left(self):
        table = Table("Pools", ["pool", "cost"], ["A note."])
        table.add("a|b", "1.50")
        table.add("longer", None)
        self.assertEqual(table.markdown(), "## Pools\n\nA note.\n\n| pool   | cost |\n|--------|-----:|\n| a/b    | 1.50 |\n| longer |    - |\n")
        with self.assertRaises(ValueError):
            table.add("one cell")

    def test_amounts_and_gaps_are_those_of_the_design(self):
        self.assertEqual((euro(-123456), euro(None)), ("-1234.56", "-"))
        self.assertEqual((percent(20000, 19900), percent(50, 0), percent(-1000, -1010), percent(7, None)), ("0.500", "50.000", "1.000", "-"))
        self.assertEqual(percent(1000, 1000.0001), "0.000")

    def test_percentiles_are_values_that_were_measured(self):
        values = [float(value) for value in range(1, 201)]
        self.assertEqual([measure.percentile(values, percent) for percent in (50, 90, 99, 100)], [100, 180, 198, 200])
        self.assertEqual(measure.percentile([3.0], 50), 3)


class Readers(unittest.TestCase):
    def names(self) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.mps"
            path.write_text(MODEL)
            return solvers.columns_of(path)

    def test_columns_are_numbered_as_in_the_file(self):
        self.assertEqual(self.names(), ["constant", "x:anna:mon", "x:bart:mon", "short:mon:0"])

    def test_glpk(self):
        answer = solvers.read_glpk(GLPK_LOG, GLPK_SOLUTION.format("f"), self.names())
        self.assertEqual((answer.status, answer.cost, answer.bound, answer.chosen), ("limit", 1803433.375, 1.8e6, {"x:bart:mon"}))
        answer = solvers.read_glpk(GLPK_LOG, GLPK_SOLUTION.format("o"), self.names())
        self.assertEqual((answer.status, answer.bound), ("optimal", 1803433.375))
        answer = solvers.read_glpk("+ 9: mip = not found yet >= 1.25e+06 (1; 0)", GLPK_SOLUTION.format("u"), self.names())
        self.assertEqual((answer.cost, answer.bound, answer.chosen), (None, 1.25e6, set()))
        self.assertEqual(solvers.read_glpk("", "", []).bound, None)

    def test_cbc(self):
        answer = solvers.read_cbc(CBC_LOG, CBC_SOLUTION)
        self.assertEqual((answer.status, answer.cost, answer.bound), ("limit", 1803500, 1790000.25))
        self.assertEqual(answer.chosen, {"x:anna:mon", "x:bart:mon"})
        answer = solvers.read_cbc(CBC_LOG.replace("Stopped on time limit", "Optimal solution found").replace("Lower bound:", "#"), CBC_SOLUTION)
        self.assertEqual((answer.status, answer.bound), ("optimal", 1803500))
        answer = solvers.read_cbc("Result - Stopped on time limit\n\nNo feasible solution found\nLower bound:     12.5\n", "")
        self.assertEqual((answer.status, answer.cost, answer.bound), ("limit", None, 12.5))

    def test_highs(self):
        answer = solvers.read_highs('{"status": "limit", "cost": null, "bound": -3.5, "chosen": [0, 1]}', self.names())
        self.assertEqual((answer.status, answer.cost, answer.bound, answer.chosen), ("limit", None, -3.5, {"x:anna:mon"}))
        self.assertEqual(solvers.read_highs("out of memory", []).status, "failed")

    def test_the_public_instances(self):
        self.assertEqual(public.read_line("thinking\ncost 607 bound 606 seconds 1.25\n"), (607, 606, 1.25))
        with self.assertRaises(rooster.Fault):
            public.read_line("cost 607\n")


class Programs(unittest.TestCase):
    def test_a_run_tells_what_was_printed_and_used(self):
        done = measure.run([sys.executable, "-c", "import sys; print('out'); x = b'1' * 50_000_000; sys.exit(3)"], 60)
        self.assertEqual((done.code, done.out, done.is_killed), (3, "out\n", False))
        self.assertGreater(done.memory, 45)
        self.assertGreater(done.processor, 0)

    def test_a_run_ends_at_the_brake(self):
        begin = time.monotonic()
        done = measure.run([sys.executable, "-c", "import time; time.sleep(60)"], 0.2)
        self.assertTrue(done.is_killed)
        self.assertLess(time.monotonic() - begin, 50)

    def test_a_run_is_asked_to_stop_when_its_processor_time_is_used(self):
        program = "import signal, sys\nsignal.signal(signal.SIGINT, lambda *_: (print('asked'), sys.exit(0)))\nwhile True: pass"
        done = measure.run([sys.executable, "-c", program], 60, processor_most=0.3)
        self.assertEqual((done.code, done.out, done.is_killed), (0, "asked\n", False))
        self.assertGreaterEqual(done.processor, 0.25)

    def test_a_busy_machine_stretches_the_clock(self):
        self.assertGreaterEqual(measure.stretch(0.05), 1)

    def run_benchmark(self, *arguments: str, shared: str = "/nowhere") -> str:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "tables.md"
            done = subprocess.run([HERE / "run", *arguments, "--output", target], capture_output=True, text=True, check=False,
                                  env={**os.environ, "ROOSTER_SHARED": shared})
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn(target.read_text(encoding="utf-8").strip(), done.stdout)
            return done.stdout

    def test_a_tiny_run_fills_its_tables(self):
        out = self.run_benchmark("--part", "made-up", "--part", "public", "--part", "profile", "--sizes", "25", "--seeds", "3",
                                 "--seconds", "1", "--solvers", "GLPK,CBC")
        self.assertRegex(out, r"\| made up, seed 3 \| +25 \| Rooster +\| +1 \| +-?\d+\.\d\d \| +-?[\d.]* \| +-?[\d.]* \| .*; checker.* \|")
        self.assertRegex(out, r"\| made up, 25 workers \| .*\d")
        self.assertIn("seconds pricing", out)
        self.assertIn("Skipped for want of", out)
        installed = re.search(r"^- beside it: (.*)", out, re.MULTILINE)
        for solver in ("GLPK", "CBC"):
            if solver in installed[1]:
                self.assertRegex(out, rf"\| made up, seed 3 \| +25 \| {solver} ")

    def test_a_tiny_run_repairs_what_is_disturbed(self):
        out = self.run_benchmark("--part", "repair", "--repair-sizes", "12", "--cases", "4", "--repair-seconds", "10", "--solvers", "")
        self.assertRegex(out, r"\| +12 \| \d spikes, \d absences +\| Rooster +\| +10 \|.*\| \d of 4 +\|")

    def test_a_tiny_board_is_opened_and_moved_on(self):
        out = self.run_benchmark("--part", "board", "--board-sizes", "12", "--board-loads", "1", "--board-moves", "2", "--solvers", "")
        if "Skipped for want of" not in out:
            self.assertRegex(out, r"\| board ready, first visit +\| +12 \| +\d+ \| +500 \| +[\d.]+ \|")
            self.assertRegex(out, r"\| a move is seen +\| +12 \| +\d+ \| +100 \| +[\d.]+ \|")

    def test_the_disturbances_made_here_are_the_same_each_time(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            pool = rooster.generate(12, 1, "2026-W49", folder / "pool")
            roster = folder / "roster.csv"
            shift = rooster.read_csv((pool / "demand.csv").read_text())[-1]["shift"]
            roster.write_text(f"shift,worker,pinned\n{shift},W0001,\n")
            seen = []
            for again in ("one", "two"):
                cases = disturb.made_here(pool, roster, "2026-W49", 30, 1, folder / again)
                seen.append([(case.kind, case.now, *[path.read_text() for path in case.folder.iterdir()]) for case in cases])
            self.assertEqual(*seen)
            self.assertEqual({kind for kind, *_ in seen[0]}, {"spike", "absence"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
