#!/usr/bin/python3
"""Plans one pool with the real program and has the independent referee judge the roster.

usage: judge_pool.py ROOSTER SOURCE_DIR POOL     POOL: a name in $ROOSTER_SHARED/pools, or a folder of the source
env:   ROOSTER_PLAN_SECONDS (20): the emergency clock of the plan

Given a pool folder; when it is imported, planned, checked and exported; then both judges find no violation and the same
cents term by term, and the bound is at most the plan's cost and at most the best objective known.
Exit code 77: the referee or the pool is not there.
"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

SKIP = 77


def shared(source):
    return os.environ.get("ROOSTER_SHARED") or os.path.join(source, "..", "shared")


def weeks_of(pool):
    """The week of most of the demand that no roster of the folder covers."""
    import datetime as dt
    with open(os.path.join(pool, "demand.csv"), newline="", encoding="utf-8-sig") as f:
        starts = [(r["shift"], dt.datetime.fromisoformat(r["start"]).date().isocalendar()) for r in csv.DictReader(f)]
    rostered = set()
    if os.path.exists(os.path.join(pool, "roster.csv")):
        with open(os.path.join(pool, "roster.csv"), newline="", encoding="utf-8-sig") as f:
            rostered = {r["shift"] for r in csv.DictReader(f)}
    count = {}
    for shift, (year, week, _) in starts:
        if shift not in rostered:
            count[f"{year}-W{week:02d}"] = count.get(f"{year}-W{week:02d}", 0) + 1
    return max(count, key=count.get)


def best_known(folder, name):
    """Best objective of the pools' own table, in cents; None if unknown."""
    with open(os.path.join(folder, "pools", "README.md"), encoding="utf-8") as f:
        for line in f:
            cells = [c.strip() for c in line.strip().strip("|").split("|")]
            if cells[0] == name and re.fullmatch(r"[\d.]+", cells[3]):
                return round(float(cells[3]) * 100)
    return None


def main():
    program, source, name = sys.argv[1:4]
    outside = shared(source)
    referee = os.path.join(outside, "tools", "referee.py")
    is_ours = name.startswith("examples/")
    pool = os.path.join(source, name) if is_ours else os.path.join(outside, "pools", name)
    if not os.path.isdir(pool):
        print(f"skipped: no pool {pool}")
        return SKIP
    week = weeks_of(pool)

    with tempfile.TemporaryDirectory() as stage:
        def run(*arguments, expect=0):
            done = subprocess.run([program, "--db", os.path.join(stage, "t.db"), *arguments], capture_output=True, text=True)
            if done.returncode != expect:
                sys.exit(f"rooster {' '.join(arguments)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
            return done.stdout

        run("init")
        run("import", pool)
        plan = json.loads(run("plan", "--week", week, "--format", "json", "--seconds",
                              os.environ.get("ROOSTER_PLAN_SECONDS", "20")))
        run("check", "--week", week)
        roster = os.path.join(stage, "roster.csv")
        with open(roster, "w", encoding="utf-8") as f:
            f.write(run("export", "roster", "--week", week))

        print(f"{name} {week}: {plan['status']}, cost {plan['cost_cents'] / 100:.2f}, bound {plan['bound_cents'] / 100:.2f}, "
              f"gap {plan['gap_percent']:.3f} %, {plan['seconds']:.1f} s, {plan['assignments']} assignments")
        assert plan["week"] == week
        assert plan["bound_cents"] <= plan["cost_cents"], "the bound is above the roster's cost"
        assert sum(plan["terms"].values()) == plan["cost_cents"], "the terms do not add up"
        if not os.path.exists(referee):
            print("skipped: no referee to judge by")
            return 0 if is_ours else SKIP
        judged = subprocess.run([sys.executable, referee, pool, roster, "--week", week, "--json"], capture_output=True, text=True)
        verdict = json.loads(judged.stdout)
        assert verdict["violations"] == [], verdict["violations"]
        assert verdict["assignments"] == plan["assignments"]
        assert verdict["cost"] == plan["cost_cents"], f"the referee counts {verdict['cost']} cents"
        for term, cents in verdict["terms"].items():
            assert plan["terms"].get(term, 0) == cents, f"{term}: the referee counts {cents} cents"
        best = None if is_ours else best_known(outside, name)
        if best is not None:
            print(f"best known {best / 100:.2f}")
            assert plan["bound_cents"] <= best, f"the bound is above a roster that somebody found: {best}"
    return 0


if __name__ == "__main__":
    sys.exit(main())
