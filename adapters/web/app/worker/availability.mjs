// When I can work: seven days of three parts. A tap says the next thing of that part, and is sent by itself a moment later;
// what is said of finer times elsewhere (imported windows) stays as it is, and shows as "partly".
import { html } from '../../lit/lit-html.js';
import { addDays, clock, dayLong, dayShort, mondayOf, sevenDays, weekAfter } from '../../lib/format.mjs';
import { ltr, t } from '../../lib/i18n.mjs';
import { weekSteps } from '../../lib/person.mjs';

const PARTS = [['morning', '06:00', '14:00', 0], ['afternoon', '14:00', '22:00', 0], ['night', '22:00', '06:00', 1]];
const NEXT = { can: 'avoid', prefer: 'avoid', partly: 'avoid', avoid: 'unavailable', unavailable: 'can' };
const MARKS = { can: '✓', prefer: '♥', partly: '◐', avoid: '~', unavailable: '✕' };

export function partsOf(day) {
  return PARTS.map(([name, start, end, later]) => ({ day, name, from: `${day}T${start}`, until: `${addDays(day, later)}T${end}` }));
}

// What is said of [from, until): of the whole of it, or only partly.
export function saidOf(windows, part) {
  const within = windows.filter((window) => window.start_local < part.until && window.end_local > part.from);
  for (const kind of ['unavailable', 'avoid', 'prefer']) {
    const whole = within.find((window) => window.kind === kind && window.start_local <= part.from && window.end_local >= part.until);
    if (whole) return kind;
  }
  return within.some((window) => window.kind !== 'prefer') ? 'partly' : 'can';
}

export const nextOf = (said) => NEXT[said];

// What last week said, seven days on: what a request needs.
export function asLastWeek(windows, week) {
  const monday = mondayOf(week);
  const from = `${mondayOf(weekAfter(week, -1))}T00:00`;
  const until = `${monday}T00:00`;
  const later = (local) => `${addDays(local, 7)}T${clock(local)}`;
  const within = windows.filter((window) => window.start_local < until && window.end_local > from).map((window) => ({
    start: later(window.start_local < from ? from : window.start_local), end: later(window.end_local > until ? until : window.end_local), kind: window.kind,
  }));
  return { from: `${monday}T00:00`, until: `${addDays(monday, 7)}T00:00`, windows: within };
}

export function availabilityOf(state, actions) {
  const now = state.now();
  const button = (part) => {
    const said = state.said[part.from] ?? saidOf(state.windows, part);
    const word = `${MARKS[said]} ${t(`can.${said}`)}`;
    return html`<td><button class="button can is-${said}" type="button" ?disabled=${state.isStill || part.until <= now} aria-label=${`${word}, ${dayLong(part.day)}, ${t(`part.${part.name}`)}`}
      @click=${() => actions.say(part, said)}><span aria-hidden="true">${MARKS[said]}</span> ${t(`can.${said}`)}</button></td>`;
  };
  return html`<section class="card"><h2>${t('can.title')}</h2>
    <p class="soft">${t('can.how')}</p>
    ${weekSteps(state.weekName, state.me.week, actions.go)}
    ${state.windows === null ? html`<p class="soft" aria-busy="true">${t('loading')}</p>` : html`<table class="can-table">
      <thead><tr><td></td>${PARTS.map(([name, start, end]) => html`<th scope="col">${t(`part.${name}`)}<span class="soft small">${ltr(`${start.slice(0, 2)}–${end.slice(0, 2)}`)}</span></th>`)}</tr></thead>
      <tbody>${sevenDays(state.weekName).map((day) => html`<tr><th scope="row" class=${day === state.today() ? 'is-today' : ''}>${dayShort(day)}</th>${partsOf(day).map(button)}</tr>`)}</tbody>
    </table>
    <div class="row"><button class="button" type="button" ?disabled=${state.isStill || weekAfter(state.weekName, 1) <= state.me.week} @click=${actions.copyLast}>${t('can.copy')}</button></div>`}
    <p class="soft small after">${t('can.partly_how')}</p>
  </section>`;
}
