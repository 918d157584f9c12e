/** Screening checklists: what holds for a participant, and the questions as a form. */
import {html, useEffect, useState} from '../../core/html.js';
import {has, moment, t} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {Dialog} from './stop.js';

const KINDS = ['tms', 'tes', 'tens', 'thermal', 'vr'];

/** A question in the language of whoever asks, where the texts have it. @param {string} modality @param {any} item */
const question = (modality, item) => (has(`operator.screen.${modality}.${item.id}`) ? t(`operator.screen.${modality}.${item.id}`) : item.text);

/** @param {{participant: string, modality: string, onClose: () => void, onDone: () => void}} props */
function Form({participant, modality, onClose, onDone}) {
  const [list, setList] = useState(/** @type {any} */ (null));
  const [answers, setAnswers] = useState(/** @type {Record<string, boolean>} */ ({}));
  const [decisions, setDecisions] = useState(/** @type {Record<string, any>} */ ({}));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [result, setResult] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => { get('/safety/checklists/' + modality).then(setList, setError); }, [modality]);

  /** Whether an answer speaks against it. @param {any} item */
  const speaks = item => answers[item.id] !== undefined && answers[item.id] !== item.yesIsFine;
  const blocked = list ? list.items.filter((/** @type {any} */ i) => i.weight === 'blocks' && speaks(i)) : [];
  const decided = (/** @type {any} */ i) => i.weight === 'decided' && speaks(i);
  const decide = (/** @type {string} */ id, /** @type {any} */ part) => setDecisions({...decisions, [id]: {...decisions[id], ...part}});

  const send = async (/** @type {Event} */ e) => {
    e.preventDefault();
    setBusy(true);
    setError(null);
    /** @type {Record<string, any>} */
    const signed = {};
    for (const i of list.items.filter(decided)) {
      const d = decisions[i.id];
      if (d && d.admitted !== undefined && (d.name || '').trim() && (d.reason || '').trim()) signed[i.id] = {admitted: d.admitted, name: d.name.trim(), reason: d.reason.trim()};
    }
    try {
      setResult(await post('/safety/screen', {with: {participant, modality, answers, decisions: signed}}));
      onDone();
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  const title = `${t('operator.screening')}: ${t('operator.modality.' + modality)} · ${participant}`;
  if (result) {
    return html`<${Dialog} title=${title} onClose=${onClose}>
      <p class=${result.clear ? 'note good' : 'failure'} role="alert">${t(result.clear ? 'operator.screening.clear' : 'operator.screening.not-clear')}</p>
      ${!result.clear && html`<ul>${result.objections.map((/** @type {string} */ o) => html`<li>${o}</li>`)}</ul>`}
      <button class="main" onClick=${onClose}>${t('common.close')}</button><//>`;
  }
  return html`<${Dialog} title=${title} onClose=${onClose}>
    ${list && html`<form onSubmit=${send}>
      <p class="hint">${t(modality === 'thermal' ? 'operator.screening.note.thermal' : 'operator.screening.note')}</p>
      ${list.items.map((/** @type {any} */ i) => html`<fieldset key=${i.id} class=${speaks(i) ? 'speaks' : ''}>
        <legend>${question(modality, i)}</legend>
        <div class="row">${[true, false].map(v => html`<label class="choice"><input type="radio" name=${'q-' + i.id} required checked=${answers[i.id] === v}
          onChange=${() => setAnswers({...answers, [i.id]: v})}/> ${t(v ? 'operator.yes' : 'operator.no')}</label>`)}
          ${speaks(i) && i.weight === 'blocks' && html`<span class="pill bad">${t('operator.screening.excludes')}</span>`}
          ${decided(i) && html`<span class="pill warn">${t('operator.screening.decide')}</span>`}</div>
        ${decided(i) && html`<div class="decision">
          <div class="row">${[true, false].map(v => html`<label class="choice"><input type="radio" name=${'d-' + i.id} checked=${decisions[i.id]?.admitted === v}
            onChange=${() => decide(i.id, {admitted: v})}/> ${t(v ? 'operator.screening.admit' : 'operator.screening.refuse')}</label>`)}</div>
          <label>${t('operator.screening.who-decides')}<input value=${decisions[i.id]?.name || ''} maxlength="80" onInput=${(/** @type {any} */ e) => decide(i.id, {name: e.currentTarget.value})}/></label>
          <label>${t('operator.screening.why')}<input value=${decisions[i.id]?.reason || ''} maxlength="300" onInput=${(/** @type {any} */ e) => decide(i.id, {reason: e.currentTarget.value})}/></label>
        </div>`}
      </fieldset>`)}
      ${blocked.length > 0 && html`<p class="failure" role="alert">${t('operator.screening.blocked')}</p>`}
      <${Failure} error=${error}/>
      <button class="main" disabled=${busy}>${t('operator.screening.enter')}</button>
    </form>`}
    ${!list && html`<${Failure} error=${error}/>`}<//>`;
}

/** @param {{participant: string}} props */
export function Screenings({participant}) {
  const [all, setAll] = useState(/** @type {any[]} */ ([]));
  const [open, setOpen] = useState('');
  const [error, setError] = useState(/** @type {any} */ (null));
  const load = () => get('/participants/' + participant).then(said => { setAll(said.screenings.screenings || []); setError(null); }, setError);
  useEffect(() => {
    const id = window.setTimeout(load, 250); // not at each letter
    return () => window.clearTimeout(id);
  }, [participant]);
  return html`<ul class="screenings">${KINDS.map(k => {
    const s = all.find(x => x.modality === k);
    const over = s && s.until && new Date(s.until) < new Date();
    const tone = !s ? '' : s.clear ? 'good' : 'bad';
    return html`<li key=${k} class="row"><span class="grow"><strong>${t('operator.modality.' + k)}</strong><br/>
        <span class=${'pill ' + tone}>${t(!s ? 'operator.screening.none' : s.clear ? 'operator.screening.holds' : over ? 'operator.screening.expired' : 'operator.screening.against')}</span>
        ${s && s.until && html` <span class="soft">${t('operator.screening.until', {when: moment(s.until)})}</span>`}</span>
      <button type="button" onClick=${() => setOpen(k)} aria-label=${t('operator.screening.ask-of', {what: t('operator.modality.' + k)})}>${t('operator.screening.ask')}</button></li>`;
  })}</ul>
  <p class="hint">${t('operator.screening.hint')}</p>
  <${Failure} error=${error}/>
  ${open && html`<${Form} participant=${participant} modality=${open} onClose=${() => setOpen('')} onDone=${load}/>`}`;
}
