"""Repairs: a published week is disturbed again and again, and `plan --keep` answers each time from the same roster."""
from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from compare import Contest, tolerance
from disturb import Case, cases_of
from measure import percentile, stretch
from rooster import Desk, Fault, generate
from solvers import SOLVERS
from table import euro, number, percent

COLUMNS = ["workers", "cases", "solver", "limit s", "median s", "90 % s", "99 % s", "processor s", "cost", "bound", "gap %", "worst gap %",
           "proven", "memory MB", "note"]
BASE_SECONDS = {60: 5, 300: 20, 1000: 30}
REFEREED = 3  # cases that the slower referee judges, too; the checker judges all


@dataclass
class Tally:
    """Sums and spreads over the cases of one solver."""
    clocks: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    proven: int = 0
    open: int = 0  # cases without a roster or without a bound

    def add(self, clock: float, processor: float, memory: float, cost: float | None, bound: float | None, is_proven: bool) -> None:
        self.clocks.append(clock)
        self.processor.append(processor)
        self.memory.append(memory)
        self.proven += is_proven
        if cost is None or bound is None:
            self.open += 1
            return
        self.costs.append(cost)
        self.bounds.append(bound)
        self.gaps.append(100 * (cost - bound) / max(100, abs(cost)))

    def cells(self) -> list[object]:
        is_whole = self.open == 0 and bool(self.costs)
        cost, bound = (sum(self.costs), sum(self.bounds)) if is_whole else (None, None)
        return [number(percentile(self.clocks, 50), 2), number(percentile(self.clocks, 90), 2), number(percentile(self.clocks, 99), 2),
                number(sum(self.processor) / len(self.processor), 2), euro(cost), euro(bound), percent(cost, bound),
                number(max(self.gaps), 3) if is_whole else None, f"{self.proven} of {len(self.clocks)}", number(max(self.memory), 0)]


def publish(desk: Desk, pool: Path, week: str, seconds: float, threads: int) -> Path:
    desk.with_pool(pool)
    desk.plan(week, threads, processor=seconds)
    desk.call("publish", "--week", week)
    roster = desk.folder / "published.csv"
    roster.write_text(desk.roster(week, "--published"), encoding="utf-8")
    return roster


def repair(base: Desk, case: Case, week: str, seconds: float, contest: Contest, folder: Path, is_refereed: bool) -> tuple[Desk, dict, Tally]:
    desk = base.copy(folder, case.now)
    desk.call("import", case.folder)
    planned = desk.plan(week, contest.threads, "--keep", clock=seconds)
    one = Tally()
    one.add(planned.result["seconds"], planned.run.processor, planned.run.memory, planned.cost, planned.bound,
            planned.result["status"] == "optimal")
    if is_refereed:
        desk.call("export", "pool", folder / "pool")
        published = folder / "published.csv"
        published.write_text(desk.roster(week, "--published"), encoding="utf-8")
        desk.judge(week, planned, folder / "pool", published)
    else:
        desk.confirm(week, planned, case.folder.name)
    return desk, planned.result, one


def merge(into: Tally, one: Tally) -> None:
    for name in ("clocks", "processor", "memory", "costs", "bounds", "gaps"):
        getattr(into, name).extend(getattr(one, name))
    into.proven += one.proven
    into.open += one.open


def general(desk: Desk, week: str, seconds: float, contest: Contest, cost: int, tallies: dict[str, Tally]) -> None:
    model = contest.stage / "model.mps"
    model.unlink(missing_ok=True)
    desk.call("export", "model", "--week", week, "--keep", model)
    for name in contest.solvers:
        answer = SOLVERS[name](model, seconds, stretch(), contest.stage)
        if answer.bound is not None and answer.bound > cost + tolerance(cost):
            raise Fault(f"the bound of {name}, {answer.bound:.2f}, is above a repair of {cost} cents")
        is_proven = answer.status == "optimal" and answer.cost is not None
        tallies[name].add(answer.run.clock, answer.run.processor, answer.run.memory, answer.cost,
                          answer.bound, is_proven)


def repair_rows(contest: Contest, workers: int, week: str, count: int, seconds: float, general_count: int) -> None:
    folder = contest.stage / f"repair-{workers}"
    pool = generate(workers, 1, week, folder / "pool")
    base = Desk(folder)
    roster = publish(base, pool, week, BASE_SECONDS.get(workers, 30), contest.threads)
    cases, maker = cases_of(pool, roster, week, count, 1, folder / "cases")
    contest.table.notes.append(f"The cases of {workers} workers are made by {maker}.")
    general_count = min(general_count, count) if contest.solvers and workers <= contest.general_most else 0
    whole, part = Tally(), Tally()
    tallies = {name: Tally() for name in contest.solvers}
    for number_of, case in enumerate(cases):
        place = folder / "now"
        desk, result, one = repair(base, case, week, seconds, contest, place, number_of < REFEREED)
        merge(whole, one)
        if number_of < general_count:
            merge(part, one)
            general(desk, week, seconds, contest, result["cost_cents"], tallies)
        shutil.rmtree(place)
    kinds = f"{sum(case.kind == 'spike' for case in cases)} spikes, {sum(case.kind == 'absence' for case in cases)} absences"
    add(contest, workers, kinds, "Rooster", seconds, whole, "median of the plan's own seconds; start and import apart")
    if general_count:
        add(contest, workers, f"the first {general_count}", "Rooster", seconds, part, "")
        for name, tally in tallies.items():
            add(contest, workers, f"the first {general_count}", name, seconds, tally, f"{tally.open} without roster or bound" if tally.open else "")
    elif contest.solvers:
        contest.table.notes.append(f"General solvers are not tried above {contest.general_most} workers (--general-most).")


def add(contest: Contest, workers: int, cases: str, solver: str, seconds: float, tally: Tally, note: str) -> None:
    contest.table.add(workers, cases, solver, f"{seconds:g}", *tally.cells(), note)
    contest.say("  ".join(contest.table.rows[-1]))
