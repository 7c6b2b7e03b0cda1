// Words in the reader's language. Catalogues are data/locales/LANGUAGE.json; nl is the source, and a test holds the others
// to its keys. {name} in a text is replaced; texts with a number are an object of the plural forms that Intl knows.

const languages = { nl: 'Nederlands', en: 'English', ar: 'العربية' };
const rightToLeft = new Set(['ar']);
const KEY = 'rooster.language';
let catalogue = {};
let language = 'nl';
let plurals = new Intl.PluralRules('nl');

// Left-to-right isolate: times, ranges and ratios keep their order in Arabic (U+2066 ... U+2069), without an element.
export const ltr = (text) => `\u2066${text}\u2069`;
// First strong isolate: names and other foreign words in a sentence.
export const isolate = (text) => `\u2068${text}\u2069`;

export function t(key, values = {}) {
  let text = catalogue[key];
  if (text === undefined) return key;
  if (typeof text === 'object') text = text[plurals.select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export const allLanguages = languages;
export const currentLanguage = () => language;
export const has = (key) => key in catalogue;
// Of what the server says in English, by group: `rules` by name, `sentences` by themselves.
export const translationOf = (group, key) => catalogue[group]?.[key];

// The wish of the address (?lang=), then the reader's own where the server knows it, then what was chosen in this browser, then the
// browser's, then Dutch.
export function wanted(own) {
  const asked = new URLSearchParams(location.search).get('lang');
  for (const code of [asked, own, stored(), ...navigator.languages]) {
    const short = (code || '').slice(0, 2).toLowerCase();
    if (short in languages) return short;
  }
  return 'nl';
}

function stored() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

export async function loadLanguage(code = wanted()) {
  const answer = await fetch(new URL(`../locales/${code}.json`, import.meta.url));
  catalogue = await answer.json();
  language = code;
  plurals = new Intl.PluralRules(code);
  document.documentElement.lang = code;
  document.documentElement.dir = rightToLeft.has(code) ? 'rtl' : 'ltr';
}

export async function chooseLanguage(code) {
  try { localStorage.setItem(KEY, code); } catch { /* a private window: for this page only */ }
  await loadLanguage(code);
}
