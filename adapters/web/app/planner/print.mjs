// The week on paper: a real table, so that a browser repeats its head and breaks between rows. No colour is needed.
import { html, render } from '../../lit/lit-html.js';
import { get } from '../../lib/api.mjs';
import { dateLong, dayShort, hours } from '../../lib/format.mjs';
import { failure, openPage } from '../../lib/frame.mjs';
import { ltr, t } from '../../lib/i18n.mjs';
import { plannedMinutes, readBoard } from './model.mjs';

function sheet(model, me) {
  const coops = [...model.coops.values()].map((coop) => ltr(`${coop.code} = ${coop.name || coop.coop}`)).join(' · ');
  const certificates = [...model.certificates.values()].map((c) => ltr(`${c.mark} ${c.name}`)).join(' · ');
  return html`<header class="print-head">
      <h1>${me.pool_name} · ${t('week.title', { week: ltr(model.week) })}</h1>
      <p>${dateLong(model.days[0])} – ${dateLong(model.days[6])} · ${t(`week.${model.state}`, { revision: model.revision })}</p>
      <button class="button is-main no-print" type="button" @click=${() => print()}>${t('action.print')}</button>
      <a class="button no-print" href=${`/plan/${model.week}`}>${t('action.to_board')}</a>
    </header>
    <div class="scroll-x" tabindex="0" role="region" aria-label=${t('board.label', { week: model.week })}><table class="print-table">
      <caption class="unseen">${t('board.label', { week: model.week })}</caption>
      <thead><tr><th scope="col">${t('board.worker')}</th>${model.days.map((day) => html`<th scope="col">${dayShort(day)}</th>`)}<th scope="col">${t('board.hours')}</th></tr></thead>
      <tbody>${[...model.workers.values()].map((worker) => html`<tr><th scope="row">${worker.name}</th>
        ${worker.cells.map((cell) => html`<td>${cell.map((entry) => html`<div>${entry.shift.label}${entry.isNew ? ' ✎' : ''}</div>`)}</td>`)}
        <td class="number">${ltr(`${hours(plannedMinutes(worker) / 60)} / ${hours(worker.contract_min)}`)}</td></tr>`)}</tbody>
    </table></div>
    <p class="small">${coops}</p><p class="small">${certificates}</p>`;
}

async function open() {
  const page = document.getElementById('page');
  const me = await openPage(['planner']);
  const week = location.pathname.split('/')[2] || me.week;
  try {
    const model = readBoard(await get(`/weeks/${week}`));
    document.title = `${t('week.title', { week })} · Rooster`;
    render(sheet(model, me), page);
  } catch (error) {
    render(failure(error, () => location.reload()), page);
  }
  page.setAttribute('aria-busy', 'false');
}
open();
