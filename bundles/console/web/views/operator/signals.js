/** Live signals: streams and channels by choice. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {number, t} from '../../core/i18n.js';
import {live, m, speed, tick} from './model.js';
import {short} from './words.js';
import {Samples, Sweep, eachFrame} from './trace.js';

const SPANS = [5, 10, 20, 30];
/** Seconds between two lines of the time axis, by span. @type {Record<number, number>} */
const TICKS = {5: 1, 10: 2, 20: 5, 30: 5};
const LONGEST = 32;
const AT_FIRST = 8;

/** @typedef {{id: string, slot: string, name: string, type: string, rateHz: number, channels: {label: string, unit: string}[], synthetic: boolean}} Stream */

/** Streams that can be shown. @returns {Stream[]} */
export function streams() {
  return (m.plan.slots || []).flatMap((/** @type {any} */ place) => (m.streams[place.slot] || []).map(s => ({...s, slot: place.slot, id: `${place.slot}/${s.name}`})));
}

/** The plot colours of the theme that holds. */
export const colours = () => {
  const style = getComputedStyle(document.documentElement);
  return Array.from({length: 8}, (_, i) => style.getPropertyValue(`--plot-${i + 1}`).trim());
};

/** Calls back when the colours have changed. @param {() => void} then @returns {() => void} ends it */
export function onTheme(then) {
  const observer = new MutationObserver(then);
  observer.observe(document.documentElement, {attributes: true, attributeFilter: ['data-theme']});
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', then);
  return () => { observer.disconnect(); media.removeEventListener('change', then); };
}

/** @param {string} unit */
const shown = unit => (unit === 'uV' ? 'µV' : unit === 'uS' ? 'µS' : unit);

/** @param {{stream: Stream, seconds: number, paused: boolean}} props */
function Stream({stream, seconds, paused}) {
  const canvas = useRef(/** @type {any} */ (null));
  const sweep = useRef(/** @type {Sweep | null} */ (null));
  const [chosen, setChosen] = useState(() => stream.channels.map((_, c) => c).slice(0, AT_FIRST));
  const [wanted, setWanted] = useState(0);
  const [scale, setScale] = useState(0);
  const [heard, setHeard] = useState(false);

  useEffect(() => {
    const samples = new Samples(stream.channels.length, stream.rateHz, LONGEST);
    const s = new Sweep(canvas.current, samples);
    sweep.current = s;
    s.colours = colours();
    s.onScale = setScale;
    const endTheme = onTheme(() => { s.colours = colours(); s.renew(); });
    const watch = new IntersectionObserver(entries => {
      s.visible = entries[entries.length - 1].isIntersecting;
      if (s.visible) s.renew();
    });
    watch.observe(canvas.current);
    const endFrames = eachFrame(() => s.paint(speed()));
    let first = true;
    const endHearing = live.hear(`${m.session}/sample/${stream.slot}/${stream.name}`, (_, p) => {
      samples.add(Number(p.index), p.samples);
      if (first) { first = false; setHeard(true); }
    });
    return () => { endHearing(); endFrames(); watch.disconnect(); endTheme(); s.close(); };
  }, [stream.id]);

  useEffect(() => {
    const s = sweep.current;
    if (!s) return;
    Object.assign(s, {channels: chosen, seconds, wanted, middle: []});
    s.renew();
  }, [chosen, seconds, wanted]);

  useEffect(() => {
    const s = sweep.current;
    if (s) { s.paused = paused; s.at = performance.now(); if (!paused) { s.head = -1; s.renew(); } }
  }, [paused]);

  const unit = shown(stream.channels[0].unit);
  const toggle = (/** @type {number} */ c) => {
    const next = chosen.includes(c) ? chosen.filter(x => x !== c) : chosen.concat(c).sort((a, b) => a - b);
    if (next.length) setChosen(next);
  };
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  return html`<div class="stream">
    <div class="row stream-head">
      <h3>${stream.slot}${stream.name !== stream.slot ? ' · ' + stream.name : ''}</h3>
      <span class="soft">${stream.type} · ${number(stream.rateHz)} Hz${stream.synthetic ? ' · ' + t('operator.signals.synthetic') : ''}</span>
      <span class="grow"></span>
      <label class="inline">${t('operator.signals.scale')}
        <select value=${wanted} onChange=${(/** @type {any} */ e) => setWanted(Number(e.currentTarget.value))}>
          <option value=${0}>${t('operator.signals.scale.auto')}${wanted === 0 && scale ? ` (±${short(scale)} ${unit})` : ''}</option>
          ${steps.map(v => html`<option value=${v}>±${short(v)} ${unit}</option>`)}
        </select></label>
    </div>
    <div class=${'traces rows-' + Math.min(16, chosen.length)}>
      <ul class="trace-names" aria-label=${t('operator.signals.channels')}>${chosen.map(c => html`<li key=${c} class=${'plot-' + (c % 8 + 1)}><span>${stream.channels[c].label}
        ${scale > 0 && html`<span class="trace-scale">±${short(scale)} ${shown(stream.channels[c].unit)}</span>`}</span></li>`)}</ul>
      <canvas ref=${canvas} class=${'ticks-' + seconds / TICKS[seconds]} role="img" aria-label=${t('operator.signals.picture', {stream: stream.id, n: chosen.length, seconds})}></canvas>
      <ol class="trace-times" aria-hidden="true">${Array.from({length: seconds / TICKS[seconds]}, (_, i) => html`<li key=${i}>${i * TICKS[seconds]} s</li>`)}</ol>
      ${!heard && html`<p class="trace-wait soft">${t(m.state.state === 'RUNNING' ? 'operator.signals.none' : 'operator.signals.before')}</p>`}
    </div>
    ${stream.channels.length > 1 && html`<details><summary>${t('operator.signals.choose', {n: chosen.length, all: stream.channels.length})}</summary>
      <div class="row checks">${stream.channels.map((ch, c) => html`<label class="check"><input type="checkbox" checked=${chosen.includes(c)}
        onChange=${() => toggle(c)}/> ${ch.label} <span class="soft">${shown(ch.unit)}</span></label>`)}</div></details>`}
  </div>`;
}

export function Signals() {
  tick.value;
  const [seconds, setSeconds] = useState(10);
  const [paused, setPaused] = useState(false);
  const [off, setOff] = useState(/** @type {Record<string, boolean>} */ ({}));
  const all = streams();
  const isOn = (/** @type {Stream} */ s) => off[s.id] === undefined ? all.indexOf(s) < 2 : !off[s.id];
  return html`<section class="card panel" aria-labelledby="h-signals">
    <div class="row panel-head"><h2 id="h-signals">${t('operator.signals')}</h2><span class="grow"></span>
      <label class="inline">${t('operator.signals.span')}
        <select value=${seconds} onChange=${(/** @type {any} */ e) => setSeconds(Number(e.currentTarget.value))}>
          ${SPANS.map(s => html`<option value=${s}>${s} s</option>`)}</select></label>
      <button type="button" aria-pressed=${paused} disabled=${all.length === 0} onClick=${() => setPaused(!paused)}>
        ${t(paused ? 'operator.signals.go-on' : 'operator.signals.hold')}</button>
    </div>
    ${all.length === 0 && html`<p class="soft">${t('operator.signals.no-streams')}</p>`}
    ${all.length > 1 && html`<div class="row checks" role="group" aria-label=${t('operator.signals.streams')}>${all.map(s => html`<label class="check">
      <input type="checkbox" checked=${isOn(s)} onChange=${() => setOff({...off, [s.id]: isOn(s)})}/> ${s.id}</label>`)}</div>`}
    ${all.filter(isOn).map(s => html`<${Stream} key=${m.session + s.id} stream=${s} seconds=${seconds} paused=${paused}/>`)}
  </section>`;
}
