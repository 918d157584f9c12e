/** The protocol under the hands of whoever edits it: its text is what holds, everything else follows from it. */
import {batch, computed, effect, signal} from '../../core/html.js';
import {get, post} from '../../core/api.js';
import {changed, Reading, steps, within} from './yamltext.js';

/** Check once nothing was typed for so long (ms). */
const PAUSE = 450;
const MOST_UNDO = 200;

/**
 * @typedef {{line: number, where: string, message: string, path: (string | number)[]}} Fault
 * @typedef {{id: string, kind: string, title: string, state: string, reason: string, schema: any, ports?: any}} Plugin
 * @typedef {{name: string, carries: string, many: boolean, required: boolean}} Port
 * @typedef {{name: string, unit: string, components: string[], perPhase: boolean}} Feature
 * @typedef {{inputs: Port[], features: Feature[], streams: string[], actions: {name: string, arguments: any[]}[]}} Ports
 */

const NO_PORTS = {inputs: [], features: [], streams: [], actions: []};

/** What is installed, by id. @type {import('@preact/signals').Signal<Map<string, Plugin>>} */
export const plugins = signal(new Map());

export async function loadPlugins() {
  const said = await get('/plugins');
  plugins.value = new Map(said.plugins.filter((/** @type {any} */ p) => !p.id.startsWith('bench-')).map((/** @type {any} */ p) => [p.id, p]));
}

/** One protocol that is open. */
export class Model {
  /** @param {{name: string, text: string, own: boolean, version: string}} file */
  constructor(file) {
    this.name = signal(file.name);
    this.own = signal(file.own);
    this.version = file.version;
    this.text = signal(file.text);
    this.savedText = signal(file.text);
    this.past = signal(/** @type {string[]} */ ([]));
    this.future = signal(/** @type {string[]} */ ([]));
    this.reading = computed(() => new Reading(this.text.value));
    /** The protocol as it was last readable: what the composer shows while somebody is typing. @type {any} */
    this.lastValue = this.reading.peek().value || {};
    this.value = computed(() => {
      if (this.reading.value.value) this.lastValue = this.reading.value.value;
      return this.lastValue;
    });
    this.readable = computed(() => this.reading.value.value !== null);
    this.unsaved = computed(() => this.text.value !== this.savedText.value);
    this.checked = signal(/** @type {{text: string, faults: Fault[], slots: Record<string, any>}} */ ({text: '', faults: [], slots: {}}));
    this.checking = computed(() => this.checked.value.text !== this.text.value);
    this.checkError = signal(/** @type {any} */ (null));
    /** @type {any} */
    this.timer = 0;
    this.end = effect(() => {
      const text = this.text.value;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.check(text), this.checked.peek().text === '' ? 0 : PAUSE);
    });
  }

  close() {
    this.end();
    clearTimeout(this.timer);
  }

  /** @param {string} text */
  async check(text) {
    try {
      const said = await post('/check', {text});
      if (text !== this.text.peek()) return; // of a text that is no longer
      batch(() => {
        this.checkError.value = null;
        this.checked.value = {text, slots: said.slots,
          faults: said.faults.map((/** @type {any} */ f) => ({...f, path: steps(f.where)}))};
      });
    } catch (e) {
      this.checkError.value = e;
      this.timer = setTimeout(() => this.check(this.text.peek()), 3000);
    }
  }

  /** Another text, with what was before kept for undo. @param {string} text */
  write(text) {
    if (text === this.text.peek()) return;
    batch(() => {
      this.past.value = [...this.past.peek(), this.text.peek()].slice(-MOST_UNDO);
      this.future.value = [];
      this.text.value = text;
    });
  }

  /** Typed letters come one by one: the first of a run is kept for undo. @param {string} text */
  type(text) {
    const now = performance.now();
    const run = this.typed && now - this.typed < 1500;
    this.typed = now;
    if (run) {
      batch(() => { this.text.value = text; this.future.value = []; });
    } else {
      this.write(text);
    }
  }

  /** Changes parts of the protocol. @param {(doc: any) => void} change */
  edit(change) {
    if (!this.readable.peek()) return;
    this.typed = 0;
    this.write(changed(this.text.peek(), change));
  }

  undo() { this.step(this.past, this.future); }
  redo() { this.step(this.future, this.past); }

  /** @param {any} from @param {any} to */
  step(from, to) {
    const list = from.peek();
    if (list.length === 0) return;
    this.typed = 0;
    batch(() => {
      to.value = [...to.peek(), this.text.peek()];
      from.value = list.slice(0, -1);
      this.text.value = list[list.length - 1];
    });
  }

  /** Faults of a part and of all within it. @param {(string | number)[]} path @returns {Fault[]} */
  faults(path) {
    return this.checked.value.faults.filter(f => f.path.length > 0 && within(f.path, path));
  }

  /** @returns {Record<string, any>} */
  get slots() {
    const slots = this.value.value.slots;
    return slots && typeof slots === 'object' && !Array.isArray(slots) ? slots : {};
  }

  /** @param {string} slot @returns {Plugin | undefined} */
  plugin(slot) {
    const s = this.slots[slot];
    return s && typeof s === 'object' ? plugins.value.get(s.plugin) : undefined;
  }

  /** What a slot takes and gives, with its parameters as far as they could be read. @param {string} slot @returns {Ports} */
  ports(slot) {
    const checked = this.checked.value.slots[slot];
    const s = this.slots[slot];
    if (checked && s && checked.plugin === s.plugin) return checked.ports;
    const p = this.plugin(slot);
    return (p && p.ports) || NO_PORTS;
  }

  /** Names of slots of a kind. @param {...string} kinds */
  slotsOf(...kinds) {
    return Object.keys(this.slots).filter(s => kinds.includes((this.plugin(s) || {kind: ''}).kind));
  }

  /** Everything that can be connected to a port of samples. @param {string} [not] slot that is left out */
  streams(not) {
    /** @type {string[]} */
    const all = [];
    for (const slot of Object.keys(this.slots)) {
      if (slot === not) continue;
      const streams = this.ports(slot).streams;
      if (streams.length > 1) all.push(...streams.map(s => `${slot}/${s}`));
      else if (streams.length === 1 || (this.plugin(slot) || {kind: ''}).kind === 'source') all.push(slot);
    }
    return all;
  }

  /** Everything that can be watched. @param {string} [not] slot that is left out @returns {{name: string, unit: string}[]} */
  features(not) {
    /** @type {{name: string, unit: string}[]} */
    const all = [];
    for (const slot of Object.keys(this.slots)) {
      if (slot === not) continue;
      for (const f of this.ports(slot).features) {
        all.push({name: `${slot}/${f.name}`, unit: f.unit});
        if (f.components.length > 1) f.components.forEach(c => all.push({name: `${slot}/${f.name}.${c}`, unit: f.unit}));
      }
    }
    return all;
  }

  /**
   * All phases in the order in which they stand, those of blocks too, and the blocks.
   * @returns {{path: (string | number)[], value: any, block: boolean, depth: number}[]}
   */
  get steps() {
    /** @type {any[]} */
    const all = [];
    const walk = (/** @type {any} */ list, /** @type {any[]} */ path, /** @type {number} */ depth) => {
      (Array.isArray(list) ? list : []).forEach((value, i) => {
        if (!value || typeof value !== 'object') return;
        const block = 'block' in value;
        all.push({path: [...path, i], value, block, depth});
        if (block && value.block) walk(value.block.phases, [...path, i, 'block', 'phases'], depth + 1);
      });
    };
    walk(this.value.value.phases, ['phases'], 0);
    return all;
  }

  /** Ids of all phases. @returns {string[]} */
  get phaseIds() { return this.steps.filter(s => !s.block).map(s => String(s.value.id)); }

  /** Ids of all triggers. @returns {string[]} */
  get triggerIds() {
    return this.steps.filter(s => !s.block).flatMap(s => (Array.isArray(s.value.triggers) ? s.value.triggers : []).map((/** @type {any} */ t) => String(t && t.id)));
  }
}
