// What waits for the planner - spikes, absences, offers, swaps - and which calendars have not fetched what was published.
import { html, nothing } from '../../lit/lit-html.js';
import { get } from '../../lib/api.mjs';
import { clock, dateLong, dayLong, dayOf, euroSigned, localOf, spanLong } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';

export async function loadInbox() {
  const [cases, feeds, tokens] = await Promise.all([get('/cases?most=200'), get('/feeds'), get('/tokens')]);
  return { cases: cases.cases, feeds: feeds.feeds, tokens: tokens.tokens.filter((token) => token.use !== 'feed' && !token.is_revoked) };
}

function about(model, one) {
  const parts = [];
  if (one.coop) parts.push(model.coops.get(one.coop)?.name ?? one.coop);
  if (one.worker) parts.push(model.workers.get(one.worker)?.name ?? one.worker);
  if (one.other) parts.push(model.workers.get(one.other)?.name ?? one.other);
  return parts.map(isolate).join(' · ');
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

// Whether the planner is who decides; the others wait for a worker, or are settled.
export const isForPlanner = (one) => one.state === 'waiting' && one.kind in verbs;

// A shift of any week, as one speaks of it.
const toldOf = (shift) => html`${dayLong(shift.start_local)} ${spanLong(shift.start_local, shift.end_local)} · <bdi>${shift.coop_name}</bdi>${shift.role ? html` · <bdi>${shift.role}</bdi>` : nothing}`;

// The pool's day and time of an instant.
function dayAndTime(state, instant) {
  const local = localOf(instant, state.me.timezone);
  return { day: isolate(dateLong(dayOf(local))), time: ltr(clock(local)) };
}

// Roles are said, as on a narrow screen a row is drawn as a block.
function caseRow(state, one, actions) {
  const { model } = state;
  const shift = model.shifts.get(one.shift);
  const since = dayAndTime(state, one.created);
  return html`<tr role="row">
    <td role="cell"><strong>${t(`case.${one.kind}`)}</strong></td>
    <td role="cell">${about(model, one)}</td>
    <td role="cell">${shift ? html`<button class="button" type="button" @click=${() => actions.select(shift.id, null)}>${dayLong(shift.start_local)} · ${shift.label}</button>` : one.about_shift ? toldOf(one.about_shift) : ltr(one.shift || one.week)}${one.return_shift ? html`<br>↔ ${toldOf(one.return_shift)}` : nothing}</td>
    <td role="cell"><span class=${one.state === 'waiting' ? 'warn' : 'soft'}>${t(`state.${one.state}`)}</span></td>
    <td role="cell">${summary(one)}${isForPlanner(one) ? html`<span class="row case-acts">
      <button class="button is-main" type="button" @click=${() => actions.answerCase(one, verbs[one.kind].yes, true)}>${t('action.accept')}</button>
      <button class="button" type="button" @click=${() => actions.answerCase(one, verbs[one.kind].no, false)}>${t('action.decline')}</button></span>` : nothing}</td>
    <td role="cell" class="soft">${since.day} ${since.time}</td>
  </tr>`;
}

// Who is let in, and by what; each can be ended here.
function access(state, name, actions) {
  return html`<ul class="plain-list people">${state.inbox.tokens.map((token) => html`<li>
    <span class="grow">${t(`access.${token.use}`)} · ${token.owner ? isolate(name(token)) : t('access.planner')}<br><span class="soft small">${token.label ? html`${token.label} · ` : ''}${token.used ? t('feeds.used', dayAndTime(state, token.used)) : t('access.never')}</span></span>
    <button class="button" type="button" data-token=${token.token} aria-label=${`${t('access.end')}: ${token.label || token.token}`} @click=${() => actions.endToken(token.token)}>${t('access.end')}</button></li>`)}</ul>`;
}

export function inboxOf(state, actions) {
  const { inbox, model } = state;
  if (!inbox) return html`<p class="soft" aria-busy="true">${t('loading')}</p>`;
  const rank = (one) => (isForPlanner(one) ? 0 : one.state === 'waiting' ? 1 : 2);
  const cases = [...inbox.cases].sort((a, b) => rank(a) - rank(b));
  const heads = ['inbox.kind', 'inbox.who', 'inbox.shift', 'inbox.state', 'inbox.answer', 'inbox.since'];
  const behind = inbox.feeds.filter((feed) => feed.is_behind);
  const name = (feed) => (feed.role === 'worker' ? model.workers.get(feed.owner)?.name : model.coops.get(feed.owner)?.name) ?? feed.owner;
  return html`<div class="sheet is-flow">
    <section class="card is-wide"><h2>${t('inbox.title')}</h2>
      ${inbox.cases.length === 0 ? html`<p>${t('inbox.empty')}</p>` : html`<table class="table is-stacked cases" role="table">
        <thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th role="columnheader">${t(head)}</th>`)}</tr></thead>
        <tbody role="rowgroup">${cases.map((one) => caseRow(state, one, actions))}</tbody></table>`}
    </section>
    <section class="card"><h2>${t('feeds.title')}</h2>
      ${inbox.feeds.length === 0 ? html`<p>${t('feeds.empty')}</p>` : html`
        <p class=${behind.length ? 'warn' : 'good'}>${behind.length ? t('feeds.behind', { count: behind.length }) : t('feeds.well')}</p>
        <ul class="plain-list reasons">${inbox.feeds.map((feed) => html`<li>${feed.is_behind ? '⚠' : '✓'} ${name(feed)} <span class="soft">${feed.used ? t('feeds.used', dayAndTime(state, feed.used)) : t('feeds.never')}</span></li>`)}</ul>`}
    </section>
    <section class="card"><h2>${t('access.title')}</h2>${access(state, name, actions)}</section>
  </div>`;
}
