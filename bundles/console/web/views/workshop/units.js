/** Quantities as protocols have them: a number with its unit. */

/** Units that stand for the same, by size; the first four of a kind are those one meets most. */
const KINDS = [
  {ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600},
  {mHz: 1e-3, Hz: 1, kHz: 1e3, MHz: 1e6, '1/s': 1, '1/min': 1 / 60, '1/h': 1 / 3600},
  {nA: 1e-9, uA: 1e-6, mA: 1e-3, A: 1},
  {nV: 1e-9, uV: 1e-6, mV: 1e-3, V: 1, kV: 1e3},
  {nS: 1e-9, uS: 1e-6, mS: 1e-3, S: 1},
  {Ohm: 1, kOhm: 1e3, MOhm: 1e6},
  {nC: 1e-9, uC: 1e-6, mC: 1e-3, C: 1},
  {uT: 1e-6, mT: 1e-3, T: 1},
  {um: 1e-6, mm: 1e-3, cm: 1e-2, m: 1},
];
const TIME = /** @type {Record<string, number>} */ (KINDS[0]);
/** In which durations of a session are written. */
export const TIMES = ['ms', 's', 'min', 'h'];

/** Units in which a quantity may be written. @param {string} unit that of the schema @returns {string[]} */
export function units(unit) {
  const kind = KINDS.find(k => unit in k);
  return kind ? Object.keys(kind) : [unit];
}

/** Whether a unit says something. @param {string | undefined} unit */
export const dimension = unit => Boolean(unit) && unit !== '1';

/**
 * Number and unit of what stands in a protocol; the unit is empty where none was written.
 * @param {any} value @returns {{number: string, unit: string}}
 */
export function quantity(value) {
  if (typeof value === 'number') return {number: String(value), unit: ''};
  const m = /^\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(.*?)\s*$/.exec(String(value ?? ''));
  return m ? {number: m[1], unit: m[2].replace('µ', 'u').replace('²', '^2')} : {number: '', unit: ''};
}

/** Seconds of a duration; NaN when it is none. @param {any} value */
export function seconds(value) {
  const q = quantity(value);
  return q.number !== '' && q.unit in TIME ? Number(q.number) * TIME[q.unit] : NaN;
}

/** A duration as one writes it: whole where it can be. @param {number} s */
export function duration(s) {
  const ms = Math.round(s * 1000);
  if (ms % 3600000 === 0 && ms >= 2 * 3600000) return `${ms / 3600000} h`;
  if (ms % 60000 === 0 && ms >= 120000) return `${ms / 60000} min`;
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

/** Rounded to what one would say, by its length. @param {number} s */
export function round(s) {
  const grain = s < 10 ? 0.5 : s < 120 ? 1 : s < 600 ? 5 : s < 3600 ? 30 : 60;
  return Math.max(grain, Math.round(s / grain) * grain);
}
