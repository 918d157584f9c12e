/** The phases: their line, which slots run in each, and the one that is chosen. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {duplicate, free, runs, unwrap, wrap} from './edits.js';
import {Count, Faults, Labelled, Choice} from './parts.js';
import {Phase} from './phase.js';
import {Plain} from './quantity.js';
import {Timeline} from './timeline.js';
import {insert, move, put} from './yamltext.js';

/** @param {{model: any}} props */
export function Phases({model}) {
  const steps = model.steps;
  const [wanted, setWanted] = useState('phases.0');
  const chosen = steps.find((/** @type {any} */ s) => s.path.join('.') === wanted) || steps[0];
  const add = () => {
    const last = chosen && !chosen.block ? chosen : undefined;
    const list = last ? last.path.slice(0, -1) : ['phases'];
    const at = last ? Number(last.path[last.path.length - 1]) + 1 : steps.filter((/** @type {any} */ s) => s.depth === 0).length;
    const id = free('phase', model.phaseIds);
    const slots = last && Array.isArray(last.value.slots) ? last.value.slots : Object.keys(model.slots).filter(s => !['actuator'].includes((model.plugin(s) || {}).kind));
    model.edit((/** @type {any} */ d) => insert(d, list, at, {id, duration: '1 min', slots: [...slots]}, false));
    setWanted([...list, at].join('.'));
  };
  return html`<section class="card" aria-labelledby="w-phases">
    <div class="row"><h2 id="w-phases">${t('workshop.phases')}</h2><${Count} n=${model.faults(['phases']).length}/></div>
    ${steps.length > 0 && html`<${Timeline} model=${model} chosen=${chosen ? chosen.path.join('.') : ''} onChoose=${setWanted}/>`}
    <${Faults} model=${model} path=${['phases']} exact/>
    <div class="row"><button type="button" onClick=${add}>${t('workshop.phase.add')}</button></div>
    ${steps.some((/** @type {any} */ s) => !s.block) && Object.keys(model.slots).length > 0 && html`<${Matrix} model=${model} chosen=${chosen} onChoose=${setWanted}/>`}
    ${chosen && html`<${Chosen} key=${chosen.path.join('.')} model=${model} step=${chosen} onChoose=${setWanted}/>`}
  </section>`;
}

/** Which slots run in which phase. @param {any} props */
function Matrix({model, chosen, onChoose}) {
  const phases = model.steps.filter((/** @type {any} */ s) => !s.block);
  const slots = Object.keys(model.slots);
  return html`<h3>${t('workshop.matrix')}</h3><div class="scroll w-matrix" tabindex="0" role="group" aria-label=${t('workshop.matrix')}><table>
    <thead><tr><th scope="col">${t('workshop.slot')}</th>${phases.map((/** @type {any} */ p) => html`<th scope="col" key=${p.path.join('.')} class=${chosen === p ? 'chosen' : ''}>
      <button type="button" class="quiet" onClick=${() => onChoose(p.path.join('.'))}>${String(p.value.id)}</button></th>`)}</tr></thead>
    <tbody>${slots.map(slot => html`<tr key=${slot}><th scope="row">${slot}</th>${phases.map((/** @type {any} */ p) => html`<td key=${p.path.join('.')}>
      <label class="w-tick"><input type="checkbox" aria-label=${t('workshop.runs-in', {slot, phase: String(p.value.id)})}
        checked=${Array.isArray(p.value.slots) && p.value.slots.includes(slot)}
        onChange=${(/** @type {any} */ e) => { const on = e.currentTarget.checked; model.edit((/** @type {any} */ d) => runs(d, p.path, slot, on, slots)); }}/></label></td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** @param {any} props */
function Chosen({model, step, onChoose}) {
  const list = step.path.slice(0, -1);
  const at = Number(step.path[step.path.length - 1]);
  const siblings = model.steps.filter((/** @type {any} */ s) => s.path.length === step.path.length && s.path.slice(0, -1).join('.') === list.join('.'));
  const count = siblings.length;
  const to = (/** @type {number} */ then) => {
    model.edit((/** @type {any} */ d) => move(d, list, at, list, then));
    onChoose([...list, then].join('.'));
  };
  const into = siblings[at + 1] && siblings[at + 1].block ? at + 1 : siblings[at - 1] && siblings[at - 1].block ? at - 1 : -1;
  const copy = () => {
    const value = JSON.parse(JSON.stringify(step.value));
    const ids = [...model.phaseIds];
    const triggers = [...model.triggerIds];
    rename(value, ids, triggers);
    model.edit((/** @type {any} */ d) => duplicate(d, list, at, value));
    onChoose([...list, at + 1].join('.'));
  };
  const inside = list.length > 1;
  return html`<div class="w-chosen">
    ${step.block ? html`<${Block} model=${model} path=${step.path} value=${step.value.block || {}}/>` : html`<${Phase} model=${model} path=${step.path} value=${step.value}/>`}
    <div class="row">
      <button type="button" disabled=${at === 0} onClick=${() => to(at - 1)}>${t('workshop.earlier')}</button>
      <button type="button" disabled=${at >= count - 1} onClick=${() => to(at + 1)}>${t('workshop.later')}</button>
      <button type="button" onClick=${copy}>${t('workshop.duplicate')}</button>
      ${step.block
        ? html`<button type="button" onClick=${() => model.edit((/** @type {any} */ d) => unwrap(d, list, at))}>${t('workshop.block.away')}</button>`
        : html`<button type="button" onClick=${() => { model.edit((/** @type {any} */ d) => wrap(d, list, at)); onChoose(step.path.join('.')); }}>${t('workshop.block.make')}</button>`}
      ${!step.block && into >= 0 && html`<button type="button" onClick=${() => {
        const inner = [...list, into, 'block', 'phases'];
        const n = ((siblings[into].value.block || {}).phases || []).length;
        const then = into > at ? 0 : n;
        model.edit((/** @type {any} */ d) => moveInto(d, list, at, inner, then));
        onChoose([...list, into > at ? into - 1 : into, 'block', 'phases', then].join('.'));
      }}>${t('workshop.block.into')}</button>`}
      ${!step.block && inside && html`<button type="button" onClick=${() => {
        const outer = list.slice(0, -3), above = Number(list[list.length - 3]);
        model.edit((/** @type {any} */ d) => move(d, list, at, outer, above + 1));
        onChoose([...outer, above + 1].join('.'));
      }}>${t('workshop.block.out')}</button>`}
      <button type="button" onClick=${() => {
        model.edit((/** @type {any} */ d) => put(d, step.path, undefined));
        onChoose([...list, Math.max(0, at - 1)].join('.'));
      }}>${t('workshop.phase.remove')}</button>
    </div>
  </div>`;
}

/** The list inside is found before the entry is taken away, which moves what stands behind it. @param {any} d @param {any[]} list @param {number} at @param {any[]} inner @param {number} then */
function moveInto(d, list, at, inner, then) {
  const target = d.getIn(inner, true);
  const [item] = d.getIn(list, true).items.splice(at, 1);
  target.items.splice(then, 0, item);
}

/** Ids that are not there yet for all that a copy holds. @param {any} step @param {string[]} ids @param {string[]} triggers */
function rename(step, ids, triggers) {
  if (step.block) {
    for (const s of Array.isArray(step.block.phases) ? step.block.phases : []) rename(s, ids, triggers);
    return;
  }
  step.id = free(String(step.id), ids);
  ids.push(step.id);
  for (const trigger of Array.isArray(step.triggers) ? step.triggers : []) {
    trigger.id = free(String(trigger.id), triggers);
    triggers.push(trigger.id);
  }
}

/** @param {{model: any, path: any[], value: any}} props */
function Block({model, path, value}) {
  const at = [...path, 'block'];
  const orders = ['given', 'random'].map(v => ({value: v, label: t('workshop.order.' + v)}));
  return html`<h3>${t('workshop.block')}</h3><div class="w-form">
    <${Labelled} label=${t('workshop.block.repeat')} model=${model} path=${[...at, 'repeat']}>
      ${(/** @type {any} */ a) => html`<${Plain} ...${a} whole value=${value.repeat} placeholder="1" onValue=${(/** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [...at, 'repeat'], v))}/>`}<//>
    <${Labelled} label=${t('workshop.block.order')} hint=${t('workshop.block.order.hint')} model=${model} path=${[...at, 'order']}>
      ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${value.order ?? 'given'} options=${orders}
        onValue=${(/** @type {string} */ v) => model.edit((/** @type {any} */ d) => put(d, [...at, 'order'], v))}/>`}<//>
  </div><${Faults} model=${model} path=${path} exact/><${Faults} model=${model} path=${at} exact/>`;
}
