// The service's API as promises. A write carries what the server wants of our own pages (X-Rooster) and a key, so that a
// request that is sent again has no second effect. The session is a cookie that no script sees.

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.kind = (body.type || '').split(':').pop();
    this.title = body.title || '';
    this.instance = body.instance || '';
    this.violations = body.violations || [];
    this.body = body;
  }
}

// The server was not reached. navigator.onLine says nothing of that.
export class Offline extends Error {}

const listeners = new Set();
let isReached = true;
let seenAt = Date.now();

function tell(reached) {
  if (reached) seenAt = Date.now();
  if (reached === isReached) return;
  isReached = reached;
  for (const listener of listeners) listener(reached);
}

export const connection = {
  get isReached() { return isReached; },
  get seenAt() { return seenAt; },
  tell,
  listen(listener) { listeners.add(listener); },
};

let number = 0;
export const newKey = () => `web-${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}-${number++}`;

async function send(method, path, body, headers) {
  const options = { method, headers: { ...headers }, credentials: 'same-origin', cache: 'no-store' };
  if (method !== 'GET') {
    options.headers['X-Rooster'] = '1';
    options.body = JSON.stringify(body ?? {});
    options.headers['Content-Type'] = 'application/json';
  }
  try {
    const answer = await fetch(`/api/v1${path}`, options);
    tell(true);
    return answer;
  } catch (error) {
    tell(false);
    throw new Offline(error.message);
  }
}

// What is known of an answer, so as not to be sent it again.
const tags = new WeakMap();

async function ask(method, path, body, { version, key = false, known = null } = {}) {
  const headers = {};
  // The first number of a week's ETag is its roster's version, which is what an edit is of.
  if (version !== undefined && version !== null) headers['If-Match'] = `"${version}.0"`;
  if (key) headers['Idempotency-Key'] = key === true ? newKey() : key;
  if (known) headers['If-None-Match'] = known;
  const answer = await send(method, path, body, headers);
  if (answer.status === 304) return null;
  const type = answer.headers.get('Content-Type') || '';
  const isJson = type.includes('json');
  const content = isJson ? await answer.json() : await answer.text();
  if (!answer.ok) throw new Problem(answer.status, isJson ? content : { detail: content });
  if (isJson) tags.set(content, answer.headers.get('ETag'));
  return content;
}

export const get = (path) => ask('GET', path);
export const tagOf = (content) => tags.get(content) ?? null;
// null: it is what it was when it had the tag.
export const getNews = (path, tag) => ask('GET', path, null, { known: tag });
export const post = (path, body, options) => ask('POST', path, body, { key: true, ...options });
// For what takes no key: plans, tokens, sessions.
export const postOnce = (path, body, options) => ask('POST', path, body, options);
export const put = (path, body, options) => ask('PUT', path, body, { key: true, ...options });
export const remove = (path) => ask('DELETE', path, {});
export const segment = encodeURIComponent;
