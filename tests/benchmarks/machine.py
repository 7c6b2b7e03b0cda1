"""What the figures were measured on: figures without a machine say nothing."""
from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import date
from pathlib import Path


def first_line(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "none"
    return (done.stdout or done.stderr).strip().split("\n")[0]


def processor() -> str:
    found = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else platform.machine()


def memory_gigabytes() -> float:
    found = re.search(r"^MemTotal:\s*(\d+) kB", Path("/proc/meminfo").read_text(encoding="utf-8"), re.MULTILINE)
    return int(found[1]) / 1e6 if found else 0


def compiler(build: Path) -> str:
    """The compiler and flags of the build folder that the program lies in."""
    cache = build / "CMakeCache.txt"
    if not cache.exists():
        return "unknown compiler"
    text = cache.read_text(encoding="utf-8")
    value = {name: found[1] for name in ("CMAKE_C_COMPILER", "CMAKE_BUILD_TYPE", "CMAKE_C_FLAGS")
             if (found := re.search(rf"^{name}:\w+=(.*)", text, re.MULTILINE))}
    flags = " ".join(filter(None, (value.get("CMAKE_BUILD_TYPE"), value.get("CMAKE_C_FLAGS"))))
    return f"{first_line(value.get('CMAKE_C_COMPILER', 'cc'), '--version')} ({flags or 'no build type'})"


def describe(rooster: Path, solvers: dict[str, str], source: Path) -> str:
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    commit = first_line("git", "-C", str(source), "describe", "--always", "--dirty")
    lines = [
        f"- machine: {processor()}, {os.cpu_count()} processors, {memory_gigabytes():.1f} GB, "
        f"{platform.system()} {platform.release()}",
        f"- rooster: {first_line(str(rooster), '--version')}, commit {commit}, {compiler(rooster.parent)}",
        f"- beside it: {', '.join(f'{name} {version}' for name, version in solvers.items()) or 'nothing'}",
        f"- load at the start: {load}; {date.today()}",
    ]
    return "\n".join(lines)
