/** What people have to say: notes, adverse events, a measured motor threshold. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {post} from '../../core/api.js';
import {m, tick} from './model.js';
import {Dialog} from './stop.js';
import {ask, useAct} from './act.js';

/** What is coded of an adverse event: the codes of the form adverse-event-report. */
const CODES = {grade: [1, 2, 3, 4, 5], serious: [0, 1, 2, 3, 4, 5, 6], related: [0, 1, 2, 3, 4], treatment: [0, 1, 2, 3, 4]};

/** @param {{onClose: () => void}} props */
function AdverseEvent({onClose}) {
  const [text, setText] = useState('');
  const [codes, setCodes] = useState(/** @type {Record<string, string>} */ ({}));
  const act = useAct();
  const send = async (/** @type {Event} */ e) => {
    e.preventDefault();
    const coded = Object.fromEntries(Object.keys(CODES).map(k => [k, Number(codes[k])]));
    if (await act.run(() => ask('adverse-event', {text, ...coded}))) onClose();
  };
  return html`<${Dialog} title=${t('operator.adverse')} onClose=${onClose}><form onSubmit=${send}>
    <p class="hint">${t('operator.adverse.how')}</p>
    <label>${t('operator.adverse.text')}<textarea value=${text} required maxlength="2000" onInput=${(/** @type {any} */ e) => setText(e.currentTarget.value)}></textarea></label>
    ${Object.entries(CODES).map(([k, values]) => html`<label>${t('operator.adverse.' + k)}<select required value=${codes[k] ?? ''}
      onChange=${(/** @type {any} */ e) => setCodes({...codes, [k]: e.currentTarget.value})}><option value="">${t('operator.setup.choose')}</option>
      ${values.map(v => html`<option value=${v}>${t(`operator.adverse.${k}.${v}`)}</option>`)}</select></label>`)}
    ${Number(codes.serious) > 0 && html`<p class="note" role="alert">${t('operator.adverse.serious.note')}</p>`}
    <button class="main" disabled=${act.busy}>${t('operator.adverse.do')}</button>${act.outcome}</form><//>`;
}

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
        <button type="button" class="danger-line" disabled=${!runs} onClick=${() => setOpen('adverse')}>${t('operator.adverse')} …</button>
        ${tms && html`<button type="button" onClick=${() => setOpen('threshold')}>${t('operator.threshold')} …</button>`}</div>${act.outcome}</form>
    ${open === 'adverse' && html`<${AdverseEvent} onClose=${() => setOpen('')}/>`}
    ${open === 'threshold' && html`<${Threshold} onClose=${() => setOpen('')}/>`}
  </section>`;
}
