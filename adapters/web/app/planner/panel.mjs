// The side panel: a shift's facts, who is on it, who could take it. Every move that dragging does is done here with
// buttons, too (WCAG 2.5.7). On a narrow screen it is a sheet at the bottom.
import { html, nothing } from '../../lit/lit-html.js';
import { dayLong, euroSigned, hours, spanLong } from '../../lib/format.mjs';
import { currentLanguage, isolate, ltr, t } from '../../lib/i18n.mjs';
import { reasonText, ruleText } from '../../lib/reasons.mjs';
import { historyOf } from './history.mjs';
import { missing, plannedMinutes } from './model.mjs';
import { ableOf } from './offer.mjs';

const BLOCKED_SHOWN = 12;

const certificateName = (model, name) => ltr(`${model.certificates.get(name).mark} ${name}`);

function facts(model, shift) {
  const coop = model.coops.get(shift.coop);
  const rows = [
    [t('shift.when'), `${dayLong(shift.start_local)}, ${spanLong(shift.start_local, shift.end_local)}`],
    [t('shift.where'), html`${coop.name || coop.coop}${coop.address ? html`<br><span class="soft">${coop.address}</span>` : nothing}`],
    [t('shift.paid'), ltr(t('hours.amount', { hours: hours(shift.paid_minutes / 60) }))],
    [t('shift.people'), ltr(`${shift.workers.length} / ${shift.headcount}`)],
    [t('shift.priority'), t(`priority.${shift.priority}`)],
  ];
  if (shift.certificates.length) rows.push([t('shift.certificates'), shift.certificates.map((c) => certificateName(model, c)).join(' · ')]);
  if (shift.team_certificates.length) rows.push([t('shift.team'), shift.team_certificates.map((c) => certificateName(model, c)).join(' · ')]);
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function peopleOn(state, shift, actions) {
  if (!shift.workers.length) return html`<p class="soft">${t('shift.nobody')}</p>`;
  return html`<ul class="plain-list people">${shift.workers.map((entry) => html`<li>
    <span class="grow">${entry.worker.name}</span>
    <button class="button" type="button" aria-pressed=${String(entry.isPinned)} ?disabled=${state.isMoving}
      @click=${() => actions.move([{ kind: entry.isPinned ? 'unpin' : 'pin', shift: shift.id, worker: entry.worker.id }])}
      aria-label=${t(entry.isPinned ? 'action.unpin_who' : 'action.pin_who', { name: entry.worker.name })}>${entry.isPinned ? t('action.unpin') : t('action.pin')}</button>
    <button class="button" type="button" ?disabled=${state.isMoving} aria-label=${t('action.take_off_who', { name: entry.worker.name })}
      @click=${() => actions.move([{ kind: 'unassign', shift: shift.id, worker: entry.worker.id }])}>${t('action.take_off')}</button>
  </li>`)}</ul>`;
}

function able(state, shift, candidate, actions) {
  const worker = state.model.workers.get(candidate.worker);
  const after = (candidate.planned_minutes + shift.paid_minutes) / 60;
  const label = state.selected.worker ? t('action.move_here') : t('action.assign');
  return html`<li>
    <span class="grow">${candidate.name}<br><span class="soft small">${t('candidate.hours', { hours: ltr(`${hours(after)} / ${hours(worker.contract_min)}`) })}</span></span>
    <span class="number ${candidate.change_cents > 0 ? '' : 'good'}">${euroSigned(candidate.change_cents)}</span>
    <button class="button is-main" type="button" ?disabled=${state.isMoving} aria-label=${`${label}: ${candidate.name}`} @click=${() => actions.choose(candidate.worker)}>${label}</button>
  </li>`;
}

function candidates(state, shift, actions) {
  const list = state.candidates;
  if (!list) return html`<p class="soft" aria-busy="true">${t('candidate.asking')}</p>`;
  const able_ = list.filter((candidate) => candidate.can && candidate.worker !== state.selected.worker);
  const others = list.filter((candidate) => !candidate.can && !candidate.is_on && candidate.worker !== state.selected.worker);
  const shown = state.isAllReasons ? others : others.slice(0, BLOCKED_SHOWN);
  return html`
    ${able_.length ? html`<ul class="plain-list people">${able_.map((candidate) => able(state, shift, candidate, actions))}</ul>` : html`<p>${t('candidate.none')}</p>`}
    <h3>${t('candidate.others', { count: others.length })}</h3>
    <ul class="plain-list reasons">${shown.map((candidate) => html`<li><strong><bdi>${candidate.name}</bdi></strong> <span class="soft">${candidate.blocks.slice(0, 2).map(ruleText).join('; ')}${candidate.blocks.length > 2 ? ` +${candidate.blocks.length - 2}` : ''}</span></li>`)}</ul>
    ${shown.length < others.length ? html`<button class="button" type="button" @click=${actions.allReasons}>${t('candidate.all', { count: others.length })}</button>` : nothing}`;
}

function why(state, shift, actions) {
  if (!missing(shift)) return nothing;
  const told = state.explanation;
  if (!told) return html`<button class="button" type="button" @click=${() => actions.explain(shift.id)}>${t('action.why')}</button>`;
  if (told === 'asking') return html`<p class="soft" aria-busy="true">${t('candidate.asking')}</p>`;
  return html`<h3>${t('why.title')}</h3>
    <ul class="plain-list reasons">${told.blocks.map((block) => html`<li><strong>${t('why.block', { count: ltr(block.count), rule: reasonText(block.rule) })}</strong>${currentLanguage() === 'en' ? html` <span class="soft">${block.example}</span>` : nothing}</li>`)}</ul>
    ${Number.isFinite(told.worth_cents) ? html`<p>${t('why.worth', { price: euroSigned(told.worth_cents) })}</p>` : nothing}`;
}

// Who was asked, and asking more: for a published week alone, where a yes is an assignment.
function offers(state, shift, actions) {
  const asked = (state.inbox?.cases ?? []).filter((one) => one.kind === 'offer' && one.state === 'waiting' && one.shift === shift.id);
  const names = asked.map((one) => state.model.workers.get(one.worker)?.name ?? one.worker);
  const canAsk = state.board.revision > 0 && missing(shift) > 0 && ableOf(state.candidates).length > 0;
  return html`${asked.length ? html`<p>${t('offer.asked', { names: isolate(names.join(', ')) })}</p>` : nothing}
    ${canAsk ? html`<button class="button" type="button" @click=${() => actions.offer(shift)}>${t('offer.ask')}</button>` : nothing}`;
}

function history(state, shift, actions) {
  return html`<h3>${t('history.title')}</h3>${state.history ? historyOf(state, shift)
    : html`<button class="button" type="button" @click=${() => actions.history(shift.id)}>${t('history.show')}</button>`}`;
}

function shiftPanel(state, shift, actions) {
  const from = state.selected.worker && state.model.workers.get(state.selected.worker);
  return html`
    <h2 id="panel-title"><span class="chip-mark hue-${shift.hue}">${shift.label}</span> ${shift.role}</h2>
    ${facts(state.model, shift)}
    <h3>${t('shift.on')}</h3>${peopleOn(state, shift, actions)}
    ${why(state, shift, actions)}
    ${offers(state, shift, actions)}
    ${from || missing(shift) ? html`<h3>${from ? t('candidate.instead', { name: from.name }) : t('candidate.title')}</h3>${candidates(state, shift, actions)}` : html`<p class="soft">${t('shift.full')}</p>`}
    ${history(state, shift, actions)}`;
}

function workerPanel(state, worker, actions) {
  const { model } = state;
  const entries = worker.cells.flat();
  return html`
    <h2 id="panel-title">${worker.name}</h2>
    <p>${t('hours.about', { planned: hours(plannedMinutes(worker) / 60), guaranteed: hours(worker.contract_min), difference: ltr(hours(plannedMinutes(worker) / 60 - worker.contract_min)) })}</p>
    <h3>${t('shift.certificates')}</h3>
    <ul class="plain-list reasons">${worker.certificates.map((c) => html`<li>${certificateName(model, c.certificate)}${c.level === 'learner' ? ` (${t('certificate.learner')})` : ''}
      ${c.valid_until ? html`<span class=${c.valid_until < model.soon ? 'warn' : 'soft'}>${c.valid_until < model.soon ? '◷ ' : ''}${t('certificate.until', { day: ltr(c.valid_until) })}</span>` : nothing}</li>`)}</ul>
    <h3>${t('worker.week')}</h3>
    ${entries.length ? html`<ul class="plain-list reasons">${entries.map((entry) => html`<li><button class="button" type="button" @click=${() => actions.select(entry.shift.id, worker.id)}>${dayLong(entry.shift.start_local)} · ${entry.shift.label}</button></li>`)}</ul>` : html`<p class="soft">${t('worker.no_shifts')}</p>`}`;
}

function openPanel(state, day, actions) {
  const open = [...state.model.shifts.values()].filter((shift) => shift.day === day && missing(shift)).sort((a, b) => a.start_local.localeCompare(b.start_local));
  return html`<h2 id="panel-title">${t('open.lane')}: ${dayLong(state.model.days[day])}</h2>
    <ul class="plain-list reasons">${open.map((shift) => html`<li><button class="button" type="button" @click=${() => actions.select(shift.id, null)}>${shift.label} ×${missing(shift)} · ${shift.role}</button></li>`)}</ul>`;
}

export function panelOf(state, actions) {
  const { selected, model } = state;
  const shift = selected?.shift && model.shifts.get(selected.shift);
  const worker = selected?.row && model.workers.get(selected.row);
  const isDay = Number.isInteger(selected?.day);
  if (!shift && !worker && !isDay) return nothing;
  return html`<aside class="panel" aria-labelledby="panel-title">
    <button class="button is-quiet panel-close" type="button" aria-label=${t('action.close')} @click=${actions.close}>✕</button>
    ${shift ? shiftPanel(state, shift, actions) : worker ? workerPanel(state, worker, actions) : openPanel(state, selected.day, actions)}
  </aside>`;
}
