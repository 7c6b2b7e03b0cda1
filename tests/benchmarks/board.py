"""The planner's board in a browser: when it stands there, and when a move is seen (board.mjs)."""
from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from statistics import median

from rooster import Fault, read_csv
from service import published, secret, serving
from table import Table, number

COLUMNS = ["what", "workers", "shifts", "aim ms", "median ms", "least ms", "most ms", "runs", "load", "note"]
SKIPPED = 77  # no browser, or no playwright-core
LONGEST_S = 600
SHIFTS_A_WORKER = 5
MORE = 1000  # above any headcount
ROWS = [("cold", "board ready, first visit", 500), ("cold_whole", "and the rows below the screen", None),
        ("warm", "board ready, files cached", 500), ("warm_whole", "and the rows below the screen", None), ("lift", "who can take a lifted shift", None),
        ("move", "a move is seen", 100), ("confirmed", "a move is judged by the server", None)]


def single(pool: Path) -> None:
    """Every place a shift of its own, so that there are as many shifts to show as people; and at least five a worker."""
    path = pool / "demand.csv"
    rows = read_csv(path.read_text(encoding="utf-8-sig"))
    places = [(row, place) for row in rows for place in range(int(row["headcount"] or 1))]
    least = SHIFTS_A_WORKER * len(read_csv((pool / "workers.csv").read_text(encoding="utf-8-sig")))
    # Those that are too few come from all over the week: one more person on each of so many shifts, evenly spaced.
    wanted = max(0, least - len(places))
    more = [(rows[at * len(rows) // wanted], MORE + at) for at in range(wanted)]
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        for row, place in sorted(places + more, key=lambda each: each[0]["start"]):
            out.writerow({**row, "shift": f"{row['shift']}-{place + 1}", "headcount": 1,
                          "team_certificates": "" if place else row["team_certificates"]})


def measured(port: int, code: str, week: str, loads: int, moves: int) -> dict | None:
    """None where there is no browser."""
    script = Path(__file__).resolve().parent / "board.mjs"
    command = [shutil.which("node") or "node", str(script), f"http://127.0.0.1:{port}", code, week, str(loads), str(moves)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    except FileNotFoundError:
        return None
    if done.returncode == SKIPPED:
        return None
    if done.returncode != 0:
        raise Fault(f"the browser: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout.strip().split("\n")[-1])


def board_rows(table: Table, stage: Path, week: str, sizes: list[int], loads: int, moves: int, say: object) -> None:
    for workers in sizes:
        desk, _ = published(workers, week, stage, single)
        with serving(desk) as service:
            told = measured(service.port, secret(desk, "--role", "planner", "--link"), week, loads, moves)
        if told is None:
            table.notes.append("Skipped for want of node, Chromium or playwright-core (tests/browser/README.md).")
            return
        load = f"{os.getloadavg()[0]:.1f}"
        for key, what, aim in ROWS:
            times = told[key]
            note = f"{told['assigned']} assigned, {told['elements']} elements, {told['kilobytes']} kB of JSON sent" if key == "cold" else ""
            table.add(what, workers, told["shifts"], aim, number(median(times)), number(min(times)), number(max(times)), len(times), load, note)
            say("  ".join(table.rows[-1]))
