// My hours: of this week line by line, and against the contract over the weeks before.
import { html, svg } from '../../lit/lit-html.js';
import { get, segment } from '../../lib/api.mjs';
import { dayShort, hours, spanLong, weekAfter } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';
import { weekSteps } from '../../lib/person.mjs';

const WEEKS = 4;

// What is paid: booked where it was booked, else as planned; and what a call of less than three hours gets on top.
const minutesOf = (line) => (line.booked ? line.booked.paid_minutes : line.planned_minutes) + line.floor_minutes;
export const sumOf = (lines) => lines.reduce((sum, line) => sum + minutesOf(line), 0);

async function one(me, week) {
  const [said, planned] = await Promise.all([get(`/weeks/${week}/hours?worker=${segment(me.id)}`), get(`/workers/${segment(me.id)}/weeks/${week}`)]);
  return { week, lines: said.lines, contract: planned.contract_min, isPublished: planned.revision > 0 };
}

export async function loadHours(me, week) {
  return Promise.all(Array.from({ length: WEEKS }, (_, back) => one(me, weekAfter(week, -back))));
}

function bar(worked, contract) {
  const most = Math.max(worked, contract, 1);
  const title = t('hours.of', { hours: hours(worked), contract: hours(contract) });
  return html`<svg class="chart hours-bar" viewBox="0 0 320 28" role="img" aria-label=${title}><title>${title}</title>
    ${svg`<rect class="bar-base" x="0" y="6" width="320" height="16" rx="4"></rect>
    <rect class="bar-fill" x="0" y="6" width=${(worked / most) * 320} height="16" rx="4"></rect>
    <line class="bar-mark" x1=${Math.min((contract / most) * 320, 318)} x2=${Math.min((contract / most) * 320, 318)} y1="1" y2="27"></line>`}</svg>`;
}

function line(row, coopNames) {
  return html`<tr><td>${dayShort(row.start_local)}</td><td>${spanLong(row.start_local, row.end_local)}<br><span class="soft"><bdi>${coopNames[row.coop] ?? row.coop}</bdi></span></td>
    <td class="number">${ltr(hours(minutesOf(row) / 60))}</td>
    <td><span class=${row.state === 'disputed' ? 'warn' : row.state === 'confirmed' ? 'good' : 'soft'}>${row.state === 'confirmed' ? '✓ ' : row.state === 'disputed' ? '⚠ ' : ''}${t(`worked.${row.state}`)}</span>${row.booked?.note ? html`<br><bdi class="soft">${row.booked.note}</bdi>` : ''}</td></tr>`;
}

export function hoursOf(state, actions) {
  const [now] = state.hours ?? [];
  const head = html`${weekSteps(state.weekName, state.me.week, actions.go)}`;
  if (!now) return html`<section class="card"><h2>${t('board.hours')}</h2>${head}<p class="soft" aria-busy="true">${t('loading')}</p></section>`;
  const worked = sumOf(now.lines) / 60;
  const published = state.hours.filter((week) => week.isPublished);
  const balance = published.reduce((sum, week) => sum + sumOf(week.lines) / 60 - week.contract, 0);
  const signed = (value) => ltr(`${value > 0.04 ? '+' : value < -0.04 ? '−' : ''}${hours(Math.abs(value))}`);
  return html`<section class="card"><h2>${t('board.hours')}</h2>${head}
      <p class="next-time">${ltr(`${hours(worked)} / ${hours(now.contract)}`)}</p>
      <p class="soft">${t('hours.of', { hours: ltr(hours(worked)), contract: ltr(hours(now.contract)) })}</p>${bar(worked, now.contract)}
      ${now.lines.length ? html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t('board.hours')}><table class="table"><thead><tr><th>${t('hours.day')}</th><th>${t('inbox.shift')}</th><th class="number">${t('board.hours')}</th><th>${t('inbox.state')}</th></tr></thead><tbody>${now.lines.map((row) => line(row, state.coopNames))}</tbody></table></div>` : html`<p>${t('worker.no_shifts')}</p>`}
    </section>
    <section class="card"><h2>${t('hours.balance')}</h2>
      ${published.length ? html`<p class="next-time">${signed(balance)}</p><p class="soft">${t('hours.balance_how', { count: published.length })}</p>
      <table class="table"><thead><tr><th>${t('hours.week')}</th><th class="number">${t('board.hours')}</th><th class="number">${t('insight.guaranteed')}</th><th class="number">${t('insight.difference')}</th></tr></thead>
      <tbody>${published.map((week) => html`<tr><td>${isolate(week.week)}</td><td class="number">${ltr(hours(sumOf(week.lines) / 60))}</td><td class="number">${ltr(hours(week.contract))}</td><td class="number">${signed(sumOf(week.lines) / 60 - week.contract)}</td></tr>`)}</tbody></table>` : html`<p>${t('me.unpublished')}</p>`}
    </section>`;
}
