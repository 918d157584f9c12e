/** What people have to say while a session runs: notes, adverse events, a measured motor threshold. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {post} from '../../core/api.js';
import {m, tick} from './model.js';
import {AdverseEvent} from './adverse.js';
import {Dialog} from './stop.js';
import {ask, useAct} from './act.js';

/** @param {{onClose: () => void}} props */
function Threshold({onClose}) {
  const [percent, setPercent] = useState('');
  const [active, setActive] = useState(false);
  const act = useAct();
  const send = (/** @type {Event} */ e) => {
    e.preventDefault();
    act.run(() => post('/safety/threshold', {with: {session: m.session, percent: Number(percent), active}}));
  };
  return html`<${Dialog} title=${t('operator.threshold')} onClose=${onClose}><form onSubmit=${send}>
    <label>${t('operator.threshold.percent')}<input type="number" min="1" max="100" step="any" required value=${percent} onInput=${(/** @type {any} */ e) => setPercent(e.currentTarget.value)}/></label>
    <label class="check"><input type="checkbox" checked=${active} onChange=${() => setActive(!active)}/> ${t('operator.threshold.active')}</label>
    <button class="main" disabled=${act.busy}>${t('operator.threshold.do')}</button>${act.outcome}</form><//>`;
}

export function Notes() {
  tick.value;
  const [text, setText] = useState('');
  const [open, setOpen] = useState('');
  const act = useAct();
  const runs = m.running && ['PREPARING', 'READY', 'RUNNING', 'PAUSED'].includes(m.state.state);
  const tms = (m.plan.slots || []).some((/** @type {any} */ s) => s.kind === 'ACTUATOR' && /^tms-/.test(s.plugin));
  const send = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (await act.run(() => ask('note', {text}))) setText('');
  };
  return html`<section class="card panel" aria-labelledby="h-notes">
    <h2 id="h-notes">${t('operator.notes')}</h2>
    <form onSubmit=${send}><label>${t('operator.notes.note')}<textarea rows="2" value=${text} required maxlength="2000" onInput=${(/** @type {any} */ e) => setText(e.currentTarget.value)}></textarea></label>
      <div class="row"><button disabled=${act.busy || !runs}>${t('operator.notes.do')}</button>
        <button type="button" class="danger-line" onClick=${() => setOpen('adverse')}>${t('operator.adverse')} …</button>
        ${tms && html`<button type="button" onClick=${() => setOpen('threshold')}>${t('operator.threshold')} …</button>`}</div>${act.outcome}</form>
    ${open === 'adverse' && html`<${AdverseEvent} participant=${m.participant} onClose=${() => setOpen('')}/>`}
    ${open === 'threshold' && html`<${Threshold} onClose=${() => setOpen('')}/>`}
  </section>`;
}
