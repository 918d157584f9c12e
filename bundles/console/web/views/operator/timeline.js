/** The phases of the session, and where it is. */
import {html, useEffect, useState} from '../../core/html.js';
import {clock, t} from '../../core/i18n.js';
import {m, phaseNow, phaseSeconds, tick, workedSeconds} from './model.js';

const MOST = 60;

/** Seconds that a phase has taken or will take, as far as is known. @param {any} planned @param {any} actual */
function seconds(planned, actual) {
  if (actual && actual.ended !== undefined) return Math.max(0, (actual.ended - actual.start) / 1e9);
  return Number(planned.duration ?? planned.atMost ?? 0) / 1e9;
}

/** A clock that views can look at. @param {number} ms */
export function useClock(ms) {
  const [, set] = useState(0);
  useEffect(() => {
    const id = window.setInterval(() => set(n => n + 1), ms);
    return () => window.clearInterval(id);
  }, [ms]);
  return workedSeconds();
}

/** Where the session is: the phase under way, its start and length. */
export function where() {
  const timeline = m.plan.timeline || [];
  const actual = phaseNow();
  const planned = actual ? timeline[actual.index] : undefined;
  return {timeline, actual, planned, index: actual ? Number(actual.index) : -1};
}

export function Timeline() {
  tick.value;
  useClock(500);
  const {timeline, actual, planned, index} = where();
  if (timeline.length === 0) return null;
  const from = Math.max(0, Math.min(Math.max(0, index) - 20, timeline.length - MOST));
  const shown = timeline.slice(from, from + MOST);
  const inPhase = actual ? phaseSeconds(actual.start / 1e9) : 0;
  const length = planned ? Number(planned.duration ?? planned.atMost ?? 0) / 1e9 : 0;
  return html`<section class="card panel timeline" aria-labelledby="h-timeline">
    <div class="row panel-head"><h2 id="h-timeline">${t('operator.timeline')}</h2>
      ${actual && html`<p class="timeline-now"><strong>${t('operator.timeline.phase', {n: index + 1, all: timeline.length})}: ${actual.id}</strong>${' '}
        ${clock(inPhase)}${length ? ` ${t(planned.duration ? 'operator.timeline.of' : 'operator.timeline.at-most', {length: clock(length)})}` : ''}</p>`}
      ${!actual && html`<p class="timeline-now soft">${t('operator.timeline.planned', {all: timeline.length})}${m.total ? ' · ' + clock(m.total) : ''}</p>`}
    </div>
    <ol class="phases">
      ${from > 0 && html`<li class="phase-more">… ${from}</li>`}
      ${shown.map((/** @type {any} */ p) => {
        const a = m.phases.find(x => Number(x.index) === Number(p.index));
        const done = a && a.ended !== undefined && Number(p.index) !== index;
        const here = Number(p.index) === index;
        const s = seconds(p, a);
        const part = here && length ? Math.min(1, inPhase / length) : done ? 1 : 0;
        return html`<li key=${p.index} class=${(here ? 'here ' : '') + (done ? 'done' : '')} style=${{flexGrow: Math.max(s, 1)}} aria-current=${here ? 'step' : undefined}
            title=${`${p.id}${s ? ' · ' + clock(s) : ''}`}>
          <span class="phase-part" style=${{width: `${part * 100}%`}}></span>
          <span class="phase-name">${p.id}</span><span class="phase-time">${s ? (p.duration || done ? '' : '≤ ') + clock(s) : ''}</span></li>`;
      })}
      ${from + MOST < timeline.length && html`<li class="phase-more">… ${timeline.length - from - MOST}</li>`}
    </ol>
  </section>`;
}
