/** A practice: prompts that follow each other in time, with a guide for the breath where they breathe. */
import {html, useEffect, useMemo, useRef, useState} from '../../core/html.js';
import {clock, t} from '../../core/i18n.js';
import {Markdown} from './markdown.js';
import {at, length, moves} from './pace.js';
import {canSpeak, hush, say} from './voice.js';

const LOOK_MS = 200;

/**
 * Seconds that a practice has run. Counted by the clock, since browsers slow down timers of pages that are not looked at.
 * @param {boolean} runs @param {number} from seconds at which it begins
 */
function useSeconds(runs, from) {
  const [seconds, setSeconds] = useState(from);
  const past = useRef(from);
  useEffect(() => {
    if (!runs) return undefined;
    const begin = performance.now();
    const before = past.current;
    const look = () => {
      past.current = before + (performance.now() - begin) / 1000;
      setSeconds(past.current);
    };
    const timer = setInterval(look, LOOK_MS);
    return () => { clearInterval(timer); look(); };
  }, [runs]);
  return seconds;
}

/** Keeps the screen awake while a practice runs, where the browser can. @param {boolean} runs */
function useAwake(runs) {
  useEffect(() => {
    if (!runs || !('wakeLock' in navigator)) return undefined;
    /** @type {any} */
    let lock = null;
    let over = false;
    /** @type {any} */ (navigator).wakeLock.request('screen').then((/** @type {any} */ l) => { if (over) l.release(); else lock = l; }).catch(() => {});
    return () => { over = true; if (lock) lock.release(); };
  }, [runs]);
}

/**
 * @param {{activity: any, lang: string, held: boolean, self: boolean, from?: number, before?: any, onEnd: (seconds: number, whole: boolean) => void}} props
 *   held: the session is paused; self: it is begun and paused here, else it runs with the session; from: seconds that have passed;
 *   before: what stands above it
 */
export function Practice({activity, lang, held, self, from = 0, before = null, onEnd}) {
  const [begun, setBegun] = useState(!self);
  const [paused, setPaused] = useState(false);
  const [aloud, setAloud] = useState(false);
  const prompts = activity.prompts;
  const pace = useMemo(() => moves(prompts), [prompts]);
  const runs = begun && !paused && !held;
  const seconds = useSeconds(runs, from);
  const now = at(prompts, seconds);
  const prompt = prompts[now.index] || {say: '', seconds: 0};
  const head = useRef(/** @type {any} */ (null));
  useAwake(runs && !now.over);
  useEffect(() => { head.current?.focus(); return hush; }, []);
  useEffect(() => { if (aloud && runs && !now.over) say(prompt.say, lang); }, [now.index, aloud, runs, now.over]);
  useEffect(() => { if (!aloud || !runs) hush(); }, [aloud, runs]);
  useEffect(() => { if (now.over && self && begun) onEnd(length(prompts), true); }, [now.over]);
  const move = pace[now.index];
  const style = move === 'grow' || move === 'shrink' ? {transitionDuration: prompt.seconds + 's'} : {transitionDuration: '0.6s'};
  return html`<section class="practice">
    <h1 ref=${head} tabindex="-1">${activity.title}</h1>
    ${activity.text && html`<${Markdown} text=${activity.text}/>`}
    ${before}
    ${!begun
      ? html`<p class="soft">${t('participant.practice.takes', {time: clock(length(prompts))})}</p>`
      : html`<div class="guide">
          ${pace.some(Boolean) && html`<div class="breath" aria-hidden="true"><div style=${style}
            class=${'lung ' + (runs ? shape(pace, now.index) : 'still')}>${move && runs
              ? html`<span class="count">${Math.max(1, Math.ceil(prompt.seconds - now.within))}</span>` : ''}</div></div>`}
          <p class="prompt" aria-live=${aloud ? 'off' : 'polite'}>${now.over ? t('participant.practice.over') : prompt.say || '\u00a0'}</p>
          <div class="passed"><progress max=${length(prompts)} value=${Math.min(seconds, length(prompts))}
            aria-label=${t('participant.practice.passed')}></progress><span>${clock(now.left)}</span></div>
        </div>`}
    <div class="go">
      ${canSpeak && html`<button type="button" aria-pressed=${aloud} onClick=${() => setAloud(!aloud)}>
        ${aloud ? t('participant.voice.off') : t('participant.voice.on')}</button>`}
      ${self && begun && html`<button type="button" onClick=${() => setPaused(!paused)}>
        ${paused ? t('participant.practice.on') : t('participant.practice.hold')}</button>`}
      ${!begun
        ? html`<button type="button" class="main large" onClick=${() => setBegun(true)}>${t('participant.practice.begin')}</button>`
        : html`<button type="button" class=${now.over ? 'main large' : 'large'} disabled=${held}
            onClick=${() => onEnd(Math.round(seconds), now.over)}>${now.over ? t('participant.next') : t('participant.practice.stop')}</button>`}
    </div>
  </section>`;
}

/** While a breath is held the guide stays as the breath before left it. @param {string[]} pace @param {number} index */
function shape(pace, index) {
  let i = index;
  while (i > 0 && pace[i] === 'hold') i--;
  return pace[i] === 'grow' ? 'full' : pace[i] === 'shrink' ? 'empty' : 'still';
}
