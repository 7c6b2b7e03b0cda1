// How far the week is filled, and who comes: for this cooperative only.
import { html, nothing } from '../../lit/lit-html.js';
import { dayLong, dayOf, dayShort, sevenDays, spanLong } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';

// Rows by what is done there; cells by day: people asked, people who come.
export function coverOf(shifts, days) {
  const rows = new Map();
  for (const shift of shifts) {
    const row = rows.get(shift.role) ?? days.map(() => ({ asked: 0, cover: 0 }));
    const cell = row[days.indexOf(dayOf(shift.start_local))];
    if (cell) {
      cell.asked += shift.headcount;
      cell.cover += Math.min(shift.cover, shift.headcount);
    }
    rows.set(shift.role, row);
  }
  return rows;
}

const total = (rows, at) => [...rows.values()].reduce((sum, cells) => ({ asked: sum.asked + cells[at].asked, cover: sum.cover + cells[at].cover }), { asked: 0, cover: 0 });

// Darker is more demand, the figure says how far it is met, the mark and the hatch where it is not.
function cellOf(cell, most) {
  const step = cell.asked ? Math.max(1, Math.ceil((cell.asked / most) * 5)) : 0;
  const isShort = cell.cover < cell.asked;
  return html`<td class="number heat-${step} ${cell.asked - cell.cover >= 3 ? 'is-very-short' : ''}"><span class=${isShort ? 'bad' : ''}>${cell.asked === 0 ? '·' : ltr(`${isShort ? '▼ ' : ''}${cell.cover}/${cell.asked}`)}</span></td>`;
}

export function coverCard(state) {
  const days = sevenDays(state.weekName);
  const rows = coverOf(state.week.shifts, days);
  if (!rows.size) return html`<section class="card is-wide"><h2>${t('coop.cover')}</h2><p class="soft">${state.lines === null ? t('loading') : t('coop.no_shifts')}</p></section>`;
  const most = Math.max(1, ...[...rows.values()].flat().map((cell) => cell.asked));
  const sums = days.map((_, at) => total(rows, at));
  const asked = sums.reduce((sum, cell) => sum + cell.asked, 0);
  const cover = sums.reduce((sum, cell) => sum + cell.cover, 0);
  return html`<section class="card is-wide"><h2>${t('coop.cover')}</h2>
    <p class=${cover < asked ? 'bad' : 'good'}>${cover < asked ? '▼' : '✓'} ${t('coop.covered', { cover: ltr(cover), asked: ltr(asked) })}</p>
    ${state.week.revision === 0 ? html`<p class="soft">${t('coop.unpublished')}</p>` : nothing}
    <div class="scroll-x" tabindex="0" role="region" aria-label=${t('coop.cover')}><table class="table heat">
      <thead><tr><th>${t('coop.role')}</th>${days.map((day) => html`<th class="number">${dayShort(day)}</th>`)}</tr></thead>
      <tbody>${[...rows].map(([role, cells]) => html`<tr><th scope="row"><bdi>${role || t('coop.no_role')}</bdi></th>${cells.map((cell) => cellOf(cell, most))}</tr>`)}</tbody>
      <tfoot><tr><th scope="row">${t('coop.total')}</th>${sums.map((cell) => html`<td class="number"><strong class=${cell.cover < cell.asked ? 'bad' : ''}>${cell.asked === 0 ? '·' : ltr(`${cell.cover}/${cell.asked}`)}</strong></td>`)}</tr></tfoot>
    </table></div><p class="soft small">${t('insight.heat_hint')}</p></section>`;
}

function shiftLine(shift) {
  const names = shift.people.map((person) => person.name);
  return html`<li><strong class="shift-time">${spanLong(shift.start_local, shift.end_local)}</strong> <bdi>${shift.role}</bdi>
    <span class=${shift.missing ? 'bad' : 'soft'}>${ltr(`${shift.missing ? '▼ ' : ''}${shift.cover}/${shift.headcount}`)}</span>
    <br>${names.length ? isolate(names.join(', ')) : html`<span class="soft">${t('shift.nobody')}</span>`}</li>`;
}

export function comingCard(state) {
  const { week } = state;
  if (!week.shifts.length) return nothing;
  return html`<section class="card"><h2>${t('coop.who')}</h2><ul class="plain-list days">${sevenDays(state.weekName).map((day) => {
      const shifts = week.shifts.filter((shift) => dayOf(shift.start_local) === day).sort((a, b) => a.start_local.localeCompare(b.start_local));
      return html`<li class=${day === state.today() ? 'is-today' : ''}><h3>${dayLong(day)}</h3>${shifts.length ? html`<ul class="plain-list coming">${shifts.map(shiftLine)}</ul>` : html`<p class="soft">${t('cell.none')}</p>`}</li>`;
    })}</ul></section>`;
}
