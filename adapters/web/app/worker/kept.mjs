// The last seen week stays on the phone, so that it can be read without a connection; the service worker (sw.js) keeps the
// page itself. Signing out of the page takes it away.
const KEY = 'rooster.me';

export function readKept() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

export function keep(me, week, data) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ me, week, data, at: Date.now() }));
  } catch { /* a private window or a full store: only without a connection is it missed */ }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch { /* nothing was kept */ }
}

// Needs https or localhost; elsewhere the page works with a connection only.
export async function keepPage() {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/sw.js', { scope: '/me' });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
    active.postMessage({ keep: loaded.filter((name) => name.startsWith(`${location.origin}/assets/`)) });
  } catch { /* not allowed here */ }
}
