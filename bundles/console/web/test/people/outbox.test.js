import test from 'node:test';
import assert from 'node:assert/strict';
import {InMemory} from '../../views/participant/kept.js';
import {Outbox, newId} from '../../views/participant/outbox.js';

/** Takes a number once, as the console does; the connection is cut now and then, before or after the answer has arrived. */
class Console {
  constructor() {
    this.taken = [];
    this.said = new Map();
    /** @type {('before' | 'after' | '')[]} */
    this.cuts = [];
    this.met = 0;
  }

  async send(kept) {
    const cut = this.cuts.shift() || '';
    if (cut) this.met++;
    await Promise.resolve();
    if (cut === 'before') throw Object.assign(new Error('cut'), {status: 0});
    if (!this.said.has(kept.id)) {
      this.taken.push(kept.body.value);
      this.said.set(kept.id, {ok: true, why: ''});
    }
    if (cut === 'after') throw Object.assign(new Error('cut'), {status: 0});
    return this.said.get(kept.id);
  }
}

/** Time that passes when it is told to. */
class Later {
  constructor() { this.waiting = []; }
  get later() { return (f, ms) => { this.waiting.push({f, ms}); return 0; }; }
  pass() { const all = this.waiting; this.waiting = []; all.forEach(w => w.f()); }
}

const rest = async () => { for (let i = 0; i < 50; i++) await Promise.resolve(); };

test('twenty cuts, reloads between them: each answer arrives once, in order', async () => {
  const store = new InMemory();
  const server = new Console();
  const time = new Later();
  server.cuts = Array.from({length: 40}, (_, i) => (i % 2 ? '' : i % 4 ? 'before' : 'after'));
  let outbox = null;
  const open = async () => {
    outbox = new Outbox({store, who: 'P01 s', send: k => server.send(k), later: time.later});
    await outbox.open();
  };
  await open();
  for (let value = 0; value < 30; value++) {
    await outbox.add('/participant/answers', {value});
    await rest();
    if (value % 3 === 0) await open(); // a reload: only what is stored is left
    time.pass();
    await rest();
  }
  for (let i = 0; i < 100 && outbox.waiting.length > 0; i++) { time.pass(); await rest(); }
  assert.equal(server.met, 20);
  assert.deepEqual(server.taken, Array.from({length: 30}, (_, i) => i));
  assert.equal((await store.all()).length, 0);
  assert.equal(outbox.trouble, '');
});

test('what was stored is sent although the page was closed before it was', async () => {
  const store = new InMemory();
  const server = new Console();
  const away = new Outbox({store, who: 'P01 s', send: () => new Promise(() => {})});
  await away.open();
  await away.add('/participant/answers', {value: 7});
  const back = new Outbox({store, who: 'P01 s', send: k => server.send(k)});
  await back.open();
  await rest();
  assert.deepEqual(server.taken, [7]);
});

test('answers of another participant on the same device stay until that one is here again', async () => {
  const store = new InMemory();
  const server = new Console();
  const one = new Outbox({store, who: 'P01 s', send: async () => { throw Object.assign(new Error('x'), {status: 0}); }, later: () => 0});
  await one.open();
  await one.add('/p', {value: 1});
  await rest();
  const two = new Outbox({store, who: 'P02 s', send: k => server.send(k)});
  await two.open();
  await rest();
  assert.deepEqual(server.taken, []);
  assert.equal((await store.all()).length, 1);
});

test('a code that is no longer good stops the sending and loses nothing', async () => {
  const store = new InMemory();
  let asked = 0;
  const outbox = new Outbox({store, who: 'P01 s', send: async () => { asked++; throw Object.assign(new Error('out'), {status: 401}); },
    later: () => assert.fail('it is not tried again by itself')});
  await outbox.open();
  await outbox.add('/p', {value: 1});
  await rest();
  assert.equal(outbox.trouble, 'out');
  assert.equal(asked, 1);
  assert.equal((await store.all()).length, 1);
});

test('an answer that can never be taken does not hold up the next one', async () => {
  const store = new InMemory();
  const settled = [];
  const outbox = new Outbox({store, who: 'w', settled: (k, said) => settled.push([k.body.value, said.why]),
    send: async k => { if (k.body.value === 1) throw Object.assign(new Error('no'), {status: 400}); return {ok: true, why: ''}; }});
  await outbox.open();
  await outbox.add('/p', {value: 1});
  await outbox.add('/p', {value: 2});
  await rest();
  assert.deepEqual(settled, [[1, 'refused'], [2, '']]);
  assert.equal((await store.all()).length, 0);
});

test('it waits longer and longer while nobody answers, up to half a minute', async () => {
  const time = new Later();
  const waits = [];
  const outbox = new Outbox({store: new InMemory(), who: 'w', send: async () => { throw Object.assign(new Error('x'), {status: 0}); }, later: time.later});
  await outbox.open();
  await outbox.add('/p', {});
  for (let i = 0; i < 8; i++) { await rest(); waits.push(time.waiting[0].ms); time.pass(); }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
});

test('numbers are what the console takes, and differ', () => {
  const all = new Set(Array.from({length: 1000}, newId));
  assert.equal(all.size, 1000);
  all.forEach(id => assert.match(id, /^[A-Za-z0-9-]{16,64}$/));
});

test('a device that is full loses no answer while the page is open', async () => {
  const store = new InMemory();
  store.put = async () => { throw new Error('full'); };
  const server = new Console();
  store.durable = true;
  const outbox = new Outbox({store, who: 'w', send: k => server.send(k)});
  await outbox.open();
  await outbox.add('/p', {value: 3});
  await rest();
  assert.deepEqual(server.taken, [3]);
  assert.equal(store.durable, false);
});
