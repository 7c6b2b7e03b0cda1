"""
Evolution Data Server, the store behind GNOME Calendar and Evolution, on a session bus and in a home of its own: prints uid, start,
end, status of the instances that it makes of the events.
"""

import os
import subprocess
import sys
import tempfile

INSIDE = "ROOSTER_READER_INSIDE"


def outside():
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/data", XDG_CONFIG_HOME=f"{home}/config",
                           XDG_CACHE_HOME=f"{home}/cache", XDG_RUNTIME_DIR=home, GSETTINGS_BACKEND="memory", TZ="UTC")
        environment[INSIDE] = "1"
        return subprocess.run(["dbus-run-session", "--", sys.executable, __file__, sys.argv[1]], env=environment,
                              stdin=subprocess.DEVNULL, check=False).returncode


def inside():
    import gi

    gi.require_version("ECal", "2.0")
    gi.require_version("EDataServer", "1.2")
    gi.require_version("ICalGLib", "3.0")
    from gi.repository import ECal, EDataServer, ICalGLib

    registry = EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new_with_uid("rooster-test", None)
    source.set_display_name("Rooster")
    source.set_parent("local-stub")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("local")
    registry.commit_source_sync(source, None)
    client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 10, None)
    with open(sys.argv[1], encoding="utf-8", newline="") as feed:
        calendar = ICalGLib.Component.new_from_string(feed.read())
    client.receive_objects_sync(calendar, ECal.OperationFlags.NONE, None)

    def utc(time):
        zone = time.get_timezone() or ICalGLib.Timezone.get_utc_timezone()
        time = time.convert_to_zone(ICalGLib.Timezone.get_utc_timezone()) if zone else time
        return "%04d-%02d-%02dT%02d:%02dZ" % (time.get_year(), time.get_month(), time.get_day(), time.get_hour(),
                                             time.get_minute())

    def each(component, start, end, *_):
        status = component.get_status()
        print(component.get_uid(), utc(start), utc(end), status.value_nick.upper(), sep="\t", flush=True)
        return True

    client.generate_instances_sync(0, 4102444800, None, each)


sys.exit(inside() if INSIDE in os.environ else outside())
