/** What happens: decisions, commands, acknowledgements, answers, devices; the newest first. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {m, tick} from './model.js';
import {dose, told, when} from './words.js';

const ROWS = 120;
const TRIGGERS = new Set(['decision']);
const PERSON = new Set(['ask', 'answer', 'activity', 'activity-answer', 'score', 'safety-alert', 'lesson-shown', 'lesson-left', 'exercise-asked', 'exercise-answered',
  'skill-practised', 'homework-set', 'homework-reported', 'programme-session', 'message', 'panic', 'recentre']);

/** @type {Record<string, (h: import('./model.js').Happening) => boolean>} */
const KINDS = {
  all: () => true,
  act: h => (TRIGGERS.has(h.type) && h.attributes.verdict === 'FIRED') || h.kind === 'command' || h.kind === 'ack' || h.type === 'delivered'
    || h.type.startsWith('stimulation-'),
  decisions: h => TRIGGERS.has(h.type),
  person: h => PERSON.has(h.type),
  notes: h => h.type === 'note' || h.type === 'adverse-event',
  rest: h => h.kind === 'event' && !TRIGGERS.has(h.type) && !PERSON.has(h.type) && h.type !== 'note' && h.type !== 'adverse-event' && h.type !== 'delivered',
};

/** What was delivered, summed. */
function Dose() {
  tick.value; // a part without a signal of its own is not drawn anew with what is around it
  const all = Object.entries(m.delivered).map(([slot, sums]) => ({slot, sums: dose(sums)})).filter(d => d.sums.length > 0);
  if (all.length === 0) return null;
  return html`<dl class="dose" aria-label=${t('operator.dose')}>${all.map(({slot, sums}) => html`<div><dt>${t('operator.dose')} · ${slot}</dt>
    ${sums.map(([amount, unit]) => html`<dd><strong>${amount}</strong> ${unit}</dd>`)}</div>`)}</dl>`;
}

export function Log() {
  tick.value;
  const [kind, setKind] = useState('all');
  const rows = m.events.filter(KINDS[kind]).slice(-ROWS).reverse();
  return html`<section class="card panel log" aria-labelledby="h-log">
    <div class="row panel-head"><h2 id="h-log">${t('operator.log')}</h2><span class="grow"></span>
      <label class="inline">${t('operator.log.show')} <select value=${kind} onChange=${(/** @type {any} */ e) => setKind(e.currentTarget.value)}>
        ${Object.keys(KINDS).map(k => html`<option value=${k}>${t('operator.log.' + k)}</option>`)}</select></label></div>
    <${Dose}/>
    <div class="log-rows" tabindex="0" role="group" aria-labelledby="h-log"><ol>
      ${rows.map(h => {
        const said = told(h);
        return html`<li key=${h.key} class=${said.tone}><time>${when(h.timeNanos)}</time><span class="log-slot">${h.slot}</span>
          <span class="log-text"><strong>${said.title}</strong> <bdi>${said.text}</bdi></span></li>`;
      })}
      ${rows.length === 0 && html`<li class="soft">${t('operator.log.nothing')}</li>`}
    </ol></div>
  </section>`;
}
