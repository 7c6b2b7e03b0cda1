// Publishing, and taking the last one back: first what it would change, person by person, and who hears of it too late; then the
// question.
import { html, nothing } from '../../lit/lit-html.js';
import { get, post } from '../../lib/api.mjs';
import { ask, ticking } from '../../lib/dialog.mjs';
import { dayShort, span } from '../../lib/format.mjs';
import { ltr, t } from '../../lib/i18n.mjs';

const PEOPLE_SHOWN = 60;

function perWorker(changes) {
  const people = new Map();
  for (const change of changes) {
    const person = people.get(change.worker) ?? { worker: change.worker, name: change.name, changes: [], added: 0, dropped: 0, late: 0 };
    person.changes.push(change);
    person[change.change] += 1;
    person.late += change.is_late ? 1 : 0;
    people.set(change.worker, person);
  }
  return [...people.values()].sort((a, b) => b.late - a.late || a.name.localeCompare(b.name));
}

function lineOf(model, change) {
  const shift = model.shifts.get(change.shift);
  return html`<li class=${change.is_late ? 'warn' : ''}>${change.change === 'added' ? '+' : '−'} ${dayShort(change.start_local)} ${ltr(span(change.start_local, change.end_local))} ${shift ? model.coops.get(shift.coop).name : change.shift}${change.is_late ? ` · ${t('publish.late', { count: Math.max(0, Math.floor(change.minutes_ahead / 60)) })}` : ''}</li>`;
}

function notice(changes) {
  const count = changes.filter((change) => change.is_late).length;
  return count ? html`<p class="warn"><strong>⚠ ${t('publish.notice', { count })}</strong></p>` : nothing;
}

// named: how a person's name stands there.
const list = (model, people, named) => html`
    <ul class="plain-list diff">${people.slice(0, PEOPLE_SHOWN).map((person) => html`<li>${named(person)} <span class="soft">${ltr([person.added && `+${person.added}`, person.dropped && `−${person.dropped}`].filter(Boolean).join(' '))}</span>
      <ul class="plain-list small">${person.changes.map((change) => lineOf(model, change))}</ul></li>`)}</ul>
    ${people.length > PEOPLE_SHOWN ? html`<p class="soft">${t('publish.more', { count: people.length - PEOPLE_SHOWN })}</p>` : nothing}`;

// chosen: the workers who are ticked, changed by ticking.
function body(model, diff, people, chosen) {
  const tick = ticking(chosen, (count) => t('publish.do', { count }));
  const named = (person) => html`<label class="pick"><input type="checkbox" checked aria-label=${t('publish.who', { name: person.name })} @change=${tick(person.worker)}> <strong>${person.name}</strong></label>`;
  return html`
    <p>${t(diff.revision ? 'publish.again' : 'publish.first', { revision: diff.revision + 1, count: people.length })}</p>
    ${notice(diff.changes)}
    <p class="soft">${t('publish.final')}</p>
    ${people.length === 0 ? html`<p>${t('publish.same')}</p>` : nothing}
    ${people.length > 1 ? html`<p class="soft small">${t('publish.pick')}</p>` : nothing}
    ${list(model, people, named)}`;
}

// The server's answer, or null where it was not published.
export async function publish(model, week) {
  const diff = await get(`/weeks/${week}/diff`);
  const people = perWorker(diff.changes);
  const chosen = new Set(people.map((person) => person.worker));
  const answer = await ask({
    title: t('publish.title', { week: ltr(week) }),
    body: body(model, diff, people, chosen),
    actions: [{ value: 'publish', label: t('publish.do', { count: people.length }), isMain: true }],
  });
  if (answer !== 'publish') return null;
  const selection = chosen.size < people.length ? { workers: [...chosen] } : {};
  return post(`/weeks/${week}/publish`, selection, { version: diff.version });
}

// The same of the last publishing: what it replaced is published again.
export async function takeBack(model, week) {
  const tried = await post(`/weeks/${week}/publish/undo`, { is_trial: true });
  const people = perWorker(tried.changes);
  const answer = await ask({
    title: t('takeback.title', { revision: tried.revision - 1, week: ltr(week) }),
    body: html`
    <p>${t('takeback.what', { former: tried.restores, revision: tried.revision, count: people.length })}</p>
    ${notice(tried.changes)}
    <p class="soft">${t('takeback.told')}</p>
    ${list(model, people, (person) => html`<strong>${person.name}</strong>`)}`,
    actions: [{ value: 'back', label: t('takeback.do'), isMain: true }],
  });
  return answer === 'back' ? post(`/weeks/${week}/publish/undo`, {}, { version: tried.version }) : null;
}
