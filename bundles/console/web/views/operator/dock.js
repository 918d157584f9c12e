/** What is always there: where the session stands, its controls, and the stop. */
import {html, useState} from '../../core/html.js';
import {clock, number, t} from '../../core/i18n.js';
import {Guarded} from '../../core/guarded.js';
import {Failure} from '../../core/layout.js';
import {liveState} from '../../core/live.js';
import {latched, m, phaseNow, tick} from './model.js';
import {Dialog, StopButton} from './stop.js';
import {post} from '../../core/api.js';
import {ask, useAct} from './act.js';
import {tone, word} from './words.js';
import {useClock} from './timeline.js';

/** Slots that can stimulate. */
export const actuators = () => (m.plan.slots || []).filter((/** @type {any} */ s) => s.kind === 'ACTUATOR').map((/** @type {any} */ s) => s.slot);

/** Slots that are not ready, or that will not act. @returns {{slot: string, state: string, reason: string}[]} */
export function unready() {
  return (m.plan.slots || []).map((/** @type {any} */ s) => ({slot: s.slot, ...(m.ready[s.slot] || {state: 'PLANNED', reason: ''})}))
    .filter((/** @type {any} */ s) => !ready(s));
}

/** Green only then: prepared or at work, and nothing speaks against arming it. @param {{state: string, reason: string}} s */
export const ready = s => (s.state === 'PREPARED' || s.state === 'RUNNING') && !s.reason;

/** @param {{onClose: () => void}} props */
function Resume({onClose}) {
  const stopped = Boolean(latched.value);
  const all = actuators();
  const [wanted, setChosen] = useState(all);
  const chosen = stopped ? [] : wanted;
  const act = useAct();
  const go = async (/** @type {Event} */ e) => {
    e.preventDefault();
    // None chosen: the session goes on, and what stimulates stays safe.
    if (await act.run(() => ask('resume', {slots: chosen}))) onClose();
  };
  return html`<${Dialog} title=${t('operator.resume')} onClose=${onClose}><form onSubmit=${go}>
    ${m.state.reason && html`<p class="note">${t('operator.paused.because')} ${m.state.reason}</p>`}
    ${stopped && html`<p class="failure">${t('operator.resume.latched')}</p>`}
    ${all.length > 0 && html`<fieldset disabled=${stopped}><legend>${t('operator.resume.arm')}</legend>
      ${all.map((/** @type {string} */ s) => html`<label class="check"><input type="checkbox" checked=${chosen.includes(s)}
        onChange=${() => setChosen(chosen.includes(s) ? chosen.filter((/** @type {string} */ x) => x !== s) : [...chosen, s])}/> ${s}</label>`)}
      <p class="hint">${t('operator.resume.hint')}</p></fieldset>`}
    <button class="main" disabled=${act.busy}>${t('operator.resume.do')}</button>
    ${act.outcome}</form><//>`;
}

/** @param {{onClose: () => void}} props */
function End({onClose}) {
  const [reason, setReason] = useState('');
  const act = useAct();
  const go = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (await act.run(() => post('/session/abort', {reason}))) onClose();
  };
  return html`<${Dialog} title=${t('operator.end')} onClose=${onClose}><form onSubmit=${go}>
    <p>${t('operator.end.how')}</p>
    <label>${t('operator.end.reason')}<input value=${reason} required maxlength="200" onInput=${(/** @type {any} */ e) => setReason(e.currentTarget.value)}/></label>
    <button class="danger" disabled=${act.busy}>${t('operator.end.do')}</button>${act.outcome}</form><//>`;
}

/** @param {{onClose: () => void}} props */
function StartAnyway({onClose}) {
  tick.value;
  const act = useAct();
  const go = async () => { if (await act.run(() => ask('begin'))) onClose(); };
  return html`<${Dialog} title=${t('operator.start.anyway')} onClose=${onClose}>
    <p>${t('operator.start.objections')}</p>
    <ul>${unready().map(s => html`<li><strong>${s.slot}</strong>: ${s.reason || word('operator.state', s.state)}</li>`)}</ul>
    <button class="main" disabled=${act.busy} onClick=${go}>${t('operator.start.anyway')}</button> ${act.outcome}<//>`;
}

/** To where a latched stop is reset, wherever one is on the page. @param {Event} e */
function toLatched(e) {
  e.preventDefault();
  document.getElementById('h-latched')?.scrollIntoView({block: 'center'});
}

/** The stop is drawn by itself: whatever else fails, it is there. */
export function Dock() {
  return html`<div class="dock" role="region" aria-label=${t('operator.dock')}>
    <${Guarded}><${Controls}/><//>
    <${StopButton}/>
  </div>`;
}

/** What of the running session is not real; empty when all is. @returns {string} */
export function simulated() {
  const of = [];
  if (m.plan.simulated === true) of.push(t('operator.simulated.devices'));
  else of.push(...m.simulated);
  if (m.plan.simulatedParticipant === true) of.push(t('operator.simulated.participant'));
  if (m.plan.speed === 'max') of.push(t('operator.simulated.max'));
  else if (Number(m.plan.speed) > 0 && Number(m.plan.speed) !== 1) of.push(t('operator.simulated.speed', {times: number(Number(m.plan.speed))}));
  return of.join(', ');
}

/** Where the session stands. */
export function Where() {
  tick.value;
  const now = useClock(500);
  const state = m.running ? m.state.state : '';
  const over = state === 'COMPLETED' || state === 'ABORTED';
  const unfit = state === 'READY' && unready().length > 0;
  // What is not known is not ready.
  const unknown = state === 'READY' && !m.plan.slots;
  return html`<div class="dock-where" role="status">
      ${m.running ? html`<span class=${'pill ' + (unfit ? 'bad' : tone(state))}>${unfit ? t('operator.ready.not', {n: unready().length, all: m.plan.slots.length}) : word('operator.state', over ? 'SEALING' : unknown ? 'PREPARING' : state)}</span>
        <span class="dock-phase">${m.running ? phaseNow()?.id : ''}</span><span class="dock-clock">${state === 'RUNNING' || state === 'PAUSED' ? clock(now) + (m.total ? ' / ' + clock(m.total) : '') : ''}</span>
        <span class="soft dock-who">${m.participant} · ${m.protocol}</span>` : html`<span class="soft">${t('operator.none')}</span>`}
      ${m.running && simulated() && html`<span class="pill simulated">${t('operator.simulated')}: ${simulated()}</span>`}
      ${state === 'PAUSED' && m.state.reason && html`<bdi class="dock-reason">${m.state.reason}</bdi>`}
      ${latched.value && html`<a class="pill bad" href="#h-latched" onClick=${toLatched}>${t('operator.latched')}</a>`}
      ${liveState.value === 'lost' && html`<span class="pill bad">${t('operator.live.lost')}</span>`}
      ${liveState.value === 'off' && html`<span class="pill warn">${t('operator.live.off')}</span>`}
    </div>`;
}

function Controls() {
  tick.value;
  const [open, setOpen] = useState('');
  const act = useAct();
  const state = m.running ? m.state.state : '';
  const over = state === 'COMPLETED' || state === 'ABORTED';
  const failing = unready();
  const dead = failing.some(s => s.state !== 'PREPARED' && s.state !== 'RUNNING');
  // What is not known is not ready.
  const unknown = state === 'READY' && !m.plan.slots;
  const close = () => setOpen('');
  const begins = () => (failing.length ? setOpen('anyway') : act.run(() => ask('begin')));
  return html`<${Where}/>
    <div class="dock-controls">
      <${Failure} error=${act.error} onClose=${act.clear}/>
      ${state === 'READY' && html`<button class="main" disabled=${act.busy || dead || unknown} onClick=${begins}>${t('operator.start')}</button>`}
      ${state === 'RUNNING' && html`<button disabled=${act.busy} onClick=${() => act.run(() => ask('pause', {reason: t('operator.pause.reason')}))}>${t('operator.pause')}</button>`}
      ${state === 'PAUSED' && html`<button class="main" onClick=${() => setOpen('resume')}>${t('operator.resume')}</button>`}
      ${m.running && !over && html`<button onClick=${() => setOpen('end')}>${t('operator.end')}</button>`}
    </div>
    ${open === 'resume' && state === 'PAUSED' && html`<${Resume} onClose=${close}/>`}
    ${open === 'end' && m.running && !over && html`<${End} onClose=${close}/>`}
    ${open === 'anyway' && state === 'READY' && html`<${StartAnyway} onClose=${close}/>`}`;
}
