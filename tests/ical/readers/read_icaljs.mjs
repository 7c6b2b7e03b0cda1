// ical.js, the library of Thunderbird's web kin and of Nextcloud: prints uid, start, end, status.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const utc = (time) => time.toJSDate().toISOString().slice(0, 16) + "Z";
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    const status = component.getFirstPropertyValue("status");
    console.log([event.uid, utc(event.startDate), utc(event.endDate), status].join("\t"));
}
