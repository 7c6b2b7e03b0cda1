"""
vdirsyncer fetches the feed over HTTP from the loopback, as a subscriber would, and khal shows it: prints -, start, end, status.

vdirsyncer gives what it fetches over HTTP uids of its own, so there is none to compare.

It synchronises twice, as vdirsyncer's complaints about a collection come the second time.
"""

import functools
import http.server
import os
import re
import subprocess
import sys
import tempfile
import threading
from datetime import datetime, timedelta
from pathlib import Path

VDIRSYNCER = """
[general]
status_path = "{home}/status/"
[pair feed]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "http://127.0.0.1:{port}/{name}"
[storage local]
type = "filesystem"
path = "{home}/calendar/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[feed]]
path = {home}/calendar
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(folder):
    handler = functools.partial(Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        sys.exit(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def span(feed):
    """The days to ask khal for: from the first start to the last, found as text."""
    days = sorted(re.findall(r"^DTSTART:(\d{8})", feed.read_text(encoding="utf-8"), re.MULTILINE))
    first, last = (datetime.strptime(day, "%Y%m%d") for day in (days[0], days[-1]))
    return (first - timedelta(days=1)).strftime("%Y-%m-%d"), (last + timedelta(days=2)).strftime("%Y-%m-%d")


def main(feed):
    with tempfile.TemporaryDirectory() as home:
        port = serve(feed.parent)
        Path(home, "calendar").mkdir()
        Path(home, "vdirsyncer.conf").write_text(VDIRSYNCER.format(home=home, port=port, name=feed.name))
        Path(home, "khal.conf").write_text(KHAL.format(home=home))
        environment = dict(os.environ, HOME=home, TZ="UTC", LC_ALL="C.UTF-8")
        vdirsyncer = ["vdirsyncer", "-c", f"{home}/vdirsyncer.conf"]
        run(*vdirsyncer, "discover", env=environment)
        for _ in range(2):
            run(*vdirsyncer, "sync", env=environment)
        shown = run("khal", "-c", f"{home}/khal.conf", "list", "--once", "--day-format", "",
                    "--format", "-\t{start-date-long}T{start-time}Z\t{end-date-long}T{end-time}Z\t{status}",
                    *span(feed), env=environment)
    for line in shown.splitlines():
        if line.strip():
            print("\t".join(part.strip() for part in line.split("\t")))


main(Path(sys.argv[1]).resolve())
