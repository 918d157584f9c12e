/** One question of a rating or questionnaire. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Scale} from './scale.js';

/**
 * @param {{ask: any, number: number, of: number, onAnswer: (given: {value?: number, text?: string}) => void, onDecline: () => void,
 *   onBack?: () => void, given?: any}} props
 *   ask: as the event `ask` tells it; number, of: which of how many; onDecline: there will be no answer to this one;
 *   given: what was answered before, when one comes back to it
 */
export function Question({ask, number, of, onAnswer, onDecline, onBack, given}) {
  const [value, setValue] = useState(/** @type {number | null} */ (given?.value ?? null));
  const [words, setWords] = useState(given?.text ?? '');
  const head = useRef(/** @type {any} */ (null));
  // A screen reader begins with the new question, not with what became of the one before.
  useEffect(() => { head.current?.focus(); }, []);
  const choices = ask.choices || [];
  const inWords = ask.longest > 0;
  const ready = inWords ? words.trim() !== '' : value !== null;
  const submit = (/** @type {any} */ e) => {
    e.preventDefault();
    if (ready) onAnswer(inWords ? {text: words.trim()} : {value: /** @type {number} */ (value)});
  };
  const id = 'q-' + ask.item;
  return html`<form class="question" onSubmit=${submit}>
    ${of > 1 && html`<div class="progress">
      <progress max=${of} value=${number - 1} aria-label=${t('participant.progress')}></progress>
      <span>${t('participant.question.of', {number, of})}</span></div>`}
    ${ask.instruction && html`<p class="instruction">${ask.instruction}</p>`}
    <h1 id=${id} ref=${head} tabindex="-1">${ask.text || ask.item}</h1>
    ${inWords
      ? html`<textarea aria-labelledby=${id} maxlength=${ask.longest} value=${words} rows="5"
          onInput=${(/** @type {any} */ e) => setWords(e.currentTarget.value)}></textarea>`
      : choices.length > 0
        ? html`<div class="choices" role="radiogroup" aria-labelledby=${id}>
            ${choices.map((/** @type {any} */ c) => html`<label class="choice" key=${c.value}>
              <input type="radio" name=${id} value=${c.value} checked=${value === c.value} onChange=${() => setValue(c.value)}/>
              <span>${c.text}</span></label>`)}</div>`
        : html`<${Scale} of=${ask} name=${id} label=${id} value=${value} onValue=${setValue}/>`}
    <div class="go">
      ${onBack && html`<button type="button" onClick=${onBack}>${t('participant.back')}</button>`}
      <button class="main large" disabled=${!ready}>${t('participant.next')}</button>
    </div>
    <button type="button" class="quiet wide decline" onClick=${onDecline}>
      ${t(ask.optional ? 'participant.leave.out' : 'participant.rather.not')}</button>
  </form>`;
}
