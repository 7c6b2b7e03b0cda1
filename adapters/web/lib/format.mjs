// Times, hours and money as people read them. Times come from the server in the pool's zone ("2026-11-30T08:00") and are
// shown as they stand; no browser's zone has a part in it.
import { currentLanguage, ltr } from './i18n.mjs';

const cache = new Map();
const tags = { en: 'en-GB', ar: 'ar-u-nu-latn' };
function formatter(kind, make) {
  const key = `${currentLanguage()} ${kind}`;
  if (!cache.has(key)) cache.set(key, make(tags[currentLanguage()] ?? currentLanguage()));
  return cache.get(key);
}

// "2026-11-24T09:00" in the pool's zone, as the server writes local times. sv-SE is the locale that writes ISO order.
const clocks = new Map();
export function localOf(instant, zone) {
  if (!clocks.has(zone)) {
    const options = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
    clocks.set(zone, new Intl.DateTimeFormat('sv-SE', options));
  }
  return clocks.get(zone).format(new Date(instant)).replace(' ', 'T');
}

export const clock = (local) => local.slice(11, 16);
// "06–14", "06:30–14"
export function span(start, end) {
  const short = (local) => (local.slice(14, 16) === '00' ? local.slice(11, 13) : local.slice(11, 16));
  return `${short(start)}–${short(end)}`;
}
// A line is not broken within it (U+2060).
export const spanLong = (start, end) => ltr(`${clock(start)}–\u2060${clock(end)}`);

const asDate = (local) => new Date(`${local.slice(0, 10)}T00:00:00Z`);
export const dayOf = (local) => local.slice(0, 10);
export function addDays(day, count) {
  const date = asDate(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
// A board says the same seven days thousands of times, and a formatter takes its time: what was said of a day is kept.
function dateText(options) {
  const kind = JSON.stringify(options);
  const said = new Map();
  return (local) => {
    const key = currentLanguage() + local.slice(0, 10);
    if (!said.has(key)) said.set(key, formatter(kind, (tag) => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options })).format(asDate(local)));
    return said.get(key);
  };
}
export const dayShort = dateText({ weekday: 'short', day: 'numeric' });
export const dayLong = dateText({ weekday: 'long', day: 'numeric', month: 'long' });
export const dayMonth = dateText({ day: 'numeric', month: 'short' });
export const dateLong = dateText({ day: 'numeric', month: 'short', year: 'numeric' });

// Of English short names, as in the server's sentences, the reader's: "Mon", "30", "Nov", "21:00".
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export function weekdayMonth(weekday, day, month, time) {
  const weekdayText = dateText({ weekday: 'short' })(addDays('2024-01-01', WEEKDAYS.indexOf(weekday)));
  const monthText = dateText({ month: 'short' })(`2024-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-01`);
  return `${weekdayText} ${day} ${monthText}${time ? ` ${time}` : ''}`;
}

export const timeOfDay = (instant) =>
  ltr(formatter('time', (tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })).format(new Date(instant)));

const decimal = (digits) => (value) =>
  formatter(`n${digits}`, (tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value);
export const hours = decimal(1);
export const percent = (value) => ltr(`${decimal(2)(value)}%`);
export const whole = decimal(0);
export const euro = (cents) =>
  ltr(formatter('eur', (tag) => new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR' })).format(cents / 100));
export const euroSigned = (cents) =>
  ltr(formatter('eur+', (tag) => new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR', signDisplay: 'exceptZero' })).format(cents / 100));

// ISO weeks by their Mondays.
export function mondayOf(week) {
  const [year, number] = week.split('-W').map(Number);
  const fourth = new Date(Date.UTC(year, 0, 4));
  fourth.setUTCDate(fourth.getUTCDate() - ((fourth.getUTCDay() + 6) % 7) + (number - 1) * 7);
  return fourth.toISOString().slice(0, 10);
}
export function weekOf(day) {
  const date = asDate(day);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7) + 3);
  const year = date.getUTCFullYear();
  const fourth = new Date(Date.UTC(year, 0, 4));
  const number = 1 + Math.round(((date - fourth) / 864e5 - 3 + ((fourth.getUTCDay() + 6) % 7)) / 7);
  return `${year}-W${String(number).padStart(2, '0')}`;
}
export const weekAfter = (week, count) => weekOf(addDays(mondayOf(week), 7 * count));
export const sevenDays = (week) => Array.from({ length: 7 }, (_, at) => addDays(mondayOf(week), at));
