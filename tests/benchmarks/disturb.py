"""Disturbances of a published week: spikes (new shifts of one coop) and absences (somebody with work falls ill).

Where ../shared has spikes.py, its cases are used, as other judges of repairs use them, too; else, and for pools that it refuses,
those made here, alike.
"""
from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rooster import SHARED, read_csv

SPIKES = SHARED / "tools/spikes.py"


@dataclass
class Case:
    kind: str  # "spike", "absence"
    now: str
    folder: Path  # demand.csv or availability.csv, to be imported


def write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, columns)
        out.writeheader()
        out.writerows(rows)


def with_spikes_py(pool: Path, roster: Path, week: str, count: int, seed: int, target: Path) -> list[Case]:
    subprocess.run([sys.executable, str(SPIKES), str(pool), str(roster), "--week", week, "--seed", str(seed), "--count", str(count),
                    str(target)], check=True)
    cases = []
    for folder in sorted(target.iterdir()):
        about = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        absence = folder / "absence.csv"
        if absence.exists():
            rows = [{**row, "kind": "unavailable"} for row in read_csv(absence.read_text(encoding="utf-8"))]
            write(folder / "availability.csv", ["worker", "start", "end", "kind"], rows)
            absence.unlink()
        (folder / "case.json").unlink()
        cases.append(Case(about["kind"], about["now"], folder))
    return cases


def made_here(pool: Path, roster: Path, week: str, count: int, seed: int, target: Path) -> list[Case]:
    chance = random.Random(f"{seed}/{week}")
    monday = datetime.strptime(f"{week}-1", "%G-W%V-%u")
    demand = read_csv((pool / "demand.csv").read_text(encoding="utf-8-sig"))
    shifts = {row["shift"]: row for row in demand if row["headcount"] != "0" and in_week(row["start"], monday)}
    works = [(row["worker"], shifts[row["shift"]]) for row in read_csv(roster.read_text(encoding="utf-8")) if row["shift"] in shifts]
    cases = []
    for number in range(1, count + 1):
        folder = target / f"case-{number:03d}"
        folder.mkdir(parents=True)
        now = monday + timedelta(days=chance.choice([-2, -1, 0, 0, 1, 1, 2, 3, 4]), hours=chance.randrange(7, 21))
        later = [(worker, shift) for worker, shift in works if time_of(shift["start"]) > now]
        if later and chance.random() < .4:
            worker, shift = chance.choice(sorted(later, key=lambda work: (work[0], work[1]["shift"])))
            start = max(now, time_of(shift["start"]).replace(hour=0, minute=0))
            end = max(start.replace(hour=0, minute=0) + timedelta(days=chance.choice([1, 1, 2, 3, 7])), time_of(shift["end"]))
            write(folder / "availability.csv", ["worker", "start", "end", "kind"],
                  [{"worker": worker, "start": text(start), "end": text(end), "kind": "unavailable"}])
            cases.append(Case("absence", text(now), folder))
            continue
        like = [row for row in shifts.values() if time_of(row["start"]) >= now + timedelta(hours=2)] or list(shifts.values())
        pattern = chance.choice(sorted(like, key=lambda row: row["shift"]))
        rows = [{**pattern, "shift": f"X{number:03d}-{extra + 1}", "headcount": str(chance.choice([1, 1, 2, 3])),
                 "priority": chance.choice(["critical", "high", "high", "normal"])} for extra in range(chance.choice([1, 1, 1, 2, 3]))]
        write(folder / "demand.csv", list(pattern), rows)
        cases.append(Case("spike", text(now), folder))
    return cases


def time_of(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=None)


def text(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M")


def in_week(start: str, monday: datetime) -> bool:
    return monday <= time_of(start) < monday + timedelta(days=7)


def cases_of(pool: Path, roster: Path, week: str, count: int, seed: int, target: Path) -> tuple[list[Case], str]:
    """The cases, and who made them."""
    if SPIKES.exists():
        try:
            return with_spikes_py(pool, roster, week, count, seed, target), SPIKES.name
        except subprocess.CalledProcessError:  # it has said why: it does not know every rule of a pool
            shutil.rmtree(target, ignore_errors=True)
    return made_here(pool, roster, week, count, seed, target), Path(__file__).name
