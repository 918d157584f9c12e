/** Features over time, each with the thresholds of the triggers that look at it in this phase. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {clock, t} from '../../core/i18n.js';
import uPlot from 'uplot';
import {features, m, phaseNow, tick} from './model.js';
import {short} from './words.js';
import {colours, onTheme} from './signals.js';

const SPANS = [60, 300];
const AT_FIRST = 4;
const HEIGHT = 132;

/** @param {{name: string, seconds: number}} props */
function Chart({name, seconds}) {
  tick.value;
  const box = useRef(/** @type {any} */ (null));
  const plot = useRef(/** @type {any} */ (null));
  const [theme, setTheme] = useState(0);
  const f = features.all.get(name);
  const lines = features.thresholds(name, m.plan, phaseNow()?.id || '');
  const limits = useRef(lines);
  limits.current = lines;
  const components = f && f.components.length > 1 ? f.components : [''];

  useEffect(() => onTheme(() => setTheme(n => n + 1)), []);

  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue('--soft').trim(), line = style.getPropertyValue('--line').trim(), limit = style.getPropertyValue('--danger').trim();
    const colour = colours();
    const axis = {stroke: ink, grid: {stroke: line, width: 1}, ticks: {stroke: line}, font: '12px system-ui'};
    const draw = (/** @type {any} */ u) => {
      for (const l of limits.current) {
        if (l.value === null) continue;
        const y = u.valToPos(l.value, 'y', true);
        if (!(y >= u.bbox.top && y <= u.bbox.top + u.bbox.height)) continue;
        u.ctx.save();
        u.ctx.strokeStyle = limit;
        u.ctx.setLineDash([6, 4]);
        u.ctx.lineWidth = 1.5 * devicePixelRatio;
        u.ctx.beginPath();
        u.ctx.moveTo(u.bbox.left, y);
        u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
        u.ctx.stroke();
        u.ctx.restore();
      }
    };
    /** @returns {[number, number]} */
    const range = (/** @type {any} */ _u, /** @type {number | null} */ low, /** @type {number | null} */ high) => {
      let a = low ?? 0, b = high ?? 1;
      for (const l of limits.current) if (l.value !== null) { a = Math.min(a, l.value); b = Math.max(b, l.value); }
      const room = (b - a || Math.abs(b) || 1) * 0.08;
      return [a - room, b + room];
    };
    plot.current = new uPlot({
      width: Math.max(120, box.current.clientWidth), height: HEIGHT, legend: {show: false}, cursor: {show: false}, pxAlign: 0,
      scales: {x: {time: false}, y: {range}},
      axes: [{...axis, values: (/** @type {any} */ _u, /** @type {number[]} */ v) => v.map(clock), size: 26, space: 70},
        {...axis, size: 56, space: 30, values: (/** @type {any} */ _u, /** @type {number[]} */ v) => v.map(short)}],
      series: [{}, ...components.map((_, c) => ({stroke: colour[c % 8], width: 1.5, points: {size: 5}}))],
      hooks: {draw: [draw]},
    }, features.all.get(name)?.ring.since(seconds, 600), box.current);
    const observer = new ResizeObserver(() => {
      const width = box.current.clientWidth;
      if (width > 0 && plot.current && Math.abs(plot.current.width - width) > 1) plot.current.setSize({width, height: HEIGHT});
    });
    observer.observe(box.current);
    return () => { observer.disconnect(); plot.current.destroy(); plot.current = null; };
  }, [name, theme, components.length]);

  const count = f ? f.ring.count : 0;
  useEffect(() => {
    // One that is not on the screen waits.
    if (plot.current && f && box.current.offsetParent) plot.current.setData(f.ring.since(seconds, 600));
  }, [count, seconds, lines.map(l => l.value).join()]);

  if (!f) return null;
  const unit = f.unit && f.unit !== '1' && !f.unit.includes('{') ? ' ' + f.unit : '';
  return html`<div class="feature">
    <div class="row feature-head"><h3>${name}</h3>
      ${components.map((c, i) => html`<span class=${'plot-' + (i % 8 + 1)}>${c ? c + ' ' : ''}<strong>${count ? short(f.ring.newest(i)) : '–'}</strong>${unit}</span>`)}
      <span class="grow"></span>
      ${lines.map(l => html`<span class="limit">${t(l.above ? 'operator.features.above' : 'operator.features.below', {trigger: l.trigger,
        value: l.value === null ? '?' : short(l.value)})}</span>`)}
    </div>
    <div ref=${box} class="feature-plot" role="img" aria-label=${t('operator.features.picture', {name, seconds})}></div>
  </div>`;
}

export function Features() {
  tick.value;
  const [seconds, setSeconds] = useState(60);
  const [on, setOn] = useState(/** @type {Record<string, boolean>} */ ({}));
  const watched = new Set(Object.values(m.plan.phases || {}).flatMap(p => Object.values(/** @type {any} */ (p).triggers || {}))
    .flatMap(list => /** @type {any[]} */ (list).map(x => x.feature.split('.')[0])));
  const all = [...features.all.keys()];
  const live = all.filter(n => !features.all.get(n)?.perPhase);
  const whole = all.filter(n => features.all.get(n)?.perPhase && features.all.get(n)?.ring.count);
  // Answers come now and then; they stand among what happens.
  const answers = new Set((m.plan.slots || []).filter((/** @type {any} */ s) => s.kind === 'OUTCOME').map((/** @type {any} */ s) => s.slot));
  const first = [...live.filter(n => watched.has(n)), ...live.filter(n => !watched.has(n) && !answers.has(n.split('/')[0]))].slice(0, Math.max(AT_FIRST, watched.size));
  const isOn = (/** @type {string} */ n) => on[n] ?? first.includes(n);
  if (all.length === 0) return null;
  return html`<section class="card panel" aria-labelledby="h-features">
    <div class="row panel-head"><h2 id="h-features">${t('operator.features')}</h2><span class="grow"></span>
      <label class="inline">${t('operator.signals.span')}
        <select value=${seconds} onChange=${(/** @type {any} */ e) => setSeconds(Number(e.currentTarget.value))}>
          ${SPANS.map(s => html`<option value=${s}>${s / 60} min</option>`)}</select></label></div>
    ${live.length > 1 && html`<details><summary>${t('operator.features.choose', {n: live.filter(isOn).length, all: live.length})}</summary>
      <div class="row checks">${live.map(n => html`<label class="check"><input type="checkbox" checked=${isOn(n)} onChange=${() => setOn({...on, [n]: !isOn(n)})}/> ${n}</label>`)}</div></details>`}
    <div class="features">${[...live].sort((a, b) => Number(watched.has(b)) - Number(watched.has(a))).filter(isOn)
      .map(n => html`<${Chart} key=${m.session + n} name=${n} seconds=${seconds}/>`)}</div>
    ${whole.length > 0 && html`<h3>${t('operator.features.whole')}</h3><div class="scroll"><table><tbody>${whole.map(n => {
      const f = /** @type {any} */ (features.all.get(n));
      return html`<tr><th scope="row">${n}</th><td>${f.ring.values.map((/** @type {any} */ _, /** @type {number} */ i) =>
        `${f.components.length > 1 ? f.components[i] + ' ' : ''}${short(f.ring.newest(i))}`).join(', ')}</td></tr>`;
    })}</tbody></table></div>`}
  </section>`;
}
