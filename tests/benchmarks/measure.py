"""Runs one program and says what it took: seconds by the clock and of the processor, and the most memory it held."""
from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Run:
    """What a finished program printed and used, its own children included."""
    code: int  # of exit; negative: the signal that ended it
    out: str
    errors: str
    clock: float  # seconds
    processor: float  # seconds, user and system
    memory: float  # megabytes, of the largest process
    is_killed: bool  # by us, at the brake


def processor_of(pid: int) -> float:
    """Processor seconds of a running program and its children so far; those that ended and were waited for, too."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            children = file.read().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + sum(processor_of(int(child)) for child in children)


def run(command: list[str | Path], brake: float, cwd: Path | None = None, processor_most: float | None = None) -> Run:
    """
    Asks the program to stop, as Ctrl-C does, once it and its children have used `processor_most` seconds of the processor.
    Ends them all `brake` seconds of the clock after it began, if it has not ended by itself.
    """
    begin = time.monotonic()
    is_killed = is_asked = False
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out, \
            tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=errors, cwd=cwd,
                                   start_new_session=True)
        pause = 0.001
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if processor_most is not None and not is_asked and processor_of(process.pid) >= processor_most:
                process.send_signal(signal.SIGINT)
                is_asked = True
            if not is_killed and time.monotonic() - begin > brake:
                os.killpg(process.pid, signal.SIGKILL)  # its own session: nobody else's processes
                is_killed = True
            time.sleep(pause)
            pause = min(0.02, pause * 1.5)
        process.returncode = os.waitstatus_to_exitcode(status)  # so that Popen does not wait for it again
        clock = time.monotonic() - begin
        out.seek(0)
        errors.seek(0)
        return Run(process.returncode, out.read(), errors.read(), clock, used.ru_utime + used.ru_stime,
                   used.ru_maxrss / 1024, is_killed)


def stretch(processor: float = 0.3) -> float:
    """Clock seconds that a processor second takes on this machine just now; 1 where nobody else wants the processor."""
    clock_begin, begin = time.monotonic(), time.process_time()
    while time.process_time() - begin < processor:
        pass
    return max(1.0, (time.monotonic() - clock_begin) / processor)


def percentile(values: list[float], percent: float) -> float:
    """The least value that `percent` of the values do not exceed."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(0, min(len(ordered), int(rank)) - 1)]
