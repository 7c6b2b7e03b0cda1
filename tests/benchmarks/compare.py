"""One week, planned by Rooster and by general solvers on the compact model: the rows of a table."""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from measure import stretch
from rooster import Desk, Fault, judge_foreign
from solvers import SOLVERS, Answer
from table import Table, euro, number, percent

COLUMNS = ["pool", "workers", "solver", "limit s", "cost", "bound", "gap %", "processor s", "memory MB", "status"]


@dataclass
class Contest:
    """What is the same for all weeks of a part."""
    table: Table
    stage: Path
    threads: int
    solvers: list[str]
    general_most: int  # workers above which general solvers are not tried
    say: Callable[[str], None] = print  # each row as it comes


def add_row(contest: Contest, *cells: object) -> None:
    contest.table.add(*cells)
    contest.say("  ".join(contest.table.rows[-1]))


def plan_rows(contest: Contest, desk: Desk, pool: Path, label: str, workers: int, week: str, limits: list[float],
              targets: dict[float, str] | None = None) -> int | None:
    """Rooster at each limit; the cost of its best roster."""
    best = None
    for seconds in limits:
        planned = desk.plan(week, contest.threads, "--fresh", processor=seconds)
        judges = desk.judge(week, planned, pool)
        status = planned.result["status"].replace("stopped", "limit") + f"; {judges}"
        target = (targets or {}).get(seconds)
        add_row(contest, label, workers, "Rooster", f"{seconds:g}", euro(planned.cost), euro(planned.bound),
                percent(planned.cost, planned.bound), number(planned.run.processor), number(planned.run.memory, 0),
                status + (f"; wanted {target}" if target else ""))
        best = planned.cost if best is None else min(best, planned.cost)
    return best


def general_rows(contest: Contest, desk: Desk, pool: Path, label: str, workers: int, week: str, seconds: float,
                 best: int | None, *more: str) -> None:
    """The general solvers, each given as long as Rooster at its longest. A bound of theirs above our roster is a bug."""
    if not contest.solvers:
        return
    if workers > contest.general_most:
        for name in contest.solvers:
            add_row(contest, label, workers, name, f"{seconds:g}", None, None, None, None, None,
                    f"not tried above {contest.general_most} workers (--general-most)")
        return
    model = contest.stage / "model.mps"
    model.unlink(missing_ok=True)
    told = desk.call("export", "model", "--week", week, *more, model)
    size = re.search(r"(\d+) columns, (\d+) rows, (\d+) elements", told)
    slack = model_slack(model)
    note = f"{label}: the model has {size[1]} columns, {size[2]} rows, {size[3]} elements ({model.stat().st_size / 1e6:.0f} MB)."
    if is_relaxed(model):
        note += " Some rules are relaxed in it, so a roster of it may break them."
    contest.table.notes.append(note)
    for name in contest.solvers:
        answer = SOLVERS[name](model, seconds, stretch(), contest.stage)
        cost, status = judged(answer, contest, pool, week, bool(more))
        if best is not None and answer.bound is not None and answer.bound > best + tolerance(best):
            raise Fault(f"{label}: the bound of {name}, {answer.bound:.2f}, is above a roster of {best} cents")
        if cost is not None and not answer.cost - tolerance(cost) <= cost <= answer.cost + slack + tolerance(cost):
            raise Fault(f"{label}: {name} counts {answer.cost:.2f} for a roster that costs {cost} cents")
        add_row(contest, label, workers, name, f"{seconds:g}", euro(answer.cost if cost is None else cost), euro(answer.bound),
                percent(answer.cost, answer.bound), number(answer.run.processor), number(answer.run.memory, 0), status)


def tolerance(cents: float) -> float:
    """Of a general solver: a relative 1e-6 on what it calls feasible and optimal."""
    return 1 + 1e-6 * abs(cents)


def judged(answer: Answer, contest: Contest, pool: Path, week: str, is_repair: bool) -> tuple[int | None, str]:
    """The true cost of the solver's roster, where it is legal, and what to say of it."""
    if answer.cost is None:
        return None, f"{answer.status}; no roster"
    if is_repair:
        return None, answer.status
    is_legal, cost, broken = judge_foreign(pool, week, answer.chosen, contest.stage)
    if is_legal:
        return cost, f"{answer.status}; checker"
    return None, f"{answer.status}; its roster breaks {broken}"


def model_slack(model: Path) -> float:
    """By how many cents a roster may cost more than in the model, says its comment."""
    with open(model, encoding="ascii") as file:
        head = file.read(2000)
    found = re.search(r"at most ([-+\d.e]+) cents above", head)
    return float(found[1]) if found else 0


def is_relaxed(model: Path) -> bool:
    with open(model, encoding="ascii") as file:
        return "* Relaxed:" in file.read(2000)
