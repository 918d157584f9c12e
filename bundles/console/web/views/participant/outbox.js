/**
 * What was answered and is not known to have arrived. Each answer is stored with its number before it is sent, and sent until
 * the console has said what became of it: taken, or no longer wanted. The console takes a number once, so that sending twice
 * does no harm. No page is needed for it: store, sending and time come from outside.
 */

/**
 * @typedef {{id: string, n: number, who: string, path: string, body: any}} Kept
 * @typedef {{ok: boolean, why?: string, message?: string}} Said what became of it; why: '', 'closed' or 'refused'
 * @typedef {{all(): Promise<Kept[]>, put(kept: Kept): Promise<void>, remove(id: string): Promise<void>, durable?: boolean}} Store
 */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
/** What is wrong with these is wrong the next time, too. Not 404: a console that is just starting says it, too. */
const HOPELESS = new Set([400, 413, 415]);

/** A number for an answer: 128 random bits. Unlike crypto.randomUUID it is there without encryption, too. */
export const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');

export class Outbox {
  /**
   * @param {{store: Store, who: string, send: (kept: Kept) => Promise<Said>, later?: (f: () => void, ms: number) => any,
   *   changed?: () => void, settled?: (kept: Kept, said: Said) => void}} given
   *   who: whose answers these are: those of others on this device stay where they are until they are here again.
   *   send: fails with a `status`, 0 when the console could not be reached.
   *   settled: told what became of one, after it is gone from the store
   */
  constructor({store, who, send, later = (f, ms) => setTimeout(f, ms), changed = () => {}, settled = () => {}}) {
    this.store = store;
    this.who = who;
    this.send = send;
    this.later = later;
    this.changed = changed;
    this.settled = settled;
    /** @type {Kept[]} */
    this.waiting = [];
    /** Why nothing is sent now: '' | 'offline' | 'failed' | 'out' (the code is no longer good) */
    this.trouble = '';
    this.wait = FIRST_WAIT_MS;
    this.sending = false;
    this.timer = null;
    this.n = 0;
  }

  /** Takes up what was left. */
  async open() {
    const all = await this.store.all();
    this.n = all.reduce((most, k) => Math.max(most, k.n), 0);
    this.waiting = all.filter(k => k.who === this.who).sort((a, b) => a.n - b.n);
    this.changed();
    this.kick();
  }

  /** Keeps an answer and sends it; complete once it is kept. @param {string} path @param {any} body @returns {Promise<string>} */
  async add(path, body) {
    const kept = {id: newId(), n: ++this.n, who: this.who, path, body};
    try {
      await this.store.put(kept);
    } catch (e) {
      // A device that is full: it is sent all the same, and the page says that it must not be closed.
      this.store.durable = false;
    }
    this.waiting.push(kept);
    this.changed();
    this.kick();
    return kept.id;
  }

  /** The code is no longer good; what is kept stays. */
  shutOut() {
    this.trouble = 'out';
    this.changed();
  }

  /** Tries now: there is a connection again, or the page is looked at again. */
  kick() {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wait = FIRST_WAIT_MS;
    this.pump();
  }

  async pump() {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.waiting.length > 0 && await this.one(this.waiting[0])) { /* the next one */ }
    } finally {
      this.sending = false;
      this.changed();
    }
  }

  /** @param {Kept} kept @returns {Promise<boolean>} whether it is done with */
  async one(kept) {
    /** @type {Said} */
    let said;
    try {
      said = await this.send(kept);
    } catch (e) {
      const status = /** @type {any} */ (e).status ?? 0;
      if (!HOPELESS.has(status)) {
        this.trouble = status === 0 ? 'offline' : status === 401 || status === 403 ? 'out' : 'failed';
        this.again();
        return false;
      }
      said = {ok: false, why: 'refused', message: /** @type {any} */ (e).message};
    }
    this.trouble = '';
    this.wait = FIRST_WAIT_MS;
    this.waiting = this.waiting.filter(k => k.id !== kept.id);
    await this.store.remove(kept.id);
    this.settled(kept, said);
    this.changed();
    return true;
  }

  again() {
    if (this.trouble === 'out') return; // nothing helps but joining again
    this.timer = this.later(() => { this.timer = null; this.pump(); }, this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }
}
