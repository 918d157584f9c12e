/** What is told of the participant: only what the protocol chooses by, and none of it has to be told. */
import {html} from '../../core/html.js';
import {t} from '../../core/i18n.js';

/** Years; as the platform takes them. */
const OLDEST = 120;

/**
 * @param {{asks: {fact: string, values: string[]}[], told: Record<string, string>, onChange: (told: Record<string, string>) => void}} props
 *   asks: the facts that the protocol chooses by, with the values that it knows; told: value by fact, empty where it is not told
 */
export function About({asks, told, onChange}) {
  const set = (/** @type {string} */ fact) => (/** @type {any} */ e) => onChange({...told, [fact]: e.currentTarget.value});
  const field = (/** @type {{fact: string, values: string[]}} */ a) => a.fact === 'age'
    ? html`<input type="number" name="about-age" min="0" max=${OLDEST} step="1" inputmode="numeric" autocomplete="off" value=${told.age || ''} onInput=${set('age')}/>`
    : html`<select name=${`about-${a.fact}`} value=${told[a.fact] || ''} onChange=${set(a.fact)}>
        <option value="">${t('operator.about.untold')}</option>
        ${a.values.map(v => html`<option value=${v}>${a.fact === 'sex' ? t(`operator.about.sex.${v}`) : v}</option>`)}</select>`;
  return html`<fieldset class="about"><legend>${t('operator.about')}</legend>
    ${asks.map(a => html`<label key=${a.fact}>${t(`operator.about.${a.fact}`)}${field(a)}</label>`)}
    <p class="hint">${t('operator.about.hint')}</p></fieldset>`;
}

/**
 * What goes to the platform: what is asked for and told, and nothing that was typed for another protocol.
 * @param {{fact: string}[]} asks
 * @param {Record<string, string>} told
 * @returns {Record<string, string>}
 */
export function toTell(asks, told) {
  return Object.fromEntries(asks.filter(a => (told[a.fact] || '').trim()).map(a => [a.fact, told[a.fact].trim()]));
}
