// What the week looks like from above: where people are short by certificate and day, whose hours are off their contract,
// and what one more certificate would be worth, from the prices of the last plan.
import { html, nothing } from '../../lit/lit-html.js';
import { get } from '../../lib/api.mjs';
import { lollipops } from '../../lib/charts.mjs';
import { dayLong, dayShort, euro, hours, whole } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';
import { missing, plannedMinutes } from './model.mjs';

const ROWS = 12;

export async function loadInsight(week) {
  try {
    return { training: (await get(`/weeks/${week}/advice/training`)).training };
  } catch (error) {
    if (error.kind !== 'refused') throw error;
    return { hasNone: true };
  }
}

function demandByCertificate(model) {
  const rows = new Map();
  const count = (name, shift) => {
    const row = rows.get(name) ?? model.days.map(() => ({ asked: 0, open: 0 }));
    row[shift.day].asked += shift.headcount;
    row[shift.day].open += missing(shift);
    rows.set(name, row);
  };
  for (const shift of model.shifts.values()) {
    if (shift.certificates.length === 0) count('', shift);
    for (const name of shift.certificates) count(name, shift);
  }
  const asked = ([name, cells]) => (name ? cells.reduce((sum, cell) => sum + cell.asked, 0) : -1);
  return new Map([...rows].sort((a, b) => asked(b) - asked(a)));
}

// Six steps of blue by people asked; hatched where three or more are missing. The number stands in the cell.
function heatMap(model) {
  const rows = demandByCertificate(model);
  const most = Math.max(1, ...[...rows.values()].flat().map((cell) => cell.asked));
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t('insight.heat')}><table class="table heat">
    <thead><tr><th>${t('filter.certificate')}</th>${model.days.map((day) => html`<th class="number">${dayShort(day)}</th>`)}</tr></thead>
    <tbody>${[...rows].map(([name, cells]) => html`<tr><th scope="row">${name ? ltr(`${model.certificates.get(name).mark}\u00a0${name}`) : t('insight.no_certificate')}</th>
      ${cells.map((cell) => html`<td class="number heat-${cell.asked ? Math.max(1, Math.ceil((cell.asked / most) * 5)) : 0} ${cell.open >= 3 ? 'is-very-short' : ''}"><span>${cell.asked === 0 ? '·' : ltr(cell.open ? `▼ ${cell.asked - cell.open}/${cell.asked}` : cell.asked)}</span></td>`)}</tr>`)}</tbody></table></div>`;
}

function shortList(model, actions) {
  const open = [...model.shifts.values()].filter((shift) => missing(shift)).sort((a, b) => a.start_local.localeCompare(b.start_local));
  if (!open.length) return html`<p class="good">✓ ${t('insight.none_short')}</p>`;
  return html`<ul class="plain-list reasons">${open.map((shift) => html`<li><button class="button" type="button" @click=${() => actions.select(shift.id, null)}>${dayLong(shift.start_local)} · ${shift.label} · ${t('insight.missing', { count: missing(shift) })}</button></li>`)}</ul>`;
}

function contracts(model) {
  const rows = [...model.workers.values()].map((worker) => ({ worker, planned: plannedMinutes(worker) / 60 }));
  const off = rows.map((row) => ({ ...row, difference: row.planned - row.worker.contract_min })).filter((row) => Math.abs(row.difference) >= 0.05);
  off.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  if (!off.length) return html`<p class="good">✓ ${t('insight.all_hours')}</p>`;
  return html`<table class="table"><thead><tr><th>${t('board.worker')}</th><th class="number">${t('insight.planned')}</th><th class="number">${t('insight.guaranteed')}</th><th class="number">${t('insight.difference')}</th></tr></thead>
    <tbody>${off.slice(0, ROWS).map((row) => html`<tr><td>${row.worker.name}</td><td class="number">${hours(row.planned)}</td><td class="number">${hours(row.worker.contract_min)}</td><td class="number ${row.difference > 0 ? 'warn' : ''}">${ltr(`${row.difference > 0 ? '▲ +' : '▽ '}${hours(row.difference)}`)}</td></tr>`)}</tbody></table>
    ${off.length > ROWS ? html`<p class="soft">${t('insight.more_workers', { count: off.length - ROWS })}</p>` : nothing}`;
}

function training(insight) {
  if (!insight) return html`<p class="soft" aria-busy="true">${t('loading')}</p>`;
  if (insight.hasNone) return html`<p class="soft">${t('insight.no_prices')}</p>`;
  const best = new Map();
  for (const row of insight.training) if (!best.has(row.certificate) || best.get(row.certificate).worth_cents < row.worth_cents) best.set(row.certificate, row);
  const rows = [...best.values()].sort((a, b) => b.worth_cents - a.worth_cents).slice(0, 8);
  if (!rows.length) return html`<p>${t('insight.no_worth')}</p>`;
  const money = (cents) => ltr(`€ ${whole(cents / 100)}`);
  return html`${lollipops({ rows: rows.map((row) => ({ name: row.certificate, value: row.worth_cents, text: money(row.worth_cents) })), title: t('insight.worth'), summary: rows.map((row) => `${row.certificate} ${euro(row.worth_cents)}`).join(', ') })}
    <table class="table"><thead><tr><th>${t('filter.certificate')}</th><th>${t('insight.who')}</th><th class="number">${t('insight.worth_short')}</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><td>${isolate(row.certificate)}</td><td>${row.name}</td><td class="number">${euro(row.worth_cents)}</td></tr>`)}</tbody></table>
    <p class="soft small">${t('insight.hint')}</p>`;
}

function costs(board) {
  const terms = Object.entries(board.cost.terms).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  return html`<table class="table"><tbody>${terms.map(([name, cents]) => html`<tr><td>${t(`cost.${name}`)}</td><td class="number">${euro(cents)}</td></tr>`)}
    <tr><th scope="row">${t('solve.cost')}</th><td class="number"><strong>${euro(board.cost.total_cents)}</strong></td></tr></tbody></table>`;
}

export function insightOf(state, actions) {
  const { model, board } = state;
  return html`<div class="sheet is-flow is-insight">
    <section class="card is-wide"><h2>${t('insight.heat')}</h2>${heatMap(model)}<p class="soft small">${t('insight.heat_hint')}</p></section>
    <section class="card"><h2>${t('insight.short')}</h2>${shortList(model, actions)}</section>
    <section class="card"><h2>${t('insight.contracts')}</h2>${contracts(model)}</section>
    <section class="card"><h2>${t('insight.costs')}</h2>${costs(board)}</section>
    <section class="card"><h2>${t('insight.worth')}</h2>${training(state.insight)}</section>
  </div>`;
}
