/** One form as an assessor fills it in: all items on one page. */
import {html, useEffect, useMemo, useRef, useState} from '../../core/html.js';
import {moment, number, t} from '../../core/i18n.js';
import {post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {newId} from '../participant/outbox.js';
import {questions} from '../participant/instrument.js';
import {Scores} from './scores.js';

/** Up to so many answers stand beside each other; more are typed. */
const MOST_BUTTONS = 11;

/**
 * @param {{instrument: any, worded: boolean, participant: string, isNew: boolean, visit: string, former: any, onAgain: () => void,
 *   onSaved: () => void}} props
 *   worded: whether the items' wording is here; former: the entry that is corrected; onAgain: begins with an empty form
 */
export function Form({instrument, worded, participant, isNew, visit, former, onAgain, onSaved}) {
  const all = useMemo(() => questions(instrument), [instrument]);
  /** By item; null where it was said that there is no answer, which is another thing than not having been there yet. */
  const [given, setGiven] = useState(/** @type {() => Record<string, any>} */ (() =>
    (former ? Object.fromEntries(all.map(q => [q.item, former.answers[q.item] ?? null])) : {})));
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [done, setDone] = useState(/** @type {any} */ (null));
  // One number for what is being entered, so that pressing Save again does not enter it again.
  const id = useRef(newId());
  const outcome = useRef(/** @type {any} */ (null));
  useEffect(() => { if (done) outcome.current?.focus(); }, [done]);
  const set = (/** @type {string} */ item, /** @type {any} */ value) => setGiven(old => {
    const next = {...old};
    if (value === undefined || value === '') delete next[item];
    else next[item] = value;
    return next;
  });
  const answers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const save = async (/** @type {any} */ e) => {
    e.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const said = await post('/assessor/assessments', {id: id.current, participant, newParticipant: isNew, visit, instrument: instrument.id, answers,
        corrects: former ? former.id : '', why});
      setDone(said);
      onSaved();
    } catch (failure) { setError(failure); }
    setBusy(false);
  };
  if (done) {
    return html`<div class="outcome" tabindex="-1" ref=${outcome}>
      <p class="note good" role="status">${t(done.tables ? 'assessor.saved' : 'assessor.saved.no.tables')}</p>
      <${Scores} instrument=${instrument} score=${done.assessment.score}/>
      <button onClick=${onAgain}>${t('assessor.again')}</button></div>`;
  }
  const count = Object.keys(answers).length;
  const ready = participant && visit && count > 0 && (!former || why.trim());
  let said = '';
  return html`<form class="assess-form" onSubmit=${save} lang=${instrument.language}>
    <h2>${instrument.title}</h2>
    ${former && html`<p class="note">${t('assessor.corrects', {when: moment(former.at)})} <button type="button" class="quiet" onClick=${onAgain}>${t('assessor.cancel')}</button></p>`}
    ${!worded && html`<p class="note">${t('assessor.unworded')}</p>`}
    ${all.map(q => {
      const instruction = q.instruction !== said ? q.instruction : '';
      said = q.instruction;
      return html`${instruction && html`<p class="instruction">${instruction}</p>`}
        <${Item} key=${q.item} q=${q} value=${given[q.item]} onValue=${(/** @type {any} */ v) => set(q.item, v)}/>`;
    })}
    ${former && html`<label>${t('assessor.why')}<input required maxlength="500" value=${why} onInput=${(/** @type {any} */ e) => setWhy(e.currentTarget.value)}/></label>`}
    <${Failure} error=${error && (error.status === 0 ? {...error, status: 1, message: t('assessor.retry'), body: {}} : error)}/>
    <div class="row save"><span class="soft" role="status">${t('assessor.answered', {count, of: all.length})}</span><span class="grow"></span>
      <button class="main" disabled=${!ready || busy}>${busy ? t('assessor.saving') : t('assessor.save')}</button></div>
  </form>`;
}

function Item({q, value, onValue}) {
  const id = 'i-' + q.item;
  const legend = q.text || t('assessor.item', {item: q.item});
  const steps = Math.round((q.maximum - q.minimum) / q.step) + 1;
  if (q.longest > 0) {
    return html`<label>${legend}<textarea maxlength=${q.longest} value=${value || ''} onInput=${(/** @type {any} */ e) => onValue(e.currentTarget.value)}></textarea></label>`;
  }
  if (q.choices.length === 0 && steps > MOST_BUTTONS) {
    return html`<label>${legend} <span class="hint">${anchors(q)}</span>
      <input class="short" type="number" inputmode="decimal" min=${q.minimum} max=${q.maximum} step=${q.step} value=${value ?? ''}
        onInput=${(/** @type {any} */ e) => onValue(e.currentTarget.value === '' ? undefined : Number(e.currentTarget.value))}/></label>`;
  }
  const choices = q.choices.length > 0 ? q.choices
    : Array.from({length: steps}, (_, i) => { const v = Number((q.minimum + i * q.step).toPrecision(12)); return {value: v, text: number(v)}; });
  const short = q.choices.length === 0;
  return html`<fieldset class=${short ? 'item short-answers' : 'item'}><legend>${legend}</legend>
    ${short && (q.minimumAnchor || q.maximumAnchor) && html`<p class="hint">${anchors(q)}</p>`}
    <div class="answers">
      ${choices.map((/** @type {any} */ c) => html`<label class="check answer" key=${c.value}><input type="radio" name=${id} checked=${value === c.value}
        onChange=${() => onValue(c.value)}/>${c.text}</label>`)}
      <label class="check answer none"><input type="radio" name=${id} checked=${value === null} onChange=${() => onValue(null)}/>${t('assessor.no.answer')}</label>
    </div></fieldset>`;
}

const anchors = (/** @type {any} */ q) => [[q.minimum, q.minimumAnchor], [q.maximum, q.maximumAnchor]]
  .map(([v, anchor]) => (anchor ? `${number(v)}: ${anchor}` : number(v))).join(' – ');
