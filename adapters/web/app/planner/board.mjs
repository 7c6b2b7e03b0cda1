// The board: an ARIA grid of CSS grid rows. One button a chip with one text node, no other element: 300 workers stay
// below six thousand elements, and rows out of sight are not laid out (content-visibility).
import { html, nothing } from '../../lit/lit-html.js';
import { guard } from '../../lit/directives/guard.js';
import { repeat } from '../../lit/directives/repeat.js';
import { dayShort, hours, span, whole } from '../../lib/format.mjs';
import { currentLanguage, ltr, t } from '../../lib/i18n.mjs';
import { matchShift, shownCoops, shownWorkers } from './filters.mjs';
import { coverage, missing, openShifts, plannedMinutes } from './model.mjs';

const OPEN_SHOWN = 4;

// "06–14 GRO ▲": what is seen is what is said first (WCAG 2.5.3).
function chipLabel(model, entry) {
  const { shift } = entry;
  const coop = model.coops.get(shift.coop);
  const parts = [shift.label, coop.name || shift.coop, shift.role, ...shift.certificates];
  if (entry.isPinned) parts.push(t('chip.pinned'));
  if (entry.isNew) parts.push(t('chip.new'));
  return parts.filter(Boolean).join(', ');
}

function chip(view, entry) {
  const { model, selected, lift, filters } = view;
  const isOn = selected?.shift === entry.shift.id && selected?.worker === entry.worker.id;
  const isLifted = lift?.shift === entry.shift.id && lift?.from === entry.worker.id;
  const isDim = !matchShift(filters)(entry.shift);
  const classes = `chip hue-${entry.shift.hue}${view.isUnpublished ? ' is-draft' : ''}${entry.isNew ? ' is-new' : ''}${entry.isPinned ? ' is-pinned' : ''}${isOn ? ' is-selected' : ''}${isLifted ? ' is-lifted' : ''}${isDim ? ' is-dim' : ''}`;
  return html`<button type="button" class=${classes} tabindex="-1" data-stop data-drag data-shift=${entry.shift.id} data-worker=${entry.worker.id} aria-label=${chipLabel(model, entry)}>${entry.shift.label}</button>`;
}

// --- hours against contract: the bar to what is planned, a taller tick at what is guaranteed
function hoursBar(planned, worker) {
  const most = Math.max(worker.contract_max, planned, 1);
  const at = (value) => Math.round((value / most) * 76 * 10) / 10;
  return `M2 5h${at(planned)}v4h-${at(planned)}z M${2 + at(worker.contract_min)} 2h1.6v10h-1.6z`;
}

function hoursCell(worker) {
  const planned = plannedMinutes(worker) / 60;
  const isOver = planned > worker.contract_min;
  const isUnder = planned < worker.contract_min;
  const difference = planned - worker.contract_min;
  const text = ltr(`${hours(planned)} / ${whole(worker.contract_min)}${isOver ? ' ▲' : isUnder ? ' ▽' : ''}`);
  const about = t('hours.about', { planned: hours(planned), guaranteed: hours(worker.contract_min), difference: ltr(`${difference > 0 ? '+' : ''}${hours(difference)}`) });
  return html`<div role="gridcell" class="cell hours ${isOver ? 'is-over' : isUnder ? 'is-under' : ''}" title=${about}>${text}<svg viewBox="0 0 80 14" aria-hidden="true"><path d=${hoursBar(planned, worker)}></path></svg></div>`;
}

const expires = (model, worker) => worker.certificates.some((c) => c.valid_until && c.valid_until < model.soon);

function marksOf(model, worker) {
  return worker.certificates.map((c) => model.certificates.get(c.certificate).mark).join(' ');
}

// --- rows
function workerCell(view, worker, day) {
  const { lift } = view;
  const cell = worker.cells[day];
  const away = worker.away[day];
  const isTarget = lift && lift.day === day;
  const classes = `cell${away === 'all' ? ' is-away' : away === 'part' ? ' is-part-away' : ''}${isTarget ? ' is-target' : ''}`;
  if (cell.length) return html`<div role="gridcell" class=${classes} data-column=${day + 1}>${cell.map((entry) => chip(view, entry))}</div>`;
  const label = `${worker.name}, ${dayShort(view.model.days[day])}: ${away === 'all' ? t('cell.away') : t('cell.free')}`;
  return html`<div role="gridcell" class=${classes} data-column=${day + 1} data-stop tabindex="-1" aria-label=${label}>${away === 'all' ? t('cell.away') : nothing}</div>`;
}

function workerRow(view, worker) {
  const { model, lift, selected } = view;
  const candidate = lift?.candidates?.get(worker.id);
  const isBlocked = candidate && !candidate.can && worker.id !== lift.from;
  const isTroubled = view.troubled.has(worker.id);
  const certificates = marksOf(model, worker);
  const classes = `grid-row worker-row${isBlocked ? ' is-blocked' : ''}${candidate?.can ? ' is-able' : ''}${selected?.row === worker.id ? ' is-selected' : ''}`;
  return html`<div role="row" class=${classes} data-row=${worker.id}>
    <div role="rowheader" class="cell name" data-column="0" data-stop tabindex="-1">${isTroubled ? '⚠ ' : ''}${worker.name}${certificates ? html`<span class="marks" aria-label=${worker.certificates.map((c) => c.certificate).join(', ')} role="img">${certificates}${expires(model, worker) ? ' ◷' : ''}</span>` : nothing}</div>
    ${model.days.map((_, day) => workerCell(view, worker, day))}
    ${hoursCell(worker)}
  </div>`;
}

// All that a worker's row shows. While each of it is the very thing that was drawn, the row is left alone: of three hundred
// rows a move changes two.
function shownOf(view, worker) {
  const { model, filters, lift, selected } = view;
  const candidate = lift?.candidates?.get(worker.id);
  return [
    worker, model.days, model.coops, model.certificates, model.soon, currentLanguage(), filters.coop, filters.certificate, view.isUnpublished,
    view.troubled.has(worker.id), lift?.day, candidate?.can, lift?.from === worker.id && lift.shift,
    selected?.row === worker.id, selected?.worker === worker.id && selected.shift,
  ];
}

function coopCell(view, coop, day) {
  const { model, selected } = view;
  const shifts = [...model.shifts.values()].filter((shift) => shift.coop === coop.coop && shift.day === day && matchShift(view.filters)(shift));
  shifts.sort((a, b) => a.start_local.localeCompare(b.start_local));
  if (!shifts.length) return html`<div role="gridcell" class="cell" data-column=${day + 1} data-stop tabindex="-1" aria-label=${t('cell.none')}></div>`;
  return html`<div role="gridcell" class="cell" data-column=${day + 1}>${shifts.map((shift) => {
    const text = ltr(`${span(shift.start_local, shift.end_local)} ${shift.mark ? `${shift.mark}\u00a0` : ''}${shift.workers.length}/${shift.headcount}`);
    const about = [text, shift.role, ...shift.certificates, ...shift.workers.map((entry) => entry.worker.name)].filter(Boolean).join(', ');
    return html`<button type="button" class="chip hue-${shift.hue}${missing(shift) ? ' is-open' : ''}${selected?.shift === shift.id ? ' is-selected' : ''}" tabindex="-1" data-stop data-shift=${shift.id} aria-label=${about}>${text}</button>`;
  })}</div>`;
}

function coopRow(view, coop) {
  const totals = coverage(view.model, coop.coop);
  const asked = totals.reduce((sum, day) => sum + day.asked, 0);
  const there = totals.reduce((sum, day) => sum + day.there, 0);
  return html`<div role="row" class="grid-row coop-row" data-row=${coop.coop}>
    <div role="rowheader" class="cell name" data-column="0" data-stop tabindex="-1">${coop.name || coop.coop}<span class="marks">${coop.code}</span></div>
    ${view.model.days.map((_, day) => coopCell(view, coop, day))}
    <div role="gridcell" class="cell hours ${there < asked ? 'is-under' : ''}">${ltr(`${there} / ${asked}`)}</div>
  </div>`;
}

// --- what stands above the rows
function coverText({ asked, there }) {
  if (asked === 0) return '–';
  return ltr(`${there < asked ? '▼' : '✓'} ${there}/${asked}`);
}

function coverRow(view, name, days, header) {
  const asked = days.reduce((sum, day) => sum + day.asked, 0);
  const there = days.reduce((sum, day) => sum + day.there, 0);
  return html`<div role="row" class="grid-row cover-row">
    ${header ?? html`<div role="rowheader" class="cell name" title=${name}>${name}</div>`}
    ${days.map((day) => html`<div role="gridcell" class="cell cover ${day.there < day.asked ? 'is-short' : ''}">${coverText(day)}</div>`)}
    <div role="gridcell" class="cell hours ${there < asked ? 'is-under' : ''}">${ltr(`${there} / ${asked}`)}</div>
  </div>`;
}

function openCell(view, groups, day) {
  const shown = groups.slice(0, OPEN_SHOWN);
  const more = groups.length - shown.length;
  return html`<div role="gridcell" class="cell" data-column=${day + 1} ?data-stop=${groups.length === 0} tabindex=${groups.length ? nothing : '-1'} aria-label=${groups.length ? nothing : t('open.none')}>
    ${shown.map((group) => {
      const text = group.missing > 1 ? ltr(`${group.label.replace(/[\u2066\u2069]/g, '')} ×${group.missing}`) : group.label;
      const shift = group.shifts[0];
      const isLifted = view.lift?.shift === shift.id && !view.lift.from;
      return html`<button type="button" class="chip is-open hue-${group.hue}${isLifted ? ' is-lifted' : ''}${view.selected?.shift === shift.id && !view.selected.worker ? ' is-selected' : ''}" tabindex="-1" data-stop data-drag data-shift=${shift.id} aria-label=${`${text}, ${view.model.coops.get(shift.coop).name}, ${shift.role}, ${t('chip.open')}`}>${text}</button>`;
    })}
    ${more > 0 ? html`<button type="button" class="chip is-more" tabindex="-1" data-stop data-more=${day}>${t('open.more', { count: more })}</button>` : nothing}
  </div>`;
}

// The whole of it. view: model, filters, selected, lift, isUnfolded, isUnpublished, troubled.
export function boardOf(view, actions) {
  const { model, filters } = view;
  const matches = matchShift(filters);
  const byCoop = filters.by === 'coop';
  const open = openShifts(model, matches);
  const all = byCoop ? shownCoops(model, filters) : shownWorkers(model, filters);
  const rows = all.slice(0, view.rowsMost);
  const fold = html`<div role="rowheader" class="cell name" data-column="0"><button type="button" class="fold" data-stop tabindex="-1" aria-expanded=${String(view.isUnfolded)} @click=${actions.fold}>${view.isUnfolded ? '▾' : '▸'} ${t('cover.pool')}</button></div>`;
  return html`<div class="board ${view.lift ? 'has-lift' : ''}" id="board" role="grid" aria-label=${t('board.label', { week: model.week })} aria-rowcount=${all.length + 3}
      @click=${actions.click} @keydown=${actions.key} @focusin=${actions.focus}>
    <div role="rowgroup" class="board-top">
      <div role="row" class="grid-row head-row">
        <div role="columnheader" class="cell name">${byCoop ? t('filter.coop') : t('board.worker')}</div>
        ${model.days.map((day) => html`<div role="columnheader" class="cell ${day === view.today ? 'is-today' : ''}">${dayShort(day)}</div>`)}
        <div role="columnheader" class="cell hours">${byCoop ? t('board.people') : t('board.hours')}</div>
      </div>
      ${coverRow(view, '', coverage(model, filters.coop || null), fold)}
      ${view.isUnfolded ? [...model.coops.values()].map((coop) => coverRow(view, coop.name || coop.coop, coverage(model, coop.coop))) : nothing}
      <div role="row" class="grid-row open-row">
        <div role="rowheader" class="cell name" data-column="0">${t('open.lane')}</div>
        ${open.map((groups, day) => openCell(view, groups, day))}
        <div role="gridcell" class="cell hours">${open.flat().reduce((sum, group) => sum + group.missing, 0)}</div>
      </div>
    </div>
    <div role="rowgroup" class="board-rows">
      ${byCoop ? rows.map((coop) => coopRow(view, coop)) : repeat(rows, (worker) => worker.id, (worker) => guard(shownOf(view, worker), () => workerRow(view, worker)))}
      ${all.length === 0 ? html`<div role="row" class="grid-row"><div role="gridcell" class="cell empty">${t('board.nobody')} <button type="button" class="button" @click=${actions.clearFilters}>${t('filter.clear')}</button></div></div>` : nothing}
    </div>
  </div>`;
}
