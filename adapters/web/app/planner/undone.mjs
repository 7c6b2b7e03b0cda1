// What was taken back and may be done again. The tab keeps it, so that a page loaded anew still knows it - as long as the week is
// as it was then: what somebody else did since is not undone by doing ours again.
const key = (week) => `rooster.undone.${week}`;
const STEP = /\b(assign|unassign|pin|unpin) shift (.+?) worker (.+?)(?:; |$)/g;

// "move assign shift S1 worker W2; ...", as the server keeps the steps of a draft; none of what is no move.
export const stepsIn = (text) => [...text.matchAll(STEP)].map(([, kind, shift, worker]) => ({ kind, shift, worker }));

// undone: of lists of steps, the one to do first last.
export function keepUndone(week, version, undone) {
  try {
    if (undone.length) sessionStorage.setItem(key(week), JSON.stringify({ version, undone }));
    else sessionStorage.removeItem(key(week));
  } catch { /* no room, or a private window: for this page only */ }
}

export function keptUndone(week, version) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(week)));
    return kept?.version === version ? kept.undone : [];
  } catch {
    return [];
  }
}

export function forgetUndone() {
  try {
    sessionStorage.clear();
  } catch { /* there is nothing then */ }
}
