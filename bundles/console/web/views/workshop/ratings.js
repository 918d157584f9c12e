/** Ratings and questionnaires of a phase: what is asked when. */
import {html} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Choice, Faults, Labelled} from './parts.js';
import {Duration} from './quantity.js';
import {insert, put} from './yamltext.js';

/** @param {{model: any, path: any[], list: any, running: string[]}} props */
export function Ratings({model, path, list, running}) {
  const ratings = Array.isArray(list) ? list : [];
  const slots = model.slotsOf('outcome').filter((/** @type {string} */ s) => running.includes(s));
  if (slots.length === 0 && ratings.length === 0) return html`<h4>${t('workshop.ratings')}</h4><p class="hint">${t('workshop.ratings.need')}</p>`;
  return html`<h4>${t('workshop.ratings')}</h4>
    ${ratings.map((/** @type {any} */ value, /** @type {number} */ i) => value && typeof value === 'object' && html`<${Rating} key=${i} model=${model} path=${[...path, i]} value=${value} slots=${slots}
      onRemove=${() => model.edit((/** @type {any} */ d) => put(d, ratings.length === 1 ? path : [...path, i], undefined))}/>`)}
    <button type="button" disabled=${slots.length === 0} onClick=${() => model.edit((/** @type {any} */ d) => insert(d, path, ratings.length, {slot: slots[0], at: 'start'}, true))}>${t('workshop.rating.add')}</button>`;
}

/** @param {any} props */
function Rating({model, path, value, slots, onRemove}) {
  const set = (/** @type {any[]} */ at, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [...path, ...at], v));
  const items = model.ports(value.slot).features.map((/** @type {any} */ f) => f.name);
  const when = 'every' in value ? 'every' : value.at || 'start';
  const other = (/** @type {string} */ v) => model.edit((/** @type {any} */ d) => {
    put(d, [...path, 'at'], v === 'every' ? undefined : v);
    put(d, [...path, 'every'], v === 'every' ? '5 min' : undefined);
  });
  return html`<fieldset class="w-trigger"><legend>${t('workshop.rating')} <code>${String(value.slot ?? '')}</code></legend><div class="w-form">
    <${Labelled} label=${t('workshop.rating.slot')} model=${model} path=${[...path, 'slot']}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${value.slot} options=${slots} onValue=${(/** @type {string} */ v) => set(['slot'], v)}/>`}<//>
    <${Labelled} label=${t('workshop.rating.item')} model=${model} path=${[...path, 'item']}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${value.item} options=${items} none=${t('workshop.rating.all')} onValue=${(/** @type {string} */ v) => set(['item'], v || undefined)}/>`}<//>
    <${Labelled} label=${t('workshop.rating.when')} model=${model} path=${[...path, 'at']}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${when} options=${['start', 'end', 'every'].map(v => ({value: v, label: t('workshop.rating.' + v)}))} onValue=${other}/>`}<//>
    ${when === 'every' && html`<${Labelled} label=${t('workshop.rating.interval')} model=${model} path=${[...path, 'every']}>${(/** @type {any} */ a) => html`<${Duration} ...${a} label=${t('workshop.rating.interval')} value=${value.every} onValue=${(/** @type {any} */ v) => set(['every'], v)}/>`}<//>`}
    <${Labelled} label=${t('workshop.rating.within')} hint=${t('workshop.rating.within.hint')} model=${model} path=${[...path, 'within']}>${(/** @type {any} */ a) => html`<${Duration} ...${a} label=${t('workshop.rating.within')} value=${value.within} placeholder="30" onValue=${(/** @type {any} */ v) => set(['within'], v)}/>`}<//>
  </div><${Faults} model=${model} path=${path} exact/>
  <button type="button" onClick=${onRemove}>${t('workshop.rating.remove')}</button></fieldset>`;
}
