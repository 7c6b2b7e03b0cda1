"""The running service: feeds and the board under load (wrk), spikes over HTTP and MQTT, messages to a broker."""
from __future__ import annotations

import hashlib
import http.client
import json
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

from measure import percentile, processor_of
from rooster import Desk, Fault, generate, read_csv
from table import Table, number

COLUMNS = ["what", "workers", "asked", "a second", "a processor second", "median ms", "99 % ms", "most ms", "resident MB", "note"]
NOW = "2026-11-24T09:00"
PLAN_SECONDS = {60: 3, 300: 10, 1000: 30}
LUA = """local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function() at = at %% #paths + 1 return wrk.format("GET", paths[at]) end
"""


@dataclass
class Service:
    desk: Desk
    process: subprocess.Popen
    port: int

    def ask(self, method: str, path: str, body: dict | None = None, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            text = None if body is None else json.dumps(body)
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, text, {"Content-Type": "application/json", **given} if text else given)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def metric(self, name: str) -> float:
        found = re.search(rf"^rooster_{name} (\S+)$", self.ask("GET", "/metrics")[2].decode(), re.MULTILINE)
        if not found:
            raise Fault(f"no metric {name}")
        return float(found[1])

    def resident(self) -> str:
        return number(self.metric("resident_bytes") / 1e6)


def secret(desk: Desk, *options: str) -> str:
    return json.loads(desk.call("token", "create", "--format", "json", *options))["secret"]


@contextmanager
def serving(desk: Desk, *options: str) -> Iterator[Service]:
    with open(desk.folder / "service.log", "wb") as log, \
            subprocess.Popen(desk.command("serve", "--listen", "127.0.0.1:0", *options), stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            line = process.stdout.readline()
            if not line.startswith("rooster: listening"):
                raise Fault(f"the service does not start: {(desk.folder / 'service.log').read_text(encoding='utf-8')}")
            yield Service(desk, process, int(line.split()[-1]))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def published(workers: int, week: str, stage: Path, change: Callable[[Path], None] | None = None) -> tuple[Desk, Path]:
    """A planned and published week of a made-up pool, which `change` may have changed first."""
    folder = stage / f"service-{workers}"
    folder.mkdir()
    pool = generate(workers, 1, week, folder / "pool")
    if change:
        change(pool)
    desk = Desk(folder, NOW).with_pool(pool)
    desk.call("plan", "--week", week, "--gap", "1", "--seconds", PLAN_SECONDS.get(workers, 10))
    desk.call("publish", "--week", week)
    return desk, pool


# --- load

def seconds_of(text: str) -> float:
    """wrk's 12.3us, 1.2ms, 2.1s."""
    found = re.fullmatch(r"([\d.]+)(us|ms|s)", text)
    return float(found[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1}[found[2]] if found else float("nan")


def load(table: Table, service: Service, what: str, workers: int, seconds: int, connections: int, path: str, script: Path | None = None,
         **headers: str) -> None:
    """One line of the table: wrk on one thread."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "--timeout", "30", f"http://127.0.0.1:{service.port}{path}"]
    command += [word for name, value in headers.items() for word in ("-H", f"{name.replace('_', '-')}: {value}")]
    command += ["-s", str(script)] if script else []
    begin = processor_of(service.process.pid)
    done = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    used = processor_of(service.process.pid) - begin
    count = re.search(r"(\d+) requests in", done)
    rate = re.search(r"Requests/sec: +([\d.]+)", done)
    spread = dict(re.findall(r"(\d+)% +(\S+)", done))
    worst = re.search(r"Latency +\S+ +\S+ +(\S+)", done)
    if not count or not rate:
        raise Fault(f"wrk on {path}: {done}")
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    lost = re.search(r"Socket errors: .*", done)
    times = [number(1000 * seconds_of(text), 2) for text in (spread.get("50", ""), spread.get("99", ""), worst[1] if worst else "")]
    note = ", ".join(filter(None, [f"{connections} connections", wrong and f"{wrong[1]} answers of another kind", lost and lost[0]]))
    table.add(what, workers, count[1], number(float(rate[1]), 0), number(int(count[1]) / used if used else None, 0), *times, service.resident(), note)


def subscribers(desk: Desk, pool: Path, count: int) -> list[str]:
    """So many feeds, straight into the database: each by `token create` would take as many processes."""
    names = [row["worker"] for row in read_csv((pool / "workers.csv").read_text(encoding="utf-8-sig"))]
    secrets = [f"rst_{number_:043d}" for number_ in range(count)]
    with closing(sqlite3.connect(desk.db)) as database, database:
        database.executemany("INSERT INTO tokens VALUES (?, ?, 'feed', 'worker', ?, '', 0, NULL, NULL)",
                             [(f"b{at}", hashlib.sha256(text.encode()).hexdigest(), names[at % len(names)]) for at, text in enumerate(secrets)])
    return [f"/feeds/{text}.ics" for text in secrets]


def first_boards(table: Table, service: Service, workers: int, week: str, pool: Path, planner: str, count: int = 20) -> None:
    """Whoever asks first after a change, when what was kept is no longer true."""
    worker = read_csv((pool / "workers.csv").read_text(encoding="utf-8-sig"))[0]["worker"]
    used, times = 0.0, []
    for at in range(count):
        said = {"from": "2027-03-01T00:00", "until": "2027-03-02T00:00",
                "windows": [{"start": "2027-03-01T00:00", "end": f"2027-03-01T{1 + at:02d}:00", "kind": "avoid"}]}
        if service.ask("PUT", f"/api/v1/workers/{worker}/availability", said, Authorization=planner)[0] != 200:
            raise Fault("no change")
        time.sleep(0.1)  # who listens to changes is told
        begin, processor = time.monotonic(), processor_of(service.process.pid)
        service.ask("GET", f"/api/v1/weeks/{week}", Authorization=planner)
        times.append(1000 * (time.monotonic() - begin))
        used += processor_of(service.process.pid) - processor
    table.add("board, first after a change", workers, count, None, number(count / used if used else None, 0), number(percentile(times, 50), 2),
              number(percentile(times, 99), 2), number(max(times), 2), service.resident(), "one after the other")


def loads(table: Table, desk: Desk, pool: Path, workers: int, week: str, seconds: int, polls: int) -> None:
    planner = f"Bearer {secret(desk, '--role', 'planner')}"
    board, feeds = f"/api/v1/weeks/{week}", subscribers(desk, pool, polls)
    script = desk.folder / "poll.lua"
    (desk.folder / "paths").write_text("\n".join(feeds), encoding="utf-8")
    script.write_text(LUA % (desk.folder / "paths"), encoding="utf-8")
    with serving(desk) as service:
        table.add("started", workers, *[None] * 6, service.resident(), "")
        etag = service.ask("GET", feeds[0])[1]["ETag"]
        load(table, service, "feed, 200", workers, seconds, 32, feeds[0])
        load(table, service, "feed, 200, gzip", workers, seconds, 32, feeds[0], Accept_Encoding="gzip")
        load(table, service, "feed, 304", workers, seconds, 32, feeds[0], If_None_Match=etag)
        load(table, service, f"feed, {polls} subscribers", workers, seconds, 1000, "/", script)
        _, headers, body = service.ask("GET", board, Authorization=planner)
        load(table, service, f"board, {len(body) // 1000} kB", workers, seconds, 4, board, Authorization=planner)
        first_boards(table, service, workers, week, pool, planner)
        _, headers, body = service.ask("GET", board, Authorization=planner)
        load(table, service, "board, 304", workers, seconds, 32, board, Authorization=planner, If_None_Match=headers["ETag"])


# --- spikes

def spikes(pool: Path, week_days: range, count: int) -> list[tuple[str, dict]]:
    """A coop and what it asks: each another hour of another day."""
    coops = [row["coop"] for row in read_csv((pool / "coops.csv").read_text(encoding="utf-8-sig"))]
    asked = []
    for at in range(count):
        day, hour = week_days[at % len(week_days)], 6 + at % 13
        asked.append((coops[at % len(coops)], {"start": f"2026-12-{day:02d}T{hour:02d}:00", "end": f"2026-12-{day:02d}T{hour + 4:02d}:00"}))
    return asked


def spikes_by_http(table: Table, desk: Desk, pool: Path, workers: int, count: int) -> None:
    planner, times, wrong = f"Bearer {secret(desk, '--role', 'planner')}", [], {}
    with serving(desk) as service:
        begin, clock = processor_of(service.process.pid), time.monotonic()
        for at, (coop, body) in enumerate(spikes(pool, range(2, 7), count)):
            asked = time.monotonic()
            status, _, answer = service.ask("POST", f"/api/v1/coops/{coop}/spikes", body, Authorization=planner, Idempotency_Key=f"k{at}")
            times.append(1000 * (time.monotonic() - asked))
            if status >= 500:
                raise Fault(f"spike {at}: {status} {answer[:200]!r}")
            if status >= 400:
                wrong[status] = wrong.get(status, 0) + 1
        clock, used = time.monotonic() - clock, processor_of(service.process.pid) - begin
        note = f"{sum(value >= 1000 for value in times)} took a second or more" + "".join(f", {n} x {status}" for status, n in wrong.items())
        table.add("spike, one after the other", workers, count, number(count / clock, 1), number(count / used if used else None, 1),
                  *[number(percentile(times, p), 0) for p in (50, 99, 100)], service.resident(), note)


# --- a broker

def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextmanager
def broker(folder: Path) -> Iterator[int]:
    port, settings = free_port(), folder / "mosquitto.conf"
    settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n", encoding="utf-8")
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    with subprocess.Popen([program, "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(1)
        try:
            yield port
        finally:
            process.terminate()


def wait_for(what: str, is_so: object, seconds: float) -> float:
    """Seconds until it is."""
    begin = time.monotonic()
    while not is_so():
        if time.monotonic() - begin > seconds:
            raise Fault(f"waited in vain for {what}")
        time.sleep(0.05)
    return time.monotonic() - begin


def messages(table: Table, desk: Desk, pool: Path, workers: int, count: int) -> None:
    pool_id = re.search(r"^id *= *(\S+)", (pool / "pool.ini").read_text(encoding="utf-8"), re.MULTILINE)[1]
    with broker(desk.folder) as port, serving(desk, "--host", "127.0.0.1", "--port", str(port)) as service:
        begin = processor_of(service.process.pid)
        waiting = service.metric("outbox_waiting")
        clock = wait_for("the outbox", lambda: service.metric("outbox_waiting") == 0, 300)
        sent, used = service.metric("outbox_delivered_total"), processor_of(service.process.pid) - begin
        table.add("outbox to mosquitto, QoS 1", workers, int(sent), number(waiting / clock if waiting and clock else None, 0),
                  number(waiting / used if waiting and used else None, 0), *[None] * 3, service.resident(), f"{int(waiting)} waited when it was first asked")
        if count == 0:
            return
        by_coop: dict[str, list[str]] = {}
        for at, (coop, body) in enumerate(spikes(pool, range(2, 7), count)):
            by_coop.setdefault(coop, []).append(json.dumps({"key": f"burst-{at}", **body}))
        begin, clock = processor_of(service.process.pid), time.monotonic()
        for coop, lines in by_coop.items():
            subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(port), "-V", "5", "-q", "1", "-l", "-t", f"rooster/v1/{pool_id}/coop/{coop}/demand"],
                           input="\n".join(lines) + "\n", text=True, check=True)
        kept = wait_for("the inbox", lambda: service.metric("mqtt_demands_total") >= count, 300) + time.monotonic() - clock
        wait_for("the answers", lambda: service.metric("inbox_answered_total") >= count, 2 * count + 60)
        clock, used = time.monotonic() - clock, processor_of(service.process.pid) - begin
        table.add("spikes in a burst, MQTT", workers, count, number(count / clock, 1), number(count / used if used else None, 1), *[None] * 3, service.resident(),
                  f"all kept after {kept:.1f} s, all answered after {clock:.1f} s")


def service_rows(table: Table, stage: Path, week: str, sizes: list[int], seconds: int, polls: int, cases: int, burst: int, say: object) -> None:
    has_wrk = shutil.which("wrk") is not None
    has_broker = all(shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin") for name in ("mosquitto", "mosquitto_pub"))
    table.notes += [f"Skipped for want of {name}: {what}." for name, what, there in
                    (("wrk", "feeds and the board", has_wrk), ("mosquitto", "the outbox and the burst", has_broker)) if not there]
    for workers in sizes:
        desk, pool = published(workers, week, stage)
        done = len(table.rows)
        if has_broker:
            messages(table, desk, pool, workers, burst if workers == min(sizes) else 0)
        if has_wrk:
            loads(table, desk, pool, workers, week, seconds, polls)
        spikes_by_http(table, desk, pool, workers, cases)
        for row in table.rows[done:]:
            say("  ".join(row))
