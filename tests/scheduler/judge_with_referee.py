#!/usr/bin/env python3
"""Judges every case folder below DIR with the independent referee, in one process.

usage: judge_with_referee.py TOOLS DIR
TOOLS holds referee.py. A case folder is a pool folder with plan.csv (the roster to judge) and judge.json: the week, and
for a repair now (then published.csv is what is published). Prints one JSON object a case: its folder's name, the
violations as [rule, worker or "", planned shifts], the terms in cents. Planned shifts are those whose id begins with "s".
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
    published = os.path.join(folder, "published.csv") if "now" in case else None
    result = referee.judge(folder, os.path.join(folder, "plan.csv"), case["week"], published, case.get("now"))
    violations = [[v["rule"], "" if v["rule"] in ABOUT_A_SHIFT else v["worker"], sorted(s for s in v["shifts"] if s[0] == "s")]
                  for v in result["violations"]]
    print(json.dumps({"case": name, "violations": violations, "terms": result["terms"]}))
