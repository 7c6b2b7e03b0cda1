// A grid with one tab stop: arrows go from cell to cell (mirrored where text runs from the right), Home and End along the
// row, with Ctrl to the corners. Rows are [role=row], cells [data-cell]; what stands in a cell is reached with its arrows too.

const isRtl = () => document.documentElement.dir === 'rtl';

const rowsOf = (grid) => [...grid.querySelectorAll('[role="row"]')].filter((row) => row.querySelector('[data-stop]'));
const stopsOf = (row) => [...row.querySelectorAll('[data-stop]')];
const columnOf = (stop) => Number(stop.closest('[data-column]')?.dataset.column ?? 0);

// The stop of a row that is nearest to a column.
function nearest(row, column) {
  let best = null;
  for (const stop of stopsOf(row)) {
    if (!best || Math.abs(columnOf(stop) - column) < Math.abs(columnOf(best) - column)) best = stop;
  }
  return best;
}

export function focusStop(grid, stop) {
  if (!stop) return;
  const old = grid.querySelector('[data-stop][tabindex="0"]');
  if (old && old !== stop) old.tabIndex = -1;
  stop.tabIndex = 0;
  stop.focus();
  stop.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

// Where a key leads from a stop; null: nowhere.
export function target(grid, stop, event) {
  const row = stop.closest('[role="row"]');
  const inRow = stopsOf(row);
  const at = inRow.indexOf(stop);
  const forward = isRtl() ? 'ArrowLeft' : 'ArrowRight';
  const back = isRtl() ? 'ArrowRight' : 'ArrowLeft';
  const sideways = (step) => inRow[at + step] ?? null;
  const along = (step) => {
    const rows = rowsOf(grid);
    const next = rows[rows.indexOf(row) + step];
    return next ? nearest(next, columnOf(stop)) : null;
  };
  switch (event.key) {
    case forward: return sideways(1);
    case back: return sideways(-1);
    case 'ArrowDown': return along(1);
    case 'ArrowUp': return along(-1);
    case 'PageDown': return along(Math.min(10, rowsOf(grid).length - 1 - rowsOf(grid).indexOf(row)));
    case 'PageUp': return along(-Math.min(10, rowsOf(grid).indexOf(row)));
    case 'Home': return event.ctrlKey ? stopsOf(rowsOf(grid)[0])[0] : inRow[0];
    case 'End': return event.ctrlKey ? stopsOf(rowsOf(grid).at(-1)).at(-1) : inRow.at(-1);
    default: return null;
  }
}

// After a redraw exactly one stop is in the tab order: the one that had it, if it is still there, else the first.
export function keepOneStop(grid) {
  const stops = grid.querySelectorAll('[data-stop][tabindex="0"]');
  if (stops.length === 1) return;
  for (const stop of [...stops].slice(1)) stop.tabIndex = -1;
  if (stops.length === 0) {
    const first = grid.querySelector('[data-stop]');
    if (first) first.tabIndex = 0;
  }
}
