// What happens, as it happens. A browser allows six connections to a server; ten tabs with a stream each would leave none
// for a page's own questions. So one tab leads (Web Locks) and holds the only EventSource, and tells the others
// (BroadcastChannel). When it closes, the next one leads. Web Locks need https or localhost: elsewhere each tab has its own.
import { connection } from './api.mjs';

const kinds = ['changed', 'plan_progress', 'plan_done'];
const listeners = new Set();
let channel = null;
let source = null;
let last = null;

function deliver(event) {
  if (event.kind === 'connection') {
    connection.tell(event.data.isReached);
    return;
  }
  connection.tell(true);
  for (const listener of listeners) listener(event.kind, event.data);
}

function tellAll(kind, data) {
  deliver({ kind, data });
  channel?.postMessage({ kind, data });
}

// EventSource comes back by itself; what another answer than an event stream (a stopped service behind a proxy, a session
// that has ended) closes for good, is tried again here.
function open() {
  source = new EventSource('/api/v1/events');
  source.onopen = () => {
    tellAll('connection', { isReached: true });
    // What was missed in between is not known: look again.
    if (last) tellAll('changed', {});
    last = Date.now();
  };
  source.onerror = () => {
    tellAll('connection', { isReached: false });
    if (source.readyState === EventSource.CLOSED) setTimeout(open, 4000);
  };
  for (const kind of kinds) source.addEventListener(kind, (event) => tellAll(kind, JSON.parse(event.data)));
}

export function openStream() {
  if (!navigator.locks || !('BroadcastChannel' in window)) {
    open();
    return;
  }
  channel = new BroadcastChannel('rooster.events');
  channel.onmessage = (message) => deliver(message.data);
  navigator.locks.request('rooster.stream', () => {
    open();
    return new Promise((release) => addEventListener('pagehide', release, { once: true }));
  });
}

export const onEvent = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
