/** Adverse events: entered at any moment, kept with the participant; in the record of a session of theirs that runs, too. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {moment, t} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {newId} from '../participant/outbox.js';
import {Dialog} from './stop.js';
import {useAct} from './act.js';

/** What is coded, in the order in which it is asked: items and codes of the form adverse-event-report. */
const CODES = {grade: [1, 2, 3, 4, 5], serious: [0, 1, 2, 3, 4, 5, 6], related: [0, 1, 2, 3, 4], expected: [0, 1], action: [0, 1, 2, 3, 4], outcome: [0, 1, 2, 3, 4, 5]};
/** Items under whose name the texts of their codes stand, where it is another. */
const TEXTS = {action: 'treatment'};
const CODE = '[A-Za-z0-9]{1,32}';

/** @param {string} item @param {any} value */
const coded = (item, value) => t(`operator.adverse.${TEXTS[item] || item}.${value}`);

/**
 * @param {{participant?: string, participants?: string[], former?: any, onClose: () => void, onEntered?: () => void}} props
 *   participant: asked for where none is given; former: the entry that is corrected or followed up
 */
export function AdverseEvent({participant = '', participants = [], former, onClose, onEntered = () => {}}) {
  const [who, setWho] = useState(participant);
  const [answers, setAnswers] = useState(/** @type {Record<string, any>} */ (former ? {...former.answers} : {onset: 0}));
  const [why, setWhy] = useState('');
  const [said, setSaid] = useState(/** @type {any} */ (null));
  const id = useRef(newId());
  const act = useAct();
  // A code with a slip in it must not become a participant: who is not known yet is said to be new.
  const strange = !participant && new RegExp(`^${CODE}$`).test(who.trim()) && !participants.includes(who.trim());
  const set = (/** @type {string} */ item, /** @type {any} */ value) => setAnswers(old => ({...old, [item]: value}));
  const send = async (/** @type {Event} */ e) => {
    e.preventDefault();
    const given = Object.fromEntries(Object.entries(answers).map(([k, v]) => [k, typeof v === 'string' ? v.trim() : v]).filter(([, v]) => v !== ''));
    await act.run(async () => {
      const taken = await post('/adverse-events', {id: id.current, participant: who.trim(), newParticipant: Boolean(participant) || strange, answers: given,
        corrects: former ? former.id : '', why});
      onEntered();
      if (taken.recorded === false || !taken.tables) setSaid(taken);
      else onClose();
    });
  };
  if (said) {
    return html`<${Dialog} title=${t('operator.adverse')} onClose=${onClose}><p class="note" role="status">${t('operator.adverse.kept')}
      ${said.recorded === false ? ` ${said.message}` : ''}</p><//>`;
  }
  const text = (/** @type {string} */ item) => (/** @type {any} */ e) => set(item, e.currentTarget.value);
  return html`<${Dialog} title=${`${t('operator.adverse')}${participant ? `: ${participant}` : ''}`} onClose=${onClose}><form onSubmit=${send}>
    <p class="hint">${t('operator.adverse.how')}</p>
    ${!participant && html`<label>${t('operator.adverse.who')}<input required pattern=${CODE} maxlength="32" autocomplete="off" spellcheck=${false} list="adverse-participants" value=${who}
      onInput=${(/** @type {any} */ e) => setWho(e.currentTarget.value)}/></label><datalist id="adverse-participants">${participants.map(p => html`<option value=${p}/>`)}</datalist>`}
    ${strange && html`<label class="check"><input type="checkbox" required name="new-participant"/> ${t('operator.adverse.new', {who: who.trim()})}</label>`}
    <label>${t('operator.adverse.term')}<input required maxlength="200" value=${answers.term || ''} onInput=${text('term')}/></label>
    <label>${t('operator.adverse.description')}<textarea maxlength="1700" value=${answers.description || ''} onInput=${text('description')}></textarea></label>
    <label>${t('operator.adverse.onset')}<input type="number" required min="0" max="365" step="1" value=${answers.onset ?? ''}
      onInput=${(/** @type {any} */ e) => set('onset', e.currentTarget.value === '' ? '' : Number(e.currentTarget.value))}/></label>
    ${Object.entries(CODES).map(([k, values]) => html`<label key=${k}>${t('operator.adverse.' + (TEXTS[k] || k))}<select required value=${answers[k] ?? ''}
      onChange=${(/** @type {any} */ e) => set(k, e.currentTarget.value === '' ? '' : Number(e.currentTarget.value))}><option value="">${t('operator.setup.choose')}</option>
      ${values.map(v => html`<option value=${v}>${coded(k, v)}</option>`)}</select></label>`)}
    ${Number(answers.serious) > 0 && html`<p class="note" role="alert">${t('operator.adverse.serious.note')}</p>`}
    ${former && html`<label>${t('operator.adverse.why')}<input required maxlength="500" value=${why} onInput=${(/** @type {any} */ e) => setWhy(e.currentTarget.value)}/></label>`}
    <button class="main" disabled=${act.busy}>${t('operator.adverse.do')}</button>${act.outcome}</form><//>`;
}

/** Those that were entered, and a way to enter one; while no session runs. */
export function AdverseEvents() {
  const [all, setAll] = useState(/** @type {{events: any[], participants: string[]}} */ ({events: [], participants: []}));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [open, setOpen] = useState(/** @type {any} */ (null));
  const look = () => get('/adverse-events').then(said => { setAll(said); setError(null); }, setError);
  useEffect(() => { look(); }, []);
  const events = all.events.filter(e => !e.replaced);
  return html`<section class="card" aria-labelledby="h-adverse">
    <div class="row panel-head"><h2 id="h-adverse">${t('operator.adverse.events')}</h2><span class="grow"></span>
      <button type="button" class="danger-line" onClick=${() => setOpen({})}>${t('operator.adverse')} …</button></div>
    <${Failure} error=${error}/>
    ${events.length === 0 ? html`<p class="soft">${t('operator.adverse.none')}</p>`
      : html`<div class="scroll" tabindex="0" role="group" aria-labelledby="h-adverse"><table class="adverse"><thead><tr><th scope="col">${t('operator.adverse.entered')}</th>
        <th scope="col">${t('operator.visits.participant')}</th><th scope="col">${t('operator.adverse.what')}</th><th scope="col">${t('operator.adverse.grade')}</th>
        <th scope="col">${t('operator.adverse.outcome')}</th><th scope="col">${t('operator.visits.by')}</th><td></td></tr></thead>
      <tbody>${events.map(e => html`<tr key=${e.id}><td>${moment(e.at)}</td><td>${e.participant}</td><td>${e.answers.term}</td>
        <td>${e.answers.grade === undefined ? '–' : coded('grade', e.answers.grade)}${Number(e.answers.serious) > 0 && html`<br/><span class="pill bad">${t('operator.adverse.serious.short')}</span>`}</td>
        <td>${e.answers.outcome === undefined ? '–' : coded('outcome', e.answers.outcome)}</td><td>${e.by}</td>
        <td><button type="button" onClick=${() => setOpen(e)}>${t('operator.adverse.follow')} …</button></td></tr>`)}</tbody></table></div>`}
    ${open && html`<${AdverseEvent} key=${open.id || 'new'} participant=${open.participant || ''} participants=${all.participants} former=${open.id ? open : undefined}
      onClose=${() => setOpen(null)} onEntered=${look}/>`}
  </section>`;
}
