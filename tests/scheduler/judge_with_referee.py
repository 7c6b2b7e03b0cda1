#!/usr/bin/env python3
"""Judges every case folder below DIR with the independent referee, in one process.

usage: judge_with_referee.py TOOLS DIR
TOOLS holds referee.py. A case folder holds plan.csv (the roster to judge) and judge.json: the week; for a repair now (then
published.csv is what is published); and pool, a pool folder elsewhere, if the case folder is none itself. Prints one JSON
object a case: its folder's name, the violations as [rule, worker or "", shifts of the week], the terms in cents.
"""
import json
import os
import sys

sys.path.insert(0, sys.argv[1])
import referee  # noqa: E402

ABOUT_A_SHIFT = ("headcount", "learner", "demand_breaks")

for name in sorted(os.listdir(sys.argv[2])):
    folder = os.path.join(sys.argv[2], name)
    with open(os.path.join(folder, "judge.json"), encoding="utf-8") as file:
        case = json.load(file)
    pool = case.get("pool", folder)
    published = os.path.join(folder, "published.csv") if "now" in case else None
    result = referee.judge(pool, os.path.join(folder, "plan.csv"), case["week"], published, case.get("now"))
    week = {s.id for s in referee.Pool(pool).shifts.values() if s.week == case["week"]}
    violations = [[v["rule"], "" if v["rule"] in ABOUT_A_SHIFT else v["worker"], sorted(week & set(v["shifts"]))]
                  for v in result["violations"]]
    print(json.dumps({"case": name, "violations": violations, "terms": result["terms"]}))
