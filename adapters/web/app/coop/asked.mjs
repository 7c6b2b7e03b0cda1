// What was asked before: how it stands; asking the same again, and asking it no longer.
import { html, nothing } from '../../lit/lit-html.js';
import { addDays, clock, dayShort, localOf, spanLong } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';
import { newRequest, outcomeText } from './request.mjs';

// As it was asked, and as it was answered then.
const askedOf = (one) => one.body.asked ?? null;
const answerOf = (one) => one.body.answer?.[0] ?? null;

// In what state it is for who asked: sent, filled or how far, refused.
function standing(one) {
  const answer = answerOf(one);
  if (askedOf(one)?.headcount === 0) return one.state === 'accepted' ? { mark: '✓', text: t('asked.cancelled'), kind: 'soft' } : { mark: '…', text: t('asked.cancelling'), kind: 'warn' };
  if (one.state === 'waiting') return { mark: '…', text: t('asked.sent'), kind: 'warn' };
  if (one.state === 'declined') return { mark: '✕', text: t('asked.refused'), kind: 'bad' };
  if (one.state !== 'accepted') return { mark: '–', text: t(`state.${one.state}`), kind: 'soft' };
  if (!answer) return { mark: '✓', text: t('request.kept'), kind: 'soft' };
  if (answer.outcome === 'filled') return { mark: '✓', text: outcomeText('filled'), kind: 'good' };
  return { mark: answer.outcome === 'partly' ? '◐' : '✕', text: outcomeText(answer.outcome), kind: 'warn' };
}

// The newest of a shift can be taken back while it is ahead and stands.
function canWithdraw(state, one) {
  const newest = state.cases.find((other) => other.shift === one.shift);
  return newest === one && ['waiting', 'accepted'].includes(one.state) && askedOf(one)?.headcount !== 0 && Boolean(one.due) && localOf(one.due, state.me.timezone) > state.now();
}

// The same a week later, as a form; null where the form cannot say it.
export function againOf(state, one) {
  const shift = askedOf(one);
  if (!shift || shift.headcount === 0 || shift.certificates.length > 1 || shift.team_certificates.length) return null;
  let day = addDays(shift.start_local.slice(0, 10), 7);
  while (day <= state.today()) day = addDays(day, 7);
  return {
    ...newRequest(state.today()), day, from: clock(shift.start_local), until: clock(shift.end_local), role: shift.role, certificate: shift.certificates[0] ?? '',
    headcount: shift.headcount, break: shift.break_minutes,
  };
}

function row(state, one, actions) {
  const shift = askedOf(one);
  const when = shift ? `${dayShort(shift.start_local)} ${spanLong(shift.start_local, shift.end_local)}` : isolate(one.shift);
  const found = answerOf(one)?.shifts[0];
  const { mark, text, kind } = standing(one);
  const again = againOf(state, one);
  const since = localOf(one.created, state.me.timezone);
  return html`<tr role="row">
    <td role="cell">${when}${shift?.role ? html`<br><bdi class="soft">${shift.role}</bdi>` : nothing}</td>
    <td role="cell" class="number" data-head=${t('board.people')}>${shift?.headcount ? ltr(found ? `${found.cover}/${shift.headcount}` : shift.headcount) : '·'}</td>
    <td role="cell"><span class=${kind}>${mark} ${text}</span></td>
    <td role="cell" class="soft">${dayShort(since)} ${ltr(clock(since))}</td>
    <td role="cell"><span class="row">${again ? html`<button class="button is-quiet" type="button" aria-label=${`${t('asked.again')}: ${when}`} @click=${() => actions.again(again)}>${t('asked.again')}</button>` : nothing}
      ${canWithdraw(state, one) ? html`<button class="button is-quiet" type="button" ?disabled=${state.isStill} aria-label=${`${t('asked.withdraw')}: ${when}`} @click=${() => actions.withdraw(one, when)}>${t('asked.withdraw')}</button>` : nothing}</span></td>
  </tr>`;
}

export function askedCard(state, actions) {
  return html`<section class="card"><h2>${t('request.before')}</h2>
    ${state.cases.length === 0 ? html`<p>${t('request.none')}</p>` : html`<table class="table is-stacked" role="table">
      <thead role="rowgroup"><tr role="row"><th role="columnheader">${t('inbox.shift')}</th><th role="columnheader" class="number">${t('board.people')}</th><th role="columnheader">${t('inbox.state')}</th><th role="columnheader">${t('inbox.since')}</th><td role="cell"></td></tr></thead>
      <tbody role="rowgroup">${state.cases.map((one) => row(state, one, actions))}</tbody></table>`}
  </section>`;
}
