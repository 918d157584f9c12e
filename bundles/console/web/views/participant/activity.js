/** What an intervention shows: a page to read, a practice to follow, an exercise to fill in. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Field, given, wrong} from './fields.js';
import {Markdown} from './markdown.js';
import {Practice} from './practice.js';
import {canSpeak, hush, say} from './voice.js';

/**
 * @typedef {{skipped: boolean, fields: Record<string, any>, seconds: number, whole?: boolean}} Answer
 * @param {{activity: any, lang: string, held?: boolean, self?: boolean, from?: number, draft: {get(): any, set(v: any): void},
 *   onAnswer: (answer: Answer) => void, onBack?: () => void, whole?: boolean}} props
 *   self: the page leads by itself, at home; held: the session is paused; whole: it cannot be skipped; draft: keeps what was filled in over a reload
 */
export function Activity(props) {
  const {activity} = props;
  if (activity.kind === 'practice') {
    return html`<${Practice} ...${props} before=${html`<${Remembered} activity=${activity}/>`} self=${Boolean(props.self)} held=${Boolean(props.held)}
      onEnd=${(/** @type {number} */ seconds, /** @type {boolean} */ whole) => props.onAnswer({skipped: false, fields: {}, seconds, whole})}/>`;
  }
  return activity.kind === 'exercise' ? html`<${Exercise} ...${props}/>` : html`<${Page} ...${props}/>`;
}

/** What was written before, in this visit or an earlier one. */
function Remembered({activity}) {
  const all = Object.entries(activity.remembered || {});
  if (all.length === 0) return null;
  return html`<aside class="remembered" aria-label=${t('participant.remembered')}>
    <h2>${t('participant.remembered')}</h2>
    <dl>${all.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl></aside>`;
}

/** Seconds since it was first shown. */
function useOpened() {
  const begin = useRef(performance.now());
  return () => Math.round((performance.now() - begin.current) / 1000);
}

/** @param {{text: string, lang: string}} props */
function Aloud({text, lang}) {
  const [on, setOn] = useState(false);
  useEffect(() => hush, []);
  if (!canSpeak) return null;
  const turn = () => { setOn(!on); if (on) hush(); else say(text.replace(/[*_#>`]+/g, ''), lang); };
  return html`<button type="button" class="quiet" aria-pressed=${on} onClick=${turn}>${on ? t('participant.voice.off') : t('participant.voice.on')}</button>`;
}

function Page({activity, lang, held, onAnswer, onBack}) {
  const head = useRef(/** @type {any} */ (null));
  const opened = useOpened();
  useEffect(() => { head.current?.focus(); window.scrollTo(0, 0); }, []);
  return html`<article class="page">
    <h1 ref=${head} tabindex="-1">${activity.title}</h1>
    <${Aloud} text=${activity.title + '. ' + activity.text} lang=${lang}/>
    <${Remembered} activity=${activity}/>
    <${Markdown} text=${activity.text}/>
    <div class="go">
      ${onBack && html`<button type="button" onClick=${onBack}>${t('participant.back')}</button>`}
      <button type="button" class="main large" disabled=${held} onClick=${() => onAnswer({skipped: false, fields: {}, seconds: opened()})}>
        ${t('participant.next')}</button>
    </div>
  </article>`;
}

function Exercise({activity, held, draft, onAnswer, onBack, whole}) {
  const [values, setValues] = useState(/** @type {() => Record<string, any>} */ (() => draft.get() || {}));
  const [tried, setTried] = useState(false);
  const head = useRef(/** @type {any} */ (null));
  const opened = useOpened();
  useEffect(() => {
    head.current?.focus();
    window.scrollTo(0, 0);
  }, []);
  const change = (/** @type {string} */ name, /** @type {any} */ value) => {
    const next = {...values, [name]: value};
    setValues(next);
    draft.set(next);
  };
  const faults = tried ? wrong(activity.fields, values) : new Map();
  const submit = (/** @type {any} */ e) => {
    e.preventDefault();
    const now = wrong(activity.fields, values);
    if (now.size > 0) {
      setTried(true);
      const first = document.getElementById(`f-${now.keys().next().value}-box`);
      const control = /** @type {HTMLElement | null} */ (first && first.querySelector('input, textarea'));
      if (control) control.focus();
      return;
    }
    onAnswer({skipped: false, fields: given(activity.fields, values), seconds: opened()});
  };
  const skip = () => onAnswer({skipped: true, fields: {}, seconds: opened()});
  return html`<form class="exercise" onSubmit=${submit} noValidate>
    <h1 ref=${head} tabindex="-1">${activity.title}</h1>
    ${activity.text && html`<${Markdown} text=${activity.text}/>`}
    <${Remembered} activity=${activity}/>
    ${activity.fields.map((/** @type {any} */ f) => html`<${Field} key=${f.name} field=${f} value=${values[f.name]}
      problem=${faults.get(f.name)} onValue=${(/** @type {any} */ v) => change(f.name, v)}/>`)}
    ${faults.size > 0 && html`<p class="problem" role="alert">${t('participant.field.look')}</p>`}
    <div class="go">
      ${onBack && html`<button type="button" onClick=${onBack}>${t('participant.back')}</button>`}
      ${!whole && html`<button type="button" disabled=${held} onClick=${skip}>${t('participant.skip')}</button>`}
      <button class="main large" disabled=${held}>${t('participant.send')}</button>
    </div>
  </form>`;
}
