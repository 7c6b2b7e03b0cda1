"""
General solvers on the compact model: how each is called, and what it says of cost, bound and solution.

CBC counts its limit in processor seconds. GLPK and HiGHS look at the clock, so their limit is stretched by what a processor
second takes on this machine just now (`busy`).
"""
from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import machine
from measure import Run, run

HERE = Path(__file__).resolve().parent


def brake(seconds: float, busy: float) -> float:
    """A limit is a wish to a solver; this many seconds after the start it is ended."""
    return 2 * seconds * busy + 30


@dataclass
class Answer:
    """In cents. No cost: no roster was found."""
    status: str
    cost: float | None = None
    bound: float | None = None
    chosen: set[str] = field(default_factory=set)  # columns x:WORKER:SHIFT that are 1
    run: Run | None = None


def columns_of(model: Path) -> list[str]:
    """The columns in the order of the file, as every reader numbers them."""
    names: list[str] = []
    with open(model, encoding="ascii") as file:
        for line in file:
            if line.startswith("COLUMNS"):
                break
        for line in file:
            if not line.startswith(" "):
                break
            name = line.split(maxsplit=1)[0]
            if "'MARKER'" not in line and (not names or names[-1] != name):
                names.append(name)
    return names


def last_number(pattern: str, text: str) -> float | None:
    found = re.findall(pattern, text)
    return float(found[-1]) if found else None


# --- GLPK

def read_glpk(log: str, solution: str, names: list[str]) -> Answer:
    head = re.search(r"^s mip \d+ \d+ ([ofnu]) (\S+)", solution, re.MULTILINE)
    status = head[1] if head else "u"
    answer = Answer({"o": "optimal", "f": "limit", "n": "infeasible", "u": "limit"}[status])
    if status in "of" and head:
        answer.cost = float(head[2])
        answer.chosen = {names[int(column) - 1] for column, value in re.findall(r"^j (\d+) (\S+)$", solution, re.MULTILINE)
                         if names[int(column) - 1].startswith("x:") and float(value) > 0.5}
    # "+ 922: mip = 1.803433375e+06 >= 1.79e+06 0.7% (3; 45)", or "not found yet >=", or "tree is empty"
    answer.bound = answer.cost if status == "o" else last_number(r">=\s+([-+\d.e]+)", log)
    return answer


def solve_glpk(model: Path, seconds: float, busy: float, stage: Path) -> Answer:
    target = stage / "glpk.txt"
    target.unlink(missing_ok=True)
    done = run(["glpsol", "--freemps", model, "--cuts", "--mipgap", "0", "--tmlim", max(1, round(seconds * busy)), "-w", target],
               brake(seconds, busy))
    answer = read_glpk(done.out, target.read_text() if target.exists() else "", columns_of(model))
    return finished(answer, done)


# --- CBC

def read_cbc(log: str, solution: str) -> Answer:
    result = re.search(r"^Result - (.*)", log, re.MULTILINE)
    text = result[1] if result else "no result"
    answer = Answer("optimal" if "Optimal" in text else "infeasible" if "infeasible" in text else "limit")
    cost = last_number(r"(?m)^Objective value:\s+([-+\d.e]+)", log)
    bound = last_number(r"(?m)^Lower bound:\s+([-+\d.e]+)", log)
    if cost is not None and "No feasible" not in log and abs(cost) < 1e40:
        answer.cost = cost
        rows = (line.replace("**", " ").split() for line in solution.split("\n")[1:])
        answer.chosen = {row[1] for row in rows if len(row) >= 3 and row[1].startswith("x:") and float(row[2]) > 0.5}
    answer.bound = cost if answer.status == "optimal" else bound
    if answer.bound is None:  # stopped before its first report: what the root's cuts had reached, if it says so
        answer.bound = last_number(r"best possible ([-+\d.e]+)", log) or last_number(r"Continuous objective value is ([-+\d.e]+)", log)
    return answer


def solve_cbc(model: Path, seconds: float, busy: float, stage: Path) -> Answer:
    target = stage / "cbc.txt"
    target.unlink(missing_ok=True)
    done = run(["cbc", model, "-timeMode", "cpu", "-seconds", seconds, "-ratioGap", "0", "-allowableGap", "0", "-solve",
                "-solution", target], brake(seconds, busy))
    return finished(read_cbc(done.out, target.read_text() if target.exists() else ""), done)


# --- HiGHS

def read_highs(out: str, names: list[str]) -> Answer:
    try:
        told = json.loads(out)
    except ValueError:
        return Answer("failed")
    answer = Answer(told["status"], told["cost"], told["bound"])
    answer.chosen = {names[index] for index in told["chosen"] if names[index].startswith("x:")}
    return answer


def solve_highs(model: Path, seconds: float, busy: float, stage: Path) -> Answer:
    done = run(["node", HERE / "highs.mjs", model, seconds * busy], brake(seconds, busy), stage)
    return finished(read_highs(done.out, columns_of(model)), done)


def finished(answer: Answer, done: Run) -> Answer:
    answer.run = done
    if done.is_killed:
        answer.status = "killed at the brake"
    elif done.code != 0 and answer.cost is None:
        words = (done.errors or done.out).strip().split("\n")
        answer.status = f"failed ({done.code}): {words[-1][:60]}"
    return answer


SOLVERS = {"GLPK": solve_glpk, "CBC": solve_cbc, "HiGHS": solve_highs}


def available(wanted: list[str]) -> tuple[dict[str, str], list[str]]:
    """Those that are installed, with their versions, and a sentence on each that is not."""
    there, missing = {}, []
    for name in wanted:
        version, reason = None, ""
        if name == "GLPK":
            found = re.search(r"GLPSOL.*?(\d[\w.-]*)", machine.first_line("glpsol", "--version"))
            version, reason = found and found[1], "glpsol of glpk-utils"
        elif name == "CBC":
            is_there = shutil.which("cbc")
            done = run(["cbc", "-quit"], 20) if is_there else None
            found = re.search(r"Version: (\S+)", done.out) if done else None
            version, reason = found and found[1], "cbc of coinor-cbc"
        elif name == "HiGHS":
            package = HERE / "node_modules/highs/package.json"
            if shutil.which("node") and package.exists():
                version = json.loads(package.read_text(encoding="utf-8"))["version"]
            reason = "node, and `npm ci` in tests/benchmarks"
        if version:
            there[name] = version
        else:
            missing.append(f"{name} is left out: it needs {reason}.")
    return there, missing
