/** The plan for home as this device keeps it, and what was done of it; all of it works without a connection. */

/** What was filled in, as text for a later exercise that shows it again. @param {any} field @param {any} value */
export function recalled(field, value) {
  if (value === undefined || value === null) return '';
  if (field.type === 'grid') {
    return value.map((/** @type {string[]} */ cells, /** @type {number} */ r) => [field.rows[r], cells.filter(c => c.trim()).join(', ')])
      .filter((/** @type {string[]} */ [, cells]) => cells).map((/** @type {string[]} */ [row, cells]) => `${row}: ${cells}`).join('\n');
  }
  return Array.isArray(value) ? value.filter(v => String(v).trim()).join('\n') : String(value);
}

/** The steps of a session that are not done yet. @param {any} session @param {Set<string>} done */
export const left = (session, done) => session.steps.filter((/** @type {any} */ s) => !done.has(s.activity));

/** A step as it is shown, with what was answered before where it is to be seen again. @param {any} step @param {Record<string, string>} memory */
export function withMemory(step, memory) {
  /** @type {Record<string, string>} */
  const remembered = {};
  for (const [name, label] of Object.entries(step.recall || {})) {
    if (memory[name]) remembered[/** @type {string} */ (label)] = memory[name];
  }
  return {...step, remembered};
}

/** What goes into the entry of a step. @param {any} programme @param {any} step @param {any} answer */
export function entryOf(programme, step, answer) {
  const body = {programme: programme.id, fingerprint: programme.fingerprint, step: step.activity, lesson: step.lesson, name: step.name,
    skill: step.skill, seconds: answer.seconds};
  if (step.kind === 'practice') return {kind: 'practice', body: {...body, whole: Boolean(answer.whole)}};
  if (step.kind === 'exercise') return {kind: 'exercise', body: {...body, skipped: answer.skipped, fields: answer.fields}};
  return {kind: 'page', body};
}

export class Plan {
  /** @param {any} kept what the device keeps @param {string} who @param {any} outbox */
  constructor(kept, who, outbox) {
    this.kept = kept;
    this.who = who;
    this.outbox = outbox;
    /** @type {any} */
    this.plan = null;
    /** @type {Set<string>} */
    this.done = new Set();
    /** @type {Record<string, string>} */
    this.memory = {};
    /** @type {{kind: string, title: string, made: string}[]} */
    this.log = [];
  }

  /** @param {string} name */
  key(name) { return `${name} ${this.who}`; }

  /** Takes up what is kept. */
  async open() {
    this.plan = await this.kept.get(this.key('plan')) || null;
    const own = await this.kept.get(this.key('done'));
    if (own) {
      this.done = new Set(own.done);
      this.memory = own.memory;
      this.log = own.log;
    }
  }

  /** A plan has come from the console. What was done on another device counts, too. @param {any} plan */
  async take(plan) {
    if (this.plan && this.plan.programme && plan.programme && this.plan.programme.id !== plan.programme.id) this.done = new Set();
    this.plan = plan;
    plan.done.forEach((/** @type {string} */ s) => this.done.add(s));
    await this.kept.set(this.key('plan'), plan);
    await this.keep();
  }

  keep() { return this.kept.set(this.key('done'), {done: [...this.done], memory: this.memory, log: this.log}); }

  /** Something was done. It is kept to be sent before anything else is done with it. @param {string} kind @param {string} title @param {any} body */
  async enter(kind, title, body) {
    const made = new Date().toISOString();
    await this.outbox.add('/home/entries', {kind, made, body});
    if (body.step) this.done.add(body.step);
    this.log = [{kind, title, made}, ...this.log].slice(0, 50);
    await this.keep();
  }

  /** @param {any} step @param {any} answer */
  async step(step, answer) {
    const {kind, body} = entryOf(this.plan.programme, step, answer);
    for (const f of step.fields || []) {
      const text = recalled(f, answer.fields[f.name]);
      if (text) this.memory[`${step.name}.${f.name}`] = text;
    }
    await this.enter(kind, step.title, body);
  }

  /** Keeps what is half filled in. @param {string} of */
  draft(of) {
    return this.kept.draft(this.key(of));
  }
}
