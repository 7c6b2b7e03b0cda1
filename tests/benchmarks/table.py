"""Tables for people and for files: Markdown that also reads well on a terminal."""
from __future__ import annotations

from dataclasses import dataclass, field

NONE = "-"


def euro(cents: float | None) -> str:
    return NONE if cents is None else f"{cents / 100:.2f}"


def percent(cost: float | None, bound: float | None) -> str:
    """The gap of DESIGN 5: (cost - bound) / max(1 euro, |cost|)."""
    if cost is None or bound is None:
        return NONE
    return f"{round(100 * (cost - bound) / max(100, abs(cost)), 3) + 0:.3f}"  # + 0: no -0.000


def number(value: float | None, digits: int = 1) -> str:
    return NONE if value is None else f"{value:.{digits}f}"


@dataclass
class Table:
    title: str
    columns: list[str]
    notes: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        row = [NONE if cell is None or cell == "" else str(cell).replace("|", "/").replace("\n", " ") for cell in cells]
        if len(row) != len(self.columns):
            raise ValueError(f"{len(row)} cells for {len(self.columns)} columns")
        self.rows.append(row)

    def markdown(self) -> str:
        """Numbers to the right; columns as wide as their widest cell."""
        cells = list(zip(self.columns, *self.rows))
        widths = [max(3, *map(len, column)) for column in cells]
        is_right = [all(is_number(cell) for cell in column[1:]) for column in cells]

        def line(row: list[str]) -> str:
            return "| " + " | ".join(cell.rjust(width) if right else cell.ljust(width)
                                     for cell, width, right in zip(row, widths, is_right)) + " |"

        rule = "|" + "|".join("-" * (width + 1) + (":" if right else "-") for width, right in zip(widths, is_right)) + "|"
        parts = [f"## {self.title}", "", *[f"{note}\n" for note in self.notes], line(self.columns), rule, *map(line, self.rows)]
        return "\n".join(parts) + "\n"


def is_number(cell: str) -> bool:
    if cell == NONE:
        return True
    try:
        float(cell.removesuffix(" %"))
    except ValueError:
        return False
    return True
