/** What this device keeps: answers that are not sent yet, the plan for home, drafts. IndexedDB; lasts over reload and restart. */

const NAME = 'anodyne';
const VERSION = 1;
const DRAFT = 'draft ';

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/**
 * Opens what is kept. Where a browser keeps nothing, as in some private windows, it lasts as long as the page: `durable` says so.
 */
export async function openKept() {
  try {
    const opening = indexedDB.open(NAME, VERSION);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('outbox', {keyPath: 'id'});
      opening.result.createObjectStore('things');
    };
    const db = await done(opening);
    // Else a newer page could not be opened beside this one.
    db.onversionchange = () => db.close();
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    return new Kept(db);
  } catch (e) {
    return new InMemory();
  }
}

class Kept {
  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
    this.durable = true;
  }

  /** @param {string} store @param {(s: IDBObjectStore) => IDBRequest} change */
  change(store, change) {
    return /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
      const t = this.db.transaction(store, 'readwrite', {durability: 'strict'});
      change(t.objectStore(store));
      t.oncomplete = () => resolve();
      t.onerror = t.onabort = () => reject(t.error);
    }));
  }

  /** @param {string} store @param {(s: IDBObjectStore) => IDBRequest} read */
  read(store, read) { return done(read(this.db.transaction(store, 'readonly').objectStore(store))); }

  all() { return this.read('outbox', s => s.getAll()); }
  /** @param {any} kept */
  put(kept) { return this.change('outbox', s => s.put(kept)); }
  /** @param {string} id */
  remove(id) { return this.change('outbox', s => s.delete(id)); }
  /** @param {string} name */
  get(name) { return this.read('things', s => s.get(name)); }
  /** @param {string} name @param {any} thing */
  set(name, thing) { return this.change('things', s => s.put(thing, name)); }
  /** @param {string} name */
  forget(name) { return this.change('things', s => s.delete(name)); }
  /** @param {string} name */
  draft(name) { return drafts(localStorage, name); }
  /** Forgets all but what is not sent yet. */
  clear() {
    Object.keys(localStorage).filter(name => name.startsWith(DRAFT)).forEach(name => localStorage.removeItem(name));
    return this.change('things', s => s.clear());
  }
}

/**
 * What is half filled in. It is written with each letter, at once: a page may be gone before a database has answered.
 * @param {Storage} storage @param {string} of
 */
function drafts(storage, of) {
  const name = DRAFT + of;
  return {
    get() { return JSON.parse(storage.getItem(name) || 'null'); },
    /** @param {any} thing */
    set(thing) {
      try { storage.setItem(name, JSON.stringify(thing)); } catch (e) { /* full: it lasts as long as the page */ }
    },
    forget() { storage.removeItem(name); },
  };
}

/** The same for as long as the page is open. */
export class InMemory {
  constructor() {
    this.durable = false;
    /** @type {Map<string, any>} */
    this.outbox = new Map();
    /** @type {Map<string, any>} */
    this.things = new Map();
  }

  async all() { return [...this.outbox.values()]; }
  /** @param {any} kept */
  async put(kept) { this.outbox.set(kept.id, structuredClone(kept)); }
  /** @param {string} id */
  async remove(id) { this.outbox.delete(id); }
  /** @param {string} name */
  async get(name) { return this.things.get(name); }
  /** @param {string} name @param {any} thing */
  async set(name, thing) { this.things.set(name, structuredClone(thing)); }
  /** @param {string} name */
  async forget(name) { this.things.delete(name); }
  /** @param {string} name */
  draft(name) {
    return {get: () => this.things.get(DRAFT + name) || null, set: (/** @type {any} */ v) => { this.things.set(DRAFT + name, v); },
      forget: () => { this.things.delete(DRAFT + name); }};
  }
  async clear() { this.things.clear(); }
}
