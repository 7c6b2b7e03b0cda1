// What was done with a shift: the trail of those who wrote, and the cases about it, newest first.
import { html } from '../../lit/lit-html.js';
import { get, segment } from '../../lib/api.mjs';
import { clock, dayShort, localOf } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';
import { stepsIn } from './undone.mjs';

const SHOWN = 30;

const nameOf = (model, worker) => isolate(model.workers.get(worker)?.name ?? worker);

// In the reader's words; what is no move is the last step.
export function stepText(model, undone, shift = null) {
  const steps = stepsIn(undone).filter((step) => !shift || step.shift === shift);
  if (!steps.length) return t('step.other');
  return steps.map(({ kind, shift: which, worker }) => t(`step.${kind}`, { shift: model.shifts.get(which)?.label ?? isolate(which), name: nameOf(model, worker) })).join('; ');
}

export const loadHistory = async (shift) => (await get(`/audit?shift=${segment(shift)}&most=${SHOWN}`)).entries;

function entryText(model, entry, shift) {
  const whole = `${entry.what} ${entry.detail}`;
  if (stepsIn(whole).length) return stepText(model, whole, shift);
  const offered = /^shift .+? worker (.+)$/.exec(entry.detail);
  if (entry.what === 'offer' && offered) return t('history.offer', { name: nameOf(model, offered[1]) });
  if (entry.what.startsWith('swap')) return t('case.swap');
  return t('history.asked');
}

export function historyOf(state, shift) {
  const at = (instant) => localOf(instant, state.me.timezone);
  const cases = (state.inbox?.cases ?? []).filter((one) => one.shift === shift.id && one.kind !== 'swap');
  const lines = [
    ...state.history.map((entry) => ({ at: at(entry.at), who: entry.who, text: entryText(state.model, entry, shift.id) })),
    ...cases.map((one) => ({ at: at(one.changed), who: '', text: `${t(`case.${one.kind}`)}${one.worker ? ` ${nameOf(state.model, one.worker)}` : ''}: ${t(`state.${one.state}`)}` })),
  ].sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN);
  if (!lines.length) return html`<p class="soft">${t('history.none')}</p>`;
  return html`<ul class="plain-list reasons">${lines.map((line) => html`<li><span class="soft">${dayShort(line.at)} ${ltr(clock(line.at))}</span> ${line.text}${line.who ? html` <bdi class="soft">${line.who}</bdi>` : ''}</li>`)}</ul>`;
}
