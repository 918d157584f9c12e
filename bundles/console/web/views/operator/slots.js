/** The session's slots: plug-in, state and reason, arming, impedance, swap. */
import {html, useEffect, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {get} from '../../core/api.js';
import {m, phaseNow, tick} from './model.js';
import {Dialog} from './stop.js';
import {ask, useAct} from './act.js';
import {ready} from './dock.js';
import {tone, when, word} from './words.js';

/** @param {{slot: any, onClose: () => void}} props */
function Swap({slot, onClose}) {
  const [jars, setJars] = useState(/** @type {any[]} */ ([]));
  const [path, setPath] = useState('');
  const act = useAct();
  useEffect(() => { get('/jars').then(said => setJars(said.jars), () => setJars([])); }, []);
  const go = async (/** @type {Event} */ e) => {
    e.preventDefault();
    await act.run(() => ask('swap', {slot: slot.slot, jar: path}));
  };
  return html`<${Dialog} title=${t('operator.swap.title', {slot: slot.slot})} onClose=${onClose}><form onSubmit=${go}>
    <p>${t('operator.swap.how', {plugin: slot.plugin})}</p>
    <label>${t('operator.swap.jar')}<select value=${jars.some(j => j.path === path) ? path : ''} onChange=${(/** @type {any} */ e) => setPath(e.currentTarget.value)}>
      <option value="">${t('operator.swap.choose')}</option>
      ${jars.map(j => html`<option value=${j.path}>${j.name}</option>`)}</select></label>
    <label>${t('operator.swap.path')}<input value=${path} required onInput=${(/** @type {any} */ e) => setPath(e.currentTarget.value)} spellcheck=${false}/></label>
    <button class="main" disabled=${act.busy}>${t(act.busy ? 'operator.swap.busy' : 'operator.swap.do')}</button>${act.outcome}
  </form><//>`;
}

/** A state as words, colour and sign, never as colour alone. @param {{state: string, reason: string, resting?: boolean}} props */
export function StateOf({state, reason, resting = false}) {
  if (resting) return html`<span class="pill"><span aria-hidden="true">‖</span> ${t('operator.slots.resting')}</span>`;
  const good = ready({state, reason});
  const objection = reason && (state === 'PREPARED' || state === 'RUNNING');
  return html`<span class=${'pill ' + (objection ? 'bad' : tone(state))}><span aria-hidden="true">${good ? '✓' : tone(state) === 'bad' || objection ? '✕' : tone(state) === 'warn' ? '‖' : '…'}</span>
    ${objection ? t('operator.slots.will-not-act') : word('operator.state', state)}</span>`;
}

export function Slots() {
  tick.value;
  const [swap, setSwap] = useState(/** @type {any} */ (null));
  const act = useAct();
  const waiting = m.state.state === 'PREPARING' || m.state.state === 'READY';
  const fit = (/** @type {any} */ s) => ready(m.ready[s.slot] || {state: '', reason: ''});
  // What stands in the way comes first while one waits for it.
  const all = m.plan.slots || [];
  const slots = m.state.state === 'READY' ? [...all].sort((a, b) => Number(fit(a)) - Number(fit(b))) : all;
  const bad = slots.filter((/** @type {any} */ s) => !fit(s)).length;
  return html`<section class="card panel slots" aria-labelledby="h-slots">
    <div class="row panel-head"><h2 id="h-slots">${t(waiting ? 'operator.ready' : 'operator.slots')}</h2><span class="grow"></span>
      ${waiting && m.plan.slots && html`<span role="status" class=${'pill ' + (bad ? (m.state.state === 'PREPARING' ? '' : 'bad') : 'good')}>${t(bad ? 'operator.ready.not' : 'operator.ready.all', {n: bad, all: slots.length})}</span>`}</div>
    <ul class="slot-list">${slots.map((/** @type {any} */ s) => {
      const now = m.ready[s.slot] || {state: 'PLANNED', reason: ''};
      const told = m.slots[s.slot] || {};
      const ohms = m.impedance[s.slot];
      const here = m.plan.phases && m.plan.phases[phaseNow()?.id];
      const inPhase = !here || here.slots.includes(s.slot);
      const resting = m.state.state === 'RUNNING' && !inPhase && now.state === 'PAUSED';
      return html`<li key=${s.slot}>
        <div class="row"><strong>${s.slot}</strong><${StateOf} state=${now.state || 'PLANNED'} reason=${now.reason || ''} resting=${resting}/>
          ${s.kind === 'ACTUATOR' && !resting && html`<span class=${'pill ' + (told.armed ? 'warn' : '')}>${told.armed ? '⚡ ' + t('operator.armed') : t('operator.not-armed')}</span>`}
          <span class="grow"></span>
          ${s.kind === 'ACTUATOR' && !told.armed && inPhase && m.state.state === 'RUNNING' && html`<button disabled=${act.busy}
            onClick=${() => act.run(() => ask('resume', {slots: [s.slot]}))}>${t('operator.arm')}</button>`}
          <button class="quiet" onClick=${() => setSwap(s)} aria-label=${t('operator.swap.title', {slot: s.slot})}>${t('operator.swap')}</button></div>
        <p class="soft">${word('operator.kind', s.kind)} · ${s.plugin} ${now.version || s.version}</p>
        ${now.reason && !resting && html`<p class=${tone(now.state) === 'bad' || waiting ? 'slot-reason bad' : 'slot-reason'}>${now.reason}</p>`}
        ${ohms && html`<p><span class="soft">${t('operator.impedance')}</span> <strong>${ohms.text}</strong> <span class="soft">${when(ohms.timeNanos)}</span></p>`}
      </li>`;
    })}</ul>
    ${act.outcome}
    ${swap && html`<${Swap} slot=${swap} onClose=${() => setSwap(null)}/>`}
  </section>`;
}

/** All that is installed, with state and reason. */
export function Plugins() {
  const [all, setAll] = useState(/** @type {any[] | null} */ (null));
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return undefined;
    const load = () => get('/plugins').then(said => setAll(said.plugins), () => setAll([]));
    load();
    const id = window.setInterval(load, 5000);
    return () => window.clearInterval(id);
  }, [open]);
  return html`<details class="card panel" onToggle=${(/** @type {any} */ e) => setOpen(e.currentTarget.open)}><summary><h2>${t('operator.plugins')}</h2></summary>
    ${all && html`<div class="scroll"><table><thead><tr><th>${t('operator.plugins.name')}</th><th>${t('operator.plugins.version')}</th><th>${t('operator.plugins.state')}</th></tr></thead>
      <tbody>${all.map(p => html`<tr key=${p.id + p.version + p.sha256}><td>${p.title}<br/><code>${p.id}</code></td><td>${p.version}</td>
        <td><span class=${'pill ' + tone(p.state)}>${word('operator.state', p.state)}</span>${p.reason && html`<br/>${p.reason}`}</td></tr>`)}</tbody></table></div>`}
  </details>`;
}
