/** Texts in the language of whoever reads them. Each view has its own file; `common` is there for all. */
import {signal} from '@preact/signals';

/** Language → its own name. A further one is a folder in `messages/` and a line here. */
export const LANGUAGES = {en: 'English', de: 'Deutsch', zh: '简体中文'};

/** @type {import('@preact/signals').Signal<string>} */
export const language = signal('en');
const texts = signal(/** @type {Record<string, string>} */ ({}));
/** @type {Set<string>} */
const parts = new Set();

function wanted() {
  const kept = localStorage.getItem('language');
  if (kept && kept in LANGUAGES) return kept;
  for (const l of navigator.languages || []) {
    const short = l.slice(0, 2).toLowerCase();
    if (short in LANGUAGES) return short;
  }
  return 'en';
}

/** @param {string} lang @param {string} part @returns {Promise<Record<string, string>>} */
async function file(lang, part) {
  const response = await fetch(`/messages/${lang}/${part}.json`);
  return response.ok ? response.json() : {};
}

async function load() {
  // What a language lacks is shown in English rather than not at all.
  const all = {};
  for (const part of parts) Object.assign(all, await file('en', part));
  if (language.value !== 'en') for (const part of parts) Object.assign(all, await file(language.value, part));
  texts.value = all;
}

/** @param {string[]} names files that are needed from now on */
export async function use(...names) {
  language.value = wanted();
  names.forEach(n => parts.add(n));
  document.documentElement.lang = language.value === 'zh' ? 'zh-Hans' : language.value;
  await load();
}

/** @param {string} lang */
export async function speak(lang) {
  localStorage.setItem('language', lang);
  language.value = lang;
  document.documentElement.lang = lang === 'zh' ? 'zh-Hans' : lang;
  await load();
}

/**
 * A text; `{name}` in it stands for what is given.
 * @param {string} key
 * @param {Record<string, string | number>} [given]
 * @returns {string}
 */
export function t(key, given = {}) {
  const text = texts.value[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(given[name]) : whole));
}

/** Whether there is such a text. @param {string} key */
export const has = key => texts.value[key] !== undefined;

/** A number as one writes it here. @param {number} value @param {number} [digits] most digits behind the point */
export function number(value, digits = 2) {
  return new Intl.NumberFormat(language.value, {maximumFractionDigits: digits}).format(value);
}

/** A moment as one writes it here. @param {string | number | Date} at */
export function moment(at) {
  return new Intl.DateTimeFormat(language.value, {dateStyle: 'medium', timeStyle: 'short'}).format(new Date(at));
}

/** Minutes and seconds. @param {number} seconds */
export function clock(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}
