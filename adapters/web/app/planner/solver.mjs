// Planning from the board: begin, watch cost and bound close in, stop, and take what was found or leave it. The board
// stays as it is meanwhile: what comes is a proposal.
import { html, nothing } from '../../lit/lit-html.js';
import { get, postOnce } from '../../lib/api.mjs';
import { gapChart } from '../../lib/charts.mjs';
import { euro, euroSigned, percent, whole } from '../../lib/format.mjs';
import { say } from '../../lib/frame.mjs';
import { ltr, t } from '../../lib/i18n.mjs';

const SECONDS = 60;

export function createSolver({ store, week, reload, fail }) {
  let beat = null;

  const set = (changes) => store.set({ job: changes === null ? null : { ...store.state.job, ...changes } });
  const tick = () => {
    if (store.state.job?.state === 'running') store.set({});
    else {
      clearInterval(beat);
      beat = null;
    }
  };
  const watch = () => {
    beat ??= setInterval(tick, 1000);
  };

  async function show(id) {
    const job = await get(`/plans/${id}`);
    const points = (job.course ?? []).map(pointOf);
    set({ id, state: job.state, points, proposal: job.proposal, problem: job.problem, isTaken: job.is_taken, begunAt: Date.parse(job.begun) });
    if (job.state === 'running') watch();
    else if (job.state === 'done' && job.proposal) say(t('solve.said', { cost: euro(job.proposal.cost_cents), gap: percent(job.proposal.gap_percent ?? 0) }));
  }

  return {
    // One that is under way, or done and neither taken nor left, when the page is opened.
    async find() {
      const { plans } = await get('/plans');
      const job = plans.find((plan) => plan.week === week && plan.state === 'running');
      if (job) await show(job.plan);
    },
    async start(isRepair) {
      store.set({ job: { state: 'running', points: [], begunAt: Date.now(), startedHere: Date.now() } });
      watch();
      try {
        const job = await postOnce(`/weeks/${week}/plans`, { seconds: SECONDS, is_repair: isRepair });
        set({ id: job.plan });
        if (job.state !== 'running') await show(job.plan);
      } catch (error) {
        set(null);
        fail(error);
      }
    },
    async stop() {
      set({ isStopping: true });
      try {
        await postOnce(`/plans/${store.state.job.id}/stop`, {});
      } catch (error) {
        fail(error);
      }
    },
    async take() {
      const { job } = store.state;
      set({ isTaking: true });
      try {
        await postOnce(`/plans/${job.id}/take`, {});
        set(null);
        say(t('solve.taken'));
        await reload();
      } catch (error) {
        set({ isTaking: false });
        fail(error);
      }
    },
    leave() {
      set(null);
    },
    heard(kind, data) {
      const { job } = store.state;
      if (kind === 'plan_done' && (data.plan === job?.id || (job?.state === 'running' && data.week === week))) show(data.plan).catch(fail);
      if (kind === 'plan_progress' && data.plan === job?.id) {
        set({ points: [...job.points, pointOf(data)], phase: data.phase });
        const last = pointOf(data);
        if (last.cost !== null) say(t('solve.said', { cost: euro(last.cost), gap: percent(last.gap ?? 0) }));
      }
    },
  };
}

const pointOf = (event) => ({ seconds: event.seconds, cost: event.cost_cents, bound: event.bound_cents, gap: event.gap_percent, phase: event.phase });

function figures(job) {
  const last = job.points.filter((point) => point.cost !== null).at(-1);
  if (!last) return html`<span class="soft">${t('solve.begins')}</span>`;
  return html`<span>${t('solve.best')} <strong>${euro(last.cost)}</strong></span>
    <span>${t('solve.bound')} <strong>${euro(last.bound)}</strong></span>
    <span>${t('solve.gap')} <strong>${percent(last.gap ?? 0)}</strong></span>`;
}

function chart(job) {
  const known = job.points.filter((point) => point.cost !== null);
  const last = known.at(-1);
  if (known.length < 2) return nothing;
  return html`<figure>${gapChart({
    points: known,
    title: t('solve.chart'),
    summary: t('solve.said', { cost: euro(last.cost), gap: percent(last.gap ?? 0) }),
    costLabel: t('solve.best'),
    boundLabel: t('solve.bound'),
    money: (cents) => ltr(`€ ${whole(cents / 100)}`),
  })}
  <details><summary>${t('chart.table')}</summary><table class="table"><thead><tr><th class="number">${t('solve.seconds')}</th><th class="number">${t('solve.best')}</th><th class="number">${t('solve.bound')}</th></tr></thead>
    <tbody>${known.slice(-12).map((point) => html`<tr><td class="number">${point.seconds.toFixed(1)}</td><td class="number">${euro(point.cost)}</td><td class="number">${euro(point.bound)}</td></tr>`)}</tbody></table></details></figure>`;
}

export function solverStrip(state, actions) {
  const { job } = state;
  if (!job) return nothing;
  const elapsed = Math.max(0, Math.round((Date.now() - (job.startedHere ?? job.begunAt)) / 1000));
  if (job.state === 'running')
    return html`<section class="strip" aria-label=${t('solve.strip')}>
      <div class="row"><span class="spinner" aria-hidden="true"></span><strong>${t('solve.running')}</strong><span class="soft">${ltr(`${elapsed} s`)}</span>${figures(job)}<span class="grow"></span>
        <button class="button" type="button" ?disabled=${!job.id || job.isStopping} @click=${actions.stop}>${t('solve.stop')}</button></div>${chart(job)}
    </section>`;
  if (job.state === 'failed')
    return html`<section class="strip" aria-label=${t('solve.strip')} role="alert"><div class="row"><span class="bad">${t('solve.failed')}: ${job.problem?.detail ?? ''}</span><span class="grow"></span><button class="button" type="button" @click=${actions.leave}>${t('action.close')}</button></div></section>`;
  const { proposal } = job;
  const missing = proposal.shortfall.reduce((sum, entry) => sum + entry.missing, 0);
  const change = state.board.assignments.length ? proposal.cost_cents - state.board.cost_cents : null;
  return html`<section class="strip is-proposal" aria-label=${t('solve.strip')}>
    <div class="row"><strong>${t('solve.proposal')}</strong>
      <span>${t('solve.cost')} <strong>${euro(proposal.cost_cents)}</strong>${change === null ? nothing : html` <span class=${change <= 0 ? 'good' : 'warn'}>${euroSigned(change)}</span>`}</span>
      <span>${t('solve.gap')} <strong>${percent(proposal.gap_percent ?? 0)}</strong></span>
      <span>${t('solve.open', { count: missing })}</span><span class="grow"></span>
      <button class="button is-main" type="button" ?disabled=${job.isTaking} @click=${actions.take}>${t('solve.take')}</button>
      <button class="button" type="button" @click=${actions.leave}>${t('solve.leave')}</button></div>${chart(job)}
  </section>`;
}
