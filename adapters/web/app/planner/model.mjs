// The board as it is drawn, made from what the server says: codes of coops, marks of certificates, rows, cells, coverage.
// Nothing here knows a rule of the law: what may be, says the server.
import { dayOf, sevenDays, span } from '../../lib/format.mjs';
import { ltr } from '../../lib/i18n.mjs';

const marks = ['▲', '●', '■', '◆', '★', '✚', '▼', '◐', '⬟', '⬢', '◇', '○', '□', '△'];
export const HUES = 7; // css hue-0 ... hue-6; hue-7 is for shifts that need no certificate

// Three letters a coop, each once: its first three, or where others begin so too, the first and the last two.
function codesOf(coops) {
  const codes = new Map();
  const used = new Set();
  const lettersOf = (coop) => coop.coop.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase() || 'X';
  for (const coop of coops) {
    const letters = lettersOf(coop);
    const isShared = coops.some((other) => other !== coop && lettersOf(other).startsWith(letters.slice(0, 3)));
    let code = isShared ? letters.slice(0, 1) + letters.slice(1).slice(-2) : letters.slice(0, 3);
    for (let number = 2; used.has(code); number++) code = `${letters.slice(0, 2)}${number}`;
    used.add(code);
    codes.set(coop.coop, code);
  }
  return codes;
}

// A certificate's mark and hue, by how often shifts ask for it; and who holds it.
function certificatesOf(board) {
  const asked = new Map();
  for (const shift of board.shifts)
    for (const name of [...shift.certificates, ...shift.team_certificates]) asked.set(name, (asked.get(name) ?? 0) + 1);
  const holders = new Map();
  for (const worker of board.workers)
    for (const { certificate } of worker.certificates) holders.set(certificate, (holders.get(certificate) ?? 0) + 1);
  const names = [...new Set([...asked.keys(), ...holders.keys()])].sort((a, b) => (asked.get(b) ?? 0) - (asked.get(a) ?? 0) || a.localeCompare(b));
  return new Map(names.map((name, at) => [name, { name, mark: marks[at % marks.length], hue: at % HUES, holders: holders.get(name) ?? 0 }]));
}

export function readBoard(board) {
  const days = sevenDays(board.week);
  const codes = codesOf(board.coops);
  const certificates = certificatesOf(board);
  const coops = new Map(board.coops.map((coop) => [coop.coop, { ...coop, code: codes.get(coop.coop) }]));
  const shifts = new Map();
  for (const shift of board.shifts) {
    // The scarcest certificate gives the mark: it is what decides who can come.
    const needed = [...shift.certificates].sort((a, b) => certificates.get(a).holders - certificates.get(b).holders);
    const main = needed.length ? certificates.get(needed[0]) : null;
    // Where there is no room for one line, the second begins with the coop: the mark stays with it.
    const label = `${span(shift.start_local, shift.end_local)} ${codes.get(shift.coop)}${main ? `\u00a0${main.mark}` : ''}`;
    shifts.set(shift.shift, {
      ...shift,
      id: shift.shift,
      day: Math.max(0, days.indexOf(dayOf(shift.start_local))),
      hue: main ? main.hue : HUES,
      mark: main ? main.mark : '',
      label: ltr(label),
      workers: [],
    });
  }
  const workers = new Map(board.workers.map((worker) => [worker.worker, { ...worker, id: worker.worker, cells: days.map(() => []) }]));
  for (const assignment of board.assignments) place(shifts, workers, assignment);
  for (const worker of workers.values()) {
    worker.away = awayOf(worker, days);
    for (const cell of worker.cells) cell.sort(byStart);
  }
  return { ...board, days, coops, certificates, shifts, workers };
}

const byStart = (a, b) => (a.shift.start_local < b.shift.start_local ? -1 : a.shift.start_local > b.shift.start_local ? 1 : 0);

function place(shifts, workers, assignment) {
  const shift = shifts.get(assignment.shift);
  const worker = workers.get(assignment.worker);
  if (!shift || !worker) return;
  const entry = { shift, worker, isPinned: assignment.is_pinned, isNew: assignment.is_new };
  shift.workers.push(entry);
  worker.cells[shift.day].push(entry);
}

// A new board makes the model anew, and nobody's availability: what was found of its windows is kept with them.
const known = new WeakMap();
function awayOf(worker, days) {
  const { windows } = worker;
  if (known.get(windows)?.week !== days[0]) known.set(windows, { week: days[0], away: days.map((day) => awayOn(worker, day)) });
  return known.get(windows).away;
}

// 'all', 'part' or '': how much of the day a worker is unavailable.
function awayOn(worker, day) {
  let minutes = 0;
  const begin = `${day}T00:00`;
  const end = `${day}T24:00`;
  for (const window of worker.windows) {
    if (window.kind !== 'unavailable' || window.end_local <= begin || window.start_local >= end) continue;
    const from = window.start_local > begin ? window.start_local : begin;
    const until = window.end_local < end ? window.end_local : end;
    minutes += minuteOf(until) - minuteOf(from) + (until.slice(0, 10) > day ? 1440 : 0);
  }
  return minutes >= 1380 ? 'all' : minutes > 0 ? 'part' : '';
}
const minuteOf = (local) => Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));

// People asked and there, per day, of the whole pool or of one coop.
export function coverage(model, coop = null) {
  const days = model.days.map(() => ({ asked: 0, there: 0 }));
  for (const shift of model.shifts.values()) {
    if (coop && shift.coop !== coop) continue;
    days[shift.day].asked += shift.headcount;
    days[shift.day].there += Math.min(shift.headcount, shift.workers.length);
  }
  return days;
}

export const missing = (shift) => Math.max(0, shift.headcount - shift.workers.length);

// Open shifts a day, alike ones (same time, coop, certificate) together.
export function openShifts(model, matches) {
  return model.days.map((_, day) => {
    const groups = new Map();
    for (const shift of model.shifts.values()) {
      if (shift.day !== day || missing(shift) === 0 || !matches(shift)) continue;
      const group = groups.get(shift.label) ?? { label: shift.label, hue: shift.hue, shifts: [], missing: 0 };
      group.shifts.push(shift);
      group.missing += missing(shift);
      groups.set(shift.label, group);
    }
    return [...groups.values()].sort((a, b) => a.shifts[0].start_local.localeCompare(b.shifts[0].start_local));
  });
}

export function plannedMinutes(worker) {
  let minutes = 0;
  for (const cell of worker.cells) for (const entry of cell) minutes += entry.shift.paid_minutes;
  return minutes;
}

// What a move does to the board, before the server's own word of it arrives.
export function applySteps(board, steps) {
  let { assignments, dropped } = board;
  for (const step of steps) {
    const same = (a) => a.shift === step.shift && a.worker === step.worker;
    if (step.kind === 'assign') {
      const isNew = board.revision > 0 && !dropped.some(same);
      assignments = [...assignments, { shift: step.shift, worker: step.worker, is_pinned: false, is_new: isNew }];
      dropped = dropped.filter((a) => !same(a));
    } else if (step.kind === 'unassign') {
      const gone = assignments.find(same);
      if (gone && board.revision > 0 && !gone.is_new) dropped = [...dropped, { shift: step.shift, worker: step.worker }];
      assignments = assignments.filter((a) => !same(a));
    } else assignments = assignments.map((a) => (same(a) ? { ...a, is_pinned: step.kind === 'pin' } : a));
  }
  return { ...board, assignments, dropped };
}

// The model of a board that steps have changed: the shifts that they name are made anew, and the workers who were or are on
// them. All else is the very objects that it was, by which the board knows what it need not draw again.
export function moveModel(model, board, steps) {
  const shifts = new Map(model.shifts);
  const workers = new Map(model.workers);
  for (const id of new Set(steps.map((step) => step.shift))) {
    const old = shifts.get(id);
    if (!old) continue;
    const there = board.assignments.filter((assignment) => assignment.shift === id);
    const touched = new Set([...old.workers.map((entry) => entry.worker.id), ...there.map((assignment) => assignment.worker)]);
    shifts.set(id, { ...old, workers: [] });
    for (const name of touched) {
      const worker = workers.get(name);
      if (worker) workers.set(name, { ...worker, cells: worker.cells.map((cell, day) => (day === old.day ? cell.filter((entry) => entry.shift.id !== id) : cell)) });
    }
    for (const assignment of there) place(shifts, workers, assignment);
    for (const name of touched) workers.get(name)?.cells[old.day].sort(byStart);
  }
  return { ...model, ...board, shifts, workers, coops: model.coops };
}

export function inverse(steps) {
  const other = { assign: 'unassign', unassign: 'assign', pin: 'unpin', unpin: 'pin' };
  return [...steps].reverse().map((step) => ({ ...step, kind: other[step.kind] }));
}
