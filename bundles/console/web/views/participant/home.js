/** Taking part at home: ratings, diary, lessons, with or without a connection. */
import {html, useEffect, useMemo, useRef, useState} from '../../core/html.js';
import {language, moment, t} from '../../core/i18n.js';
import {get} from '../../core/api.js';
import {Activity} from './activity.js';
import {Frame} from './frame.js';
import {Rating} from './rating.js';
import {Plan, left, withMemory} from './plan.js';
import {install} from './install.js';

const SHOWN = 12;

/** Where one is, as the address tells it, so that the way back works. */
function useHash() {
  const [hash, setHash] = useState(location.hash.slice(1));
  useEffect(() => {
    const changed = () => { setHash(location.hash.slice(1)); window.scrollTo(0, 0); };
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return hash.split('/').map(decodeURIComponent);
}
const go = (/** @type {string} */ where) => { location.hash = where; };

/** @param {{me: any, kept: any, outbox: any, sent: any, onSettled: (f: any) => void}} props */
export function Home({me, kept, outbox, sent, onSettled}) {
  const plan = useMemo(() => new Plan(kept, me.who, outbox), []);
  const [loaded, setLoaded] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [notice, setNotice] = useState('');
  const [refused, setRefused] = useState('');
  const [, setTurn] = useState(0);
  const [what, which] = useHash();

  useEffect(() => {
    const fetchPlan = async () => {
      try {
        await plan.take(await get('/home/plan'));
        setError(null);
      } catch (e) {
        if (/** @type {any} */ (e).status === 401) outbox.shutOut();
        setError(e);
      }
      setTurn(n => n + 1);
    };
    plan.open().then(() => { setLoaded(true); fetchPlan(); });
    onSettled((/** @type {any} */ one, /** @type {any} */ said) => { if (said.why === 'refused') setRefused(said.message || ''); });
    const online = () => fetchPlan();
    window.addEventListener('online', online);
    return () => window.removeEventListener('online', online);
  }, []);

  const done = (/** @type {string} */ text) => { setNotice(text); setTurn(n => n + 1); };
  const back = () => go('');
  const p = plan.plan;
  let shown;
  if (!loaded) shown = html`<p role="status">${t('participant.opening')}</p>`;
  else if (!p) shown = html`<div class="card sheet words"><h1>${t('participant.home.none')}</h1>
    <p>${error && error.status === 404 ? error.message : t('participant.home.none.more')}</p></div>`;
  else if (what === 'rating') shown = html`<${Rated} key=${which} plan=${plan} id=${which} onDone=${done} onBack=${back}/>`;
  else if (what === 'diary') shown = html`<${Diary} plan=${plan} onDone=${done} onBack=${back}/>`;
  else if (what === 'session') shown = html`<${Lesson} key=${which} plan=${plan} number=${Number(which)} onDone=${done} onBack=${back}/>`;
  else shown = html`<${Overview} plan=${plan} notice=${notice}/>`;
  useEffect(() => { if (what) setNotice(''); }, [what]);
  return html`<${Frame} sent=${sent} kept=${kept}>
    ${refused && html`<p class="failure" role="alert">${t('participant.refused', {why: refused})}</p>`}
    ${shown}
  <//>`;
}

function Overview({plan, notice}) {
  const p = plan.plan;
  const head = useRef(/** @type {any} */ (null));
  useEffect(() => { head.current?.focus(); }, []);
  const sessions = p.programme ? p.programme.sessions : [];
  const next = sessions.find((/** @type {any} */ s) => left(s, plan.done).length > 0);
  const last = (/** @type {string} */ kind, /** @type {string} */ title) => plan.log.find((/** @type {any} */ e) => e.kind === kind && (!title || e.title === title));
  return html`<div class="home">
    <h1 ref=${head} tabindex="-1">${t('participant.home.hello')}</h1>
    <div role="status">${notice && html`<p class="note good">${notice}</p>`}</div>
    ${install.value && html`<p class="card install">${t('participant.install.why')} <button onClick=${() => { install.value.prompt(); install.value = null; }}>
      ${t('participant.install')}</button></p>`}
    ${(p.ratings.length > 0 || p.diary) && html`<section aria-labelledby="today"><h2 id="today">${t('participant.home.today')}</h2>
      <ul class="tiles">
        ${p.ratings.map((/** @type {any} */ r) => html`<li key=${r.id}><a class="tile" href=${'#rating/' + r.id}><strong>${r.title}</strong>
          <span class="soft">${ago(last('rating', r.title))}</span></a></li>`)}
        ${p.diary && html`<li><a class="tile" href="#diary"><strong>${t('participant.diary')}</strong>
          <span class="soft">${ago(last('diary', ''))}</span></a></li>`}
      </ul></section>`}
    ${p.programme && html`<section aria-labelledby="lessons"><h2 id="lessons">${t('participant.home.lessons')}</h2>
      <p class="soft">${p.programme.title}</p>
      <ol class="tiles">${sessions.map((/** @type {any} */ s) => {
        const open = left(s, plan.done).length;
        return html`<li key=${s.number}><a class=${'tile' + (s === next ? ' next' : '')} href=${'#session/' + s.number}
            aria-current=${s === next ? 'step' : undefined}><strong>${s.number}. ${s.title}</strong>
          <span class="soft">${open === 0 ? t('participant.lesson.done') : open === s.steps.length ? t('participant.lesson.steps', {count: open})
            : t('participant.lesson.left', {count: open})}</span></a></li>`;
      })}</ol></section>`}
    ${plan.log.length > 0 && html`<section aria-labelledby="log"><h2 id="log">${t('participant.home.log')}</h2>
      <ul class="log">${plan.log.slice(0, SHOWN).map((/** @type {any} */ e) => html`<li key=${e.made + e.title}><span>${e.title}</span>
        <time class="soft" datetime=${e.made}>${moment(e.made)}</time></li>`)}</ul></section>`}
  </div>`;
}

const ago = (/** @type {any} */ entry) => (entry ? t('participant.last', {when: moment(entry.made)}) : t('participant.not.yet'));

function Back({onBack}) {
  return html`<button type="button" class="quiet back" onClick=${onBack}>‹ ${t('participant.home.back')}</button>`;
}

function Rated({plan, id, onDone, onBack}) {
  const instrument = plan.plan.ratings.find((/** @type {any} */ r) => r.id === id);
  if (!instrument) return html`<${Gone} onBack=${onBack}/>`;
  const finish = async (/** @type {any} */ answers) => {
    await plan.enter('rating', instrument.title, {instrument: instrument.id, version: instrument.version, answers});
    onDone(t('participant.thanks'));
    onBack();
  };
  return html`<${Back} onBack=${onBack}/><div class="card sheet"><${Rating} instrument=${instrument} draft=${plan.draft('rating ' + id)} onDone=${finish}/></div>`;
}

function Diary({plan, onDone, onBack}) {
  const form = plan.plan.diaryForm;
  const activity = {
    activity: 'diary', kind: 'exercise', title: t('participant.diary'), text: form ? form.text : '', remembered: {},
    fields: [...(form ? form.fields : []), {name: 'note', label: t('participant.diary.note'), type: 'text', required: !form, most: 2000}],
  };
  const draft = plan.draft('diary');
  const finish = async (/** @type {any} */ answer) => {
    await plan.enter('diary', t('participant.diary'), {programme: plan.plan.programme?.id, seconds: answer.seconds, fields: answer.fields});
    draft.forget();
    onDone(t('participant.thanks'));
    onBack();
  };
  return html`<${Back} onBack=${onBack}/><div class="card sheet"><${Activity} activity=${activity} lang=${language.value} self draft=${draft} whole onAnswer=${finish}/></div>`;
}

function Lesson({plan, number, onDone, onBack}) {
  const programme = plan.plan.programme;
  const session = programme && programme.sessions.find((/** @type {any} */ s) => s.number === number);
  const [at, setAt] = useState(() => {
    const first = session ? left(session, plan.done)[0] : null;
    return first ? session.steps.indexOf(first) : 0;
  });
  if (!session) return html`<${Gone} onBack=${onBack}/>`;
  const step = session.steps[at];
  const draft = plan.draft(`${programme.id} ${step.activity}`);
  const answer = async (/** @type {any} */ given) => {
    await plan.step(step, given);
    draft.forget();
    if (at + 1 < session.steps.length) return setAt(at + 1);
    onDone(t('participant.lesson.whole', {title: session.title}));
    return onBack();
  };
  return html`<${Back} onBack=${onBack}/>
    <div class="progress"><progress max=${session.steps.length} value=${at} aria-label=${t('participant.progress')}></progress>
      <span>${t('participant.step.of', {number: at + 1, of: session.steps.length})}</span></div>
    <div class="card sheet" lang=${programme.language}><${Activity} key=${step.activity} activity=${withMemory(step, plan.memory)} lang=${programme.language} self
      draft=${draft} onAnswer=${answer} onBack=${at > 0 ? () => setAt(at - 1) : undefined}/></div>`;
}

function Gone({onBack}) {
  return html`<div class="card sheet words"><h1>${t('participant.gone')}</h1><button class="main" onClick=${onBack}>${t('participant.home.back')}</button></div>`;
}
