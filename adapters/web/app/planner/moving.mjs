// Moving a shift from one worker to another, by pointer or by keyboard. When something is lifted the server is asked once
// who could take it, at what price, and what stands against the others; the board then only shows what it said. The drop
// is a request like any other, and the server decides again.
import { get, segment } from '../../lib/api.mjs';
import { enableDrag } from '../../lib/drag.mjs';
import { euroSigned } from '../../lib/format.mjs';
import { isolate, t } from '../../lib/i18n.mjs';
import { causeText, ruleText } from '../../lib/reasons.mjs';
import { say } from '../../lib/frame.mjs';

// What lifting gives: { shift, from, day, candidates: Map | null }.
export async function loadCandidates(shift, from) {
  const instead = from ? `?instead_of=${segment(from)}` : '';
  const answer = await get(`/shifts/${segment(shift)}/candidates${instead}`);
  const own = answer.candidates.find((candidate) => candidate.worker === from);
  const base = own?.can ? own.price_cents : 0;
  for (const candidate of answer.candidates) candidate.change_cents = candidate.can ? candidate.price_cents - base : null;
  return answer.candidates;
}

export function stepsOf(shift, from, to) {
  const steps = [];
  if (from) steps.push({ kind: 'unassign', shift, worker: from });
  if (to) steps.push({ kind: 'assign', shift, worker: to });
  return steps;
}

// What a candidate means for the one who holds the shift over them, in a line.
export function verdict(model, lift, workerId) {
  const worker = model.workers.get(workerId);
  if (!worker) return '';
  const name = isolate(worker.name);
  if (workerId === lift.from) return t('move.back', { name });
  if (!lift.candidates) return t('move.asking', { name });
  const candidate = lift.candidates.get(workerId);
  if (!candidate) return '';
  if (candidate.can) return t('move.can', { name, price: euroSigned(candidate.change_cents) });
  if (candidate.is_on) return t('move.is_on', { name });
  return t('move.cannot', { name, reason: candidate.blocks[0] ? ruleText(candidate.blocks[0]) : '' });
}

export function createMoving({ store, move }) {
  const hint = document.createElement('div');
  hint.className = 'hint';
  hint.hidden = true;
  document.body.append(hint);

  async function lift(shift, from) {
    const { model } = store.state;
    const it = { shift, from: from || null, day: model.shifts.get(shift).day, candidates: null };
    store.set({ lift: it });
    say(t('move.lifted', { shift: model.shifts.get(shift).label }), true);
    try {
      const candidates = await loadCandidates(shift, it.from);
      if (store.state.lift !== it) return;
      it.candidates = new Map(candidates.map((candidate) => [candidate.worker, candidate]));
      store.set({ lift: it });
      if (it.over) tell(it.over);
    } catch (error) {
      if (store.state.lift === it) cancel(causeText(error));
    }
  }

  function tell(workerId, event) {
    const { lift: it, model } = store.state;
    if (!it) return;
    const isNew = it.over !== workerId;
    it.over = workerId;
    const text = verdict(model, it, workerId);
    hint.textContent = text;
    hint.hidden = !text;
    hint.classList.toggle('is-bad', Boolean(it.candidates && !it.candidates.get(workerId)?.can && workerId !== it.from));
    if (event) {
      const width = Math.min(hint.offsetWidth || 200, innerWidth - 16);
      hint.style.left = `${Math.max(8, Math.min(event.clientX + 14, innerWidth - width - 8))}px`;
      hint.style.top = `${Math.min(event.clientY + 18, innerHeight - 60)}px`;
    }
    if (isNew && text) say(text, true);
  }

  function cancel(text = t('move.cancelled')) {
    hint.hidden = true;
    store.set({ lift: null });
    say(text, true);
  }

  function drop(workerId) {
    const { lift: it } = store.state;
    hint.hidden = true;
    if (!it) return;
    store.set({ lift: null });
    if (!workerId || workerId === it.from) {
      say(t('move.cancelled'), true);
      return;
    }
    move(stepsOf(it.shift, it.from, workerId));
  }

  const rowOf = (element) => element?.closest?.('.worker-row')?.dataset.row ?? null;

  function attach(root) {
    enableDrag(root, {
      find: (element) => ({ shift: element.dataset.shift, worker: element.dataset.worker }),
      begin: (what) => lift(what.shift, what.worker),
      over: (element, event) => {
        const row = rowOf(element);
        if (row) tell(row, event);
        else hint.hidden = true;
      },
      drop: (element) => drop(rowOf(element)),
      cancel: () => cancel(),
    });
  }

  // While something is lifted by keyboard, the focus tells where it would go.
  function focused(element) {
    const row = rowOf(element);
    if (!store.state.lift || !row) return;
    const box = element.getBoundingClientRect();
    tell(row, { clientX: box.left, clientY: box.bottom - 8 });
  }

  return { lift, cancel, drop, attach, focused, rowOf };
}
