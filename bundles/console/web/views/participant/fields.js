/** The fields of an exercise, each with its type; values in the shapes that the bus carries. */
import {html} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Scale} from './scale.js';

/** Characters of an entry of a list and of a cell. */
const LONGEST_ENTRY = 500;

/**
 * What is sent of what was filled in: what was left empty is not.
 * @param {any[]} fields @param {Record<string, any>} values @returns {Record<string, any>}
 */
export function given(fields, values) {
  /** @type {Record<string, any>} */
  const all = {};
  for (const f of fields) {
    const v = values[f.name];
    if (v === undefined || v === null || v === '') continue;
    if (f.type === 'text' && v.trim() === '') continue;
    if (f.type === 'list') {
      const entries = v.map((/** @type {string} */ s) => s.trim()).filter((/** @type {string} */ s) => s);
      if (entries.length) all[f.name] = entries;
    } else if (f.type === 'grid') {
      if (v.some((/** @type {string[]} */ r) => r.some(c => c.trim()))) all[f.name] = v;
    } else if (Array.isArray(v)) {
      if (v.length) all[f.name] = v;
    } else {
      all[f.name] = v;
    }
  }
  return all;
}

/**
 * Names of fields that have to be answered and are not, or hold what is no number of theirs.
 * @param {any[]} fields @param {Record<string, any>} values @returns {Map<string, string>} name → key of what is wrong
 */
export function wrong(fields, values) {
  const said = given(fields, values);
  const all = new Map();
  for (const f of fields) {
    const v = said[f.name];
    if (v === undefined) {
      if (f.required) all.set(f.name, 'participant.field.needed');
    } else if (f.type === 'number' && !fits(f, v)) {
      all.set(f.name, 'participant.field.range');
    }
  }
  return all;
}

/** @param {any} f @param {number} v */
function fits(f, v) {
  if (!Number.isFinite(v) || v < f.minimum || v > f.maximum) return false;
  const steps = f.step > 0 ? (v - f.minimum) / f.step : 0;
  return Math.abs(steps - Math.round(steps)) <= 1e-9;
}

/** @param {{field: any, value: any, problem?: string, onValue: (value: any) => void}} props */
export function Field({field, value, problem, onValue}) {
  const id = 'f-' + field.name;
  const Of = {text: Text, number: Number_, choice: Choice, scale: ScaleField, list: List, grid: Grid}[/** @type {string} */ (field.type)];
  const range = {least: field.minimum, most: field.maximum};
  return html`<div class=${'field' + (problem ? ' wrong' : '')} id=${id + '-box'}>
    <p class="field-label" id=${id}>${field.label}${field.required
      ? html`<span class="needed" title=${t('participant.field.required')}> *</span>` : ''}${field.unit ? ` (${field.unit})` : ''}</p>
    ${Of ? html`<${Of} field=${field} id=${id} value=${value} onValue=${onValue} problem=${problem}/>` : field.type}
    ${problem && html`<p class="problem" id=${id + '-problem'}>${t(problem, range)}</p>`}
  </div>`;
}

const about = (/** @type {string} */ id, /** @type {any} */ problem) =>
  ({'aria-labelledby': id, 'aria-invalid': problem ? 'true' : undefined, 'aria-describedby': problem ? id + '-problem' : undefined});

function Text({field, id, value, onValue, problem}) {
  return html`<textarea ...${about(id, problem)} maxlength=${field.most} rows=${field.most > 300 ? 4 : 2} value=${value || ''}
    onInput=${(/** @type {any} */ e) => onValue(e.currentTarget.value)}></textarea>`;
}

function Number_({field, id, value, onValue, problem}) {
  return html`<input class="short" type="number" inputmode="decimal" ...${about(id, problem)} min=${field.minimum} max=${field.maximum}
    step=${field.step > 0 ? field.step : 'any'} value=${value ?? ''}
    onInput=${(/** @type {any} */ e) => onValue(e.currentTarget.value === '' ? undefined : Number(e.currentTarget.value))}/>`;
}

function Choice({field, id, value, onValue}) {
  const many = field.most > 1;
  const chosen = many ? value || [] : [value];
  const pick = (/** @type {string} */ c, /** @type {boolean} */ on) =>
    onValue(many ? (on ? [...chosen, c] : chosen.filter((/** @type {string} */ x) => x !== c)) : c);
  return html`<div class="choices" role=${many ? 'group' : 'radiogroup'} aria-labelledby=${id}>
    ${field.choices.map((/** @type {string} */ c) => html`<label class="choice" key=${c}>
      <input type=${many ? 'checkbox' : 'radio'} name=${id} checked=${chosen.includes(c)}
        disabled=${many && !chosen.includes(c) && chosen.length >= field.most}
        onChange=${(/** @type {any} */ e) => pick(c, e.currentTarget.checked)}/><span>${c}</span></label>`)}
  </div>`;
}

function ScaleField({field, id, value, onValue}) {
  return html`<${Scale} of=${field} name=${id + '-scale'} label=${id} value=${value ?? null} onValue=${onValue} shown/>`;
}

function List({field, id, value, onValue, problem}) {
  const entries = value && value.length ? value : [''];
  const set = (/** @type {number} */ i, /** @type {string} */ text) => onValue(entries.map((/** @type {string} */ e, /** @type {number} */ n) => (n === i ? text : e)));
  return html`<div class="entries" role="group" aria-labelledby=${id}>
    ${entries.map((/** @type {string} */ e, /** @type {number} */ i) => html`<input key=${i} value=${e} maxlength=${LONGEST_ENTRY}
      aria-label=${t('participant.field.entry', {number: i + 1})} aria-invalid=${problem ? 'true' : undefined}
      onInput=${(/** @type {any} */ x) => set(i, x.currentTarget.value)}/>`)}
    ${entries.length < field.most && html`<button type="button" class="quiet" onClick=${() => onValue([...entries, ''])}>
      + ${t('participant.field.more')}</button>`}
  </div>`;
}

function Grid({field, id, value, onValue}) {
  const cells = value || field.rows.map(() => field.columns.map(() => ''));
  const set = (/** @type {number} */ r, /** @type {number} */ c, /** @type {string} */ text) =>
    onValue(cells.map((/** @type {string[]} */ row, /** @type {number} */ i) => (i === r ? row.map((old, k) => (k === c ? text : old)) : row)));
  return html`<div class="cells" role="group" aria-labelledby=${id}>
    ${field.rows.map((/** @type {string} */ row, /** @type {number} */ r) => html`<fieldset key=${row}><legend>${row}</legend>
      ${field.columns.map((/** @type {string} */ column, /** @type {number} */ c) => html`<label key=${column}>${column}
        <input value=${cells[r][c]} maxlength=${LONGEST_ENTRY} onInput=${(/** @type {any} */ e) => set(r, c, e.currentTarget.value)}/></label>`)}
    </fieldset>`)}
  </div>`;
}
