/** The bus in the browser: MQTT over WebSocket, CBOR with typed arrays. */
import mqtt from 'mqtt';
import {decode, encode} from 'cborg';
import {signal} from '@preact/signals';
import {get} from './api.js';

/** `off` (there is none here), `waiting`, `on`, `lost`. */
export const liveState = signal('waiting');

/** RFC 8746: number of the tag → array type, for what the bus carries. */
const ARRAYS = {85: Float32Array, 86: Float64Array};
/** @type {any[]} */
const tags = [];
for (const [tag, Type] of Object.entries(ARRAYS)) {
  // Copied: the bytes lie anywhere in a buffer that holds more, and arrays of numbers have to begin at a multiple of their size.
  tags[Number(tag)] = decodeInside => new Type(new Uint8Array(decodeInside()).buffer);
}

/** @param {Uint8Array} bytes a message of the bus @returns {any} */
export const read = bytes => decode(bytes, {tags, allowNaN: true, allowInfinity: true, allowBigInt: true});

/**
 * @typedef {{session: string, kind: string, slot: string, name: string}} Topic
 * @typedef {(topic: Topic, payload: any, message: any) => void} Hear
 */

const SITE_KINDS = new Set(['plugin', 'clock', 'control', 'lease', 'mirror', 'stop']);

/** @param {string} path @returns {Topic} */
export function topic(path) {
  const p = path.split('/');
  if (SITE_KINDS.has(p[3])) return {session: '', kind: p[3], slot: '', name: p[4] || ''};
  return {session: p[3], kind: p[4], slot: p[5] || '', name: p[6] || ''};
}

const MOST_RECENT = 500;

/** A connection that mends itself; what it has missed meanwhile is asked of the console again. */
export class Live {
  constructor() {
    /** @type {any} */
    this.client = null;
    /** @type {Map<string, {qos: 0 | 1, hear: Set<Hear>}>} */
    this.filters = new Map();
    /** Called each time the connection stands again. @type {Set<() => void>} */
    this.onBack = new Set();
    this.site = '';
    this.closed = false;
    this.stops = 0;
    /** Which events were given, oldest first. @type {Set<string | undefined>} */
    this.recent = new Set();
  }

  async open() {
    let where;
    try {
      where = await get('/live');
    } catch (e) {
      liveState.value = /** @type {any} */ (e).status === 404 ? 'off' : 'lost';
      if (liveState.value === 'lost' && !this.closed) setTimeout(() => this.open(), 2000);
      return;
    }
    this.site = where.site;
    this.client = mqtt.connect(where.url, {
      protocolVersion: 5, username: where.username, password: where.password, clean: true, reconnectPeriod: 1000,
      connectTimeout: 8000, keepalive: 15, resubscribe: false,
      // The library's other timers run in a worker made from a text, which the page's rules forbid.
      timerVariant: 'native',
      // The broker takes no other: a page must not come in under a process's name.
      clientId: `page-${where.username}-` + crypto.getRandomValues(new Uint32Array(2)).join('-'),
    });
    this.client.on('connect', () => {
      liveState.value = 'on';
      this.filters.forEach((f, filter) => this.ask(filter, f.qos));
      this.onBack.forEach(f => f());
    });
    this.client.on('close', () => { if (!this.closed) liveState.value = 'lost'; });
    this.client.on('error', () => { /* told by the state */ });
    this.client.on('message', (path, bytes) => this.heard(path, bytes));
  }

  /** @param {string} path @param {Uint8Array} bytes */
  heard(path, bytes) {
    let message;
    try { message = read(bytes); } catch (e) { return; } // what cannot be read is nobody's
    const t = topic(path);
    // Brokers give a message once for each filter that it fits.
    if (t.kind === 'event' && this.again(`${path} ${message.source} ${message.sequence}`)) return;
    /** @type {Set<Hear>} */
    const all = new Set();
    for (const [filter, f] of this.filters) {
      if (fits(filter, path)) f.hear.forEach(hear => all.add(hear));
    }
    all.forEach(hear => hear(t, message.payload, message));
  }

  /** Whether an event was given before, as far as is remembered. @param {string} which */
  again(which) {
    if (this.recent.has(which)) return true;
    this.recent.add(which);
    if (this.recent.size > MOST_RECENT) this.recent.delete(this.recent.values().next().value);
    return false;
  }

  /** @param {string} filter @param {0 | 1} qos */
  ask(filter, qos) {
    this.client.subscribe(filter, {qos}, (/** @type {any} */ error) => {
      if (error) console.warn(`the bus refused ${filter}: ${error.message}`);
    });
  }

  /**
   * @param {string} rest filter behind `anodyne/1/<site>/`
   * @param {Hear} hear
   * @param {0 | 1} [qos] 0 for what comes many times a second
   * @returns {() => void} ends it
   */
  hear(rest, hear, qos = 0) {
    const filter = `anodyne/1/${this.site}/${rest}`;
    let f = this.filters.get(filter);
    if (!f) {
      f = {qos, hear: new Set()};
      this.filters.set(filter, f);
      if (this.client && this.client.connected) this.ask(filter, qos);
    }
    f.hear.add(hear);
    return () => {
      f.hear.delete(hear);
      if (f.hear.size === 0) {
        this.filters.delete(filter);
        if (this.client && this.client.connected) this.client.unsubscribe(filter);
      }
    };
  }

  /**
   * The emergency stop, straight over the bus, beside the request to the console.
   * @param {string} reason
   * @returns {Promise<boolean>} whether the bus has taken it, within 3 s
   */
  stop(reason) {
    if (!this.client || !this.client.connected) return Promise.resolve(false);
    this.stops += 1;
    const message = {schema: 1, source: this.client.options.clientId, sequence: this.stops, madeNanos: 0,
      payload: {type: 'stop', timeNanos: -1, attributes: {reason}}};
    return new Promise(done => {
      setTimeout(() => done(false), 3000);
      this.client.publish(`anodyne/1/${this.site}/stop`, encode(message), {qos: 1}, (/** @type {any} */ error) => done(!error));
    });
  }

  close() {
    this.closed = true;
    if (this.client) this.client.end(true);
  }
}

/** Whether a topic fits a filter. @param {string} filter @param {string} path */
export function fits(filter, path) {
  const f = filter.split('/'), p = path.split('/');
  for (let i = 0; i < f.length; i++) {
    if (f[i] === '#') return true;
    if (i >= p.length || (f[i] !== '+' && f[i] !== p[i])) return false;
  }
  return f.length === p.length;
}
