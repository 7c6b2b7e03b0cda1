"""On what the optimiser spends its time and memory, by size: whatever figures `plan --format json` carries under `statistics`."""
from __future__ import annotations

from rooster import Planned
from table import Table, euro, number, percent

HEAD = ["pool", "limit s", "cost", "gap %", "processor s", "memory MB"]


def profile(title: str, plans: list[tuple[str, float, Planned]]) -> Table:
    """A column for each figure that any of the plans has, in their order."""
    names: list[str] = []
    for _, _, planned in plans:
        names += [name for name in planned.result.get("statistics", {}) if name not in names]
    table = Table(title, HEAD + [heading(name) for name in names])
    for label, seconds, planned in plans:
        figures = planned.result.get("statistics", {})
        table.add(label, f"{seconds:g}", euro(planned.cost), percent(planned.cost, planned.bound), number(planned.run.processor),
                  number(planned.run.memory, 0), *[cell(name, figures.get(name)) for name in names])
    return table


def heading(name: str) -> str:
    return f"{name.removeprefix('bytes_')} MB" if name.startswith("bytes_") else name.replace("_", " ")


def cell(name: str, figure: float | int | None) -> str | None:
    if name.startswith("bytes_") and figure is not None:
        return f"{figure / 1e6:.1f}"
    return f"{figure:.2f}" if isinstance(figure, float) else None if figure is None else str(figure)
