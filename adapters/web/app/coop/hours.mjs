// Worked hours: as planned unless somebody says otherwise; confirmed in bulk, disputed with a reason, locked afterwards.
import { html, nothing } from '../../lit/lit-html.js';
import { ask } from '../../lib/dialog.mjs';
import { clock, dayShort, hours, spanLong } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';

const HEADS = [['board.worker', ''], ['hours.day', ''], ['inbox.shift', ''], ['insight.planned', 'number'], ['worked.real', 'number'], ['inbox.state', '']];
const MARKS = { planned: '', confirmed: '✓ ', disputed: '⚠ ' };
export const keyOf = (line) => `${line.shift} ${line.worker} ${line.reason}`;
export const isDue = (line) => line.state === 'planned' && line.has_ended;
export const itemOf = (line) => ({ shift: line.shift, worker: line.worker, reason: line.reason });

// Why it is disputed; null when it is left.
export async function askReason(line) {
  let note = '';
  const body = html`<p>${isolate(line.name)} · ${dayShort(line.start_local)} ${spanLong(line.start_local, line.end_local)}</p>
    <label class="field">${t('worked.reason')}<input type="text" maxlength="1000" autofocus @input=${(event) => { note = event.target.value; }}></label>`;
  const isSent = await ask({ title: t('worked.dispute'), body, actions: [{ value: 'yes', label: t('worked.dispute'), isMain: true }] });
  return isSent ? note.trim() : null;
}

// Other times than planned; null when it is left.
export async function askTimes(line) {
  const said = { start: clock(line.start_local), end: clock(line.end_local), break_minutes: line.break_minutes, note: '' };
  const field = (name, label, type = 'text') => html`<label class="field">${label}<input type=${type} dir=${name === 'note' ? 'auto' : 'ltr'} .value=${String(said[name])} @input=${(event) => { said[name] = event.target.value; }}></label>`;
  const body = html`<p>${isolate(line.name)} · ${dayShort(line.start_local)}</p><div class="fields">${field('start', t('request.from'))}${field('end', t('request.until'))}${field('break_minutes', t('request.break'), 'number')}${field('note', t('worked.note'))}</div>`;
  if (!(await ask({ title: t('worked.other'), body, actions: [{ value: 'yes', label: t('worked.confirm'), isMain: true }] }))) return null;
  const start = `${line.start_local.slice(0, 10)}T${said.start.padStart(5, '0')}`;
  const day = said.end.padStart(5, '0') <= said.start.padStart(5, '0') ? line.end_local.slice(0, 10) : line.start_local.slice(0, 10);
  return { ...itemOf(line), start, end: `${day}T${said.end.padStart(5, '0')}`, break_minutes: Number(said.break_minutes), ...(said.note.trim() ? { note: said.note.trim() } : {}) };
}

function row(state, line, actions) {
  const key = keyOf(line);
  const about = `${line.name}, ${dayShort(line.start_local)} ${clock(line.start_local)}`;
  return html`<tr role="row">
    <td role="cell" class="tick">${isDue(line) ? html`<label><input type="checkbox" aria-label=${`${t('worked.choose')}: ${about}`} .checked=${state.chosen.has(key)} @change=${() => actions.choose(key)}></label>` : nothing}</td>
    <td role="cell" class="who"><bdi>${line.name}</bdi></td><td role="cell">${dayShort(line.start_local)}</td><td role="cell">${spanLong(line.start_local, line.end_local)}</td>
    <td role="cell" class="number" data-head=${t('insight.planned')}>${ltr(hours(line.planned_minutes / 60))}</td>
    <td role="cell" class="number" data-head=${t('worked.real')}>${line.booked ? ltr(hours(line.booked.paid_minutes / 60)) : '·'}</td>
    <td role="cell"><span class=${line.state === 'confirmed' ? 'good' : line.state === 'disputed' ? 'warn' : 'soft'}>${MARKS[line.state]}${line.reason === 'worked' ? t(`worked.${line.state}`) : t(line.reason === 'moved_paid' ? 'worked.moved' : 'worked.cancelled')}</span>${line.booked?.note ? html`<br><bdi class="soft">${line.booked.note}</bdi>` : nothing}</td>
    <td role="cell">${isDue(line) ? html`<span class="row"><button class="button is-quiet" type="button" ?disabled=${state.isStill} aria-label=${`${t('worked.other')}: ${about}`} @click=${() => actions.other(line)}>${t('worked.other')}</button>
      <button class="button is-quiet" type="button" ?disabled=${state.isStill} aria-label=${`${t('worked.dispute')}: ${about}`} @click=${() => actions.dispute(line)}>${t('worked.dispute')}</button></span>` : nothing}</td>
  </tr>`;
}

export function hoursCard(state, actions) {
  const { lines } = state;
  const due = lines?.filter(isDue) ?? [];
  const chosen = due.filter((line) => state.chosen.has(keyOf(line)));
  return html`<section class="card is-wide"><h2>${t('worked.title')}</h2>
    ${!lines ? html`<p class="soft" aria-busy="true">${t('loading')}</p>` : lines.length === 0 ? html`<p>${t('worked.none')}</p>` : html`
      <p class="soft">${due.length ? t('worked.due', { count: due.length }) : t('worked.no_due')}</p>
      ${due.length ? html`<div class="row"><button class="button is-main" type="button" ?disabled=${state.isStill || chosen.length === 0} @click=${() => actions.confirm(chosen)}>${t('worked.confirm_chosen', { count: chosen.length })}</button>
        <button class="button" type="button" @click=${() => actions.chooseAll(due, chosen.length < due.length)}>${chosen.length < due.length ? t('worked.all') : t('worked.no_one')}</button></div>` : nothing}
      <table class="table is-stacked" role="table">
        <thead role="rowgroup"><tr role="row"><td role="cell"></td>${HEADS.map(([head, kind]) => html`<th role="columnheader" class=${kind}>${t(head)}</th>`)}<td role="cell"></td></tr></thead>
        <tbody role="rowgroup">${lines.map((line) => row(state, line, actions))}</tbody></table>`}
  </section>`;
}
