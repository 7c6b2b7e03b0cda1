// What of the board is shown: all of it stands in the address, so a view can be kept and sent.
import { html } from '../../lit/lit-html.js';
import { ltr, t } from '../../lib/i18n.mjs';
import { missing, plannedMinutes } from './model.mjs';

const names = ['find', 'coop', 'certificate', 'problems', 'by', 'view'];

export function readFilters() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? '']));
}

export function writeFilters(filters) {
  const query = new URLSearchParams(location.search);
  for (const name of names) {
    if (filters[name]) query.set(name, filters[name]);
    else query.delete(name);
  }
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text ? `?${text}` : ''));
}

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function matchShift(filters) {
  return (shift) =>
    (!filters.coop || shift.coop === filters.coop) &&
    (!filters.certificate || shift.certificates.includes(filters.certificate) || shift.team_certificates.includes(filters.certificate));
}

export function shownWorkers(model, filters) {
  const find = plain(filters.find);
  const troubled = new Set(model.violations.map((violation) => violation.worker));
  return [...model.workers.values()].filter((worker) => {
    if (find && !plain(worker.name).includes(find)) return false;
    if (filters.certificate && !worker.certificates.some((c) => c.certificate === filters.certificate)) return false;
    if (filters.coop && !worker.cells.some((cell) => cell.some((entry) => entry.shift.coop === filters.coop))) return false;
    if (filters.problems && !troubled.has(worker.id) && !isOffContract(worker)) return false;
    return true;
  });
}

// A worker whose hours are below what is guaranteed, or above what may be.
function isOffContract(worker) {
  const minutes = plannedMinutes(worker);
  return minutes < worker.contract_min * 60 || minutes > worker.contract_max * 60;
}

export function shownCoops(model, filters) {
  return [...model.coops.values()].filter((coop) => {
    if (filters.coop && coop.coop !== filters.coop) return false;
    return !filters.problems || [...model.shifts.values()].some((shift) => shift.coop === coop.coop && missing(shift));
  });
}

export function filterBar(model, filters, change) {
  const set = (name) => (event) => change({ [name]: event.target.type === 'checkbox' ? (event.target.checked ? '1' : '') : event.target.value });
  const toggle = (value, label) => html`<button class="button" type="button" aria-pressed=${String((filters.by || 'worker') === value)}
    @click=${() => change({ by: value === 'worker' ? '' : value })}>${label}</button>`;
  return html`<search class="filters" aria-label=${t('filter.label')}>
    <input type="search" placeholder=${t('filter.find')} aria-label=${t('filter.find')} .value=${filters.find} @input=${set('find')}>
    <select aria-label=${t('filter.coop')} @change=${set('coop')}>
      <option value="" ?selected=${!filters.coop}>${t('filter.all_coops')}</option>
      ${[...model.coops.values()].map((coop) => html`<option value=${coop.coop} ?selected=${coop.coop === filters.coop}>${coop.code} · ${coop.name || coop.coop}</option>`)}
    </select>
    <select aria-label=${t('filter.certificate')} @change=${set('certificate')}>
      <option value="" ?selected=${!filters.certificate}>${t('filter.all_certificates')}</option>
      ${[...model.certificates.values()].map((c) => html`<option value=${c.name} ?selected=${c.name === filters.certificate}>${ltr(`${c.mark} ${c.name}`)}</option>`)}
    </select>
    <label><input type="checkbox" .checked=${Boolean(filters.problems)} @change=${set('problems')}> ${t('filter.problems')}</label>
    <span class="joined" role="group" aria-label=${t('filter.rows')}>${toggle('worker', t('filter.by_worker'))}${toggle('coop', t('filter.by_coop'))}</span>
  </search>`;
}
