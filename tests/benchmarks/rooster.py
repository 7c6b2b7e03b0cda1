"""Rooster in a benchmark: a database in a folder of its own, plans that are measured, rosters that are judged."""
from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measure import Run, run

SOURCE = Path(__file__).resolve().parents[2]
ROOSTER = Path(os.environ.get("ROOSTER") or SOURCE / "build/release/rooster")
SHARED = Path(os.environ.get("ROOSTER_SHARED") or SOURCE.parent / "shared")
REFEREE = SHARED / "tools/referee.py"
SPARE = 60  # seconds a plan may take beyond its limit before it is ended
BUSY = 10  # clock seconds that a processor second may take on a busy machine


class Fault(Exception):
    """A bug of Rooster's, or of the benchmark's: an illegal roster, a bound above a cost, a failing command."""


@dataclass
class Planned:
    result: dict  # of `plan --format json`
    run: Run

    @property
    def cost(self) -> int:
        return self.result["cost_cents"]

    @property
    def bound(self) -> int | None:
        return self.result["bound_cents"]


class Desk:
    """One pool in one database, at one time."""

    def __init__(self, folder: Path, now: str | None = None):
        self.db, self.folder, self.now = folder / "rooster.db", folder, now

    def command(self, *arguments: object) -> list[str]:
        now = ["--now", self.now] if self.now else []
        return [str(ROOSTER), "--db", str(self.db), *now, *map(str, arguments)]

    def call(self, *arguments: object, codes: tuple[int, ...] = (0,)) -> str:
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False)
        if done.returncode not in codes:
            raise Fault(f"rooster {' '.join(map(str, arguments))}: exit code {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def with_pool(self, pool: Path) -> "Desk":
        self.call("init")
        self.call("import", pool)
        return self

    def copy(self, folder: Path, now: str | None) -> "Desk":
        """A desk of its own with the same data."""
        folder.mkdir(parents=True)
        self.call("backup", folder / "rooster.db")
        return Desk(folder, now)

    def plan(self, week: str, threads: int, *more: str, clock: float = 0, processor: float | None = None) -> Planned:
        """Until it is proven, or so many seconds of the clock, or of the processor, are used."""
        brake = (clock or BUSY * (processor or 0)) + SPARE
        done = run(self.command("plan", "--week", week, "--gap", "0", "--seconds", f"{clock or brake:g}", "--threads", threads,
                                "--format", "json", *more), brake + SPARE, processor_most=processor)
        if done.code != 0 or done.is_killed:
            raise Fault(f"plan of {week}: {'ended at the brake' if done.is_killed else f'exit code {done.code}'}: {done.errors.strip()}")
        planned = Planned(json.loads(done.out), done)
        if planned.bound is not None and planned.bound > planned.cost:
            raise Fault(f"plan of {week}: the bound {planned.bound} is above the cost {planned.cost}")
        return planned

    def roster(self, week: str, *more: str) -> str:
        return self.call("export", "roster", "--week", week, *more)

    def check(self, week: str, *more: str) -> dict:
        return json.loads(self.call("check", "--week", week, "--format", "json", *more, codes=(0, 1)))

    def judge(self, week: str, planned: Planned, pool: Path, published: Path | None = None) -> str:
        """All judges find the roster legal and count the same cents, and the bound is proven again; says who judged."""
        judges = self.confirm(week, planned, pool.name)
        if not REFEREE.exists():
            return judges
        roster = self.folder / "judged.csv"
        roster.write_text(self.roster(week), encoding="utf-8")
        verdict = referee(pool, roster, week, published, self.now)
        if verdict["violations"] or verdict["cost"] != planned.cost:
            raise Fault(f"{pool.name} {week}: the referee finds {verdict['violations'][:1]} and counts {verdict['cost']} cents")
        return f"{judges}, referee"

    def confirm(self, week: str, planned: Planned, what: str) -> str:
        """The checker finds the roster legal and counts the same cents, and does not refute the bound."""
        checked = self.check(week)
        if not checked["is_legal"] or checked["cost_cents"] != planned.cost:
            raise Fault(f"{what} {week}: the checker refuses the plan or counts {checked['cost_cents']} cents")
        if checked["proof"] == "refuted":
            raise Fault(f"{what} {week}: the bound {planned.bound} is not confirmed")
        return "checker, proof" if checked["proof"] == "confirmed" else "checker"


def referee(pool: Path, roster: Path, week: str, published: Path | None = None, now: str | None = None) -> dict:
    """Its verdict by the law: how far a worker may be sent it does not know, and refuses the key."""
    repair = ["--published", str(published), "--now", str(now)] if published else []
    with tempfile.TemporaryDirectory() as stage:
        lawful = Path(shutil.copytree(pool, Path(stage) / "pool"))
        settings = (lawful / "pool.ini").read_text(encoding="utf-8").splitlines(keepends=True)
        (lawful / "pool.ini").write_text("".join(line for line in settings if not line.startswith("max_travel_km")), encoding="utf-8")
        done = subprocess.run([sys.executable, str(REFEREE), str(lawful), str(roster), "--week", week, "--json", *repair],
                              capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise Fault(f"the referee cannot read {pool}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def generate(workers: int, seed: int, week: str, folder: Path) -> Path:
    subprocess.run([str(ROOSTER), "generate", "--workers", str(workers), "--seed", str(seed), "--week", week, str(folder)],
                   capture_output=True, check=True)
    return folder


def judge_foreign(pool: Path, week: str, chosen: set[str], stage: Path) -> tuple[bool, int | None, str]:
    """The roster of columns x:WORKER:SHIFT in a copy of the pool: legal? its cents; the first rule it breaks."""
    folder = stage / "foreign"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pool, folder / "pool")
    rows = [(shift, worker, 0) for _, worker, shift in (name.split(":") for name in sorted(chosen))]
    target = folder / "pool/roster.csv"
    others = read_csv(target.read_text(encoding="utf-8-sig")) if target.exists() else []
    mine = {row["shift"] for row in read_csv((pool / "demand.csv").read_text(encoding="utf-8-sig"))}
    if not {shift for shift, _, _ in rows} <= mine:
        return False, None, "a shift's name is not in the pool"
    with open(target, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["shift", "worker", "pinned"])
        out.writerows((row["shift"], row["worker"], row.get("pinned", "")) for row in others)
        out.writerows(rows)
    desk = Desk(folder)
    desk.call("init")
    desk.call("import", folder / "pool")
    checked = desk.check(week, "--published")
    first = checked["violations"][0]["rule"] if checked["violations"] else ""
    return checked["is_legal"], checked["cost_cents"], first


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
