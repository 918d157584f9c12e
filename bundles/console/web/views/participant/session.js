/** A participant in a session: what is asked and shown now, one thing at a time. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {language, t} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {Live} from '../../core/live.js';
import {Activity} from './activity.js';
import {Frame} from './frame.js';
import {Question} from './ask.js';

/** The bus tells of changes; this is for what it does not tell, or when there is none. */
const LOOK_MS = 3000;
/** The next thing follows an answer within a moment, without being told on the topics that a participant may hear. */
const SOON_MS = [120, 400, 1000];

const keyOf = (/** @type {any} */ one) => (one.activity ? `${one.slot}/${one.activity}` : `${one.slot}/${one.item}/${one.asked}`);

/** How many of the questions in a row were answered already; lasts over a reload. */
const row = {
  /** @param {string} session */
  get: session => Number(sessionStorage.getItem('row ' + session) || 0),
  /** @param {string} session @param {number} count */
  set: (session, count) => sessionStorage.setItem('row ' + session, String(count)),
};

/** @param {{me: any, kept: any, outbox: any, sent: any, onSettled: (f: any) => void}} props */
export function Session({me, kept, outbox, sent, onSettled}) {
  const [now, setNow] = useState(/** @type {any} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [told, setTold] = useState('');
  const [refused, setRefused] = useState('');
  const [late, setLate] = useState(/** @type {'' | 'late' | 'closed'} */ (''));
  /** What was answered here, whether it has arrived or not. */
  const [answered, setAnswered] = useState(() => new Set(outbox.waiting.map((/** @type {any} */ k) => keyOf(k.body))));
  const looking = useRef(false);
  const seen = useRef('');

  const look = async () => {
    if (looking.current) return;
    looking.current = true;
    try {
      const said = await get('/participant/now');
      const text = JSON.stringify({...said, elapsedSeconds: 0});
      if (text !== seen.current) {
        seen.current = text;
        setNow(said);
      }
      setError(null);
    } catch (e) {
      if (/** @type {any} */ (e).status === 401) outbox.shutOut();
      setError(e);
    } finally {
      looking.current = false;
    }
  };
  const soon = () => SOON_MS.forEach(ms => setTimeout(look, ms));

  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_MS);
    const live = new Live();
    let first = true;
    live.onBack.add(() => {
      look();
      if (!first) return;
      first = false;
      for (const type of ['ask', 'answer', 'activity-answer', 'finished']) live.hear(`${me.session}/event/+/${type}`, soon, 1);
    });
    live.open();
    const back = () => { if (!document.hidden) look(); };
    window.addEventListener('online', back);
    document.addEventListener('visibilitychange', back);
    onSettled((/** @type {any} */ one, /** @type {any} */ said) => {
      if (said.why === 'late' || said.why === 'closed') setLate(said.why);
      if (said.why === 'refused') {
        // It is asked again, as long as it is open.
        setAnswered(old => new Set([...old].filter(k => k !== keyOf(one.body))));
        setRefused(said.message || '');
      }
      soon();
    });
    return () => {
      clearInterval(timer);
      live.close();
      window.removeEventListener('online', back);
      document.removeEventListener('visibilitychange', back);
    };
  }, []);

  const state = now?.state;
  useEffect(() => { if (state === 'running') setTold(''); }, [state]);

  const answer = (/** @type {any} */ body) => {
    setRefused('');
    setLate('');
    setAnswered(old => new Set([...old, keyOf(body)]));
    return outbox.add('/participant/answers', body);
  };
  const want = async (/** @type {string} */ what) => {
    setTold('sending');
    try {
      await post('/participant/pause', {want: what});
      setTold(what);
      look();
    } catch (e) { setTold('failed'); }
  };

  const asks = (now?.asks || []).filter((/** @type {any} */ a) => !answered.has(keyOf(a)));
  const activities = (now?.activities || []).filter((/** @type {any} */ a) => !answered.has(keyOf(a)));
  const before = asks.length > 0 ? row.get(me.session) : 0;
  useEffect(() => { if (now && asks.length === 0 && (now.asks || []).length === 0) row.set(me.session, 0); }, [now, asks.length]);

  // What was begun stays behind the pause as it was: a practice goes on where it stood, a choice is still made.
  const paused = state === 'paused';
  const sheet = useRef(/** @type {any} */ (null));
  useEffect(() => { if (!paused) sheet.current?.querySelector('h1')?.focus(); }, [paused]);
  let shown;
  if (!now) shown = error ? html`<${Words} of="unreachable"/>` : html`<${Words} of="opening"/>`;
  else if (state === 'over') shown = html`<${Words} of="over"/>`;
  else if (state === 'waiting') shown = html`<${Words} of="waiting"/>`;
  else if (asks.length > 0) {
    const ask = asks[0];
    const give = (/** @type {any} */ given) => {
      row.set(me.session, before + 1);
      answer({slot: ask.slot, item: ask.item, asked: ask.asked, ...given});
    };
    shown = html`<${Question} key=${keyOf(ask)} ask=${ask} number=${before + 1} of=${before + asks.length}
      onAnswer=${give} onDecline=${() => give({declined: true})}/>`;
  } else if (activities.length > 0) {
    const a = activities[0];
    const draft = kept.draft(`${me.who} ${me.session} ${keyOf(a)}`);
    shown = html`<${Activity} key=${keyOf(a)} activity=${a} lang=${language.value} held=${paused}
      from=${Math.max(0, (now.elapsedSeconds || 0) - (a.shown || 0) / 1e9)}
      draft=${draft}
      onAnswer=${(/** @type {any} */ given) => {
        answer({slot: a.slot, activity: a.activity, skipped: given.skipped, fields: given.fields}).then(draft.forget);
      }}/>`;
  } else if (!paused) shown = html`<${Words} of="nothing"/>`;

  const runs = state === 'running' || state === 'paused' || state === 'waiting';
  return html`<${Frame} sent=${sent} kept=${kept} foot=${runs && html`
      <button class="large" onClick=${() => want('pause')} disabled=${state !== 'running'}>${t('participant.want.pause')}</button>
      <button class="danger large" onClick=${() => want('stop')}>${t('participant.want.stop')}</button>`}>
    ${error && now && error.status !== 401 && html`<p class="note" role="status">${t('participant.away')}</p>`}
    <div role="status">${told && html`<p class=${told === 'failed' ? 'failure' : 'note'}>${t('participant.told.' + told)}</p>`}</div>
    ${refused && html`<p class="failure" role="alert">${t('participant.refused', {why: refused})}</p>`}
    ${late && html`<p class="card" role="status">${t('participant.' + late)}</p>`}
    <div class="card sheet">${paused && html`<${Words} of="paused"/>`}
      <div hidden=${paused} ref=${sheet}>${shown}</div></div>
  <//>`;
}

/** A state in words. @param {{of: string}} props */
function Words({of}) {
  const head = useRef(/** @type {any} */ (null));
  useEffect(() => { head.current?.focus(); }, [of]);
  return html`<div class="words ${of}"><h1 ref=${head} tabindex="-1">${t(`participant.${of}`)}</h1><p>${t(`participant.${of}.more`)}</p></div>`;
}
