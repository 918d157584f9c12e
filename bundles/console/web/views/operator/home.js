/**
 * Home use, for operators: gives a participant a plan and a code, shows what has come from home. To be mounted anywhere in a
 * view of operators: html`<${HomeUse}/>`; it brings its own texts (messages/LANGUAGE/home.json) and style.
 */
import {html, useEffect, useState} from '../../core/html.js';
import {moment, number, t, use} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {Dialog} from './stop.js';

/** Once, however often it is shown. */
function style() {
  const href = '/views/operator/home.css';
  if (document.head.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement('link'), {rel: 'stylesheet', href}));
}

export function HomeUse() {
  const [ready, setReady] = useState(false);
  const [options, setOptions] = useState({programmes: [], ratings: []});
  const [all, setAll] = useState(/** @type {any[]} */ ([]));
  const [made, setMade] = useState(/** @type {any} */ (null));
  const [shown, setShown] = useState('');
  const [ending, setEnding] = useState('');
  const [error, setError] = useState(/** @type {any} */ (null));
  const look = () => get('/home/participants').then(said => setAll(said.participants), setError);
  useEffect(() => {
    style();
    use('home').then(() => setReady(true));
    get('/home/options').then(setOptions, setError);
    look();
  }, []);
  if (!ready) return null;
  const code = async (/** @type {any} */ body) => {
    try {
      const said = await post('/home/codes', body);
      setMade({...said, participant: body.participant});
      setError(null);
      look();
    } catch (e) { setError(e); }
  };
  const end = async (/** @type {string} */ participant) => {
    setEnding('');
    try { await post('/home/end', {participant}); look(); } catch (e) { setError(e); }
  };
  return html`<section class="home-use" aria-labelledby="home-use"><h2 id="home-use">${t('home.title')}</h2>
    <p class="soft">${t('home.what')}</p>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    <div role="status">${made && html`<div class="note"><p>${t('home.code.for', {participant: made.participant, days: made.days})}</p>
      <p><strong><code class="code">${made.code}</code></strong></p><p>${t('home.code.how')} <code>${location.origin}/#join=${made.code}</code></p>
      ${!isSecureContext && html`<p>${t('home.insecure')}</p>`}</div>`}</div>
    <${NewPlan} options=${options} onCode=${code}/>
    ${all.length > 0 && html`<div class="scroll" role="region" tabindex="0" aria-labelledby="home-use"><table>
      <thead><tr><th scope="col">${t('home.participant')}</th><th scope="col">${t('home.plan')}</th><th scope="col" class="number">${t('home.count')}</th>
        <th scope="col">${t('home.newest')}</th><td></td></tr></thead>
      <tbody>${all.map(p => html`<tr key=${p.participant}><th scope="row">${p.participant}</th><td>${told(p.plan, options)}</td>
        <td class="number">${p.entries}</td><td>${p.newest ? moment(p.newest) : '–'}</td>
        <td><div class="row"><button aria-expanded=${shown === p.participant} onClick=${() => setShown(shown === p.participant ? '' : p.participant)}>${t('home.show')}</button>
          <button onClick=${() => code({participant: p.participant})}>${t('home.code.again')}</button>
          <button onClick=${() => setEnding(p.participant)}>${t('home.end')}</button></div></td></tr>`)}</tbody></table></div>`}
    ${ending && html`<${Dialog} title=${t('home.end.title')} onClose=${() => setEnding('')}><p>${t('home.end.sure', {participant: ending})}</p>
      <div class="row"><button class="danger" onClick=${() => end(ending)}>${t('home.end')}</button>
        <button onClick=${() => setEnding('')}>${t('common.cancel')}</button></div><//>`}
    ${shown && html`<${Figures} key=${'f' + shown} participant=${shown}/><${Entries} key=${shown} participant=${shown}/>`}
  </section>`;
}

/** @param {any} plan @param {any} options */
function told(plan, options) {
  const programme = options.programmes.find((/** @type {any} */ p) => p.id === plan.programme);
  const ratings = plan.ratings.map((/** @type {string} */ id) => (options.ratings.find((/** @type {any} */ r) => r.id === id) || {title: id}).title);
  return [programme ? programme.title : plan.programme, ...ratings, plan.diary ? t('home.diary') : ''].filter(Boolean).join('; ');
}

function NewPlan({options, onCode}) {
  const [participant, setParticipant] = useState('');
  const [programme, setProgramme] = useState('');
  const [frame, setFrame] = useState('');
  const [ratings, setRatings] = useState(/** @type {string[]} */ (['nrs']));
  const [diary, setDiary] = useState(true);
  const of = options.programmes.find((/** @type {any} */ p) => p.id === programme);
  const submit = (/** @type {any} */ e) => {
    e.preventDefault();
    onCode({participant: participant.trim(), plan: {programme, frame, ratings, diary}});
  };
  return html`<details class="card"><summary>${t('home.new')}</summary><form onSubmit=${submit}>
    <div class="grid">
      <label>${t('home.participant')}<input required pattern="[A-Za-z0-9]{1,32}" maxlength="32" autocomplete="off" spellcheck=${false} value=${participant}
        onInput=${(/** @type {any} */ e) => setParticipant(e.currentTarget.value)}/></label>
      <label>${t('home.lessons')}<select value=${programme} onChange=${(/** @type {any} */ e) => { setProgramme(e.currentTarget.value); setFrame(''); }}>
        <option value="">${t('home.none')}</option>${options.programmes.map((/** @type {any} */ p) => html`<option value=${p.id}>${p.title}</option>`)}</select></label>
      ${of && html`<label>${t('home.frame')}<select value=${frame || of.frames[0].id} onChange=${(/** @type {any} */ e) => setFrame(e.currentTarget.value)}>
        ${of.frames.map((/** @type {any} */ f) => html`<option value=${f.id}>${f.title}</option>`)}</select>
        <span class="hint">${(of.frames.find((/** @type {any} */ f) => f.id === frame) || of.frames[0]).source}</span></label>`}
    </div>
    <fieldset><legend>${t('home.ratings')}</legend><div class="grid">${options.ratings.map((/** @type {any} */ r) => html`<label class="check" key=${r.id}>
      <input type="checkbox" checked=${ratings.includes(r.id)} onChange=${(/** @type {any} */ e) =>
        setRatings(e.currentTarget.checked ? [...ratings, r.id] : ratings.filter(x => x !== r.id))}/>${r.title}</label>`)}</div></fieldset>
    <label class="check"><input type="checkbox" checked=${diary} onChange=${(/** @type {any} */ e) => setDiary(e.currentTarget.checked)}/>${t('home.diary')}</label>
    <button class="main">${t('home.code.make')}</button></form></details>`;
}

/** What a participant did, in numbers. @param {{participant: string}} props */
function Figures({participant}) {
  const [f, setFigures] = useState(/** @type {any} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  useEffect(() => { get('/home/figures?participant=' + encodeURIComponent(participant)).then(setFigures, setError); }, []);
  if (!f) return html`<${Failure} error=${error}/>`;
  const minutes = Object.entries(f.minutesBySkill);
  return html`<div class="grid home-figures">
    <div class="card"><h3>${t('home.adherence')}</h3>
      ${f.steps > 0 && html`<p>${t('home.steps', {done: f.stepsDone, of: f.steps})}</p>`}
      <p>${t('home.exercises', {answered: f.exercisesAnswered, of: f.exercises})}</p></div>
    <div class="card"><h3>${t('home.minutes')}</h3>
      ${minutes.length === 0 ? html`<p class="soft">–</p>` : html`<table><tbody>${minutes.map(([skill, m]) => html`<tr key=${skill}><th scope="row">${skill}</th>
        <td class="number">${number(/** @type {number} */ (m), 1)}</td></tr>`)}</tbody></table>`}</div>
    <div class="card"><h3>${t('home.pain')}</h3>
      ${f.weeks.length === 0 ? html`<p class="soft">–</p>` : html`<table><thead><tr><th scope="col">${t('home.week')}</th><th scope="col" class="number">${t('home.days')}</th>
        <th scope="col" class="number">${t('home.mean')}</th></tr></thead>
        <tbody>${f.weeks.map((/** @type {any} */ w) => html`<tr key=${w.from}><th scope="row">${w.from}</th><td class="number">${w.days}</td>
          <td class="number">${w.mean === undefined ? '–' : number(w.mean, 1)}</td></tr>`)}</tbody></table>`}
      <p class="hint">${t(f.pain === 'nrs' ? 'home.pain.nrs' : 'home.pain.diary', {days: f.leastDays})}</p></div>
  </div>`;
}

/** What a participant has sent, the newest first. @param {{participant: string}} props */
export function Entries({participant}) {
  const [entries, setEntries] = useState(/** @type {any[] | null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  useEffect(() => { get('/home/entries?participant=' + encodeURIComponent(participant)).then(said => setEntries(said.entries), setError); }, []);
  if (!entries) return html`<${Failure} error=${error}/>`;
  if (entries.length === 0) return html`<p class="soft">${t('home.nothing', {participant})}</p>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${t('home.entries.of', {participant})}><table>
    <thead><tr><th scope="col">${t('home.made')}</th><th scope="col">${t('home.kind')}</th><th scope="col">${t('home.what.of')}</th><th scope="col">${t('home.answer')}</th>
      <th scope="col">${t('home.received')}</th></tr></thead>
    <tbody>${entries.map(e => html`<tr key=${e.id}><td>${moment(e.made)}</td><td>${t('home.kind.' + e.kind)}</td>
      <td>${e.body.form ? e.body.form.title : [e.body.lesson, e.body.name].filter(Boolean).join(': ')}</td><td>${answer(e)}</td><td>${moment(e.received)}</td></tr>`)}</tbody></table></div>`;
}

/** @param {any} e */
function answer(e) {
  if (e.kind === 'rating') {
    const scores = Object.entries((e.body.score || {}).scores || {});
    return scores.map(([scale, value]) => `${scale} ${number(/** @type {number} */ (value))}`).join(', ');
  }
  if (e.body.skipped) return t('home.skipped');
  if (e.kind === 'practice') return t(e.body.whole ? 'home.whole' : 'home.part', {minutes: number(e.body.seconds / 60, 1)});
  return Object.entries(e.body.fields || {}).map(([name, value]) =>
    html`<p key=${name}><span class="soft">${(e.body.labels || {})[name] || name}:</span> ${[value].flat(2).filter(v => v !== '').join('; ')}</p>`);
}
