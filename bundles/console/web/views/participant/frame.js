/** What surrounds everything that a participant sees: little, and always where it was. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {request} from '../../core/api.js';
import {Failure, Languages, Theme} from '../../core/layout.js';

/**
 * Said aloud only where something is amiss: after each answer the next question is what counts. Nothing is said before anything was
 * given. @param {{state: {waiting: number, trouble: string, durable: boolean, any: boolean}}} props
 */
function Sent({state}) {
  const {waiting, trouble, durable, any} = state;
  if (waiting === 0 && !any) return null;
  const kind = trouble === 'out' || (waiting > 0 && !durable) ? 'bad' : waiting > 0 && trouble ? 'warn' : 'good';
  const text = waiting === 0 ? t('participant.sent.all')
    : !trouble ? t('participant.sent.now')
      : t(durable ? 'participant.sent.kept' : 'participant.sent.open', {count: waiting});
  return html`<span class=${'sent pill ' + kind} role="status" aria-live=${trouble ? 'polite' : 'off'}><span aria-hidden="true">${waiting === 0 ? '✓' : '↻'}</span> ${text}</span>`;
}

/**
 * @param {{sent: any, kept: any, children: any, foot?: any, onLeave?: () => void}} props
 *   foot: what stays at the lower edge; onLeave: called before the device is logged out
 */
export function Frame({sent, kept, children, foot}) {
  const [error, setError] = useState(/** @type {any} */ (null));
  const leave = async () => {
    const {waiting} = sent.value;
    if (waiting > 0 && !confirm(t('participant.leave.unsent', {count: waiting}))) return;
    try {
      await request('POST', '/entry/logout', {});
      await kept.clear();
      location.assign('/#join');
    } catch (e) { setError(e); }
  };
  return html`
    <a class="skip" href="#main">${t('common.skip')}</a>
    <header class="bar calm">
      <span class="brand"><img src="/icon.svg" alt="" width="28" height="28"/> <span class="brand-name">Anodyne</span></span>
      <span class="grow"></span>
      <${Sent} state=${sent.value}/>
      <details class="menu"><summary class="button">${t('participant.menu')}</summary>
        <div class="menu-card card">
          <label>${t('common.language')}<${Languages}/></label>
          <label>${t('common.theme')}<${Theme}/></label>
          <button class="wide" onClick=${leave}>${t('common.leave')}</button>
          <p class="hint">${t('common.research')}</p>
        </div></details>
    </header>
    <main id="main" class="participant" tabindex="-1">
      <${Failure} error=${error} onClose=${() => setError(null)}/>
      ${sent.value.trouble === 'out' && html`<div class="note" role="alert"><p>${t('participant.out')}</p>
        <a class="button main" href="/#join">${t('participant.join')}</a></div>`}
      ${!sent.value.durable && html`<p class="note">${t('participant.not.durable')}</p>`}
      ${children}
    </main>
    ${foot && html`<footer class="foot">${foot}</footer>`}`;
}
