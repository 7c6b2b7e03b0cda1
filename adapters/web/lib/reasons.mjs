// Why something is not so, in the reader's language. The server tells it in English, with what a translation needs: the name of
// the rule or the sentence with its gaps, and the words that fill them (catalogue: `rules`, `sentences`).
import { Offline } from './api.mjs';
import { weekdayMonth } from './format.mjs';
import { has, isolate, ltr, t, translationOf } from './i18n.mjs';

// "Mon 30 Nov 21:00", as the server writes times in sentences.
const DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (\d\d:\d\d))?$/;

// "/items/3/note" of what was sent: the field by its name, and which one of several.
const POINTER = /^(?:\/[\w.-]+)+$/;

function field(pointer) {
  const parts = pointer.slice(1).split('/');
  const name = parts.findLast((part) => has(`field.${part}`));
  if (!name) return isolate(pointer);
  const place = parts.find((part) => /^\d+$/.test(part));
  return t(`field.${name}`) + (place === undefined ? '' : ` (${ltr(Number(place) + 1)})`);
}

function word(text) {
  if (POINTER.test(text)) return field(text);
  const date = DATE.exec(text);
  if (date) return isolate(weekdayMonth(...date.slice(1)));
  const known = translationOf('sentences', text);
  if (known) return known;
  for (const group of ['state', 'reason']) if (has(`${group}.${text}`)) return t(`${group}.${text}`);
  return isolate(text);
}

const fill = (template, words) => template.replace(/\{(\d+)\}/g, (whole, at) => (at in words ? word(words[at]) : whole));

// A rule by its name alone: why somebody cannot.
export const reasonText = (rule) => (has(`reason.${rule}`) ? t(`reason.${rule}`) : isolate(rule.replace(/_/g, ' ')));

// What breaks a rule, with its figures.
export function ruleText(violation) {
  const template = translationOf('rules', violation.rule);
  return template ? fill(template, violation.words ?? []) : isolate(violation.text);
}

function sentenceText(error) {
  const { sentence } = error.body ?? {};
  return sentence ? fill(translationOf('sentences', sentence.text) ?? sentence.text, sentence.words) : isolate(error.message);
}

// Why it failed: the rules that it breaks, else what the server says of this one.
export function causeText(error) {
  if (error instanceof Offline) return t('offline.unreached');
  const broken = (error.violations ?? []).slice(0, 3).map(ruleText);
  return broken.length ? broken.join('; ') : sentenceText(error);
}

// The kind of problem, for a heading.
export function problemTitle(error) {
  const kind = (error.kind ?? '').replace('-', '_');
  return has(`problem.${kind}`) ? t(`problem.${kind}`) : t('failure.title');
}

export const problemText = (error) => (error instanceof Offline ? causeText(error) : `${problemTitle(error)} ${causeText(error)}`);
