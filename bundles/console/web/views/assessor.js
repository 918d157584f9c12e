/** The assessor's page: outcomes, and nothing that tells the treatment. */
import {html, useEffect, useState} from '../core/html.js';
import {t} from '../core/i18n.js';
import {get} from '../core/api.js';
import {Failure, Layout} from '../core/layout.js';
import {Entered} from './assessor/entered.js';
import {Form} from './assessor/form.js';

const CODE = '[A-Za-z0-9]{1,32}';
const OTHER = '\u0000other';

/** @param {{me: any}} props */
export function View({me}) {
  const [participants, setParticipants] = useState(/** @type {string[]} */ ([]));
  const [instruments, setInstruments] = useState(/** @type {any[]} */ ([]));
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState('');
  const [visit, setVisit] = useState('');
  const [instrument, setInstrument] = useState(/** @type {any} */ (null));
  const [former, setFormer] = useState(/** @type {any} */ (null));
  /** Counts what is begun: each begins with an empty form. */
  const [turn, setTurn] = useState(0);
  const [entered, setEntered] = useState(/** @type {any[]} */ ([]));
  const [error, setError] = useState(/** @type {any} */ (null));
  const isNew = chosen === OTHER;
  const participant = isNew ? (new RegExp(`^${CODE}$`).test(typed) ? typed : '') : chosen;

  useEffect(() => {
    Promise.all([get('/assessor/participants'), get('/assessor/instruments')])
      .then(([p, i]) => { setParticipants(p.participants); setInstruments(i.instruments); }, setError);
  }, []);
  const look = () => (participant
    ? get('/assessor/assessments?participant=' + encodeURIComponent(participant)).then(said => setEntered(said.assessments), setError)
    : setEntered([]));
  useEffect(() => { look(); }, [participant]);

  const open = async (/** @type {string} */ id) => {
    setFormer(null);
    setTurn(n => n + 1);
    if (!id) return setInstrument(null);
    try {
      setInstrument(await get('/assessor/instruments/' + encodeURIComponent(id)));
      setError(null);
    } catch (e) { setError(e); }
    return undefined;
  };
  const correct = async (/** @type {any} */ entry) => {
    await open(entry.instrument);
    setVisit(entry.visit);
    setFormer(entry);
  };
  const saved = () => {
    if (isNew && participant) {
      setParticipants(all => [...new Set([...all, participant])].sort());
      setChosen(participant);
    }
    look();
  };
  const again = () => { setFormer(null); setTurn(n => n + 1); };
  return html`<${Layout} me=${me} view="assessor">
    <h1>${t('assessor.title')}</h1>
    <p class="soft">${t('assessor.blind')}</p>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    <div class="assess">
      <section class="card" aria-label=${t('assessor.who')}>
        <div class="whose">
          <label>${t('assessor.who')}<select value=${chosen} onChange=${(/** @type {any} */ e) => { setChosen(e.currentTarget.value); again(); }}>
            <option value="">${t('assessor.choose')}</option>
            ${participants.map(p => html`<option value=${p}>${p}</option>`)}
            <option value=${OTHER}>${t('assessor.other')}</option></select></label>
          ${isNew && html`<label>${t('assessor.code')}<input value=${typed} pattern=${CODE} maxlength="32" autocomplete="off" spellcheck=${false}
            aria-describedby="code-hint" onInput=${(/** @type {any} */ e) => setTyped(e.currentTarget.value.trim())}/>
            <span class="hint" id="code-hint">${t('assessor.code.hint')}</span></label>`}
          <label>${t('assessor.visit')}<input value=${visit} maxlength="64" disabled=${Boolean(former)} aria-describedby="visit-hint"
            onInput=${(/** @type {any} */ e) => setVisit(e.currentTarget.value)}/><span class="hint" id="visit-hint">${t('assessor.visit.hint')}</span></label>
          <label>${t('assessor.instrument')}<select value=${instrument ? instrument.id : ''} onChange=${(/** @type {any} */ e) => open(e.currentTarget.value)}>
            <option value="">${t('assessor.instrument.choose')}</option>
            ${instruments.map(i => html`<option value=${i.id}>${i.title}${i.worded ? '' : ` (${t('assessor.from.print')})`}</option>`)}</select></label>
        </div>
        ${instrument && html`<${Form} key=${turn + instrument.id + (former ? former.id : '')} instrument=${instrument}
          worded=${(instruments.find(i => i.id === instrument.id) || {worded: true}).worded} participant=${participant} isNew=${isNew} visit=${visit.trim()}
          former=${former} onAgain=${again} onSaved=${saved}/>`}
      </section>
      ${participant && html`<${Entered} all=${entered} instruments=${instruments} onCorrect=${correct}/>`}
    </div>
  <//>`;
}
