/** What a slot takes from others: its ports, and what can be connected to each. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Faults, useId} from './parts.js';
import {put} from './yamltext.js';

/** @param {{model: any, slot: string}} props */
export function Inputs({model, slot}) {
  const given = (model.slots[slot] || {}).inputs;
  const now = given && typeof given === 'object' && !Array.isArray(given) ? given : {};
  const ports = model.ports(slot).inputs;
  const strange = Object.keys(now).filter(name => !ports.some((/** @type {any} */ p) => p.name === name));
  if (ports.length === 0 && strange.length === 0) return null;
  return html`<h3>${t('workshop.inputs')}</h3>
    ${ports.map((/** @type {any} */ port) => html`<${Connections} key=${port.name} model=${model} slot=${slot} port=${port} value=${now[port.name]}/>`)}
    ${strange.map(name => html`<${Connections} key=${name} model=${model} slot=${slot} value=${now[name]} port=${{name, carries: '', many: true, required: false}}/>`)}`;
}

/** @param {any} props */
function Connections({model, slot, port, value}) {
  const id = useId();
  const [own, setOwn] = useState('');
  const path = ['slots', slot, 'inputs', port.name];
  const list = /** @type {string[]} */ ((Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String));
  const offered = port.carries === 'SAMPLES' ? model.streams(slot).map((/** @type {string} */ s) => ({name: s, unit: ''}))
    : port.carries === 'FEATURES' ? model.features(slot)
      : port.carries === 'EVENTS' ? [{name: 'session/phase', unit: ''}, ...Object.keys(model.slots).filter(s => s !== slot).map(s => ({name: `${s}/*`, unit: ''}))] : [];
  const write = (/** @type {string[]} */ next) => model.edit((/** @type {any} */ d) => {
    put(d, path, next.length === 0 ? undefined : next.length === 1 && !Array.isArray(value) ? next[0] : next);
    const left = d.getIn(path.slice(0, -1), true);
    if (left && left.items && left.items.length === 0) put(d, path.slice(0, -1), undefined);
  });
  const free = offered.filter((/** @type {any} */ o) => !list.includes(o.name));
  const add = (/** @type {string} */ v) => { if (v !== '') write(port.many ? [...list, v] : [v]); };
  return html`<div class="w-field wide">
    <span class="w-label" id=${id}>${port.name} <span class="soft">${port.carries && t('workshop.carries.' + port.carries)}${port.required ? ' · ' + t('workshop.needed') : ''}</span></span>
    <ul class="w-chips" aria-labelledby=${id}>
      ${list.map(v => html`<li class=${offered.some((/** @type {any} */ o) => o.name === v) || port.carries === '' ? '' : 'strange'}><code>${v}</code>
        <button type="button" class="quiet" aria-label=${t('workshop.disconnect', {name: v})} onClick=${() => write(list.filter(o => o !== v))}>×</button></li>`)}
    </ul>
    ${(port.many || list.length === 0 || free.length > 0) && html`<div class="row">
      <select class="w-short" aria-label=${t('workshop.connect-to', {name: port.name})} value="" onChange=${(/** @type {any} */ e) => { add(e.currentTarget.value); e.currentTarget.value = ''; }}>
        <option value="">${t(port.many || list.length === 0 ? 'workshop.connect' : 'workshop.connect.other')}</option>
        ${free.map((/** @type {any} */ o) => html`<option value=${o.name}>${o.name}${o.unit && o.unit !== '1' ? ` (${o.unit.replaceAll('{input}', t('workshop.unit.input'))})` : ''}</option>`)}
      </select>
      ${port.carries === 'EVENTS' && html`<input class="w-short" aria-label=${t('workshop.event-type', {name: port.name})} placeholder="slot/type" value=${own}
          onInput=${(/** @type {any} */ e) => setOwn(e.currentTarget.value)}/>
        <button type="button" onClick=${() => { add(own.trim()); setOwn(''); }}>${t('workshop.connect.do')}</button>`}
    </div>`}
    <${Faults} model=${model} path=${path}/>
  </div>`;
}
