/** The YAML text with line numbers and marks where something is wrong. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';

/** A line's first and last place in a text. @param {string} text @param {number} line from 1 */
function span(text, line) {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', at);
    if (next < 0) break;
    at = next + 1;
  }
  const end = text.indexOf('\n', at);
  return [at, end < 0 ? text.length : end];
}

/** @param {{model: any}} props */
export function Text({model}) {
  const area = useRef(/** @type {any} */ (null));
  const gutter = useRef(/** @type {any} */ (null));
  const [place, setPlace] = useState(1);
  const text = model.text.value;
  const lines = text.split('\n').length;
  const slips = model.reading.value.slips;
  // The platform says it in words for people; until it has, what the browser found is shown.
  const faults = model.checking.value && slips.length > 0
    ? slips.map((/** @type {any} */ s) => ({line: s.line, where: '', message: s.message})) : model.checked.value.faults;
  const wrong = new Map();
  faults.forEach((/** @type {any} */ f) => { if (f.line > 0) wrong.set(f.line, [...(wrong.get(f.line) || []), f.message]); });
  const scrolled = () => { gutter.current.scrollTop = area.current.scrollTop; };
  useEffect(scrolled);
  const go = (/** @type {number} */ line) => {
    const [from, to] = span(text, line);
    const a = area.current;
    a.focus();
    a.setSelectionRange(from, to);
    const height = parseFloat(getComputedStyle(a).lineHeight);
    a.scrollTop = Math.max(0, (line - 4) * height);
  };
  const placed = () => setPlace(text.slice(0, area.current.selectionStart).split('\n').length);
  return html`<section class="card w-text" aria-labelledby="w-yaml">
    <div class="row"><h2 id="w-yaml">${t('workshop.text')}</h2><span class="grow"></span>
      <span class="soft">${t('workshop.line', {line: place, of: lines})}</span></div>
    <div class="w-editor">
      <div class="w-gutter" ref=${gutter} aria-hidden="true">${Array.from({length: lines}, (_, i) => html`<span class=${wrong.has(i + 1) ? 'wrong' : ''} title=${(wrong.get(i + 1) || []).join('\n')}>${i + 1}</span>`)}</div>
      <textarea ref=${area} spellcheck=${false} autocomplete="off" autocapitalize="off" wrap="off" aria-labelledby="w-yaml" aria-describedby="w-yaml-how w-yaml-faults"
        aria-invalid=${faults.length > 0 ? 'true' : undefined} value=${text} onScroll=${scrolled} onKeyUp=${placed} onClick=${placed}
        onInput=${(/** @type {any} */ e) => model.type(e.currentTarget.value)}></textarea>
    </div>
    <p class="hint" id="w-yaml-how">${t('workshop.text.how')}</p>
    <div id="w-yaml-faults" class="w-fault-list" role="status" aria-label=${t('workshop.faults.title')}>
      ${faults.length > 0 && html`<ul>${faults.map((/** @type {any} */ f) => html`<li>${f.line > 0
        ? html`<button type="button" class="quiet" onClick=${() => go(f.line)}>${t('common.line', {line: f.line})}</button> ` : ''}${f.message}</li>`)}</ul>`}
    </div>
  </section>`;
}
