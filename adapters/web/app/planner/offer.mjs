// Asking workers for a shift: who can, cheapest first; as many are ticked as there are places, and a few besides.
import { html } from '../../lit/lit-html.js';
import { ask, ticking } from '../../lib/dialog.mjs';
import { dayLong, euroSigned, spanLong } from '../../lib/format.mjs';
import { t } from '../../lib/i18n.mjs';
import { missing } from './model.mjs';

const BESIDE = 2;

export const ableOf = (candidates) => (candidates ?? []).filter((candidate) => candidate.can);

// Those who are to be asked, or null.
export async function askWhom(model, shift, candidates) {
  const able = ableOf(candidates);
  const chosen = new Set(able.slice(0, missing(shift) + BESIDE).map((candidate) => candidate.worker));
  const label = (count) => t('offer.do', { count });
  const tick = ticking(chosen, label);
  const body = html`<p>${dayLong(shift.start_local)} ${spanLong(shift.start_local, shift.end_local)} · <bdi>${model.coops.get(shift.coop).name}</bdi></p>
    <p class="soft">${t('offer.how')}</p>
    <ul class="plain-list people">${able.map((candidate) => html`<li><label class="pick grow"><input type="checkbox" ?checked=${chosen.has(candidate.worker)} @change=${tick(candidate.worker)}> ${candidate.name}</label>
      <span class="number">${euroSigned(candidate.change_cents)}</span></li>`)}</ul>`;
  const answer = await ask({ title: t('offer.title'), body, actions: [{ value: 'yes', label: label(chosen.size), isMain: true }] });
  return answer ? [...chosen] : null;
}
