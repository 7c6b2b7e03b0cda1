"""What every end-to-end test has: the real program, a folder and a database of its own, a clock that stands still."""
import contextlib
import csv
import io
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TINY = SOURCE / "tests/e2e/data/tiny"
EXAMPLE = SOURCE / "examples/nieuw-west"
ROOSTER = os.environ.get("ROOSTER") or str(SOURCE / "build/dev/rooster")
SHARED = pathlib.Path(os.environ.get("ROOSTER_SHARED") or SOURCE.parent / "shared")
NOW = "2026-11-24T09:00"
WEEK = "2026-W49"

DONE, FAILED_CHECK, BAD_USE, INTERNAL = 0, 1, 2, 3


class RoosterCase(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="rooster-e2e-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.db = self.folder / "rooster.db"
        self.now = NOW

    def run_rooster(self, *arguments, environment=None, **options):
        """Runs the program with the test's database and clock; the finished process."""
        command = [ROOSTER, "--db", str(self.db), "--now", self.now, *map(str, arguments)]
        changed = {"COLUMNS": "80", **(environment or {})}
        return subprocess.run(command, cwd=self.folder, env={**os.environ, **changed}, timeout=120,
                              capture_output=True, text=True, encoding="utf-8", check=False, **options)

    def rooster(self, *arguments, code=DONE, **options):
        """What it printed, after it ended with `code`."""
        process = self.run_rooster(*arguments, **options)
        self.assertEqual(process.returncode, code, f"rooster {' '.join(map(str, arguments))}\n"
                         f"stdout: {process.stdout}\nstderr: {process.stderr}")
        self.warnings = process.stderr
        for line in process.stderr.splitlines():
            self.assertTrue(line.startswith("rooster: "), f"stderr: {process.stderr}")
        return process.stdout

    def error(self, *arguments, code=BAD_USE, **options):
        """The one sentence on stderr with which it failed."""
        printed = self.rooster(*arguments, code=code, **options)
        self.assertEqual(printed, "", "a failure prints no result")
        lines = self.warnings.splitlines()
        self.assertEqual(len(lines), 1, self.warnings)
        return lines[0].removeprefix("rooster: ")

    def json(self, *arguments, **options):
        return json.loads(self.rooster(*arguments, "--format", "json", **options))

    def csv(self, *arguments, **options):
        return list(csv.DictReader(io.StringIO(self.rooster(*arguments, "--format", "csv", **options))))

    def with_pool(self, folder=TINY):
        self.rooster("init")
        self.rooster("import", folder)

    def with_draft(self):
        """The tiny pool, and a lawful draft made by hand."""
        self.with_pool()
        for shift, worker in (("mon", "anna"), ("mon", "cem"), ("wed-bus", "bart"), ("fri", "anna")):
            self.rooster("assign", "--shift", shift, "--worker", worker)

    def solve_of(self, roster):
        """What is kept of the solve behind the draft or the published roster."""
        with contextlib.closing(sqlite3.connect(self.db)) as db:
            row = db.execute("SELECT body FROM solve_records WHERE roster = ?", (roster,)).fetchone()
        return row and row[0]

    def assignments(self, *options):
        """The pairs of `export roster`."""
        text = self.rooster("export", "roster", "--week", WEEK, *options)
        return {(row["shift"], row["worker"]) for row in csv.DictReader(io.StringIO(text))}


def main():
    unittest.main(verbosity=2, argv=[sys.argv[0], *sys.argv[1:]])
