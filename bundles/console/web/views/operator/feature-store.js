/** Newest values of all features, in rings of a fixed size: a page that stays open does not grow. */

const CAPACITY = 3000;

/** One feature's values over time. */
export class Ring {
  /** @param {number} components */
  constructor(components) {
    this.times = new Float64Array(CAPACITY);
    this.values = Array.from({length: components}, () => new Float64Array(CAPACITY));
    this.count = 0;
  }

  /** @param {number} seconds @param {ArrayLike<number | null>} values */
  add(seconds, values) {
    let at = this.count++;
    // Brokers may change the order: one that comes late goes before those that are newer.
    for (let back = 0; back < 16 && at > 0 && this.times[(at - 1) % CAPACITY] > seconds; back++, at--) {
      const to = at % CAPACITY, from = (at - 1) % CAPACITY;
      this.times[to] = this.times[from];
      this.values.forEach(v => { v[to] = v[from]; });
    }
    const i = at % CAPACITY;
    this.times[i] = seconds;
    this.values.forEach((v, c) => { const x = values[c]; v[i] = x === null || x === undefined ? NaN : x; });
  }

  /** Newest value of a component; NaN when there is none. @param {number} component */
  newest(component) {
    return this.count === 0 ? NaN : this.values[component][(this.count - 1) % CAPACITY];
  }

  /**
   * What fell into a span of time, oldest first, thinned so that no more points come than can be seen.
   * @param {number} seconds length of the span, up to the newest value @param {number} most points
   * @returns {(number | null)[][]} times, then the values of each component
   */
  since(seconds, most) {
    const all = Math.min(this.count, CAPACITY);
    const end = all === 0 ? 0 : this.times[(this.count - 1) % CAPACITY];
    let n = 0;
    while (n < all && this.times[(this.count - 1 - n) % CAPACITY] >= end - seconds) n++;
    const step = Math.max(1, Math.ceil(n / most));
    /** @type {(number | null)[][]} */
    const out = [[], ...this.values.map(() => /** @type {(number | null)[]} */ ([]))];
    for (let k = n - 1; k >= 0; k--) {
      // Counted from the beginning of the session: the same values are shown as time goes on.
      if ((this.count - 1 - k) % step !== 0 && k !== 0) continue;
      const i = (this.count - 1 - k) % CAPACITY;
      out[0].push(this.times[i]);
      this.values.forEach((v, c) => out[c + 1].push(Number.isNaN(v[i]) ? null : v[i]));
    }
    return out;
  }
}

/** All features of a session. */
export class FeatureStore {
  constructor() {
    /** @type {Map<string, {unit: string, components: string[], perPhase: boolean, ring: Ring}>} */
    this.all = new Map();
    /** Threshold that a trigger was last judged by. @type {Map<string, number>} */
    this.judged = new Map();
  }

  clear() {
    this.all.clear();
    this.judged.clear();
  }

  /** @param {any} plan @param {Record<string, {timeNanos: number, values: (number | null)[]}>} newest */
  plan(plan, newest) {
    this.clear();
    for (const slot of plan.slots || []) {
      for (const f of slot.publishes || []) {
        this.all.set(`${slot.slot}/${f.name}`, {unit: f.unit, components: f.components, perPhase: f.perPhase, ring: new Ring(Math.max(1, f.components.length))});
      }
    }
    for (const [name, f] of Object.entries(newest || {})) this.add(name, f.timeNanos, f.values);
  }

  /** @param {string} name @param {number} nanos @param {ArrayLike<number | null>} values */
  add(name, nanos, values) {
    let f = this.all.get(name);
    if (!f) {
      f = {unit: '', components: [], perPhase: false, ring: new Ring(Math.max(1, values.length))};
      this.all.set(name, f);
    }
    f.ring.add(nanos / 1e9, values);
  }

  /** @param {any} a attributes of a decision */
  decided(a) {
    if (typeof a.threshold === 'number') this.judged.set(a.trigger, a.threshold);
  }

  /**
   * Thresholds of a feature in a phase.
   * @param {string} name @param {any} plan @param {string} phase
   * @returns {{trigger: string, component: number, above: boolean, value: number | null}[]} value null while it is not known yet
   */
  thresholds(name, plan, phase) {
    const here = plan.phases && plan.phases[phase];
    const components = this.all.get(name)?.components || [];
    const out = [];
    for (const list of Object.values(here?.triggers || {})) {
      for (const t of /** @type {any[]} */ (list)) {
        const [of, component] = t.feature.split('.');
        if (of !== name) continue;
        const given = t.threshold && t.threshold.value;
        const value = this.judged.get(t.id) ?? (typeof given === 'number' ? given : null);
        out.push({trigger: t.id, component: Math.max(0, components.indexOf(component)), above: t.comparison === 'ABOVE', value});
      }
    }
    return out;
  }
}
