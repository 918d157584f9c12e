/** Trying the protocol with nothing real: what stands in for what, how far it is, what happened. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {clock, has, number, t} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {ReportFrame} from '../operator/stop.js';
import {forDryRun} from './edits.js';
import {Choice, Labelled, Line} from './parts.js';
import {changed} from './yamltext.js';

const LOOK_MS = 700;

/** What stands in each slot that has something real, by default. @param {any} model */
function stand(model) {
  /** @type {Record<string, any>} */
  const all = {};
  for (const slot of Object.keys(model.slots)) {
    const p = model.plugin(slot);
    const plugin = String((model.slots[slot] || {}).plugin);
    if (!p) continue;
    if (p.kind === 'source' && plugin !== 'synthetic') all[slot] = {kind: 'source', plugin, how: plugin === 'file-replay' ? 'recording' : 'eeg', recording: ''};
    if (['actuator', 'sink', 'display'].includes(p.kind)) all[slot] = {kind: p.kind, plugin};
  }
  return all;
}

/** @param {{model: any, onClose: () => void}} props */
export function DryRun({model, onClose}) {
  const [now, setNow] = useState(/** @type {any} */ (null));
  const [mine, setMine] = useState(false);
  const [chosen, setChosen] = useState(/** @type {Record<string, any>} */ ({}));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const heading = useRef(/** @type {any} */ (null));
  const running = now && now.running;
  useEffect(() => { heading.current.focus(); }, []);
  useEffect(() => {
    let over = false;
    const look = async () => {
      try {
        const said = await get('/dryrun');
        if (over) return;
        setNow(said);
        if (said.running) timer = setTimeout(look, LOOK_MS);
      } catch (e) {
        if (over) return;
        setError(e);
        timer = setTimeout(look, 3000);
      }
    };
    /** @type {any} */
    let timer = setTimeout(look, 0);
    return () => { over = true; clearTimeout(timer); };
  }, [busy]);
  const all = stand(model);
  for (const slot of Object.keys(all)) if (chosen[slot]) Object.assign(all[slot], chosen[slot]);
  const begin = async () => {
    setError(null);
    setBusy(true);
    setMine(true);
    /** @type {Record<string, string>} */
    const recordings = {};
    const slots = /** @type {Record<string, any>} */ ({});
    for (const [slot, s] of Object.entries(all)) {
      if (s.how === 'recording') recordings[slot] = s.recording;
      slots[slot] = {...s, instead: s.kind === 'source' && s.how !== 'recording' ? s.how : undefined};
    }
    const text = Object.keys(all).length === 0 ? model.text.peek() : changed(model.text.peek(), d => forDryRun(d, slots));
    try {
      await post('/dryrun', {name: model.name.peek(), text, recordings});
    } catch (e) {
      setError(e);
      setMine(false);
    }
    setBusy(false);
  };
  const lacking = Object.values(all).some(s => s.how === 'recording' && s.recording.trim() === '');
  const faults = model.checked.value.faults.length;
  return html`<section class="card w-dry" aria-labelledby="w-dry">
    <div class="row"><h2 id="w-dry" tabindex="-1" ref=${heading}>${t('workshop.dry')}</h2><span class="pill warn">${t('workshop.dry.simulated')}</span><span class="grow"></span>
      <button type="button" class="quiet" onClick=${onClose}>${t('common.close')}</button></div>
    <p>${t('workshop.dry.about')}</p>
    ${!running && html`<${Stand} all=${all} onChoose=${(/** @type {string} */ slot, /** @type {any} */ v) => setChosen({...chosen, [slot]: {...chosen[slot], ...v}})}/>`}
    <div class="row">
      ${!running && html`<button type="button" class="main" disabled=${busy || lacking || faults > 0 || !model.readable.value} onClick=${begin}>${t('workshop.dry.begin')}</button>`}
      ${running && html`<button type="button" class="danger" onClick=${() => post('/dryrun/stop').catch(setError)}>${t('workshop.dry.stop')}</button>`}
      ${!running && faults > 0 && html`<span class="soft">${t('workshop.dry.faults')}</span>`}
      ${!running && lacking && html`<span class="soft">${t('workshop.dry.lacking')}</span>`}
    </div>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    ${running && html`<${Progress} now=${now}/>`}
    ${now && !running && now.protocol && (mine || now.protocol === model.name.value) && html`<${Result} now=${now}/>`}
  </section>`;
}

/** What differs from a session. @param {any} props */
function Stand({all, onChoose}) {
  const entries = Object.entries(all);
  if (entries.length === 0) return html`<p class="hint">${t('workshop.dry.as-is')}</p>`;
  const ways = ['eeg', 'eda', 'recording'].map(v => ({value: v, label: t('workshop.dry.how.' + v)}));
  return html`<h3>${t('workshop.dry.instead')}</h3><div class="w-form">${entries.map(([slot, s]) => (s.kind === 'source'
    ? html`<fieldset key=${slot}><legend>${slot} <span class="soft">${s.plugin}</span></legend>
        <${Labelled} label=${t('workshop.dry.signals')}>${(/** @type {any} */ a) => html`<${Choice} ...${a} value=${s.how} options=${ways} onValue=${(/** @type {string} */ v) => onChoose(slot, {how: v})}/>`}<//>
        ${s.how === 'recording' && html`<${Labelled} label=${t('workshop.dry.recording')} hint=${t('workshop.dry.recording.hint')}>
          ${(/** @type {any} */ a) => html`<${Line} ...${a} value=${s.recording} spellcheck=${false} onValue=${(/** @type {string} */ v) => onChoose(slot, {recording: v.trim()})}/>`}<//>`}</fieldset>`
    : html`<p key=${slot}><strong>${slot}</strong> <span class="soft">${s.plugin}</span><br/>${t('workshop.dry.' + s.kind)}</p>`))}</div>`;
}

/** @param {{now: any}} props */
function Progress({now}) {
  const total = now.totalSeconds || 0, done = now.elapsedSeconds || 0;
  return html`<div role="status"><p>${t('workshop.dry.running', {name: now.protocol, by: now.by})} ${now.phase ? t('workshop.dry.phase', {phase: now.phase}) : t('workshop.dry.preparing')}
      ${total > 0 ? ` ${clock(done)} / ${clock(total)}` : ` ${clock(done)}`}</p></div>
    <progress class="wide" max=${total || 1} value=${total > 0 ? Math.min(done, total) : undefined} aria-label=${t('workshop.dry.progress')}></progress>`;
}

/** @param {{now: any}} props */
function Result({now}) {
  const good = now.state === 'COMPLETED';
  const happened = now.happened || {};
  return html`<h3>${t('workshop.dry.result')} <span class=${'pill ' + (good ? 'good' : 'warn')} role="status">${t(good ? 'workshop.dry.completed' : 'workshop.dry.aborted')}</span></h3>
    ${now.reason && html`<p>${now.reason}</p>`}
    ${now.faults && now.faults.length > 0 && html`<ul class="w-faults">${now.faults.map((/** @type {any} */ f) => html`<li>${f.line ? t('common.line', {line: f.line}) + ' ' : ''}${f.message}</li>`)}</ul>`}
    ${now.problems && now.problems.length > 0 && html`<div class="note"><ul>${now.problems.map((/** @type {string} */ p) => html`<li>${p}</li>`)}</ul></div>`}
    ${happened.list && html`<${Happened} of=${happened}/>`}
    ${now.report && html`<h3>${t('workshop.dry.report')}</h3>
      <p><a href=${`/api/visits/${encodeURIComponent(now.session)}/report.html`} target="_blank" rel="noopener">${t('workshop.dry.report.open')}</a></p>
      <${ReportFrame} class="w-report" src=${`/api/visits/${encodeURIComponent(now.session)}/report.html`} title=${t('workshop.dry.report')}/>`}`;
}

/** @param {{of: any}} props */
function Happened({of}) {
  // At one moment a phase ends before the next one begins.
  const rank = (/** @type {any} */ e) => (e.type === 'phase-ended' ? 0 : e.type === 'phase' ? 1 : 2);
  const list = [...of.list].sort((a, b) => a.seconds - b.seconds || rank(a) - rank(b));
  const held = Object.entries(of.verdicts || {});
  return html`<h3>${t('workshop.dry.happened')}</h3>
    ${held.map(([trigger, verdicts]) => html`<p><code>${trigger}</code>: ${Object.entries(verdicts).map(([v, n]) => `${has('workshop.verdict.' + v) ? t('workshop.verdict.' + v) : v} ${number(n)}×`).join(', ')}</p>`)}
    <div class="scroll w-happened" tabindex="0" role="group" aria-label=${t('workshop.dry.happened')}><table>
      <thead><tr><th scope="col">${t('workshop.dry.time')}</th><th scope="col">${t('workshop.slot')}</th><th scope="col">${t('workshop.dry.what')}</th></tr></thead>
      <tbody>${list.map(e => html`<tr class=${'w-is-' + e.type}><td class="number">${clock(e.seconds)}</td><td>${e.slot === 'session' ? '' : e.slot}</td><td>${sentence(e)}</td></tr>`)}</tbody>
    </table></div>
    ${of.more > 0 && html`<p class="hint">${t('workshop.dry.more', {n: number(of.more)})}</p>`}`;
}

/** One line for a person. @param {any} e @returns {string} */
function sentence(e) {
  const key = 'workshop.did.' + e.type;
  const given = /** @type {Record<string, any>} */ ({...e});
  if (e.type === 'command') {
    given.arguments = Object.entries(e.arguments || {}).map(([k, v]) => `${k} ${typeof v === 'number' ? number(v) : v}`).join(', ');
    given.outcome = e.outcome && has('workshop.outcome.' + e.outcome) ? t('workshop.outcome.' + e.outcome) : e.outcome || t('workshop.outcome.none');
    if (e.reason) given.outcome += ` (${e.reason})`;
  }
  if (e.type === 'decision') {
    given.measured = typeof e.measured === 'number' ? number(e.measured, 3) : e.measured;
    given.threshold = typeof e.threshold === 'number' ? number(e.threshold, 3) : e.threshold;
  }
  if (e.type === 'phase-ended' && has('workshop.reason.' + e.reason)) given.reason = t('workshop.reason.' + e.reason);
  if (e.type === 'answer' && e.missing) return t('workshop.did.answer.missing', {item: e.item, reason: e.reason || ''});
  if (e.type === 'activity-answer') return t(e.skipped ? 'workshop.did.activity.skipped' : 'workshop.did.activity.done', {activity: e.activity});
  if (e.type === 'score') given.scores = Object.entries(e.scores || {}).map(([k, v]) => `${k} ${number(/** @type {number} */ (v))}`).join(', ');
  if (e.type === 'phase' && e.repetition > 0) return t('workshop.did.phase.again', {id: e.id, n: e.repetition + 1});
  return has(key) ? t(key, given) : `${e.type} ${e.reason || e.text || e.title || ''}`;
}
