/** Fields for numbers with a unit. */
import {html} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Line} from './parts.js';
import {quantity, TIMES, units} from './units.js';

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** A number as it is typed here, a comma for the point included; undefined when it is none. @param {string} typed */
export function decimal(typed) {
  const text = typed.trim().replace(',', '.');
  return DECIMAL.test(text) ? text : undefined;
}

/**
 * @param {{value: any, unit: string, onValue: (v: any) => void, placeholder?: string, choices?: string[], label: string, [rest: string]: any}} props
 *   unit: of the schema; choices: units to choose from
 */
export function Quantity({value, unit, onValue, placeholder, choices, label, ...rest}) {
  const now = quantity(value);
  const all = choices || units(unit);
  const shown = now.unit || unit;
  const list = all.includes(shown) ? all : [...all, shown];
  // What is no quantity stands in the field as it is, so that it can be mended.
  const text = now.number === '' && value !== undefined ? String(value) : now.number;
  const number = (/** @type {string} */ typed) => {
    if (typed.trim() === '') return onValue(undefined);
    const n = decimal(typed);
    onValue(n === undefined ? typed.trim() : `${n} ${shown}`);
  };
  return html`<span class="w-quantity">
    <${Line} ...${rest} inputmode="decimal" autocomplete="off" value=${text} placeholder=${placeholder} onValue=${number}/>
    ${list.length === 1 ? html`<span class="w-unit">${shown}</span>`
    : html`<select aria-label=${t('workshop.unit-of', {name: label})} value=${shown} onChange=${(/** @type {any} */ e) => {
      if (now.number !== '') onValue(`${now.number} ${e.currentTarget.value}`);
    }} disabled=${now.number === ''}>${list.map(u => html`<option value=${u} selected=${u === shown}>${u}</option>`)}</select>`}
  </span>`;
}

/** A duration of the session. @param {any} props */
export const Duration = props => html`<${Quantity} unit="s" choices=${TIMES} ...${props}/>`;

/** A number without a unit. @param {any} props */
export function Plain({value, onValue, whole, ...rest}) {
  return html`<${Line} ...${rest} inputmode=${whole ? 'numeric' : 'decimal'} autocomplete="off" value=${value}
    onValue=${(/** @type {string} */ typed) => {
      if (typed.trim() === '') return onValue(undefined);
      const n = decimal(typed);
      onValue(n === undefined ? typed.trim() : Number(n));
    }}/>`;
}
