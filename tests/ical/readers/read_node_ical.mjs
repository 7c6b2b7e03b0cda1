// node-ical: prints uid, start, end, status.
import ical from "node-ical";

const utc = (time) => time.toISOString().slice(0, 16) + "Z";
for (const event of Object.values(ical.sync.parseFile(process.argv[2])))
    if (event.type === "VEVENT")
        console.log([event.uid, utc(event.start), utc(event.end), event.status].join("\t"));
