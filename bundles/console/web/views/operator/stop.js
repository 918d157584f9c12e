/** The emergency stop: one button that is always in the same place, also while a dialog is open. */
import {html, signal, useEffect, useRef} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {post} from '../../core/api.js';
import {latched, live, lookAtStop, tick} from './model.js';

// On every page that has the stop, and there before the stop is drawn.
document.head.append(Object.assign(document.createElement('link'), {rel: 'stylesheet', href: '/views/operator/stop.css'}));

/** Key that stops; named on the button. */
export const STOP_KEY = 'F9';

/** What became of the last stop: by which ways it went. */
const sent = signal(/** @type {{when: Date, console: string, bus: string} | null} */ (null));

/** In this time a stop that was sent is known to be latched. */
const RESET_MS = 10_000;

/** What each way says of itself. */
const WORDS = {sending: 'under-way', done: 'yes', failed: 'no'};

/** Stops everything: over the bus at once, and by the console, whichever comes first. */
export async function stop() {
  /** @type {{when: Date, console: string, bus: string}} */
  const now = {when: new Date(), console: 'sending', bus: 'sending'};
  sent.value = {...now};
  // Said to have gone only by a way that has taken it.
  const by = (/** @type {'console' | 'bus'} */ way) => (/** @type {boolean} */ taken) => {
    now[way] = taken ? 'done' : 'failed';
    sent.value = {...now};
  };
  await Promise.all([
    live.stop('the operator pressed stop').then(by('bus')),
    post('/stop').then(() => true, () => false).then(by('console')),
  ]);
  window.setTimeout(lookAtStop, 300);
}

/** @param {{where?: string}} props `dialog` for the one that lies over an open dialog */
export function StopButton({where = ''}) {
  return html`<button type="button" class=${'stop ' + where} onClick=${stop} aria-keyshortcuts=${STOP_KEY}>
    <span class="stop-word">${t('operator.stop')}</span><kbd>${STOP_KEY}</kbd></button>`;
}

/** @param {KeyboardEvent} e */
function press(e) {
  if (e.key === STOP_KEY && !e.repeat) { e.preventDefault(); stop(); }
}

/** The key works with the focus in a frame, too; said again it is heard once. @param {Window | null | undefined} frame of this site */
export function stopKeyIn(frame) {
  frame?.addEventListener('keydown', press, true);
}

/** The key works wherever the focus is. */
export function useStopKey() {
  useEffect(() => {
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}

/** A report in a frame, in which the key of the stop works, too. @param {{class: string, src: string, title: string}} props */
export function ReportFrame({class: looks, src, title}) {
  const frame = useRef(/** @type {any} */ (null));
  useEffect(() => {
    const heard = () => stopKeyIn(frame.current?.contentWindow);
    frame.current.addEventListener('load', heard);
    heard();
    return () => frame.current?.removeEventListener('load', heard);
  }, []);
  return html`<iframe ref=${frame} class=${looks} sandbox="allow-same-origin" src=${src} title=${title}></iframe>`;
}

/** Says by which ways the stop went. */
export function StopSent() {
  tick.value;
  const s = sent.value;
  // Once it was reset, by whom ever, that it was sent is of no more use.
  if (!s || (!latched.value && s.console === 'done' && Date.now() - s.when.getTime() > RESET_MS)) return null;
  const failed = s.console === 'failed' && s.bus === 'failed';
  return html`<div class=${failed ? 'failure' : 'note'} role="alert">
    <p><strong>${t(failed ? 'operator.stop.failed' : 'operator.stop.sent')}</strong>
      ${' '}${s.when.toLocaleTimeString()} ·${' '}
      ${t('operator.stop.console')}: ${t('operator.stop.' + WORDS[s.console])} ·${' '}
      ${t('operator.stop.bus')}: ${t('operator.stop.' + WORDS[s.bus])}
      <button class="quiet" onClick=${() => { sent.value = null; }}>${t('common.close')}</button></p>
  </div>`;
}

/**
 * A dialog that lies over the page and yet leaves the stop where it is.
 * @param {{title: string, onClose: () => void, children: any}} props
 */
export function Dialog({title, onClose, children}) {
  const ref = useRef(/** @type {any} */ (null));
  useEffect(() => {
    const before = /** @type {any} */ (document.activeElement);
    ref.current.showModal();
    return () => { if (before && before.focus) before.focus(); };
  }, []);
  return html`<dialog ref=${ref} class="op-dialog" aria-labelledby="dialog-title" onClose=${onClose}
      onCancel=${(/** @type {Event} */ e) => { e.preventDefault(); onClose(); }}>
    <div class="row"><h2 id="dialog-title" class="grow">${title}</h2>
      <button type="button" class="quiet" onClick=${onClose}>${t('common.close')}</button></div>
    ${children}
    <${StopButton} where="in-dialog"/>
  </dialog>`;
}
