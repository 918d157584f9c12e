/** The slots: which plug-in is in each, with which parameters, connected to what. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {free, removeSlot, renameSlot} from './edits.js';
import {Parameters} from './form.js';
import {Inputs} from './inputs.js';
import {plugins} from './model.js';
import {Choice, Count, Dialog, Faults, kindName, Labelled, Line} from './parts.js';
import {Duration} from './quantity.js';
import {put} from './yamltext.js';

/** In the order in which a protocol is thought of. */
const KINDS = ['source', 'processor', 'intervention', 'actuator', 'outcome', 'scene', 'display', 'sink', 'safety_rule'];
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;

/** Installed plug-ins by kind, as options of a list. @param {{value: string, onValue: (v: string) => void, [rest: string]: any}} props */
function PluginChoice({value, onValue, ...rest}) {
  const all = [...plugins.value.values()].filter(p => p.state === 'AVAILABLE' && p.kind !== 'safety_rule');
  const known = plugins.value.has(value);
  return html`<select ...${rest} value=${value} onChange=${(/** @type {any} */ e) => onValue(e.currentTarget.value)}>
    ${value === '' && html`<option value="">${t('workshop.choose')}</option>`}
    ${!known && value !== '' && html`<option value=${value} selected>${value} ${t('workshop.not-installed')}</option>`}
    ${KINDS.map(kind => {
      const of = all.filter(p => p.kind === kind);
      return of.length > 0 && html`<optgroup label=${kindName(kind)}>${of.map(p => html`<option value=${p.id} selected=${p.id === value}>${p.id} – ${p.title}</option>`)}</optgroup>`;
    })}
  </select>`;
}

/** @param {{model: any}} props */
export function Slots({model}) {
  const names = Object.keys(model.slots);
  const [open, setOpen] = useState(/** @type {Set<string>} */ (new Set()));
  const toggle = (/** @type {string} */ name, /** @type {boolean} */ on) => setOpen(was => {
    const next = new Set(was);
    if (on) next.add(name);
    else next.delete(name);
    return next;
  });
  const add = (/** @type {string} */ plugin) => {
    if (plugin === '') return;
    const name = free(plugin.replace(/[^A-Za-z0-9]+/g, '-').split('-').slice(0, 2).join('-').replace(/^[^A-Za-z]+/, '') || 'slot', names);
    model.edit((/** @type {any} */ d) => put(d, ['slots', name], {plugin}));
    toggle(name, true);
  };
  return html`<section class="card" aria-labelledby="w-slots">
    <div class="row"><h2 id="w-slots">${t('workshop.slots')}</h2><${Count} n=${model.faults(['slots']).length}/></div>
    <p class="hint">${t('workshop.slots.about')}</p>
    ${names.map(name => html`<${Slot} key=${name} model=${model} name=${name} open=${open.has(name)}
      onOpen=${(/** @type {boolean} */ on) => toggle(name, on)} onName=${(/** @type {string} */ to) => { toggle(name, false); toggle(to, true); }}/>`)}
    <${Faults} model=${model} path=${['slots']} exact/>
    <${Labelled} label=${t('workshop.slot.add')}>${(/** @type {any} */ a) => html`<${PluginChoice} ...${a} value="" onValue=${add}/>`}<//>
  </section>`;
}

/** @param {any} props */
function Slot({model, name, open, onOpen, onName}) {
  const value = model.slots[name];
  const path = ['slots', name];
  const plugin = model.plugin(name);
  const [asking, setAsking] = useState(false);
  if (!value || typeof value !== 'object' || Array.isArray(value)) {
    return html`<div class="w-slot"><strong>${name}</strong><${Faults} model=${model} path=${path}/></div>`;
  }
  const named = (/** @type {string} */ to) => {
    const wanted = to.trim();
    if (!NAME.test(wanted) || wanted === 'session' || wanted in model.slots) return;
    model.edit((/** @type {any} */ d) => renameSlot(d, name, wanted));
    onName(wanted);
  };
  const another = (/** @type {string} */ id) => model.edit((/** @type {any} */ d) => {
    put(d, [...path, 'plugin'], id);
    // What another plug-in took and knew is not what this one does.
    put(d, [...path, 'parameters'], undefined);
    const p = plugins.value.get(id);
    if (!p || !p.ports || p.ports.inputs.length === 0) put(d, [...path, 'inputs'], undefined);
  });
  return html`<details class="w-slot" open=${open} onToggle=${(/** @type {any} */ e) => { if (e.currentTarget.open !== open) onOpen(e.currentTarget.open); }}>
    <summary><strong>${name}</strong> <span class="soft">${plugin ? plugin.title : String(value.plugin ?? '')}</span>
      <span class="grow"></span>${plugin && html`<span class="pill">${kindName(plugin.kind)}</span>`}<${Count} n=${model.faults(path).length}/></summary>
    ${open && html`<div class="w-slot-body">
      <div class="w-form">
        <${Labelled} label=${t('workshop.slot.name')} hint=${t('workshop.slot.name.hint')}>
          ${(/** @type {any} */ a) => html`<${Line} ...${a} value=${name} maxlength="32" spellcheck=${false} onValue=${named}/>`}<//>
        <${Labelled} label=${t('workshop.plugin')} model=${model} path=${[...path, 'plugin']}>
          ${(/** @type {any} */ a) => html`<${PluginChoice} ...${a} value=${String(value.plugin ?? '')} onValue=${another}/>`}<//>
      </div>
      <${Given} kind=${plugin && plugin.kind} name=${name} plugin=${value.plugin}/>
      <${Inputs} model=${model} slot=${name}/>
      <${Faults} model=${model} path=${path} exact/>
      ${value.plugin === 'external' ? html`<p class="note">${t('workshop.external')}</p>`
      : plugin && html`<h3>${t('workshop.parameters')}</h3>
        <${Parameters} schema=${plugin.schema} values=${value.parameters} model=${model} path=${[...path, 'parameters']}
          onValue=${(/** @type {string} */ key, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => parameter(d, [...path, 'parameters'], key, v))}/>
        <${Faults} model=${model} path=${[...path, 'parameters']} exact/>`}
      ${plugin && plugin.kind === 'actuator' && html`<${AfterLoss} model=${model} path=${[...path, 'afterLoss']} value=${value.afterLoss}/>`}
      <p><button type="button" onClick=${() => setAsking(true)}>${t('workshop.slot.remove')}</button></p>
    </div>`}
    ${asking && html`<${Dialog} title=${t('workshop.slot.remove.sure', {name})} onClose=${() => setAsking(false)}>
      <p>${t('workshop.slot.remove.what')}</p>
      <div class="row"><button class="danger" onClick=${() => { setAsking(false); model.edit((/** @type {any} */ d) => removeSlot(d, name)); }}>${t('workshop.remove')}</button>
        <button onClick=${() => setAsking(false)}>${t('common.cancel')}</button></div><//>`}
  </details>`;
}

/** One parameter; a mapping that is empty then is not left behind. @param {any} doc @param {any[]} path @param {string} key @param {any} v */
export function parameter(doc, path, key, v) {
  put(doc, [...path, key], v);
  const left = doc.getIn(path, true);
  if (v === undefined && left && left.items && left.items.length === 0) put(doc, path, undefined);
}

/** What is given when a session begins, and not in the protocol. @param {{kind: string | undefined, name: string, plugin: string}} props */
function Given({kind, name, plugin}) {
  if (plugin === 'external') return null;
  if (kind === 'source') return html`<p class="hint">${t(plugin === 'synthetic' ? 'workshop.input.synthetic' : plugin === 'file-replay' ? 'workshop.input.replay' : 'workshop.input.source', {name})}</p>`;
  return kind === 'actuator' && html`<p class="hint">${t('workshop.input.actuator', {name})}</p>`;
}

/** @param {{model: any, path: any[], value: any}} props */
function AfterLoss({model, path, value}) {
  const now = value && typeof value === 'object' ? value.rearm || 'person' : 'person';
  const options = ['person', 'automatic'].map(v => ({value: v, label: t('workshop.rearm.' + v)}));
  return html`<div class="w-form"><${Labelled} label=${t('workshop.rearm')} hint=${t('workshop.rearm.hint')} model=${model} path=${path}>
      ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${now} options=${options}
        onValue=${(/** @type {string} */ v) => model.edit((/** @type {any} */ d) => put(d, path, v === 'automatic' ? {rearm: 'automatic', healthyFor: '30 s'} : undefined))}/>`}<//>
    ${now === 'automatic' && html`<${Labelled} label=${t('workshop.healthy')} model=${model} path=${[...path, 'healthyFor']}>
      ${(/** @type {any} */ a) => html`<${Duration} ...${a} label=${t('workshop.healthy')} value=${value.healthyFor}
        onValue=${(/** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [...path, 'healthyFor'], v))}/>`}<//>`}</div>`;
}
