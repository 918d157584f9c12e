/** A form made from a plug-in's JSON Schema; what the schema does not say how to show is edited as YAML. */
import {parse, stringify} from 'yaml';
import {html, useEffect, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Choice, Faults, Labelled, Line, useId} from './parts.js';
import {Plain, Quantity} from './quantity.js';
import {dimension} from './units.js';

/** @param {any} s */
const choices = s => (Array.isArray(s.enum) ? s.enum : undefined);
/** @param {any} s */
const numeric = s => s.type === 'number' || s.type === 'integer';

/** What a parameter is when nothing is written. @param {any} s */
export function standard(s) {
  if (s.default === undefined) return '';
  const v = s.default;
  if (typeof v === 'object') return (Array.isArray(v) ? v.length : Object.keys(v).length) === 0 ? '' : JSON.stringify(v);
  if (typeof v === 'boolean') return t(v ? 'workshop.yes' : 'workshop.no');
  return v === '' ? '' : String(v) + (typeof v === 'number' && dimension(s['x-unit']) ? ' ' + s['x-unit'] : '');
}

/** The values that are allowed, for people. @param {any} s */
function range(s) {
  const unit = dimension(s['x-unit']) ? ' ' + s['x-unit'] : '';
  const low = s.minimum ?? s.exclusiveMinimum, high = s.maximum ?? s.exclusiveMaximum;
  if (low !== undefined && high !== undefined) return t(s.exclusiveMinimum !== undefined ? 'workshop.range.above' : 'workshop.range', {low, high: high + unit});
  if (low !== undefined) return t(s.exclusiveMinimum !== undefined ? 'workshop.range.over' : 'workshop.range.from', {low: low + unit});
  return high !== undefined ? t('workshop.range.to', {high: high + unit}) : '';
}

/** @param {any} s */
function hint(s) {
  return [s.description, range(s)].filter(Boolean).join(' ');
}

/**
 * Any value of a schema.
 * @param {{name: string, schema: any, value: any, onValue: (v: any) => void, model: any, path: any[], needed?: boolean}} props
 */
export function Field(props) {
  const {name, schema: s, model, path, needed} = props;
  const about = {label: s.title && s.title !== name ? `${name} – ${s.title}` : name, hint: hint(s), hazard: s['x-hazard'], model, path, needed};
  if (choices(s) || s.type === 'boolean' || numeric(s) || s.type === 'string') {
    return html`<${Labelled} ...${about}>${(/** @type {any} */ a) => html`<${Scalar} ...${props} a=${a}/>`}<//>`;
  }
  if (s.type === 'array' && s.items && choices(s.items) && s.uniqueItems) return html`<${Several} ...${props}/>`;
  if (s.type === 'array' && s.items && typeof s.items === 'object') return html`<${List} ...${props}/>`;
  if (s.type === 'object' && s.properties) return html`<${Group} ...${props}/>`;
  if (s.type === 'object' && s.additionalProperties && typeof s.additionalProperties === 'object') return html`<${Mapping} ...${props}/>`;
  return html`<${Labelled} ...${about} wide>${(/** @type {any} */ a) => html`<${Raw} ...${props} a=${a}/>`}<//>`;
}

/** @param {any} props */
function Scalar({name, schema: s, value, onValue, model, a}) {
  const fallback = standard(s);
  const none = fallback === '' ? t('workshop.not-set') : t('workshop.standard', {value: fallback});
  const list = choices(s);
  if (list) {
    const unit = list.every((/** @type {any} */ v) => typeof v === 'number') && dimension(s['x-unit']) ? s['x-unit'] : '';
    const options = list.map((/** @type {any} */ v) => ({value: unit ? `${v} ${unit}` : String(v), label: unit ? `${v} ${unit}` : String(v)}));
    return html`<${Choice} ...${a} value=${value} options=${options} none=${none} onValue=${(/** @type {string} */ v) => {
      const chosen = list.find((/** @type {any} */ o) => String(o) === v);
      onValue(v === '' ? undefined : unit ? v : chosen === undefined ? v : chosen);
    }}/>`;
  }
  if (s.type === 'boolean') {
    const options = [{value: 'true', label: t('workshop.yes')}, {value: 'false', label: t('workshop.no')}];
    return html`<${Choice} ...${a} value=${value} options=${options} none=${none}
      onValue=${(/** @type {string} */ v) => onValue(v === '' ? undefined : v === 'true')}/>`;
  }
  if (numeric(s)) {
    return dimension(s['x-unit'])
      ? html`<${Quantity} ...${a} label=${name} value=${value} unit=${s['x-unit']} placeholder=${fallback && String(s.default)} onValue=${onValue}/>`
      : html`<${Plain} ...${a} value=${value} whole=${s.type === 'integer'} placeholder=${fallback} onValue=${onValue}/>`;
  }
  if (s.format === 'phase-id') return html`<${Choice} ...${a} value=${value} options=${model.phaseIds} none=${none} onValue=${(/** @type {string} */ v) => onValue(v || undefined)}/>`;
  return html`<${Line} ...${a} value=${value} placeholder=${fallback} maxlength=${s.maxLength}
    onValue=${(/** @type {string} */ v) => onValue(v === '' ? undefined : v)}/>`;
}

/** Some of a few. @param {any} props */
function Several({name, schema: s, value, onValue, model, path, needed}) {
  const now = Array.isArray(value) ? value : value === undefined && Array.isArray(s.default) ? s.default : [];
  return html`<${Box} name=${name} s=${s} needed=${needed} model=${model} path=${path}>
    <div class="w-checks">${s.items.enum.map((/** @type {any} */ v) => html`<label class="check"><input type="checkbox" checked=${now.includes(v)}
      onChange=${(/** @type {any} */ e) => onValue(s.items.enum.filter((/** @type {any} */ o) => (o === v ? e.currentTarget.checked : now.includes(o))))}/>${v}</label>`)}</div>
  <//>`;
}

/** A frame around values that belong together. @param {any} props */
function Box({name, s, needed, model, path, children}) {
  return html`<fieldset class="w-field wide"><legend>${name}${needed && html` <span class="soft">${t('workshop.needed')}</span>`}</legend>
    ${s.description && html`<p class="hint">${s.description}</p>`}
    ${s['x-hazard'] && html`<p class="w-hazard">${s['x-hazard']}</p>`}
    ${children}
    <${Faults} model=${model} path=${path} exact/>
  </fieldset>`;
}

/** What a new entry begins with. @param {any} s */
function fresh(s) {
  if (s.type === 'object') {
    const made = /** @type {any} */ ({});
    for (const key of s.required || []) made[key] = fresh((s.properties || {})[key] || {});
    return made;
  }
  if (choices(s)) return s.enum[0];
  if (numeric(s)) {
    const n = s.default ?? s.minimum ?? 0;
    return dimension(s['x-unit']) ? `${n} ${s['x-unit']}` : n;
  }
  return s.type === 'boolean' ? false : '';
}

/** A list of values, one below the other. @param {any} props */
function List({name, schema: s, value, onValue, model, path, needed}) {
  const now = Array.isArray(value) ? value : [];
  const one = {...s.items, description: s.items.type === 'object' ? s.items.description : undefined};
  return html`<${Box} name=${name} s=${s} needed=${needed} model=${model} path=${path}>
    ${now.map((/** @type {any} */ v, /** @type {number} */ i) => html`<div class="w-entry" key=${i}>
      <${Field} name=${`${name} ${i + 1}`} schema=${one} value=${v} model=${model} path=${[...path, i]}
        onValue=${(/** @type {any} */ n) => onValue(now.map((/** @type {any} */ o, /** @type {number} */ j) => (j === i ? (n === undefined ? fresh(s.items) : n) : o)))}/>
      <button type="button" class="quiet" aria-label=${t('workshop.remove-that', {name: `${name} ${i + 1}`})}
        onClick=${() => onValue(now.length === 1 ? undefined : now.filter((/** @type {any} */ _, /** @type {number} */ j) => j !== i))}>${t('workshop.remove')}</button>
    </div>`)}
    <button type="button" onClick=${() => onValue([...now, fresh(s.items)])} disabled=${s.maxItems !== undefined && now.length >= s.maxItems}>
      ${t('workshop.add-to', {name})}</button>
  <//>`;
}

/** Values by names that the schema knows. @param {any} props */
function Group({name, schema: s, value, onValue, model, path, needed}) {
  const now = value && typeof value === 'object' && !Array.isArray(value) ? value : {};
  const one = (/** @type {string} */ key, /** @type {any} */ v) => {
    const next = {...now};
    if (v === undefined) delete next[key];
    else next[key] = v;
    onValue(Object.keys(next).length === 0 ? undefined : next);
  };
  return html`<${Box} name=${name} s=${s} needed=${needed} model=${model} path=${path}><div class="w-form">
    ${Object.entries(s.properties).map(([key, p]) => html`<${Field} key=${key} name=${key} schema=${p} value=${now[key]} model=${model}
      path=${[...path, key]} needed=${(s.required || []).includes(key)} onValue=${(/** @type {any} */ v) => one(key, v)}/>`)}
  </div><//>`;
}

/** Values by names that one gives oneself; where they are features, the connected ones are offered. @param {any} props */
function Mapping({name, schema: s, value, onValue, model, path, needed}) {
  const now = value && typeof value === 'object' && !Array.isArray(value) ? value : {};
  const [key, setKey] = useState('');
  const id = useId();
  const features = s.propertyNames && String(s.propertyNames.pattern || '').includes('/');
  const offered = (features ? inputs(model, path) : []).filter((/** @type {string} */ f) => !(f in now));
  const add = () => {
    if (key.trim() === '' || key in now) return;
    onValue({...now, [key.trim()]: fresh(s.additionalProperties)});
    setKey('');
  };
  return html`<${Box} name=${name} s=${s} needed=${needed} model=${model} path=${path}>
    ${Object.entries(now).map(([k, v]) => html`<div class="w-entry" key=${k}>
      <${Field} name=${k} schema=${s.additionalProperties} value=${v} model=${model} path=${[...path, k]}
        onValue=${(/** @type {any} */ n) => onValue({...now, [k]: n === undefined ? fresh(s.additionalProperties) : n})}/>
      <button type="button" class="quiet" aria-label=${t('workshop.remove-that', {name: k})} onClick=${() => {
        const next = {...now};
        delete next[k];
        onValue(Object.keys(next).length === 0 ? undefined : next);
      }}>${t('workshop.remove')}</button></div>`)}
    <div class="row"><input class="w-short" aria-label=${t('workshop.new-name', {name})} placeholder=${t('workshop.name')} list=${offered.length > 0 ? id : undefined} value=${key}
      onInput=${(/** @type {any} */ e) => setKey(e.currentTarget.value)}
      onKeyDown=${(/** @type {any} */ e) => { if (e.key === 'Enter') { e.preventDefault(); add(); } }}/>
      ${offered.length > 0 && html`<datalist id=${id}>${offered.map((/** @type {string} */ f) => html`<option value=${f}/>`)}</datalist>`}
      <button type="button" onClick=${add}>${t('workshop.add-to', {name})}</button></div>
  <//>`;
}

/** Features that are connected to the slot whose parameters these are. @param {any} model @param {any[]} path @returns {string[]} */
function inputs(model, path) {
  const slot = path[0] === 'slots' ? model.slots[path[1]] : undefined;
  const given = slot && slot.inputs && typeof slot.inputs === 'object' ? Object.values(slot.inputs).flat() : [];
  return given.filter(v => typeof v === 'string');
}

/** A value as YAML, for what has no field. @param {any} props */
function Raw({value, onValue, a}) {
  const written = value === undefined ? '' : stringify(value, {lineWidth: 0, flowCollectionPadding: false, collectionStyle: 'flow'}).trim();
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const [wrong, setWrong] = useState('');
  useEffect(() => setTyped(null), [written]);
  const take = () => {
    if (typed === null || typed.trim() === written) return;
    try {
      onValue(typed.trim() === '' ? undefined : parse(typed));
      setWrong('');
      setTyped(null);
    } catch (e) {
      setWrong(/** @type {Error} */ (e).message.split('\n')[0]);
    }
  };
  return html`<textarea ...${a} class="w-raw" rows="2" spellcheck=${false} value=${typed ?? written} placeholder=${t('workshop.as-yaml')}
      onInput=${(/** @type {any} */ e) => setTyped(e.currentTarget.value)} onBlur=${take}></textarea>
    ${wrong && html`<p class="w-faults" role="alert">${wrong}</p>`}`;
}

/**
 * All parameters of a plug-in, those that are written or needed first.
 * @param {{schema: any, values: any, onValue: (name: string, v: any) => void, model: any, path: any[], only?: (s: any) => boolean}} props
 */
export function Parameters({schema, values, onValue, model, path, only}) {
  const [all, setAll] = useState(false);
  const given = values && typeof values === 'object' && !Array.isArray(values) ? values : {};
  const list = Object.entries(schema.properties || {}).filter(([name, s]) => !only || only(s) || name in given);
  const needed = new Set(schema.required || []);
  const first = list.filter(([name]) => name in given || needed.has(name));
  const rest = list.filter(([name]) => !(name in given || needed.has(name)));
  const short = rest.length <= 4;
  const field = (/** @type {[string, any]} */ [name, s]) => html`<${Field} key=${name} name=${name} schema=${s} value=${given[name]} model=${model}
    path=${[...path, name]} needed=${!only && needed.has(name)} onValue=${(/** @type {any} */ v) => onValue(name, v)}/>`;
  const strange = Object.keys(given).filter(name => !(name in (schema.properties || {})));
  if (list.length === 0 && strange.length === 0) return html`<p class="hint">${t('workshop.no-parameters')}</p>`;
  return html`<div class="w-form">
      ${(short || all ? list : first).map(field)}
      ${strange.map(name => field([name, {description: t('workshop.no-such-parameter')}]))}
    </div>
    ${!short && html`<button type="button" class="quiet" aria-expanded=${all} onClick=${() => setAll(!all)}>
      ${all ? t('workshop.fewer') : t(first.length === 0 ? 'workshop.all-n' : 'workshop.more', {n: rest.length})}</button>`}`;
}
