"""The public instances of Curtois and Qu, through tests/benchmarks/curtois, judged by the judge that knows only their rules."""
from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from measure import run
from rooster import SHARED, Fault, read_csv
from table import Table, number

READER = Path(__file__).resolve().parent / "curtois"
FOLDER = SHARED / "benchmarks/curtois"
JUDGE = SHARED / "tools/curtois_judge.py"
COLUMNS = ["instance", "limit s", "cost", "bound", "gap %", "best known", "above it %", "processor s", "memory MB", "status"]
SPARE = 60


def missing() -> str | None:
    """Why the part cannot be run, or None."""
    for path, what in ((READER, "the reader"), (FOLDER, "the instances"), (JUDGE, "their judge")):
        if not path.exists():
            return f"{what}: {path} is not there"
    return None


def instances() -> list[str]:
    found = [re.fullmatch(r"Instance(\d+)", path.stem) for path in FOLDER.glob("Instance*.txt")]
    return [str(number) for number in sorted(int(match[1]) for match in found if match)]


def best_known() -> dict[str, dict[str, str]]:
    path = FOLDER / "best_known.csv"
    if not path.exists():
        path = FOLDER.parent / "best_known.csv"
    return {row["instance"]: row for row in read_csv(path.read_text(encoding="utf-8"))} if path.exists() else {}


def read_line(out: str) -> tuple[int, int, float]:
    """The last line that the reader prints: `cost C bound B seconds S`."""
    found = re.fullmatch(r"cost (-?\d+) bound (-?\d+) seconds ([\d.]+)", (out.strip().split("\n") or [""])[-1])
    if not found:
        raise Fault(f"curtois ends with {out.strip()[-80:]!r}, not with `cost C bound B seconds S`")
    return int(found[1]), int(found[2]), float(found[3])


def instance_row(table: Table, instance: str, seconds: float, stage: Path) -> None:
    roster = stage / f"instance-{instance}.txt"
    path = FOLDER / f"Instance{instance}.txt"
    done = run([READER, path, "--seconds", f"{seconds:g}", "--threads", "1", "--roster", roster], seconds + SPARE)
    known = best_known().get(instance, {}).get("best_known_solution")
    if done.is_killed or done.code != 0:
        why = "ended at the brake" if done.is_killed else f"failed: {(done.errors.strip().split(chr(10)) or [''])[-1][:60]}"
        table.add(instance, f"{seconds:g}", None, None, None, known, None, number(done.processor), number(done.memory, 0), why)
        return
    cost, bound, _ = read_line(done.out)
    judged = subprocess.run([sys.executable, str(JUDGE), str(path), str(roster)], capture_output=True, text=True, check=False)
    verdict = judged.stdout.strip().split("\n")
    if judged.returncode != 0 or re.findall(r"^cost (-?\d+)", verdict[-1]) != [str(cost)]:
        raise Fault(f"instance {instance}: we count {cost}, the judge says: {' / '.join(verdict[-3:])} {judged.stderr.strip()}")
    if bound > cost or (known and bound > int(known)):
        raise Fault(f"instance {instance}: the bound {bound} is above a roster of {min(cost, int(known or cost))}")
    above = number(100 * (cost - int(known)) / int(known), 2) if known else None
    table.add(instance, f"{seconds:g}", cost, bound, number(100 * (cost - bound) / max(1, abs(cost)), 2), known, above,
              number(done.processor), number(done.memory, 0), "optimal; judge" if cost == bound else "legal; judge")
