// My week: what I am asked, the next shift, then day by day.
import { html, nothing } from '../../lit/lit-html.js';
import { segment } from '../../lib/api.mjs';
import { addDays, clock, dayLong, dayOf, hours, localOf, sevenDays, spanLong } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';
import { weekSteps } from '../../lib/person.mjs';
import { subscribeCard } from '../../lib/subscribe.mjs';

export const when = (shift) => `${dayLong(shift.start_local)} ${spanLong(shift.start_local, shift.end_local)}`;
export const until = (state, instant) => {
  const local = localOf(instant, state.me.timezone);
  return `${local.startsWith(state.today()) ? '' : `${dayLong(local)} `}${ltr(clock(local))}`;
};

// The first that has not ended.
export function nextOf(state) {
  const now = state.now();
  return state.upcoming.filter((shift) => shift.end_local > now).sort((a, b) => a.start_local.localeCompare(b.start_local))[0] ?? null;
}

const route = (address) => `https://www.openstreetmap.org/search?query=${segment(address)}`;

// An address of mail breaks before its host, not anywhere.
const mayBreak = (text) => text.split('@').map((part, at) => (at ? html`<wbr>@${part}` : part));

function facts(state, shift) {
  const names = shift.people.map((person) => person.name);
  const own = names.indexOf(state.me.name.split(' ')[0]);
  const others = names.filter((_, at) => at !== own).join(', ');
  const row = (name, value) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing);
  return html`<dl class="facts">
    ${row(t('shift.where'), shift.address ? html`<bdi>${shift.address}</bdi> <a href=${route(shift.address)} target="_blank" rel="noreferrer">${t('me.route')}</a>` : '')}
    ${row(t('me.report'), shift.contact ? html`<bdi>${mayBreak(shift.contact)}</bdi>` : '')}
    ${row(t('me.break'), shift.break_minutes ? t('me.minutes', { count: shift.break_minutes }) : '')}
    ${row(t('shift.certificates'), shift.certificates.length ? isolate(shift.certificates.join(', ')) : '')}
    ${row(t('me.together'), others ? isolate(others) : '')}
  </dl>`;
}

function nextCard(state, shift) {
  if (!shift) return html`<section class="card"><h2>${t('me.next')}</h2><p>${t('me.no_next')}</p></section>`;
  const now = state.now();
  const day = dayOf(shift.start_local);
  const near = shift.start_local <= now ? t('me.is_on') : day === dayOf(now) ? t('me.today') : day === addDays(now, 1) ? t('me.tomorrow') : '';
  return html`<section class="card next"><h2>${t('me.next')}</h2>
    <p class="next-day">${near ? html`<strong>${near}</strong> · ` : nothing}${dayLong(shift.start_local)}</p>
    <p class="next-time">${spanLong(shift.start_local, shift.end_local)}</p>
    <p><strong><bdi>${shift.coop_name}</bdi></strong>${shift.role ? html` · <bdi>${shift.role}</bdi>` : nothing}</p>
    ${facts(state, shift)}
  </section>`;
}

function asked(state, actions) {
  const swaps = state.cases.filter((one) => one.kind === 'swap' && one.other === state.me.id && one.worker && one.body.stage === 'asked');
  const card = (title, lines, due, yes, no) => html`<section class="card asked"><h2>${title}</h2>
    <p class="asked-when">${lines}</p>
    ${due ? html`<p class="soft">${t('me.answer_by', { time: until(state, due) })}</p>` : nothing}
    <div class="row pair"><button class="button is-main" type="button" ?disabled=${state.isStill} @click=${yes}>${t('action.accept')}</button>
    <button class="button" type="button" ?disabled=${state.isStill} @click=${no}>${t('me.no_thanks')}</button></div></section>`;
  const what = (offer) => html`<strong>${dayLong(offer.start_local)} <span class="shift-time">${spanLong(offer.start_local, offer.end_local)}</span></strong><br><bdi>${offer.coop_name}</bdi>${offer.role ? html` · <bdi>${offer.role}</bdi>` : nothing}${offer.address ? html`<br><span class="soft"><bdi>${offer.address}</bdi></span>` : nothing}`;
  return [
    ...state.offers.map((offer) => card(t('me.offer'), what(offer), offer.due, () => actions.offer(offer, 'accept'), () => actions.offer(offer, 'decline'))),
    ...swaps.map((swap) => card(t('me.asked_swap'), html`${swap.about_shift ? what(swap.about_shift) : isolate(swap.shift)}${swap.return_shift ? html`<br>↔ ${what(swap.return_shift)}` : nothing}`, swap.due, () => actions.answer(swap, true), () => actions.answer(swap, false))),
  ];
}

function away(state, actions) {
  const waiting = state.cases.filter((one) => one.kind === 'absence');
  const at = (minutes) => {
    const local = localOf(minutes * 60000, state.me.timezone);
    return `${dayLong(local)} ${ltr(clock(local))}`;
  };
  return waiting.map((one) => html`<section class="card asked"><h2>${t('away.waiting')}</h2>
    <p>${t('away.span', { from: at(one.body.from_min), until: at(one.body.until_min) })}</p>
    <p class="soft">${t('away.stays')}</p>
    <div class="row"><button class="button" type="button" ?disabled=${state.isStill} @click=${actions.back}>${t('away.back')}</button></div></section>`);
}

function shiftCard(state, shift, actions) {
  const swap = state.cases.find((one) => one.kind === 'swap' && one.worker === state.me.id && one.shift === shift.shift);
  const isAhead = shift.start_local > state.now();
  return html`<details class="shift ${isAhead ? '' : 'is-past'}">
    <summary><span class="shift-line"><strong class="shift-time">${spanLong(shift.start_local, shift.end_local)}</strong> <span><bdi>${shift.coop_name}</bdi>${shift.role ? html`<span class="soft"> · <bdi>${shift.role}</bdi></span>` : nothing}</span>
      ${swap ? html`<span class="pill is-draft">${t(`swap.${swap.body.stage}`)}</span>` : nothing}</span></summary>
    ${facts(state, shift)}
    ${isAhead ? html`<div class="row pair">
      ${swap ? html`<button class="button" type="button" ?disabled=${state.isStill} @click=${() => actions.withdraw(swap)}>${t('swap.withdraw')}</button>`
        : html`<button class="button" type="button" ?disabled=${state.isStill} @click=${() => actions.give(shift)}>${t('swap.give')}</button>`}
      <button class="button" type="button" ?disabled=${state.isStill} @click=${() => actions.awayFor(shift)}>${t('away.cannot')}</button></div>` : nothing}
  </details>`;
}

export function weekOf(state, actions, subscribing) {
  const { week, me } = state;
  const today = state.today();
  return html`${asked(state, actions)}${away(state, actions)}
    ${nextCard(state, nextOf(state))}
    <section class="card"><h2 class="unseen">${t('me.week')}</h2>
      ${weekSteps(state.weekName, me.week, actions.go)}
      ${week.revision === 0 ? html`<p>${t('me.unpublished')}</p>` : html`
      <ul class="plain-list days">${sevenDays(week.week).map((day) => {
        const shifts = week.shifts.filter((shift) => dayOf(shift.start_local) === day);
        return html`<li class=${day === today ? 'is-today' : ''}><h3>${dayLong(day)}${day === today ? html` <span class="pill">${t('me.today')}</span>` : nothing}</h3>
          ${shifts.length ? shifts.map((shift) => shiftCard(state, shift, actions)) : html`<p class="soft">${t('me.free')}</p>`}</li>`;
      })}</ul>
      <p class="soft">${t('me.total', { hours: ltr(hours(week.planned_minutes / 60)) })}</p>`}
    </section>
    <section class="card"><h2>${t('away.cannot')}</h2><p class="soft">${t('away.how')}</p>
      <div class="row"><button class="button" type="button" ?disabled=${state.isStill} @click=${actions.awayDays}>${t('away.days')}</button></div></section>
    ${subscribeCard(state, subscribing, state.isStill)}`;
}

// What I could take: what others give away, and what is short of people.
export function openOf(state, actions) {
  const mine = state.cases.filter((one) => one.kind === 'swap' && !one.worker && one.other === state.me.id);
  const given = state.cases.filter((one) => one.kind === 'swap' && one.worker && one.worker !== state.me.id && one.other === state.me.id && one.body.stage === 'approval');
  const pending = [...mine, ...given];
  const isPending = (shift) => pending.some((one) => one.shift === shift.shift);
  return html`<section class="card"><h2>${t('open.lane')}</h2>
    ${state.open === null ? html`<p class="soft" aria-busy="true">${t('loading')}</p>` : state.open.length === 0 ? html`<p>${t('open.empty')}</p>` : html`<ul class="plain-list days">${state.open.map((shift) => html`<li>
      <h3>${dayLong(shift.start_local)}</h3>
      <p class="shift-line"><strong class="shift-time">${spanLong(shift.start_local, shift.end_local)}</strong> <span><bdi>${shift.coop_name}</bdi>${shift.role ? html`<span class="soft"> · <bdi>${shift.role}</bdi></span>` : nothing}</span></p>
      <p class="soft small">${shift.address ? html`<bdi>${shift.address}</bdi> · ` : nothing}${shift.from ? t('open.from', { name: isolate(shift.from) }) : t('insight.missing', { count: shift.missing })}</p>
      ${isPending(shift) ? html`<span class="pill is-draft">${t('swap.approval')}</span>` : html`<button class="button is-main" type="button" ?disabled=${state.isStill} aria-label=${`${t('open.take')}: ${when(shift)}, ${shift.coop_name}`} @click=${() => actions.take(shift)}>${t('open.take')}</button>`}
    </li>`)}</ul>`}</section>
    ${pending.length ? html`<section class="card"><h2>${t('open.pending')}</h2><ul class="plain-list days">${pending.map((one) => html`<li>
      <p>${one.about_shift ? html`${when(one.about_shift)}, <bdi>${one.about_shift.coop_name}</bdi>` : html`<bdi>${one.shift}</bdi>`} · ${t(`swap.${one.body.stage}`)}</p>
      ${one.worker ? nothing : html`<button class="button" type="button" ?disabled=${state.isStill} @click=${() => actions.withdraw(one)}>${t('swap.withdraw')}</button>`}</li>`)}</ul></section>` : nothing}`;
}
