/** Changes of a protocol that concern several of its parts. */
import {isMap, isPair, isScalar, isSeq, visit} from 'yaml';
import {insert, put, rename} from './yamltext.js';

/** Where a slot is named: in lists of slots, as the value of these keys, before the slash of a feature or stream. */
const NAMES = new Set(['slot', 'input', 'finished']);
const FEATURES = new Set(['feature']);

/** @param {any} node @param {string} from @param {string} to */
function reference(node, from, to) {
  if (!isScalar(node) || typeof node.value !== 'string') return;
  if (node.value === from) node.value = to;
  else if (node.value.startsWith(from + '/')) node.value = to + node.value.slice(from.length);
}

/** Gives a slot another name, wherever it is named. @param {any} doc @param {string} from @param {string} to */
export function renameSlot(doc, from, to) {
  const slots = doc.get('slots', true);
  if (isMap(slots)) {
    for (const pair of slots.items) {
      const inputs = /** @type {any} */ (pair.value)?.get?.('inputs', true);
      if (isMap(inputs)) for (const p of inputs.items) each(p.value, n => reference(n, from, to));
      const weights = /** @type {any} */ (pair.value)?.getIn?.(['parameters', 'weights'], true);
      if (isMap(weights)) for (const p of weights.items) reference(p.key, from, to);
    }
  }
  visit(doc.get('phases', true), {
    Pair(_, pair) {
      if (!isScalar(pair.key)) return;
      const key = String(pair.key.value);
      if (key === 'slots') each(pair.value, n => { if (isScalar(n) && n.value === from) n.value = to; });
      else if (key === 'parameters' && isMap(pair.value)) rename({getIn: () => pair.value}, [], from, to);
      else if (NAMES.has(key) && isScalar(pair.value) && pair.value.value === from) pair.value.value = to;
      else if (FEATURES.has(key)) reference(pair.value, from, to);
    },
  });
  rename(doc, ['slots'], from, to);
}

/** @param {any} node @param {(n: any) => void} f */
function each(node, f) {
  if (isSeq(node)) node.items.forEach(f);
  else f(node);
}

/** Takes a slot away, also from phases and inputs; triggers and ratings of it are left, as faults to be mended. @param {any} doc @param {string} slot */
export function removeSlot(doc, slot) {
  put(doc, ['slots', slot], undefined);
  const named = (/** @type {any} */ n) => isScalar(n) && typeof n.value === 'string' && (n.value === slot || n.value.startsWith(slot + '/'));
  const slots = doc.get('slots', true);
  if (isMap(slots)) {
    for (const pair of slots.items) {
      const inputs = /** @type {any} */ (pair.value)?.get?.('inputs', true);
      if (!isMap(inputs)) continue;
      for (const p of inputs.items) if (isSeq(p.value)) p.value.items = p.value.items.filter(n => !named(n));
      inputs.items = inputs.items.filter(p => !named(p.value) && !(isSeq(p.value) && p.value.items.length === 0));
      if (inputs.items.length === 0) /** @type {any} */ (pair.value).delete('inputs');
    }
  }
  visit(doc.get('phases', true), {
    Map(_, map) {
      const list = map.get('slots', true);
      if (isSeq(list)) list.items = list.items.filter(n => !named(n));
      const over = map.get('parameters', true);
      if (isMap(over) && over.has(slot)) {
        over.delete(slot);
        if (over.items.length === 0) map.delete('parameters');
      }
    },
  });
}

/** Gives a phase another name, wherever it is named. @param {any} doc @param {(string | number)[]} path @param {string} from @param {string} to */
export function renamePhase(doc, path, from, to) {
  visit(doc, {
    Pair(_, pair) {
      if (isPair(pair) && isScalar(pair.key) && ['baseline', 'phase'].includes(String(pair.key.value))
        && isScalar(pair.value) && pair.value.value === from) pair.value.value = to;
    },
  });
  put(doc, [...path, 'id'], to);
}

/** A name that is not there yet: `phase`, `phase2` … @param {string} wanted @param {string[]} taken */
export function free(wanted, taken) {
  if (!taken.includes(wanted)) return wanted;
  for (let i = 2; ; i++) if (!taken.includes(wanted + i)) return wanted + i;
}

/** Puts a phase into a block of its own. @param {any} doc @param {(string | number)[]} list @param {number} at */
export function wrap(doc, list, at) {
  const seq = doc.getIn(list, true);
  const step = seq.items[at];
  const made = doc.createNode({block: {repeat: 2, order: 'given', phases: []}});
  made.getIn(['block', 'phases'], true).items.push(step);
  // A comment above the phase is about the phase, and goes with it.
  seq.items[at] = made;
}

/** Puts the phases of a block in its place. @param {any} doc @param {(string | number)[]} list @param {number} at */
export function unwrap(doc, list, at) {
  const seq = doc.getIn(list, true);
  const inner = seq.items[at].getIn(['block', 'phases'], true);
  seq.items.splice(at, 1, ...(isSeq(inner) ? inner.items : []));
}

/** Switches a slot on or off in a phase. @param {any} doc @param {(string | number)[]} path @param {string} slot @param {boolean} on @param {string[]} order of all slots */
export function runs(doc, path, slot, on, order) {
  let list = doc.getIn([...path, 'slots'], true);
  if (!isSeq(list)) {
    put(doc, [...path, 'slots'], []);
    list = doc.getIn([...path, 'slots'], true);
  }
  list.items = list.items.filter((/** @type {any} */ n) => !(isScalar(n) && n.value === slot));
  if (!on) return;
  const place = order.indexOf(slot);
  let at = list.items.findIndex((/** @type {any} */ n) => order.indexOf(String(n.value)) > place);
  if (at < 0) at = list.items.length;
  list.items.splice(at, 0, doc.createNode(slot));
}

/** A copy of an entry of a list behind it. @param {any} doc @param {(string | number)[]} list @param {number} at @param {any} value */
export function duplicate(doc, list, at, value) { insert(doc, list, at + 1, value, false); }

/**
 * The protocol as a dry run takes it: synthetic signals where they were chosen, without what hands on to others, and nothing on
 * a screen. Chosen, not hidden: the page says what differs.
 * @param {any} doc @param {Record<string, {plugin: string, kind: string, instead?: string}>} slots
 *   instead: kind of synthetic signals
 */
export function forDryRun(doc, slots) {
  for (const [slot, s] of Object.entries(slots)) {
    if (s.kind === 'sink') {
      removeSlot(doc, slot);
    } else if (s.kind === 'display') {
      put(doc, ['slots', slot, 'parameters', 'mode'], 'headless');
    } else if (s.instead) {
      for (const key of ['features', 'streams', 'title']) put(doc, ['slots', slot, key], undefined);
      put(doc, ['slots', slot, 'plugin'], 'synthetic');
      put(doc, ['slots', slot, 'parameters'], {kind: s.instead});
      visit(doc.get('phases', true), {
        Map(_, map) {
          const over = map.get('parameters', true);
          if (isMap(over) && over.has(slot)) {
            over.delete(slot);
            if (over.items.length === 0) map.delete('parameters');
          }
        },
      });
      streams(doc, slot, s.instead);
    }
  }
}

/** The synthetic source has one stream; what took another of the slot takes it. @param {any} doc @param {string} slot @param {string} stream */
function streams(doc, slot, stream) {
  const slots = doc.get('slots', true);
  for (const pair of isMap(slots) ? slots.items : []) {
    const inputs = /** @type {any} */ (pair.value)?.get?.('inputs', true);
    if (!isMap(inputs)) continue;
    for (const p of inputs.items) {
      each(p.value, n => {
        if (isScalar(n) && typeof n.value === 'string' && n.value.startsWith(slot + '/')) n.value = `${slot}/${stream}`;
      });
    }
  }
}
