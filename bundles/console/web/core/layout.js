/** What surrounds every view of those who work here: name, views of the role, language, theme, leaving. */
import {html, useState} from './html.js';
import {LANGUAGES, language, speak, t} from './i18n.js';
import {request} from './api.js';

/** Views by role, in their order. */
const VIEWS = {
  administrator: ['operator', 'workshop', 'accounts'],
  operator: ['operator', 'workshop'],
  assessor: ['assessor'],
  participant: [],
};

/** Where somebody of a role begins. @param {string} role */
export const home = role => '/' + (role === 'participant' ? 'participant' : VIEWS[role][0]);

export function Languages() {
  return html`<select class="quiet" aria-label=${t('common.language')} value=${language.value}
      onChange=${(/** @type {any} */ e) => speak(e.currentTarget.value)}>
    ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code}>${name}</option>`)}
  </select>`;
}

/** Light, dark, or as the machine has it. */
export function Theme() {
  const [theme, setTheme] = useState(localStorage.getItem('theme') || 'auto');
  const change = (/** @type {any} */ e) => {
    const chosen = e.currentTarget.value;
    localStorage.setItem('theme', chosen);
    applyTheme();
    setTheme(chosen);
  };
  return html`<select class="quiet" aria-label=${t('common.theme')} value=${theme} onChange=${change}>
    ${['auto', 'light', 'dark'].map(v => html`<option value=${v}>${t('common.theme.' + v)}</option>`)}
  </select>`;
}

export function applyTheme() {
  const chosen = localStorage.getItem('theme') || 'auto';
  if (chosen === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

async function leave() {
  await request('POST', '/entry/logout', {});
  location.assign('/');
}

/**
 * @param {{me: {who: string, role: string}, view: string, children: any, watch?: any}} props
 *   watch: what has to be seen and within reach of an operator on each page while a session runs
 */
export function Layout({me, view, children, watch}) {
  return html`
    <a class="skip" href="#main">${t('common.skip')}</a>
    <header class="bar">
      <span class="brand"><img src="/icon.svg" alt="" width="28" height="28"/> Anodyne</span>
      <nav aria-label=${t('common.views')}>
        ${VIEWS[me.role].map(v => html`<a href=${'/' + v} aria-current=${v === view ? 'page' : undefined}>${t('view.' + v)}</a>`)}
      </nav>
      <span class="grow"></span>
      <a class="who" href="/accounts" title=${t('role.' + me.role)} aria-label=${t('common.own-account', {name: me.who})}>${me.who}</a>
      <${Languages}/><${Theme}/>
      <button class="quiet" onClick=${leave}>${t('common.leave')}</button>
    </header>
    <main id="main" tabindex="-1">${watch}${children}</main>`;
}

/** What went wrong, said to a person; nothing when nothing did. @param {{error: any, onClose?: () => void}} props */
export function Failure({error, onClose}) {
  if (!error) return null;
  const offline = error.status === 0;
  return html`<div class="failure" role="alert">
    <p>${offline ? t('common.offline') : error.message}</p>
    ${error.body && error.body.faults && html`<ul>${error.body.faults.map((/** @type {any} */ f) =>
      html`<li>${f.line ? t('common.line', {line: f.line}) + ' ' : ''}${f.where ? html`<code>${f.where}</code> ` : ''}${f.message}</li>`)}</ul>`}
    ${onClose && html`<button class="quiet" onClick=${onClose}>${t('common.close')}</button>`}
  </div>`;
}
