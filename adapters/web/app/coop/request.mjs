// Asking for more people: one shift, what the service would answer while it is filled in (a trial, which stores nothing), and its
// answer when it is asked; then what was asked before.
import { html, nothing } from '../../lit/lit-html.js';
import { addDays, clock, dayLong, dayShort, euro, spanLong } from '../../lib/format.mjs';
import { has, isolate, ltr, t } from '../../lib/i18n.mjs';
import { localOf, problemText } from '../../lib/person.mjs';

const AHEAD_DAYS = 28;
const TRIAL_WAIT_MS = 500;
const CLOCK = '([01]?[0-9]|2[0-3]):[0-5][0-9]';

export const newRequest = (today) => ({ day: addDays(today, 1), from: '09:00', until: '17:00', role: '', certificate: '', headcount: 1, break: 30 });

// What the API wants; an end that is not after the start is on the next day.
export function bodyOf(form) {
  const full = (time) => time.padStart(5, '0');
  const from = full(form.from);
  const until = full(form.until);
  return {
    role: form.role.trim(), start: `${form.day}T${from}`, end: `${until <= from ? addDays(form.day, 1) : form.day}T${until}`,
    break_minutes: Number(form.break), headcount: Number(form.headcount), ...(form.certificate ? { certificates: [form.certificate] } : {}),
  };
}

// Asks what the answer would be, a moment after the last change, one question at a time, and only the newest counts.
export function createTrial(store, ask) {
  let due = 0;
  let isAsking = false;
  async function look() {
    if (isAsking) return;
    const { form } = store.state;
    isAsking = true;
    let trial = { form };
    try {
      trial = { form, answer: await ask(bodyOf(form)) };
    } catch (error) {
      trial = { form, error };
    }
    isAsking = false;
    if (store.state.form === form) store.set({ trial });
    else look();
  }
  return {
    // isWhole: the form can be asked as it stands.
    soon(isWhole) {
      clearTimeout(due);
      store.set({ trial: isWhole ? { isDue: true } : null });
      if (isWhole) due = setTimeout(look, TRIAL_WAIT_MS);
    },
    end() {
      clearTimeout(due);
      store.set({ trial: null });
    },
  };
}

function known(state, read) {
  return [...new Set(state.week.shifts.flatMap(read))].filter(Boolean).sort();
}

export function requestCard(state, actions) {
  const { form } = state;
  const change = (name) => (event) => actions.fill({ [name]: event.target.value }, event.target.form.checkValidity());
  const days = Array.from({ length: AHEAD_DAYS }, (_, at) => addDays(state.today(), at));
  const text = (name, label, extra = nothing) => html`<label class="field">${label}<input type="text" name=${name} required inputmode="numeric" pattern=${CLOCK} maxlength="5" dir="ltr" .value=${form[name]} @input=${change(name)}>${extra}</label>`;
  const number = (name, label, least, most) => html`<label class="field">${label}<input type="number" name=${name} required min=${least} max=${most} .value=${String(form[name])} @input=${change(name)}></label>`;
  const send = (event) => {
    event.preventDefault();
    actions.send();
  };
  return html`<section class="card"><h2>${t('request.title')}</h2>
    <form class="fields" @submit=${send}>
      <label class="field">${t('request.day')}<select name="day" @change=${change('day')}>${days.map((day) => html`<option value=${day} ?selected=${day === form.day}>${dayLong(day)}</option>`)}</select></label>
      ${text('from', t('request.from'))}${text('until', t('request.until'))}
      ${number('headcount', t('request.people'), 1, 200)}
      ${number('break', t('request.break'), 0, 240)}
      <label class="field">${t('coop.role')}<input type="text" name="role" list="roles" maxlength="100" .value=${form.role} @input=${change('role')}><datalist id="roles">${known(state, (shift) => shift.role).map((role) => html`<option value=${role}></option>`)}</datalist></label>
      <label class="field">${t('filter.certificate')}<select name="certificate" @change=${change('certificate')}><option value="">${t('insight.no_certificate')}</option>${known(state, (shift) => [...shift.certificates, ...shift.team_certificates]).map((name) => html`<option value=${name} ?selected=${name === form.certificate}>${name}</option>`)}</select></label>
      <div class="row"><button class="button is-main" type="submit" ?disabled=${state.isStill}>${state.isBusy ? t('request.looking') : t('request.send')}</button></div>
    </form>
    <div id="answer" role="status" aria-live="polite">${state.answer ? answerOf(state.answer) : trialOf(state)}</div>
  </section>`;
}

const reasonText = (reason) => (has(`reason.${reason.rule}`) ? t(`reason.${reason.rule}`) : isolate(`${reason.rule.replace(/_/g, ' ')} (${reason.article})`));

// What the pool pays for it: not what an open place is worth to it.
const IS_WORTH = /^(shortfall_|unfair$|team$)/;
const priceOf = (week) => Object.entries(week.price.terms).reduce((sum, [term, cents]) => sum + (IS_WORTH.test(term) ? 0 : cents), 0);

// Who comes or is asked, why not more, and when it could be.
function found(shift, isWaiting) {
  const names = shift.people.map((person) => person.name).join(', ');
  return html`<p><strong>${t('request.found', { cover: ltr(shift.cover), headcount: ltr(shift.headcount) })}</strong></p>
    ${names ? html`<p>${isWaiting ? t('request.would') : t('request.come')} ${isolate(names)}</p>` : nothing}
    ${shift.missing && shift.reasons.length ? html`<details><summary>${t('request.why')}</summary><ul class="reasons">${shift.reasons.slice(0, 6).map((reason) => html`<li>${ltr(reason.workers)} × ${reasonText(reason)}</li>`)}</ul></details>` : nothing}
    ${shift.missing && shift.nearest ? html`<p>${t('request.nearest', { when: `${dayLong(shift.nearest.start_local)} ${spanLong(shift.nearest.start_local, shift.nearest.end_local)}`, count: shift.nearest.workers })}</p>` : nothing}`;
}

// What waits for the planner is not filled yet.
const outcomeText = (outcome, isWaiting) => t(isWaiting ? `outcome.can.${outcome}` : `outcome.${outcome}`);

const MARKS = { filled: '✓', partly: '◐', not: '✕' };

// title: where it is not published; rest: what comes of it.
function answerBox(answer, isOpen, title, rest) {
  const weeks = answer.weeks ?? [];
  const outcome = weeks[0]?.outcome ?? '';
  return html`<div class="answer is-${outcome || 'kept'}">
    <h3>${weeks.length ? html`${MARKS[outcome]} ${outcomeText(outcome, isOpen)}` : title}</h3>
    ${weeks.flatMap((week) => week.shifts).map((shift) => found(shift, isOpen))}${rest}</div>`;
}

export function answerOf(answer) {
  const isWaiting = answer.state === 'waiting';
  return answerBox(answer, isWaiting, t('request.kept'),
    html`<p class="soft">${!answer.weeks?.length ? t('request.kept_how') : isWaiting ? t('request.waits') : t('request.settled')}</p>`);
}

// Before it is asked.
function trialOf({ trial }) {
  if (!trial) return nothing;
  if (trial.isDue) return html`<p class="soft" aria-busy="true">${t('request.looking')}</p>`;
  if (trial.error) return html`<p class="bad">${problemText(trial.error)}</p>`;
  const { answer } = trial;
  const [week] = answer.weeks;
  return answerBox(answer, true, t('trial.unpublished'), html`
    ${week ? html`<p>${t('trial.price', { price: euro(priceOf(week)) })}${week.elsewhere ? ` ${t('trial.elsewhere', { count: week.elsewhere })}` : ''}</p>` : nothing}
    <p class="soft">${week ? t(`trial.${answer.state}`) : t('trial.taken_along')}</p>`);
}

export function requestsCard(state) {
  const at = (one) => {
    const shift = one.body.answer?.[0]?.shifts?.[0] ?? state.week.shifts.find((other) => other.shift === one.shift);
    return shift ? `${dayShort(shift.start_local)} ${spanLong(shift.start_local, shift.end_local)}` : isolate(one.shift);
  };
  const result = (one) => {
    const week = one.body.answer?.[0];
    const [shift] = week?.shifts ?? [];
    return week ? html`${outcomeText(week.outcome, one.state === 'waiting')}${shift ? ` ${ltr(`${shift.cover}/${shift.headcount}`)}` : ''}` : '';
  };
  const since = (one) => {
    const local = localOf(one.created, state.me.timezone);
    return html`${dayShort(local)} ${ltr(clock(local))}`;
  };
  return html`<section class="card"><h2>${t('request.before')}</h2>
    ${state.cases.length === 0 ? html`<p>${t('request.none')}</p>` : html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t('request.before')}><table class="table">
      <thead><tr><th>${t('inbox.shift')}</th><th>${t('inbox.answer')}</th><th>${t('inbox.state')}</th><th>${t('inbox.since')}</th></tr></thead>
      <tbody>${state.cases.map((one) => html`<tr><td>${at(one)}</td><td>${result(one)}</td><td><span class=${one.state === 'waiting' ? 'warn' : 'soft'}>${t(`state.${one.state}`)}</span></td><td class="soft">${since(one)}</td></tr>`)}</tbody></table></div>`}
  </section>`;
}
