// What waits for the planner - spikes, absences, offers, swaps - and which calendars have not fetched what was published.
import { html } from '../../lit/lit-html.js';
import { get } from '../../lib/api.mjs';
import { dayLong, euroSigned, timeOfDay } from '../../lib/format.mjs';
import { ltr, t } from '../../lib/i18n.mjs';

export async function loadInbox() {
  const [cases, feeds, tokens] = await Promise.all([get('/cases?most=200'), get('/feeds'), get('/tokens')]);
  return { cases: cases.cases, feeds: feeds.feeds, tokens: tokens.tokens.filter((token) => token.use !== 'feed' && !token.is_revoked) };
}

function about(model, one) {
  const parts = [];
  if (one.coop) parts.push(model.coops.get(one.coop)?.name ?? one.coop);
  if (one.worker) parts.push(model.workers.get(one.worker)?.name ?? one.worker);
  if (one.other) parts.push(model.workers.get(one.other)?.name ?? one.other);
  return parts.join(' → ');
}

// How the API says yes and no to each kind that waits for a planner; an offer waits for a worker.
const verbs = {
  spike: { yes: 'cases/{}/accept', no: 'cases/{}/decline' },
  absence: { yes: 'cases/{}/accept', no: 'cases/{}/decline' },
  swap: { yes: 'swaps/{}/approve', no: 'swaps/{}/refuse' },
};

// What was found: whether it is filled, by how many of those asked, at what price.
function summary(one) {
  const answers = one.body.answer;
  if (!Array.isArray(answers)) return '';
  return answers.map((answer) => {
    const people = answer.shifts.map((shift) => ltr(`${shift.cover}/${shift.headcount}`)).join(', ');
    return html`<span class="soft">${t(`outcome.${answer.outcome}`)} ${people}${answer.price ? html` · ${euroSigned(answer.price.total_cents)}` : ''}${answer.changes?.length ? html` · ${t('inbox.changes', { count: answer.changes.length })}` : ''}</span>`;
  });
}

function caseRow(model, one, actions) {
  const shift = model.shifts.get(one.shift);
  return html`<tr>
    <td>${t(`case.${one.kind}`)}</td>
    <td>${about(model, one)}</td>
    <td>${shift ? html`<button class="button is-quiet" type="button" @click=${() => actions.select(shift.id, null)}>${dayLong(shift.start_local)} · ${shift.label}</button>` : one.shift || one.week}</td>
    <td><span class=${one.state === 'waiting' ? 'warn' : 'soft'}>${t(`state.${one.state}`)}</span></td>
    <td>${one.state === 'waiting' && verbs[one.kind] ? html`${summary(one)}<span class="row">
      <button class="button is-main" type="button" @click=${() => actions.answerCase(one, verbs[one.kind].yes, true)}>${t('action.accept')}</button>
      <button class="button" type="button" @click=${() => actions.answerCase(one, verbs[one.kind].no, false)}>${t('action.decline')}</button></span>` : summary(one)}</td>
    <td class="soft">${one.created.slice(0, 10)} ${timeOfDay(one.created)}</td>
  </tr>`;
}

// Who is let in, and by what; each can be ended here.
function access(state, name, actions) {
  return html`<ul class="plain-list people">${state.inbox.tokens.map((token) => html`<li>
    <span class="grow">${t(`access.${token.use}`)} · ${token.owner ? name(token) : t('access.planner')}<br><span class="soft small">${token.label ? html`${token.label} · ` : ''}${token.used ? t('feeds.used', { day: token.used.slice(0, 10), time: timeOfDay(token.used) }) : t('access.never')}</span></span>
    <button class="button" type="button" data-token=${token.token} aria-label=${`${t('access.end')}: ${token.label || token.token}`} @click=${() => actions.endToken(token.token)}>${t('access.end')}</button></li>`)}</ul>`;
}

export function inboxOf(state, actions) {
  const { inbox, model } = state;
  if (!inbox) return html`<p class="soft" aria-busy="true">${t('loading')}</p>`;
  const waiting = inbox.cases.filter((one) => one.state === 'waiting');
  const others = inbox.cases.filter((one) => one.state !== 'waiting');
  const behind = inbox.feeds.filter((feed) => feed.is_behind);
  const name = (feed) => (feed.role === 'worker' ? model.workers.get(feed.owner)?.name : model.coops.get(feed.owner)?.name) ?? feed.owner;
  return html`<div class="sheet">
    <section class="card"><h2>${t('inbox.title')}</h2>
      ${inbox.cases.length === 0 ? html`<p>${t('inbox.empty')}</p>` : html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t('inbox.title')}><table class="table">
        <thead><tr><th>${t('inbox.kind')}</th><th>${t('inbox.who')}</th><th>${t('inbox.shift')}</th><th>${t('inbox.state')}</th><th>${t('inbox.answer')}</th><th>${t('inbox.since')}</th></tr></thead>
        <tbody>${[...waiting, ...others].map((one) => caseRow(model, one, actions))}</tbody></table></div>`}
    </section>
    <section class="card"><h2>${t('feeds.title')}</h2>
      ${inbox.feeds.length === 0 ? html`<p>${t('feeds.empty')}</p>` : html`
        <p class=${behind.length ? 'warn' : 'good'}>${behind.length ? t('feeds.behind', { count: behind.length }) : t('feeds.well')}</p>
        <ul class="plain-list reasons">${inbox.feeds.map((feed) => html`<li>${feed.is_behind ? '⚠' : '✓'} ${name(feed)} <span class="soft">${feed.used ? t('feeds.used', { day: feed.used.slice(0, 10), time: timeOfDay(feed.used) }) : t('feeds.never')}</span></li>`)}</ul>`}
    </section>
    <section class="card"><h2>${t('access.title')}</h2>${access(state, name, actions)}</section>
  </div>`;
}
