/** Triggers of a phase, as conditions: what is watched, from when on it fires, how often at most, and what is done. */
import {html} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {free} from './edits.js';
import {Choice, Count, Faults, Labelled, Line} from './parts.js';
import {decimal, Duration, Plain, Quantity} from './quantity.js';
import {dimension, quantity} from './units.js';
import {insert, put} from './yamltext.js';

/** @param {{model: any, path: any[], list: any, running: string[], phase: string}} props */
export function Triggers({model, path, list, running, phase}) {
  const triggers = Array.isArray(list) ? list : [];
  const interventions = model.slotsOf('intervention').filter((/** @type {string} */ s) => running.includes(s) && model.ports(s).inputs.some((/** @type {any} */ p) => p.carries === 'FEATURES'));
  const actuators = model.slotsOf('actuator').filter((/** @type {string} */ s) => running.includes(s));
  const add = () => {
    const slot = interventions[0];
    const target = actuators[0];
    const action = (model.ports(target).actions[0] || {name: '', arguments: []});
    const value = {id: free('trigger', model.triggerIds), slot, feature: watched(model, slot)[0] || '', above: 0.5, refractory: '10 s', perMinute: 4,
      do: {slot: target, action: action.name, with: least(action)}};
    model.edit((/** @type {any} */ d) => insert(d, path, triggers.length, value, false));
  };
  const ready = interventions.length > 0 && actuators.length > 0;
  if (!ready && triggers.length === 0) return html`<h4>${t('workshop.triggers')}</h4><p class="hint">${t('workshop.triggers.need')}</p>`;
  return html`<h4>${t('workshop.triggers')}</h4>
    ${triggers.map((/** @type {any} */ value, /** @type {number} */ i) => value && typeof value === 'object' && html`<${Trigger} key=${i} model=${model} path=${[...path, i]} value=${value} interventions=${interventions}
      actuators=${actuators} phase=${phase} onRemove=${() => model.edit((/** @type {any} */ d) => put(d, triggers.length === 1 ? path : [...path, i], undefined))}/>`)}
    <button type="button" disabled=${!ready} onClick=${add}>${t('workshop.trigger.add')}</button>`;
}

/** Features that are connected to an intervention. @param {any} model @param {string} slot @returns {string[]} */
function watched(model, slot) {
  const inputs = (model.slots[slot] || {}).inputs;
  return inputs && typeof inputs === 'object' ? Object.values(inputs).flat().filter(v => typeof v === 'string') : [];
}

/** The least of each argument: what a person then raises. @param {any} action */
function least(action) {
  const all = /** @type {any} */ ({});
  for (const a of action.arguments || []) all[a.name] = dimension(a.unit) ? `${a.minimum} ${a.unit}` : a.minimum;
  return all;
}

/** @param {any} props */
function Trigger({model, path, value, interventions, actuators, phase, onRemove}) {
  const set = (/** @type {any[]} */ at, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [...path, ...at], v));
  const features = watched(model, value.slot);
  const before = model.phaseIds.slice(0, Math.max(0, model.phaseIds.indexOf(phase)));
  const duration = (/** @type {string} */ key) => html`<${Labelled} label=${t('workshop.' + key)} hint=${t(`workshop.${key}.hint`)} model=${model} path=${[...path, key]}>
    ${(/** @type {any} */ a) => html`<${Duration} ...${a} label=${t('workshop.' + key)} value=${value[key]} onValue=${(/** @type {any} */ v) => set([key], v)}/>`}<//>`;
  const cap = (/** @type {string} */ key) => html`<${Labelled} label=${t('workshop.' + key)} model=${model} path=${[...path, key]}>
    ${(/** @type {any} */ a) => html`<${Plain} ...${a} whole value=${value[key]} placeholder=${t('workshop.no-cap')} onValue=${(/** @type {any} */ v) => set([key], v)}/>`}<//>`;
  return html`<fieldset class="w-trigger"><legend>${t('workshop.trigger')} <code>${String(value.id ?? '')}</code> <${Count} n=${model.faults(path).length}/></legend>
    <div class="w-form">
      <${Labelled} label=${t('workshop.name')} model=${model} path=${[...path, 'id']}>
        ${(/** @type {any} */ a) => html`<${Line} ...${a} value=${value.id} spellcheck=${false} onValue=${(/** @type {string} */ v) => set(['id'], v.trim() || undefined)}/>`}<//>
      <${Labelled} label=${t('workshop.trigger.slot')} model=${model} path=${[...path, 'slot']}>
        ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${value.slot} options=${interventions} onValue=${(/** @type {string} */ v) => set(['slot'], v)}/>`}<//>
      <${Labelled} label=${t('workshop.feature')} hint=${t('workshop.trigger.feature.hint')} model=${model} path=${[...path, 'feature']}>
        ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${value.feature} options=${features} onValue=${(/** @type {string} */ v) => set(['feature'], v)}/>`}<//>
      <${Limit} model=${model} path=${path} value=${value} phases=${before}/>
      ${duration('hold')}${duration('refractory')}${cap('perMinute')}${cap('perPhase')}${cap('perSession')}
    </div>
    <${Action} model=${model} path=${[...path, 'do']} value=${value.do && typeof value.do === 'object' ? value.do : {}} actuators=${actuators}/>
    <${Faults} model=${model} path=${path} exact/>
    <button type="button" onClick=${onRemove}>${t('workshop.trigger.remove')}</button>
  </fieldset>`;
}

/** Above or below what: a number or quantity, or in relation to a phase before. @param {any} props */
export function Limit({model, path, value, phases}) {
  const side = 'below' in value ? 'below' : 'above';
  const limit = value[side];
  const relative = limit && typeof limit === 'object';
  const kind = !relative ? 'value' : 'sd' in limit ? 'sd' : 'factor';
  const unit = (model.features().find((/** @type {any} */ f) => f.name === value.feature) || {unit: ''}).unit;
  const fixed = dimension(unit) && !unit.includes('{input}') ? unit : '';
  const set = (/** @type {any[]} */ at, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [...path, ...at], v));
  const turn = (/** @type {string} */ v) => model.edit((/** @type {any} */ d) => {
    put(d, [...path, v], limit ?? 0.5);
    if (v !== side) put(d, [...path, side], undefined);
  });
  const another = (/** @type {string} */ v) => set([side], v === 'value' ? (fixed ? `1 ${fixed}` : 0.5) : {baseline: relative ? limit.baseline : phases[phases.length - 1] || '', [v]: v === 'sd' ? 2 : 1.2});
  const kinds = ['value', 'factor', 'sd'].filter(k => k === 'value' || k === kind || phases.length > 0).map(k => ({value: k, label: t('workshop.limit.' + k)}));
  const at = [...path, side];
  return html`<${Labelled} label=${t('workshop.side')}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${side}
      options=${['above', 'below'].map(v => ({value: v, label: t('workshop.' + v)}))} onValue=${turn}/>`}<//>
    ${(phases.length > 0 || relative) && html`<${Labelled} label=${t('workshop.limit.kind')}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${kind} options=${kinds} onValue=${another}/>`}<//>`}
    ${!relative && html`<${Labelled} label=${t('workshop.limit')} model=${model} path=${at}>${(/** @type {any} */ a) => {
      const q = quantity(limit);
      return q.unit || fixed
        ? html`<${Quantity} ...${a} label=${t('workshop.limit')} unit=${q.unit || fixed} value=${limit} onValue=${(/** @type {any} */ v) => set([side], v)}/>`
        : html`<${Line} ...${a} inputmode="decimal" value=${limit} onValue=${(/** @type {string} */ v) => set([side], v === '' ? undefined : decimal(v) === undefined ? v : Number(decimal(v)))}/>`;
    }}<//>`}
    ${relative && html`<${Labelled} label=${t('workshop.baseline')} model=${model} path=${[...at, 'baseline']}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${limit.baseline} options=${phases}
        onValue=${(/** @type {string} */ v) => set([side, 'baseline'], v)}/>`}<//>
      <${Labelled} label=${t('workshop.limit.' + kind)} model=${model} path=${at}>${(/** @type {any} */ a) => html`<${Plain} ...${a} value=${limit[kind]} onValue=${(/** @type {any} */ v) => set([side, kind], v)}/>`}<//>`}`;
}

/** What is done when it fires. @param {any} props */
function Action({model, path, value, actuators}) {
  const actions = model.ports(value.slot).actions;
  const action = actions.find((/** @type {any} */ a) => a.name === value.action);
  const given = value.with && typeof value.with === 'object' ? value.with : {};
  const other = (/** @type {string} */ slot, /** @type {string} */ name) => model.edit((/** @type {any} */ d) => {
    const list = model.ports(slot).actions;
    const chosen = list.find((/** @type {any} */ a) => a.name === name) || list[0] || {name: '', arguments: []};
    put(d, path, {slot, action: chosen.name, with: least(chosen)});
  });
  const set = (/** @type {string} */ name, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [...path, 'with', name], v));
  const strange = Object.keys(given).filter(k => action && !action.arguments.some((/** @type {any} */ a) => a.name === k));
  return html`<h4>${t('workshop.do')}</h4><div class="w-form">
    <${Labelled} label=${t('workshop.do.slot')} model=${model} path=${[...path, 'slot']}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${value.slot} options=${actuators} onValue=${(/** @type {string} */ v) => other(v, '')}/>`}<//>
    <${Labelled} label=${t('workshop.do.action')} model=${model} path=${[...path, 'action']}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${value.action} options=${actions.map((/** @type {any} */ x) => x.name)} onValue=${(/** @type {string} */ v) => other(value.slot, v)}/>`}<//>
    ${action && action.arguments.map((/** @type {any} */ arg) => html`<${Labelled} key=${arg.name} label=${arg.name} model=${model} path=${[...path, 'with', arg.name]}
        hint=${t('workshop.range', {low: arg.minimum, high: arg.maximum + (dimension(arg.unit) ? ' ' + arg.unit : '')})}>
      ${(/** @type {any} */ a) => (dimension(arg.unit)
        ? html`<${Quantity} ...${a} label=${arg.name} unit=${arg.unit} choices=${arg.unit === '%MSO' ? ['%MSO', '%RMT'] : undefined} value=${given[arg.name]} onValue=${(/** @type {any} */ v) => set(arg.name, v)}/>`
        : html`<${Plain} ...${a} value=${given[arg.name]} onValue=${(/** @type {any} */ v) => set(arg.name, v)}/>`)}<//>`)}
    ${strange.map(k => html`<${Labelled} key=${k} label=${k} hint=${t('workshop.no-such-parameter')} model=${model} path=${[...path, 'with', k]}>
      ${(/** @type {any} */ a) => html`<${Line} ...${a} value=${given[k]} onValue=${(/** @type {string} */ v) => set(k, v === '' ? undefined : v)}/>`}<//>`)}
  </div><${Faults} model=${model} path=${path} exact/><${Faults} model=${model} path=${[...path, 'with']} exact/>`;
}
