/** The participant's page: in a session, or at home. */
import {html, signal, useEffect, useState} from '../core/html.js';
import {t} from '../core/i18n.js';
import {me as whoAmI, post} from '../core/api.js';
import {Outbox} from './participant/outbox.js';
import {openKept} from './participant/kept.js';
import {Session} from './participant/session.js';
import {Home} from './participant/home.js';

const sent = signal({waiting: 0, trouble: '', durable: true, any: false});

/** @param {any} me @param {any} kept @param {boolean} before whether anything was sent from this device before @param {boolean} known whether the console has said who one is since the page was loaded */
function makeOutbox(me, kept, before, known) {
  /** @type {(one: any, said: any) => void} */
  let settled = () => {};
  let any = before;
  const outbox = new Outbox({
    store: kept,
    who: `${me.who} ${me.session}`,
    send: async one => {
      if (!known) {
        const now = await whoAmI();
        if (!now) throw Object.assign(new Error('out'), {status: 401});
        if (now.who !== me.who || now.session !== me.session) {
          location.reload();
          return new Promise(() => { /* nothing is sent as somebody else */ });
        }
        known = true;
      }
      return post(one.path, {...one.body, id: one.id});
    },
    settled: (one, said) => {
      if (!any) kept.set(sentBy(me), true);
      any = true;
      settled(one, said);
    },
    changed: () => { sent.value = {waiting: outbox.waiting.length, trouble: outbox.trouble, durable: kept.durable, any}; },
  });
  const again = () => { if (!document.hidden) outbox.kick(); };
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', again);
  return {outbox, onSettled: (/** @type {any} */ f) => { settled = f; }};
}

/** Name under which it is kept that somebody's answers were sent from here. @param {any} me */
const sentBy = me => `sent ${me.who} ${me.session}`;

/** @param {{me: any}} props me: null where the console could not be reached */
export function View({me}) {
  const [ready, setReady] = useState(/** @type {any} */ (null));
  useEffect(() => {
    (async () => {
      const kept = await openKept();
      const who = me || await kept.get('me');
      if (me) await kept.set('me', {who: me.who, session: me.session, role: me.role});
      if (!who) return setReady({});
      const {outbox, onSettled} = makeOutbox(who, kept, Boolean(await kept.get(sentBy(who))), Boolean(me));
      await outbox.open();
      setReady({who, kept, outbox, onSettled});
    })();
  }, []);
  if (!ready) return html`<main class="participant"><p role="status">${t('participant.opening')}</p></main>`;
  if (!ready.who) {
    return html`<main class="participant"><div class="card sheet words"><h1>${t('participant.unknown')}</h1>
      <p>${t('participant.unknown.more')}</p><a class="button main" href="/#join">${t('participant.join')}</a></div></main>`;
  }
  const of = {me: ready.who, kept: ready.kept, outbox: ready.outbox, sent, onSettled: ready.onSettled};
  return ready.who.session ? html`<${Session} ...${of}/>` : html`<${Home} ...${of}/>`;
}
