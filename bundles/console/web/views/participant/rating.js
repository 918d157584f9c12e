/** A whole questionnaire, one question after the other, for home. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {Question} from './ask.js';
import {questions} from './instrument.js';

/**
 * @param {{instrument: any, draft: {get(): any, set(v: any): void, forget(): void}, onDone: (answers: Record<string, any>) => any}} props
 *   draft: what was answered so far, kept over a reload
 */
export function Rating({instrument, draft, onDone}) {
  const all = questions(instrument);
  const [begun] = useState(() => {
    const kept = draft.get();
    return kept && kept.version === instrument.version ? kept : {at: 0, answers: {}};
  });
  const [at, setAt] = useState(Math.min(begun.at, all.length - 1));
  const [answers, setAnswers] = useState(/** @type {Record<string, any>} */ (begun.answers));
  const ask = all[at];
  const go = async (/** @type {any} */ next) => {
    if (at + 1 === all.length) {
      await onDone(next);
      draft.forget();
      return;
    }
    setAnswers(next);
    setAt(at + 1);
    draft.set({version: instrument.version, at: at + 1, answers: next});
  };
  const without = (/** @type {any} */ of) => Object.fromEntries(Object.entries(of).filter(([item]) => item !== ask.item));
  const given = answers[ask.item];
  return html`<${Question} key=${ask.item} ask=${ask} number=${at + 1} of=${all.length}
      given=${typeof given === 'string' ? {text: given} : {value: given}}
      onAnswer=${(/** @type {any} */ g) => go({...answers, [ask.item]: g.value ?? g.text})}
      onDecline=${() => go(without(answers))}
      onBack=${at > 0 ? () => setAt(at - 1) : undefined}/>`;
}
