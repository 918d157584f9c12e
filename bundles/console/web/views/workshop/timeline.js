/** The phases on a line as long as they last: chosen, moved and made longer by mouse, finger or keyboard. */
import {html, useRef, useState} from '../../core/html.js';
import {clock, number, t} from '../../core/i18n.js';
import {move, put} from './yamltext.js';
import {duration, round, seconds} from './units.js';

/** Seconds that a phase lasts at most; NaN when nothing readable is written. @param {any} phase */
export const lasts = phase => seconds(phase.duration ?? phase.atMost);

/** Seconds of a list of phases and blocks. @param {any} list @returns {number} */
export function total(list) {
  let sum = 0;
  for (const step of Array.isArray(list) ? list : []) {
    if (!step || typeof step !== 'object') continue;
    if (step.block) sum += (Number(step.block.repeat ?? 1) || 1) * total(step.block.phases);
    else sum += lasts(step) || 0;
  }
  return sum;
}

/** Longer ones are not drawn wider than this many times the shortest. */
const MOST = 24;

/** @param {{model: any, chosen: string, onChoose: (path: string) => void}} props */
export function Timeline({model, chosen, onChoose}) {
  const phases = model.value.value.phases;
  const known = model.steps.filter((/** @type {any} */ s) => !s.block).map((/** @type {any} */ s) => lasts(s.value)).filter((/** @type {number} */ s) => s > 0);
  const least = Math.max(Math.min(...known), Math.max(...known) / MOST) || 1;
  const [said, setSaid] = useState('');
  return html`<div class="w-timeline-box">
    <div class="w-timeline scroll" role="group" aria-label=${t('workshop.timeline')}>
      <${Row} model=${model} list=${phases} path=${['phases']} least=${least} chosen=${chosen} onChoose=${onChoose} onSay=${setSaid}/>
    </div>
    <p class="hint">${t('workshop.timeline.how')} ${t('workshop.timeline.total', {time: clock(total(phases))})}</p>
    <p class="hidden-visually" role="status">${said}</p>
  </div>`;
}

/** @param {any} props */
function Row({model, list, path, least, chosen, onChoose, onSay}) {
  const steps = Array.isArray(list) ? list : [];
  return html`<ol class="w-row">${steps.map((/** @type {any} */ step, /** @type {number} */ i) => {
    if (!step || typeof step !== 'object') return null;
    const at = [...path, i];
    const all = {model, step, list: path, at: i, path: at, count: steps.length, chosen: chosen === at.join('.'), onChoose, onSay};
    return step.block
      ? html`<li key=${'b' + i} class=${'w-block' + (all.chosen ? ' chosen' : '')}>
          <button type="button" class="w-block-head" aria-pressed=${all.chosen} onClick=${() => onChoose(at.join('.'))} onKeyDown=${keys(all)}>
            ↻ ${t(step.block.order === 'random' ? 'workshop.block.random' : 'workshop.block.times', {n: step.block.repeat ?? 1})}</button>
          <${Row} model=${model} list=${step.block.phases} path=${[...at, 'block', 'phases']} least=${least} chosen=${chosen} onChoose=${onChoose} onSay=${onSay}/></li>`
      : html`<${Phase} key=${String(step.id) + i} ...${all} least=${least}/>`;
  })}</ol>`;
}

/** Moves an entry of a list and keeps it chosen. @param {any} p @param {number} to */
function shift(p, to) {
  if (to < 0 || to >= p.count || to === p.at) return;
  p.model.edit((/** @type {any} */ d) => move(d, p.list, p.at, p.list, to));
  p.onChoose([...p.list, to].join('.'));
  p.onSay(t('workshop.moved', {name: p.step.id ?? '↻', n: to + 1, of: p.count}));
}

/** @param {any} p @param {number} s */
function resize(p, s) {
  const key = p.step.duration !== undefined || p.step.end === undefined ? 'duration' : 'atMost';
  const text = duration(s);
  p.model.edit((/** @type {any} */ d) => put(d, [...p.path, key], text));
  p.onSay(`${p.step.id}: ${text}`);
}

/** Alt and arrows move, Shift and arrows make longer or shorter, plain arrows go to the neighbour. @param {any} p */
const keys = p => (/** @type {any} */ e) => {
  const way = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
  if (way === 0) return;
  e.preventDefault();
  const line = e.currentTarget.closest('.w-timeline');
  const buttons = [...line.querySelectorAll('button')];
  if (e.altKey) {
    const me = buttons.indexOf(e.currentTarget);
    shift(p, p.at + way);
    requestAnimationFrame(() => /** @type {any} */ (line.querySelector('[aria-pressed=true]') || line.querySelectorAll('button')[me])?.focus());
  } else if (e.shiftKey && !p.step.block) {
    const now = lasts(p.step);
    if (!(now > 0)) return;
    const grain = now < 10 ? 0.5 : now < 120 ? 5 : now < 600 ? 30 : 60;
    resize(p, Math.max(grain, Math.round((now + way * grain) / grain) * grain));
  } else {
    buttons[buttons.indexOf(e.currentTarget) + way]?.focus();
  }
};

/** @param {any} p */
function Phase(p) {
  const {model, step, path, chosen, least, onChoose} = p;
  const ref = useRef(/** @type {any} */ (null));
  const [drag, setDrag] = useState(/** @type {{kind: string, from: number, width: number, by: number} | null} */ (null));
  const s = lasts(step);
  const open = step.end !== undefined;
  const wrong = model.faults(path).length;
  const grow = Math.min(MOST, Math.max(1, (s > 0 ? s : least) / least));
  const shown = drag && drag.kind === 'size' && s > 0 ? round(s * Math.max(0.05, (drag.width + drag.by) / drag.width)) : s;
  const down = (/** @type {any} */ e, /** @type {string} */ kind) => {
    if (e.button !== 0) return;
    if (kind === 'size') e.preventDefault();
    e.stopPropagation();
    e.currentTarget.setPointerCapture(e.pointerId);
    setDrag({kind, from: e.clientX, width: ref.current.getBoundingClientRect().width, by: 0});
  };
  const over = (/** @type {any} */ e) => { if (drag) setDrag({...drag, by: e.clientX - drag.from}); };
  const up = (/** @type {any} */ e) => {
    if (!drag) return;
    const by = e.clientX - drag.from;
    setDrag(null);
    if (drag.kind === 'size') {
      if (s > 0 && Math.abs(by) > 2) resize(p, round(s * Math.max(0.05, (drag.width + by) / drag.width)));
    } else if (Math.abs(by) > 12) {
      const middle = ref.current.getBoundingClientRect().left + drag.width / 2;
      const others = [...ref.current.parentElement.children].filter(c => c !== ref.current);
      shift(p, others.filter(c => c.getBoundingClientRect().left + c.getBoundingClientRect().width / 2 < middle).length);
    }
  };
  const handlers = (/** @type {string} */ kind) => ({
    onPointerDown: (/** @type {any} */ e) => down(e, kind), onPointerMove: over, onPointerUp: up, onPointerCancel: () => setDrag(null),
  });
  const written = String(step.duration ?? step.atMost ?? '?');
  const text = (open ? '≤ ' : '') + (drag && drag.kind === 'size' && Number.isFinite(shown) ? duration(shown) : written);
  return html`<li ref=${ref} class=${'w-phase' + (chosen ? ' chosen' : '') + (open ? ' open' : '') + (wrong ? ' wrong' : '') + (drag ? ' dragged' : '')}
      style=${{flexGrow: grow, flexBasis: `${Math.round(56 + grow * 6)}px`, transform: drag && drag.kind === 'move' ? `translateX(${drag.by}px)` : undefined}}>
    <button type="button" aria-pressed=${chosen} aria-label=${`${step.id}, ${text}${wrong ? ', ' + t(wrong === 1 ? 'workshop.fault' : 'workshop.faults', {n: number(wrong)}) : ''}`}
      onClick=${() => onChoose(path.join('.'))} onKeyDown=${keys(p)} ...${handlers('move')}>
      <strong>${String(step.title ?? step.id ?? '')}</strong><span>${text}</span></button>
    <span class="w-handle" aria-hidden="true" ...${handlers('size')}></span>
  </li>`;
}
