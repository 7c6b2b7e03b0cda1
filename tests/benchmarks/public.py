"""The public instances of Curtois and Qu, through tests/benchmarks/curtois, judged by the judge that knows only their rules."""
from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from measure import run, stretch
from rooster import SHARED, Fault, read_csv
from solvers import SOLVERS
from table import Table, number

READER = Path(__file__).resolve().parent / "curtois"
FOLDER = SHARED / "benchmarks/curtois"
JUDGE = SHARED / "tools/curtois_judge.py"
COLUMNS = ["instance", "solver", "limit s", "cost", "bound", "gap %", "best known", "above it %", "processor s", "memory MB", "status"]
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


def build() -> None:
    """The reader builds itself when it is first called, which is not to be measured."""
    run([READER], 900)


def general_rows(table: Table, instance: str, seconds: float, stage: Path, solvers: list[str]) -> None:
    """Other solvers on the same instance; what they claim is not judged, only compared with the best known."""
    model, known = stage / "model.mps", known_cost(instance)
    if not solvers:
        return
    done = run([READER, FOLDER / f"Instance{instance}.txt", "--model", model], 300)
    if done.code != 0:
        raise Fault(f"instance {instance}: no model: {done.errors.strip()}")
    for name in solvers:
        answer = SOLVERS[name](model, seconds, stretch(), stage)
        cost, bound = answer.cost, answer.bound
        if known is not None and bound is not None and bound > known + 0.01:
            raise Fault(f"instance {instance}: the bound of {name}, {bound}, is above the best known roster, {known}")
        table.add(instance, name, f"{seconds:g}", number(cost, 0), number(bound, 0), gap(cost, bound), known, above(cost, known),
                  number(answer.run.processor), number(answer.run.memory, 0), answer.status if cost is not None else f"{answer.status}; no roster")


def known_cost(instance: str) -> int | None:
    text = best_known().get(instance, {}).get("best_known_solution")
    return int(text) if text else None


def gap(cost: float | None, bound: float | None) -> str | None:
    return None if cost is None or bound is None else number(100 * (cost - bound) / max(1, abs(cost)), 2)


def above(cost: float | None, known: int | None) -> str | None:
    return None if cost is None or not known else number(100 * (cost - known) / known, 2)


def instance_row(table: Table, instance: str, seconds: float, stage: Path) -> None:
    roster = stage / f"instance-{instance}.txt"
    path = FOLDER / f"Instance{instance}.txt"
    done = run([READER, path, "--seconds", f"{seconds:g}", "--threads", "1", "--roster", roster], seconds + SPARE)
    known = known_cost(instance)
    if done.is_killed or done.code != 0:
        why = "ended at the brake" if done.is_killed else f"failed: {(done.errors.strip().split(chr(10)) or [''])[-1][:60]}"
        table.add(instance, "Rooster", f"{seconds:g}", None, None, None, known, None, number(done.processor), number(done.memory, 0), why)
        return
    cost, bound, _ = read_line(done.out)
    judged = subprocess.run([sys.executable, str(JUDGE), str(path), str(roster)], capture_output=True, text=True, check=False)
    verdict = judged.stdout.strip().split("\n")
    if judged.returncode != 0 or re.findall(r"^cost (-?\d+)", verdict[-1]) != [str(cost)]:
        raise Fault(f"instance {instance}: we count {cost}, the judge says: {' / '.join(verdict[-3:])} {judged.stderr.strip()}")
    if bound > cost or (known is not None and bound > known):
        raise Fault(f"instance {instance}: the bound {bound} is above a roster of {min(cost, cost if known is None else known)}")
    table.add(instance, "Rooster", f"{seconds:g}", cost, bound, gap(cost, bound), known, above(cost, known),
              number(done.processor), number(done.memory, 0), "optimal; judge" if cost == bound else "legal; judge")
