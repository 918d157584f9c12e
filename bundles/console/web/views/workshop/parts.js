/** Small parts that the composer is made of. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {has, t} from '../../core/i18n.js';
import {StopButton} from '../operator/stop.js';

let last = 0;
/** An id for labels, the same as long as the part is there. */
export function useId() {
  const ref = useRef('');
  if (!ref.current) ref.current = 'w' + ++last;
  return ref.current;
}

/** Name of a kind of plug-in. @param {string} kind */
export const kindName = kind => (has('workshop.kind.' + kind) ? t('workshop.kind.' + kind) : kind);

/** What is wrong with a part, where it stands. @param {{model: any, path: (string | number)[], id?: string, exact?: boolean}} props */
export function Faults({model, path, id, exact}) {
  const faults = model.faults(path).filter((/** @type {any} */ f) => !exact || f.path.length === path.length);
  if (faults.length === 0) return null;
  return html`<ul class="w-faults" id=${id}>${faults.map((/** @type {any} */ f) => html`<li>${f.message}</li>`)}</ul>`;
}

/** How many faults a part has. @param {{n: number}} props */
export function Count({n}) {
  return n > 0 && html`<span class="pill bad">${t(n === 1 ? 'workshop.fault' : 'workshop.faults', {n})}</span>`;
}

/**
 * A text of one line that is taken over when one leaves it or presses Enter.
 * @param {{value: any, onValue: (v: string) => void, [rest: string]: any}} props
 */
export function Line({value, onValue, ...rest}) {
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  useEffect(() => setTyped(null), [value]);
  const take = () => {
    if (typed !== null && typed !== String(value ?? '')) onValue(typed);
    setTyped(null);
  };
  return html`<input ...${rest} value=${typed ?? String(value ?? '')} onInput=${(/** @type {any} */ e) => setTyped(e.currentTarget.value)}
    onBlur=${take} onKeyDown=${(/** @type {any} */ e) => {
      if (e.key === 'Enter') { e.preventDefault(); take(); }
      if (e.key === 'Escape' && typed !== null) { e.stopPropagation(); setTyped(null); }
    }}/>`;
}

/** A labelled control of the composer with what it is about and what is wrong with it. @param {any} props */
export function Labelled({label, hint, hazard, model, path, needed, children, wide}) {
  const id = useId();
  const wrong = model && path ? model.faults(path) : [];
  const described = [hint && id + 'h', hazard && id + 'z', wrong.length > 0 && id + 'f'].filter(Boolean).join(' ') || undefined;
  return html`<div class=${'w-field' + (wide ? ' wide' : '')}>
    <label for=${id}>${label}${needed && html` <span class="soft">${t('workshop.needed')}</span>`}</label>
    ${children({id, 'aria-describedby': described, 'aria-invalid': wrong.length > 0 ? 'true' : undefined})}
    ${hint && html`<p class="hint" id=${id + 'h'}>${hint}</p>`}
    ${hazard && html`<p class="w-hazard" id=${id + 'z'}>${hazard}</p>`}
    ${model && path && html`<${Faults} model=${model} path=${path} id=${id + 'f'}/>`}
  </div>`;
}

/** One of a list; what stands in the text and is not in the list is shown as well. @param {any} props */
export function Choice({value, options, onValue, none, ...rest}) {
  const known = options.map((/** @type {any} */ o) => (typeof o === 'string' ? {value: o, label: o} : o));
  const now = value === undefined || value === null ? '' : String(value);
  const strange = now !== '' && !known.some((/** @type {any} */ o) => o.value === now);
  return html`<select ...${rest} value=${now} onChange=${(/** @type {any} */ e) => onValue(e.currentTarget.value)}>
    ${(none !== undefined || now === '') && html`<option value="">${none ?? t('workshop.choose')}</option>`}
    ${known.map((/** @type {any} */ o) => html`<option value=${o.value} selected=${o.value === now}>${o.label}</option>`)}
    ${strange && html`<option value=${now} selected>${now} ${t('workshop.unknown')}</option>`}
  </select>`;
}

/** A dialog that is open as long as it is shown; Escape and its own buttons close it. @param {{title: string, onClose: () => void, children: any, wide?: boolean}} props */
export function Dialog({title, onClose, children, wide}) {
  const ref = useRef(/** @type {any} */ (null));
  const id = useId();
  useEffect(() => {
    const d = ref.current;
    d.showModal();
    return () => d.close();
  }, []);
  return html`<dialog ref=${ref} class=${wide ? 'w-wide' : undefined} aria-labelledby=${id} onCancel=${(/** @type {any} */ e) => { e.preventDefault(); onClose(); }}>
    <h2 id=${id}>${title}</h2>${children}<${StopButton} where="in-dialog"/></dialog>`;
}
