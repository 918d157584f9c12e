/** A protocol's text and its parts: reading, and changing a part so that the rest stays as it was written, comments too. */
import {parseDocument, LineCounter, isMap, isSeq, isScalar} from 'yaml';

/** As the platform writes flow collections, and no line is broken. */
const WRITE = {flowCollectionPadding: false, lineWidth: 0};

/**
 * @typedef {(string | number)[]} Path
 * @typedef {{line: number, message: string}} Slip
 */

/** A text as it was read. */
export class Reading {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.lines = new LineCounter();
    this.doc = parseDocument(text, {lineCounter: this.lines, prettyErrors: false, keepSourceTokens: false, uniqueKeys: true});
    /** What is no YAML; its line from 1. @type {Slip[]} */
    this.slips = this.doc.errors.map(e => ({line: this.lines.linePos(e.pos[0]).line, message: e.message}));
    /** The protocol as plain values; null when the text is no mapping. @type {any} */
    this.value = null;
    if (this.slips.length === 0) {
      try {
        const value = this.doc.toJS({maxAliasCount: 20});
        if (value && typeof value === 'object' && !Array.isArray(value)) this.value = value;
        else this.slips.push({line: 1, message: 'no mapping'});
      } catch (e) {
        this.slips.push({line: 1, message: /** @type {Error} */ (e).message});
      }
    }
  }

  /** Line on which a part begins, from 1; that of the nearest part above it when it is not there. @param {Path} path */
  line(path) {
    let node = /** @type {any} */ (this.doc.contents), line = 1;
    for (const step of path) {
      if (!isMap(node) && !isSeq(node)) break;
      const pair = isMap(node) ? node.items.find(p => isScalar(p.key) && String(p.key.value) === String(step)) : null;
      const next = /** @type {any} */ (isMap(node) ? pair && pair.value : node.items[Number(step)]);
      const begin = pair ? /** @type {any} */ (pair.key) : next;
      if (!begin || !begin.range) break;
      line = this.lines.linePos(begin.range[0]).line;
      node = next;
    }
    return line;
  }
}

/** Path of a fault, `phases[2].triggers[0].hold`, in steps. @param {string} where @returns {Path} */
export function steps(where) {
  /** @type {Path} */
  const path = [];
  for (const m of where.matchAll(/\[(\d+)\]|\["?([^"\]]+)"?\]|([^.[\]]+)/g)) {
    path.push(m[1] !== undefined ? Number(m[1]) : m[2] !== undefined ? m[2] : m[3]);
  }
  return path;
}

/** Whether a part is `path` or lies in it. @param {Path} part @param {Path} path */
export const within = (part, path) => path.every((step, i) => String(part[i]) === String(step));

/**
 * The text with something changed. What was not touched stays letter for letter.
 * @param {string} text
 * @param {(doc: any) => void} change
 */
export function changed(text, change) {
  const doc = parseDocument(text);
  const before = String(doc.toString(WRITE));
  change(doc);
  tidy(doc.contents);
  return asWritten(text, before, doc.toString(WRITE));
}

/** A collection that became empty block by block would be written as nothing. @param {any} node */
function tidy(node) {
  if (!isMap(node) && !isSeq(node)) return;
  if (node.items.length === 0) node.flow = true;
  for (const item of node.items) tidy(isMap(node) ? /** @type {any} */ (item).value : item);
}

const bare = (/** @type {string} */ line) => line.replace(/\s+/g, '').replace(/["']/g, '');

/**
 * The library writes the whole text anew, with its own spaces. Lines that are the same before and after the change are those
 * that were not touched: of them, what stood in the text is kept.
 * @param {string} text @param {string} before @param {string} after
 */
function asWritten(text, before, after) {
  const own = text.split('\n'), was = before.split('\n'), is = after.split('\n');
  let head = 0;
  while (head < own.length && head < was.length && head < is.length && was[head] === is[head] && bare(own[head]) === bare(was[head])) head++;
  let tail = 0;
  while (tail < own.length - head && tail < was.length - head && tail < is.length - head
    && was[was.length - 1 - tail] === is[is.length - 1 - tail] && bare(own[own.length - 1 - tail]) === bare(was[was.length - 1 - tail])) tail++;
  return [...own.slice(0, head), ...is.slice(head, is.length - tail), ...own.slice(own.length - tail)].join('\n');
}

/**
 * Puts a value at a place, or takes away what is there when it is undefined; what lies above is made where it is missing.
 * Small collections are written on one line, as in the examples.
 * @param {any} doc @param {Path} path @param {any} value
 */
export function put(doc, path, value) {
  if (value === undefined) {
    doc.deleteIn(path);
    return;
  }
  const old = doc.getIn(path, true);
  if (isScalar(old) && (value === null || typeof value !== 'object')) {
    old.value = value;
    // How a number was written is no longer how it is.
    delete (/** @type {any} */ (old).source);
    delete (/** @type {any} */ (old).format);
    delete (/** @type {any} */ (old).minFractionDigits);
    return;
  }
  for (let i = 1; i < path.length; i++) {
    const above = path.slice(0, i);
    const at = doc.getIn(above, true);
    if (!isMap(at) && !isSeq(at)) {
      const made = doc.createNode(typeof path[i] === 'number' ? [] : {});
      made.flow = i > 1;
      set(doc, above, made);
    }
  }
  set(doc, path, node(doc, value, path.length > 1));
}

/** @param {any} doc @param {Path} path @param {any} made */
function set(doc, path, made) {
  const parent = path.length === 1 ? doc.contents : doc.getIn(path.slice(0, -1), true);
  const key = path[path.length - 1];
  if (isSeq(parent) && typeof key === 'number' && key >= parent.items.length) parent.items.push(made);
  else doc.setIn(path, made);
}

/** @param {any} doc @param {any} value @param {boolean} flow */
function node(doc, value, flow) {
  const made = doc.createNode(value);
  if (flow && made && typeof made === 'object' && 'items' in made) made.flow = true;
  return made;
}

/**
 * Puts an entry into a list of the protocol, a line or a block of its own.
 * @param {any} doc @param {Path} path of the list @param {number} at @param {any} value @param {boolean} flow on one line
 */
export function insert(doc, path, at, value, flow) {
  let list = doc.getIn(path, true);
  if (!isSeq(list)) {
    list = doc.createNode([]);
    set(doc, path, list);
  }
  list.flow = false;
  const made = doc.createNode(value);
  made.flow = flow;
  if (!flow) inner(made);
  list.items.splice(at, 0, made);
}

/** Within an entry that stands in a block, lists of slots and conditions stand on one line, phases of a block do not. @param {any} map */
function inner(map) {
  for (const pair of map.items || []) {
    const v = pair.value;
    if (!v || !('items' in v)) continue;
    const key = String(pair.key.value);
    if (key === 'block' || key === 'phases') {
      inner(v);
      if (key === 'phases') v.items.forEach(inner);
    } else {
      v.flow = true;
    }
  }
}

/** Moves an entry of a list, with its comments. @param {any} doc @param {Path} from list @param {number} at @param {Path} to list @param {number} then */
export function move(doc, from, at, to, then) {
  const list = doc.getIn(from, true);
  const target = doc.getIn(to, true);
  const [item] = list.items.splice(at, 1);
  target.items.splice(then, 0, item);
}

/** Gives a key another name and leaves it where it is. @param {any} doc @param {Path} path of the mapping @param {string} key @param {string} name */
export function rename(doc, path, key, name) {
  const map = doc.getIn(path, true);
  const pair = isMap(map) && map.items.find(p => isScalar(p.key) && p.key.value === key);
  if (pair && isScalar(pair.key)) pair.key.value = name;
}
