// Charts as inline SVG: each with a title and a text of what it shows; the table that says the same is the page's to add.
import { html, svg } from '../lit/lit-html.js';
import { ltr } from './i18n.mjs';

// How a search closes in: the best cost found and the proven bound over time, as steps. points: [{ seconds, cost, bound }].
export function gapChart({ points, title, summary, costLabel, boundLabel, money }) {
  const width = 520;
  const height = 150;
  const left = 8;
  const right = 120;
  const top = 10;
  const bottom = 22;
  const known = points.filter((point) => point.cost !== null && point.bound !== null);
  if (known.length === 0) return html``;
  const step = Math.ceil(known.length / 200);
  const thin = known.filter((_, at) => at % step === 0 || at === known.length - 1);
  const last = thin.at(-1);
  const end = Math.max(last.seconds, 1);
  // The first rosters are far off; what is watched is the end, so the axis is cut, as its mark says.
  const high = Math.max(last.cost, ...thin.filter((point) => point.seconds > 0.35 * end).map((point) => point.cost));
  const low = Math.min(...thin.slice(Math.floor(thin.length / 2)).map((point) => point.bound), last.bound);
  const room = Math.max(high - low, Math.abs(high) * 0.02, 100);
  const x = (seconds) => left + (seconds / end) * (width - left - right);
  const y = (value) => top + (1 - Math.min(1.02, Math.max(-0.02, (value - (low - room * 0.1)) / (room * 1.2)))) * (height - top - bottom);
  const line = (key) => thin.map((point, at) => (at === 0 ? `M${x(point.seconds).toFixed(1)} ${y(point[key]).toFixed(1)}` : `H${x(point.seconds).toFixed(1)}V${y(point[key]).toFixed(1)}`)).join('');
  const costY = Math.min(y(last.cost), y(last.bound) - 15);
  return html`<svg class="chart gap-chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${`${title}: ${summary}`}>
    <title>${title}</title>
    <line class="axis" x1=${left} x2=${width - right} y1=${height - bottom} y2=${height - bottom}></line>
    <path class="break" d=${`M${left - 4} ${height - bottom - 4}l8 -4m-8 8l8 -4`}></path>
    <path class="line-bound" d=${line('bound')}></path>
    <path class="line-cost" d=${line('cost')}></path>
    <text class="label-cost" x=${x(last.seconds) + 6} y=${costY + 4}>${costLabel} ${money(last.cost)}</text>
    <text class="label-bound" x=${x(last.seconds) + 6} y=${y(last.bound) + 4}>${boundLabel} ${money(last.bound)}</text>
    <text class="tick" x=${left} y=${height - 6}>${ltr('0 s')}</text>
    <text class="tick" x=${width - right} y=${height - 6} text-anchor="middle">${ltr(`${Math.round(end)} s`)}</text>
  </svg>`;
}

// Sorted lollipops. rows: [{ name, value, text }].
export function lollipops({ rows, title, summary }) {
  const height = 24;
  const most = Math.max(...rows.map((row) => row.value), 1);
  return html`<svg class="chart lollipops" viewBox="0 0 360 ${rows.length * height + 4}" role="img" aria-label=${`${title}: ${summary}`}>
    <title>${title}</title>
    ${rows.map((row, at) => {
      const y = at * height + 14;
      const end = 142 + (row.value / most) * 140;
      return svg`<text x="132" y=${y + 4} text-anchor="end">${row.name}</text><line class="stick" x1="142" x2=${end} y1=${y} y2=${y}></line><circle class=${row.value > 0 ? 'knob' : 'knob is-hollow'} cx=${end} cy=${y} r="5"></circle><text x=${end + 12} y=${y + 4}>${row.text}</text>`;
    })}
  </svg>`;
}
