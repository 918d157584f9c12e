/**
 * The session as this page knows it: what the console says of it, and what the bus has said since. Messages may come many
 * times a second; they change plain objects here, and views are told at most four times a second by {@link tick}.
 */
import {signal} from '../../core/html.js';
import {get} from '../../core/api.js';
import {Live, liveState} from '../../core/live.js';
import {FeatureStore} from './feature-store.js';

/** Grows when something has changed. */
export const tick = signal(0);
/** Whether anything is known yet; and the failure, when nothing could be known. */
export const known = signal(false);
export const failure = signal(/** @type {any} */ (null));
/** Whether an emergency stop is latched, as the safety layer says. */
export const latched = signal(/** @type {string | null} */ (null));
/** Session that has ended while this page looked on; empty when none has. */
export const ended = signal('');

const MOST_EVENTS = 400;
const MOST_ALERTS = 200;
const TELL_MS = 250;
const LOOK_MS = 4000;
const WHOLE_EACH = 5;

/** Told by themselves, or too many a second to be read. */
const NOT_LISTED = new Set(['frames', 'dial', 'driven', 'plan', 'phase', 'phase-ended', 'instrument', 'safety', 'board-time']);
export const ALERTS = new Set(['safety-alert', 'made-safe', 'slot-lost', 'stream-silent', 'panic', 'device-fault', 'device-lost',
  'impedance-warning', 'display-lost', 'display-failed', 'scene-failed', 'fms-pause', 'fms-stop', 'flash-limit']);

export const live = new Live();
export const features = new FeatureStore();

/** What is known of a session of which nothing was heard yet. */
const NOTHING_HEARD = () => ({
  /** @type {any} */ state: {state: '', reason: '', phase: ''},
  /** @type {any} */ plan: {},
  /** @type {Record<string, any>} */ slots: {},
  /** @type {any[]} */ phases: [],
  /** @type {any[]} */ alerts: [],
  /** @type {any[]} */ asks: [],
  /** @type {any[]} */ activities: [],
  /** @type {Record<string, Record<string, number>>} */ delivered: {},
});

/** @typedef {{kind: string, slot: string, type: string, timeNanos: number, attributes: any, times?: number, key?: number}} Happening */

/** What is known. */
export const m = {
  running: false, session: '', participant: '', protocol: '', by: '',
  ...NOTHING_HEARD(),
  /** Slots whose devices are simulated ones that the console started. @type {string[]} */ simulated: [],
  /** @type {Record<string, any>} */ ready: {},
  /** @type {Record<string, any[]>} */ streams: {},
  /** @type {Happening[]} */ events: [],
  /** Newest impedance that a slot has told, with its time. @type {Record<string, {text: string, timeNanos: number}>} */ impedance: {},
  note: '', total: 0,
  /** Seconds of pauses in the session and in its phase, as of when the session time was `asked`. */
  paused: 0, phasePaused: 0, asked: 0,
};

let dirty = false, timer = 0, counter = 0;
/** Session time, nanoseconds, at a moment of the page's clock. */
let at = {nanos: 0, when: 0};

/** Views look again soon. */
export function changed() {
  if (dirty) return;
  dirty = true;
  timer = window.setTimeout(() => { dirty = false; tick.value++; }, TELL_MS);
}

/** Speed of session time against the clock on the wall. */
export function speed() {
  const s = m.plan.speed;
  return s === 'max' ? 1 : Number(s) || 1;
}

/** Session time now, seconds. */
export function nowSeconds() {
  const runs = m.state.state === 'RUNNING';
  const since = runs ? Math.min((performance.now() - at.when) * 1e6 * speed(), 8e9 * speed()) : 0;
  return Math.max(0, (at.nanos + since) / 1e9);
}

/** Session time now without pauses, seconds: the record's time goes on through a pause, a phase's does not. */
export function workedSeconds() {
  return Math.max(0, (m.state.state === 'PAUSED' ? m.asked : nowSeconds()) - m.paused);
}

/** How long a phase that began then has been at work, seconds. @param {number} start session time, seconds */
export function phaseSeconds(start) {
  return Math.max(0, (m.state.state === 'PAUSED' ? m.asked : nowSeconds()) - start - m.phasePaused);
}

/** The phase under way; what is told of a phase comes a little before it begins. */
export function phaseNow() {
  const now = nowSeconds() + 0.05;
  for (let i = m.phases.length - 1; i >= 0; i--) {
    const p = m.phases[i];
    if (Number(p.start) / 1e9 <= now) return p.ended !== undefined && Number(p.ended) / 1e9 <= now ? null : p;
  }
  return null;
}

/** @param {number} nanos session time that was heard */
function heardTime(nanos) {
  if (nanos > at.nanos) at = {nanos, when: performance.now()};
}

/** @param {Happening} h */
function happened(h) {
  const last = m.events[m.events.length - 1];
  // The same decision again and again says no more the second time.
  if (last && h.type === 'decision' && last.type === 'decision' && last.slot === h.slot && h.attributes.verdict !== 'FIRED'
      && last.attributes.verdict === h.attributes.verdict && last.attributes.trigger === h.attributes.trigger) {
    m.events[m.events.length - 1] = {...h, key: last.key, times: (last.times || 1) + 1};
  } else {
    m.events.push({...h, key: counter++});
  }
  if (m.events.length > MOST_EVENTS) m.events.splice(0, m.events.length - MOST_EVENTS);
}

/** @param {string} slot @param {any} a @param {number} timeNanos */
function impedance(slot, a, timeNanos) {
  if (typeof a.kiloohms === 'number') m.impedance[slot] = {text: a.kiloohms.toFixed(1) + ' kΩ', timeNanos};
  else if (a.impedance !== undefined) m.impedance[slot] = {text: String(a.impedance), timeNanos};
}

/** @param {string} slot @param {Record<string, any>} amounts */
function deliver(slot, amounts) {
  const sums = m.delivered[slot] || (m.delivered[slot] = {});
  for (const [name, amount] of Object.entries(amounts || {})) {
    if (typeof amount === 'number') sums[name] = (sums[name] || 0) + amount;
  }
}

const plain = (/** @type {any} */ v) => (typeof v === 'bigint' ? Number(v) : v);

/** @param {string} slot @param {any} p payload of an event */
function event(slot, p) {
  const a = p.attributes || {};
  const timeNanos = Number(p.timeNanos);
  switch (p.type) {
    case 'phase':
      if (!m.phases.some(x => x.index === a.index)) m.phases.push({...a});
      break;
    case 'phase-ended':
      for (const x of m.phases) if (x.index === a.index) Object.assign(x, {ended: plain(a.end), endedBecause: a.reason});
      break;
    case 'ask':
      m.asks = m.asks.filter(x => x.slot !== slot || x.item !== a.item).concat({...a, slot, asked: timeNanos});
      break;
    case 'answer':
      m.asks = m.asks.filter(x => x.slot !== slot || x.item !== a.item);
      break;
    case 'activity':
      m.activities = m.activities.filter(x => x.slot !== slot).concat({...a, slot});
      break;
    case 'activity-answer':
      m.activities = m.activities.filter(x => x.slot !== slot || x.activity !== a.activity);
      break;
    case 'finished':
      m.activities = m.activities.filter(x => x.slot !== slot);
      break;
    case 'delivered':
      deliver(slot, a);
      break;
    case 'plan':
      look(true); // the console leaves out of it what may tell an arm
      break;
  }
  if (p.type === 'decision') features.decided(a);
  impedance(slot, a, timeNanos);
  if (ALERTS.has(p.type)) {
    const id = `${slot}/${p.type}/${timeNanos}`;
    if (!m.alerts.some(x => x.id === id) && m.alerts.length < MOST_ALERTS) m.alerts.push({id, slot, type: p.type, timeNanos, attributes: a});
  }
  if (!NOT_LISTED.has(p.type)) happened({kind: 'event', slot, type: p.type, timeNanos, attributes: a});
}

/** Number of the newest state by topic and source: brokers may change the order, and an older one is not so any more. @type {Map<string, number>} */
const newest = new Map();

/** @param {import('../../core/live.js').Topic} t @param {any} p @param {any} message */
function hear(t, p, message) {
  if (!p) return;
  if (t.kind === 'state') {
    const by = `${t.slot} ${message.source}`, sequence = Number(message.sequence);
    if (sequence < (newest.get(by) || 0)) return;
    newest.set(by, sequence);
  }
  if (t.kind === 'feature') {
    const timeNanos = Number(p.timeNanos);
    heardTime(timeNanos);
    features.add(`${t.slot}/${t.name}`, timeNanos, p.values);
    changed();
    return;
  }
  const nanos = Number(p.timeNanos ?? p.decidedNanos ?? 0);
  if (t.kind !== 'command' && t.name !== 'phase') heardTime(nanos);
  if (t.kind === 'event') event(t.slot, p);
  else if (t.kind === 'state' && t.slot === 'session') session(p.attributes);
  else if (t.kind === 'state') slot(t.slot, p.attributes);
  else if (t.kind === 'command') {
    happened({kind: 'command', slot: t.slot, type: p.action, timeNanos: nanos,
      attributes: {command: p.id, arguments: p.arguments, cause: p.cause}});
  } else if (t.kind === 'ack') {
    deliver(t.slot, p.delivered);
    happened({kind: 'ack', slot: t.slot, type: 'ack', timeNanos: nanos,
      attributes: {command: p.commandId, outcome: p.outcome, reason: p.reason, delivered: p.delivered}});
  }
  changed();
}

/** How often the bus has told a state of the session: what the console was asked for before that is older. */
let told = 0;

/** @param {any} now */
function session(now) {
  told++;
  const before = m.state.state;
  if (before === 'RUNNING') m.asked = nowSeconds(); // where the clock stands still, if it does
  m.state = now;
  if (before !== now.state) {
    happened({kind: 'state', slot: 'session', type: 'state', timeNanos: at.nanos, attributes: now});
    at = {...at, when: performance.now()};
    look(true);
  }
}

/** @param {string} name @param {any} now */
function slot(name, now) {
  m.slots[name] = now;
  m.ready[name] = {...m.ready[name], state: now.state, reason: now.reason, plugin: now.plugin, version: now.version};
}

/** @type {(() => void)[]} */
let subscriptions = [];

function leave() {
  subscriptions.forEach(end => end());
  subscriptions = [];
  granted.clear();
  newest.clear();
  features.clear();
}

function enter() {
  const of = m.session + '/';
  for (const rest of ['event/session/#', 'state/#', 'command/#', 'ack/#']) subscriptions.push(live.hear(of + rest, hear, 1));
}

/** Filters that the console has granted of the session. @type {Set<string>} */
const granted = new Set();

/**
 * Features and events of slots, as far as they may be heard: a sealed allocation code hides those that would tell the arm.
 * @param {string[]} filters
 */
function listen(filters) {
  for (const filter of filters) {
    if (granted.has(filter) || filter.startsWith('mirror/') || filter === m.session + '/event/session/#') continue;
    granted.add(filter);
    subscriptions.push(live.hear(filter, hear, filter.includes('/feature/') ? 0 : 1));
  }
  // The plan says what may be heard; it may not have reached the console yet.
  if (filters.length === 0) window.setTimeout(() => { if (m.session && granted.size === 0) look(true); }, 500);
}

/**
 * @param {any} said answer of the console to where the session stands
 * @param {boolean} renew what the bus said meanwhile may have been missed
 * @param {boolean} old whether the bus has told a state since the console was asked
 */
function take(said, renew, old) {
  const before = m.session;
  m.running = said.running;
  if (!said.running) {
    if (before) { ended.value = before; leave(); m.session = ''; }
    known.value = true;
    changed();
    return;
  }
  if (said.session !== before && !said.follow) { // another one since the last look
    look(true);
    return;
  }
  Object.assign(m, {participant: said.participant, protocol: said.protocol, by: said.by, note: said.note, total: said.totalSeconds,
    ready: said.ready, streams: said.streams, simulated: said.simulatedSlots || []});
  const follow = said.follow;
  if (follow && said.session !== before) {
    leave();
    ended.value = '';
    // Nothing of the one before is left: its plan may come later than that it runs.
    Object.assign(m, {session: said.session, impedance: {}, events: [], ...NOTHING_HEARD()});
    enter();
  }
  if (follow && live.site) listen(follow.hear || []);
  if (follow && follow.state) {
    const first = said.session !== before || !m.plan.slots;
    const {state, plan, phases, slots, events, alerts, asks, activities, delivered} = follow;
    Object.assign(m, {state: old ? m.state : state, plan, phases, slots, asks, activities, delivered});
    const seen = new Map(alerts.map((/** @type {any} */ a) => [a.id, a]));
    m.alerts = alerts.concat(said.session === before ? m.alerts.filter(a => !seen.has(a.id)) : []);
    if (first || renew) {
      m.events = [];
      events.forEach(happened);
      events.forEach((/** @type {any} */ e) => impedance(e.slot, e.attributes, e.timeNanos));
    }
    if (first || features.all.size === 0) features.plan(plan, follow.features);
  }
  // What the session itself says counts, not what was heard of it: a message may be late, or be missed.
  if (!old && m.state.state !== said.state) m.state = {...m.state, state: said.state};
  at = {nanos: said.elapsedSeconds * 1e9, when: performance.now()};
  Object.assign(m, {paused: said.pausedSeconds, phasePaused: said.phasePausedSeconds, asked: said.elapsedSeconds});
  known.value = true;
  failure.value = null;
  changed();
}

let looking = false, again = false, missed = false;

/** Asks the console where the session stands. @param {boolean} [whole] also what has happened */
export async function look(whole = false) {
  if (looking) { again = again || whole; return; }
  looking = true;
  try {
    const all = whole || !m.session || !m.plan.slots;
    const asked = told;
    const said = await get(all ? '/session' : '/session?brief=1');
    take(said, all && missed, told !== asked);
    if (all) missed = liveState.value !== 'on';
  } catch (e) {
    failure.value = e;
    known.value = true;
    // Shut out: the bus would refuse each of its tries, too.
    if (/** @type {any} */ (e).status === 401) live.close();
  } finally {
    looking = false;
    if (again) { again = false; look(true); }
  }
}

/** Whether an emergency stop is latched. */
export async function lookAtStop() {
  try {
    const said = await get('/safety');
    latched.value = said.stopped ? said.message : null;
  } catch (e) { /* what is not known is not shown; the session's own state is */ }
}

/** Begins to follow. @returns {() => void} ends it */
export function begin() {
  let over = false;
  (async () => {
    await live.open();
    if (over) return;
    await look(true);
    live.hear('stop', () => window.setTimeout(lookAtStop, 300), 1);
    live.onBack.add(() => { missed = true; look(true); lookAtStop(); });
  })();
  lookAtStop();
  let looks = 0;
  const interval = window.setInterval(() => {
    // Another operator may have pressed or reset it, and a message may have been missed.
    lookAtStop();
    // Now and then all of it: whatever was missed or came in another order is put right.
    look(liveState.value !== 'on' || ++looks % WHOLE_EACH === 0);
  }, LOOK_MS);
  return () => {
    over = true;
    window.clearInterval(interval);
    window.clearTimeout(timer);
    leave();
    live.close();
  };
}
