// Asking for more people: one shift, what the service would answer while it is filled in (a trial, which stores nothing), and its
// answer when it is asked. What was asked before: asked.mjs.
import { html, nothing } from '../../lit/lit-html.js';
import { addDays, dayLong, dayShort, euro, spanLong } from '../../lib/format.mjs';
import { isolate, ltr, t } from '../../lib/i18n.mjs';
import { problemText, reasonText } from '../../lib/reasons.mjs';

const AHEAD_DAYS = 28;
const TIMES_MOST = 8;
const TRIAL_WAIT_MS = 500;
const CLOCK = '([01]?[0-9]|2[0-3]):[0-5][0-9]';

export const newRequest = (today) => ({ day: addDays(today, 1), from: '09:00', until: '17:00', role: '', certificate: '', headcount: 1, break: 30, repeat: 'once', times: 2 });

// The days that are asked: the same on the days or in the weeks after.
export function daysOf(form) {
  const step = { once: 0, daily: 1, weekly: 7 }[form.repeat];
  return step ? Array.from({ length: Math.min(TIMES_MOST, Math.max(1, Number(form.times))) }, (_, at) => addDays(form.day, at * step)) : [form.day];
}

// What the API wants; an end that is not after the start is on the next day.
export function bodyOf(form, day = form.day) {
  const full = (time) => time.padStart(5, '0');
  const from = full(form.from);
  const until = full(form.until);
  return {
    role: form.role.trim(), start: `${day}T${from}`, end: `${until <= from ? addDays(day, 1) : day}T${until}`,
    break_minutes: Number(form.break), headcount: Number(form.headcount), ...(form.certificate ? { certificates: [form.certificate] } : {}),
  };
}

// Asks what the answer would be, a moment after the last change, one question at a time, and only the newest counts.
export function createTrial(store, ask) {
  let due = 0;
  let number = 0;
  let isAsking = false;
  let isWanted = false;
  async function look() {
    if (isAsking || !isWanted) return;
    const mine = number;
    const { form } = store.state;
    const answers = [];
    let trial = { answers };
    isAsking = true;
    isWanted = false;
    try {
      for (const day of daysOf(form)) if (mine === number) answers.push({ day, answer: await ask(bodyOf(form, day)) });
    } catch (error) {
      trial = { error };
    }
    isAsking = false;
    if (mine === number) store.set({ trial });
    look();
  }
  function begin(trial) {
    clearTimeout(due);
    number++;
    isWanted = false;
    store.set({ trial });
  }
  return {
    // isWhole: the form can be asked as it stands.
    soon(isWhole) {
      begin(isWhole ? { isDue: true } : null);
      if (!isWhole) return;
      due = setTimeout(() => {
        isWanted = true;
        look();
      }, TRIAL_WAIT_MS);
    },
    end: () => begin(null),
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
      <label class="field is-wide">${t('request.day')}<select name="day" @change=${change('day')}>${days.map((day) => html`<option value=${day} ?selected=${day === form.day}>${dayLong(day)}</option>`)}</select></label>
      ${text('from', t('request.from'))}${text('until', t('request.until'))}
      ${number('headcount', t('request.people'), 1, 200)}
      ${number('break', t('request.break'), 0, 240)}
      <label class="field is-wide">${t('coop.role')}<input type="text" name="role" list="roles" maxlength="100" .value=${form.role} @input=${change('role')}><datalist id="roles">${known(state, (shift) => shift.role).map((role) => html`<option value=${role}></option>`)}</datalist></label>
      <label class="field is-wide">${t('filter.certificate')}<select name="certificate" @change=${change('certificate')}><option value="">${t('insight.no_certificate')}</option>${known(state, (shift) => [...shift.certificates, ...shift.team_certificates]).map((name) => html`<option value=${name} ?selected=${name === form.certificate}>${name}</option>`)}</select></label>
      <label class="field">${t('request.repeat')}<select name="repeat" @change=${change('repeat')}>${['once', 'daily', 'weekly'].map((repeat) => html`<option value=${repeat} ?selected=${repeat === form.repeat}>${t(`repeat.${repeat}`)}</option>`)}</select></label>
      ${form.repeat === 'once' ? nothing : number('times', t('repeat.times'), 2, TIMES_MOST)}
      <div class="row"><button class="button is-main" type="submit" ?disabled=${state.isStill}>${state.isBusy ? t('request.looking') : t('request.send')}</button></div>
    </form>
    <div id="answer" role="status" aria-live="polite">${state.answers ? answersOf(state.answers, false) : trialOf(state)}</div>
  </section>`;
}

// What the pool pays for it: not what an open place is worth to it.
const IS_WORTH = /^(shortfall_|unfair$|team$)/;
const priceOf = (week) => Object.entries(week.price.terms).reduce((sum, [term, cents]) => sum + (IS_WORTH.test(term) ? 0 : cents), 0);

// Who comes (nobody is named who has not been asked), why not more, and when it could be.
function found(shift) {
  const names = shift.people.map((person) => person.name).join(', ');
  return html`<p><strong>${t('request.found', { cover: ltr(shift.cover), headcount: ltr(shift.headcount) })}</strong></p>
    ${names ? html`<p>${t('request.come')} ${isolate(names)}</p>` : nothing}
    ${shift.missing && shift.reasons.length ? html`<details><summary>${t('request.why')}</summary><ul class="reasons">${shift.reasons.slice(0, 6).map((reason) => html`<li>${ltr(reason.workers)} × ${reasonText(reason.rule)}</li>`)}</ul></details>` : nothing}
    ${shift.missing && shift.nearest ? html`<p>${t('request.nearest', { when: `${dayLong(shift.nearest.start_local)} ${spanLong(shift.nearest.start_local, shift.nearest.end_local)}`, count: shift.nearest.workers })}</p>` : nothing}`;
}

const MARKS = { filled: '✓', partly: '◐', not: '✕' };

// What waits for the planner is not filled yet, nor what was only tried.
export const outcomeText = (outcome, isOpen) => t(isOpen ? `outcome.can.${outcome}` : `outcome.${outcome}`);

// What sending it would bring about, or has.
function rest(answer, isTrial) {
  const [week] = answer.weeks;
  if (!isTrial) return html`<p class="soft">${!week ? t('request.kept_how') : answer.state === 'waiting' ? t('request.waits') : t('request.settled')}</p>`;
  return html`${week ? html`<p>${t('trial.price', { price: euro(priceOf(week)) })}${week.elsewhere ? ` ${t('trial.elsewhere', { count: week.elsewhere })}` : ''}</p>` : nothing}
    <p class="soft">${week ? t(`trial.${answer.state}`) : t('trial.taken_along')}</p>`;
}

// One in full; of several a line each, that opens.
function answersOf(answers, isTrial) {
  return answers.map(({ day, answer }) => {
    const [week] = answer.weeks;
    const isOpen = isTrial || answer.state === 'waiting';
    const head = week ? `${MARKS[week.outcome]} ${outcomeText(week.outcome, isOpen)}` : t(isTrial ? 'trial.unpublished' : 'request.kept');
    const body = html`${(week?.shifts ?? []).map((shift) => found(shift))}${rest(answer, isTrial)}`;
    const classes = `answer is-${week?.outcome ?? 'kept'}`;
    return answers.length === 1 ? html`<div class=${classes}><h3>${head}</h3> ${body}</div>`
      : html`<details class=${classes}><summary>${dayShort(day)}: ${head}${week ? ` ${ltr(`${week.shifts[0].cover}/${week.shifts[0].headcount}`)}` : ''}</summary>${body}</details>`;
  });
}

// Before it is asked.
function trialOf({ trial }) {
  if (!trial) return nothing;
  if (trial.isDue) return html`<p class="soft" aria-busy="true">${t('request.looking')}</p>`;
  return trial.error ? html`<p class="bad">${problemText(trial.error)}</p>` : answersOf(trial.answers, true);
}
