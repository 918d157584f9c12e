/** One phase: how long, what runs, what differs in it, triggers and ratings. */
import {html} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {renamePhase, runs} from './edits.js';
import {Parameters} from './form.js';
import {Choice, Faults, Labelled, Line} from './parts.js';
import {Duration, Plain} from './quantity.js';
import {Ratings} from './ratings.js';
import {parameter} from './slots.js';
import {Limit, Triggers} from './triggers.js';
import {put} from './yamltext.js';

const ENDS = ['duration', 'input', 'finished', 'decisions', 'feature'];

/** @param {{model: any, path: any[], value: any}} props */
export function Phase({model, path, value}) {
  const slots = Object.keys(model.slots);
  const running = Array.isArray(value.slots) ? value.slots.map(String) : [];
  const id = String(value.id ?? '');
  const named = (/** @type {string} */ to) => {
    const wanted = to.trim();
    if (wanted !== '') model.edit((/** @type {any} */ d) => renamePhase(d, path, id, wanted));
  };
  return html`<h3>${t('workshop.phase')} <code>${id}</code></h3>
    <div class="w-form">
      <${Labelled} label=${t('workshop.phase.id')} hint=${t('workshop.phase.id.hint')} model=${model} path=${[...path, 'id']}>
        ${(/** @type {any} */ a) => html`<${Line} ...${a} value=${id} maxlength="64" spellcheck=${false} onValue=${named}/>`}<//>
      <${Labelled} label=${t('workshop.title')} model=${model} path=${[...path, 'title']}>
        ${(/** @type {any} */ a) => html`<${Line} ...${a} value=${value.title} maxlength="200" placeholder=${id}
          onValue=${(/** @type {string} */ v) => model.edit((/** @type {any} */ d) => put(d, [...path, 'title'], v || undefined))}/>`}<//>
      <${End} model=${model} path=${path} value=${value} running=${running}/>
    </div>
    <${Faults} model=${model} path=${path} exact/>
    ${running.filter((/** @type {string} */ s) => !slots.includes(s)).map((/** @type {string} */ s) => html`<p><code>${s}</code> ${t('workshop.unknown')}
      <button type="button" class="quiet" onClick=${() => model.edit((/** @type {any} */ d) => runs(d, path, s, false, slots))}>${t('workshop.remove-that', {name: s})}</button></p>`)}
    <${Faults} model=${model} path=${[...path, 'slots']}/>
    <${Overrides} model=${model} path=${[...path, 'parameters']} value=${value.parameters} running=${running}/>
    <${Triggers} model=${model} path=${[...path, 'triggers']} list=${value.triggers} running=${running} phase=${id}/>
    <${Ratings} model=${model} path=${[...path, 'ratings']} list=${value.ratings} running=${running}/>`;
}

/** A fixed length, or a condition and the greatest length. @param {any} props */
function End({model, path, value, running}) {
  const end = value.end && typeof value.end === 'object' ? value.end : undefined;
  const kind = end ? Object.keys(end)[0] || '' : 'duration';
  const options = ENDS.map(v => ({value: v, label: t('workshop.end.' + v)}));
  const sources = model.slotsOf('source').filter((/** @type {string} */ s) => running.includes(s));
  const interventions = model.slotsOf('intervention').filter((/** @type {string} */ s) => running.includes(s));
  const triggers = (Array.isArray(value.triggers) ? value.triggers : []).map((/** @type {any} */ x) => String(x && x.id));
  const features = model.features().map((/** @type {any} */ f) => f.name);
  const begins = /** @type {Record<string, any>} */ ({
    input: {input: sources[0] || ''}, finished: {finished: interventions[0] || ''},
    decisions: {decisions: {trigger: triggers[0] || '', count: 10}}, feature: {feature: {feature: features[0] || '', above: 0.5}},
  });
  const other = (/** @type {string} */ v) => model.edit((/** @type {any} */ d) => {
    const length = value.duration ?? value.atMost ?? '1 min';
    put(d, [...path, v === 'duration' ? 'duration' : 'atMost'], length);
    put(d, [...path, v === 'duration' ? 'atMost' : 'duration'], undefined);
    put(d, [...path, 'end'], v === 'duration' ? undefined : begins[v]);
  });
  const set = (/** @type {any[]} */ at, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [...path, ...at], v));
  const length = kind === 'duration' ? 'duration' : 'atMost';
  return html`<${Labelled} label=${t('workshop.ends')} model=${model} path=${[...path, 'end']}>
      ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${kind} options=${options} onValue=${other}/>`}<//>
    ${kind === 'input' && html`<${Labelled} label=${t('workshop.end.input.slot')}>
      ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${end.input} options=${sources} onValue=${(/** @type {string} */ v) => set(['end', 'input'], v)}/>`}<//>`}
    ${kind === 'finished' && html`<${Labelled} label=${t('workshop.end.finished.slot')}>
      ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${end.finished} options=${interventions} onValue=${(/** @type {string} */ v) => set(['end', 'finished'], v)}/>`}<//>`}
    ${kind === 'decisions' && html`<${Labelled} label=${t('workshop.trigger')}>
      ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${(end.decisions || {}).trigger} options=${triggers} onValue=${(/** @type {string} */ v) => set(['end', 'decisions', 'trigger'], v)}/>`}<//>
      <${Labelled} label=${t('workshop.end.count')}>
      ${(/** @type {any} */ a) => html`<${Plain} ...${a} whole value=${(end.decisions || {}).count} onValue=${(/** @type {any} */ v) => set(['end', 'decisions', 'count'], v)}/>`}<//>`}
    ${kind === 'feature' && html`<${Labelled} label=${t('workshop.feature')}>
      ${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${(end.feature || {}).feature} options=${features} onValue=${(/** @type {string} */ v) => set(['end', 'feature', 'feature'], v)}/>`}<//>
      <${Limit} model=${model} path=${[...path, 'end', 'feature']} value=${end.feature || {}} phases=${[]}/>
      <${Labelled} label=${t('workshop.hold')} hint=${t('workshop.hold.hint')} model=${model} path=${[...path, 'end', 'feature', 'hold']}>
      ${(/** @type {any} */ a) => html`<${Duration} ...${a} label=${t('workshop.hold')} value=${(end.feature || {}).hold} onValue=${(/** @type {any} */ v) => set(['end', 'feature', 'hold'], v)}/>`}<//>`}
    <${Labelled} label=${t('workshop.' + length)} hint=${length === 'atMost' ? t('workshop.atMost.hint') : undefined} model=${model} path=${[...path, length]}>
      ${(/** @type {any} */ a) => html`<${Duration} ...${a} label=${t('workshop.' + length)} value=${value[length]} onValue=${(/** @type {any} */ v) => set([length], v)}/>`}<//>`;
}

/** Parameters that differ in this phase, of those that may. @param {any} props */
function Overrides({model, path, value, running}) {
  const given = value && typeof value === 'object' && !Array.isArray(value) ? value : {};
  const may = (/** @type {any} */ s) => s['x-change'] === 'phase' || s['x-change'] === 'live';
  const slots = running.filter((/** @type {string} */ s) => {
    const p = model.plugin(s);
    return s in given || (p && Object.values((p.schema || {}).properties || {}).some(may));
  });
  if (slots.length === 0) return null;
  return html`<h4>${t('workshop.overrides')}</h4><p class="hint">${t('workshop.overrides.about')}</p>
    ${slots.map((/** @type {string} */ slot) => html`<fieldset key=${slot}><legend>${slot}</legend>
      <${Parameters} schema=${(model.plugin(slot) || {}).schema || {}} values=${given[slot]} only=${may} model=${model} path=${[...path, slot]}
        onValue=${(/** @type {string} */ key, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => {
          parameter(d, [...path, slot], key, v);
          const left = d.getIn(path, true);
          if (left && left.items && left.items.length === 0) put(d, path, undefined);
        })}/></fieldset>`)}`;
}
