/** Words for what sessions say. What the texts do not know is shown as it is. */
import {clock, has, language, number, t} from '../../core/i18n.js';

/** @param {string} prefix @param {string} word_ */
export const word = (prefix, word_) => (has(`${prefix}.${word_}`) ? t(`${prefix}.${word_}`) : word_);

/** A number of three digits that count. @param {number} v */
export const short = v => (Number.isFinite(v) ? new Intl.NumberFormat(language.value, {maximumSignificantDigits: 3}).format(v) : '–');

/** Session time of something. @param {number} nanos */
export const when = nanos => (nanos >= 0 ? clock(nanos / 1e9) : '');

/** @param {any} v */
const value = v => (typeof v === 'number' ? (Number.isInteger(v) ? number(v) : short(v)) : typeof v === 'bigint' ? String(v) : typeof v === 'boolean' ? t(v ? 'operator.yes' : 'operator.no')
  : Array.isArray(v) ? v.map(value).join(', ') : v && typeof v === 'object' ? pairs(v) : String(v));

/** @param {Record<string, any>} attributes @param {string[]} [without] */
export function pairs(attributes, without = []) {
  return Object.entries(attributes || {}).filter(([k, v]) => !without.includes(k) && v !== '' && v !== null && v !== undefined
    && !(typeof v === 'object' && Object.keys(v).length === 0))
    .map(([k, v]) => `${k} ${value(v)}`).join(' · ');
}

/** Quantities that add up, with their unit; others of a delivery, as an amplitude, do not. */
const ADDS_UP = {pulses: 'operator.dose.pulses', chargeMicrocoulomb: 'µC', chargeMillicoulomb: 'mC', seconds: 's', commands: 'operator.dose.commands',
  stimuli: 'operator.dose.stimuli'};

/** What was delivered, as far as it adds up. @param {Record<string, number>} delivered @returns {[string, string][]} numbers with units */
export const dose = delivered => Object.keys(ADDS_UP).filter(k => typeof (delivered || {})[k] === 'number')
  .map(k => [number(delivered[k], 1), t(ADDS_UP[k])]);

/** @param {Record<string, number>} delivered */
const amounts = delivered => dose(delivered).map(d => d.join(' ')).join(' · ');

/** What happened, in a line. @param {import('./model.js').Happening} h @returns {{title: string, text: string, tone: string}} */
export function told(h) {
  const a = h.attributes || {};
  const times = h.times ? ` (×${number(h.times)})` : '';
  if (h.kind === 'command') return {title: t('operator.log.command'), text: `${h.type} ${pairs(a.arguments)}${a.cause ? ` ← ${a.cause}` : ''}`, tone: ''};
  if (h.kind === 'ack') {
    return {title: word('operator.outcome', a.outcome), text: [a.reason, amounts(a.delivered)].filter(Boolean).join(' · '),
      tone: a.outcome === 'EXECUTED' ? 'good' : a.outcome === 'REFUSED' ? 'warn' : 'bad'};
  }
  if (h.kind === 'state') return {title: word('operator.state', a.state), text: [a.phase, a.reason].filter(Boolean).join(' · '), tone: a.state === 'PAUSED' ? 'warn' : ''};
  switch (h.type) {
    case 'decision': return {title: `${word('operator.verdict', a.verdict)}${times}`, tone: a.verdict === 'FIRED' ? 'good' : '',
      text: `${a.trigger}: ${value(a.measured)} / ${value(a.threshold)}`};
    case 'note': case 'message': return {title: word('operator.event', h.type), text: `${a.text} — ${a.by}`, tone: ''};
    case 'adverse-event': return {title: word('operator.event', h.type), text: `${a.text} — ${a.by} · ${t('operator.adverse.grade')} ${a.grade}`, tone: 'bad'};
    case 'ask': return {title: word('operator.event', 'ask'), text: a.text || a.item, tone: ''};
    case 'answer': return {title: word('operator.event', 'answer'), text: `${a.item}: ${a.missing ? `${t('operator.log.missing')} ${a.reason || ''}` : value(a.value)}`, tone: ''};
    case 'score': return {title: word('operator.event', 'score'), text: `${a.instrument}: ${pairs(a.scores)} ${pairs(a.bands)} ${pairs(a.notScored)}`, tone: ''};
    case 'activity': return {title: word('operator.event', 'activity'), text: a.title || a.activity, tone: ''};
    case 'activity-answer': return {title: word('operator.event', 'activity-answer'), text: a.activity, tone: ''};
    case 'slot-lost': case 'made-safe': case 'device-fault': case 'device-lost': case 'display-lost': case 'display-failed': case 'scene-failed':
      return {title: word('operator.event', h.type), text: [a.reason, a.rearm && word('operator.rearm', a.rearm)].filter(Boolean).join(' · '), tone: 'bad'};
    case 'safety-alert': return {title: word('operator.event', h.type), text: `${a.text} (${a.instrument}, ${a.item}: ${value(a.value)})`, tone: 'bad'};
    case 'fms-pause': case 'fms-stop': return {title: word('operator.event', h.type), text: t('operator.event.fms.rated', {rating: value(a.rating), limit: value(a.limit)}), tone: 'bad'};
    case 'flash-limit': return {title: word('operator.event', h.type), text: pairs(a), tone: 'bad'};
    case 'stream-silent': return {title: word('operator.event', h.type), text: a.stream, tone: 'warn'};
    case 'stimulation-ended': case 'stimulation-started': case 'delivered': return {title: word('operator.event', h.type), text: pairs(a, ['commandId', 'sealed', 'last']), tone: ''};
    default: return {title: word('operator.event', h.type) + times, text: pairs(a, ['sealed', 'text']) + (a.text ? ` ${a.text}` : ''), tone: ''};
  }
}

/** Tone of a state, for its colour. @param {string} state */
export const tone = state => ({PREPARED: 'good', RUNNING: 'good', READY: 'good', COMPLETED: 'good', PAUSED: 'warn', DRAINING: 'warn', CREATED: '', PREPARING: '',
  FAILED: 'bad', LOST: 'bad', ABORTED: 'bad', REJECTED: 'bad', AVAILABLE: 'good'}[state] || '');
