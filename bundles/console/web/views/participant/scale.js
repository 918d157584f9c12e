/** A number on a scale: large buttons where there are few, a line to mark where there are many. */
import {html, useEffect, useState} from '../../core/html.js';
import {number, t} from '../../core/i18n.js';

/** More steps than these are marked on a line. */
const MOST_BUTTONS = 11;

/** @param {{minimum: number, maximum: number, step: number}} of */
export const steps = of => (of.step > 0 ? Math.round((of.maximum - of.minimum) / of.step) + 1 : Infinity);

/** The nearest step; without the dust of binary fractions. @param {any} of @param {number} value */
const onStep = (of, value) => (of.step > 0
  ? Number((of.minimum + Math.round((value - of.minimum) / of.step) * of.step).toPrecision(12)) : value);

/**
 * @param {{of: {minimum: number, minimumAnchor?: string, maximum: number, maximumAnchor?: string, step: number}, name: string,
 *   label: string, value: number | null, onValue: (value: number) => void, shown?: boolean}} props
 *   label: id of the element that says what is asked; shown: whether a number is written beside the line
 */
export function Scale(props) {
  const {of} = props;
  const few = steps(of) <= MOST_BUTTONS;
  // The buttons stand in one line on a phone, too: how far one is from the ends is part of the answer.
  return html`<div class="scale">
    ${few ? html`<${Buttons} ...${props}/>` : html`<${Line} ...${props}/>`}
    ${(of.minimumAnchor || of.maximumAnchor) && html`<p class="anchors" id=${props.name + '-anchors'}>
      <span>${of.minimumAnchor}</span><span>${of.maximumAnchor}</span></p>`}
  </div>`;
}

function Buttons({of, name, label, value, onValue}) {
  const all = Array.from({length: steps(of)}, (_, i) => onStep(of, of.minimum + i * of.step));
  const said = (/** @type {number} */ v) => {
    const anchor = v === of.minimum ? of.minimumAnchor : v === of.maximum ? of.maximumAnchor : '';
    return anchor ? `${number(v)}, ${anchor}` : undefined;
  };
  return html`<div class="numbers" role="radiogroup" aria-labelledby=${label}>
    ${all.map(v => html`<label class="number-choice" key=${v}>
      <input type="radio" name=${name} value=${v} checked=${value === v} aria-label=${said(v)} onChange=${() => onValue(v)}/>
      <span aria-hidden=${said(v) ? 'true' : undefined}>${number(v)}</span></label>`)}
  </div>`;
}

/** Nothing is marked until somebody marks it: a mark that is there already would be an answer that nobody gave. */
function Line({of, name, label, value, onValue, shown}) {
  const [touched, setTouched] = useState(value !== null);
  useEffect(() => { setTouched(value !== null); }, [name, value === null]);
  const take = (/** @type {any} */ e) => {
    setTouched(true);
    onValue(onStep(of, Number(e.currentTarget.value)));
  };
  const middle = onStep(of, (of.minimum + of.maximum) / 2);
  return html`<div class=${'line' + (touched ? '' : ' untouched')}>
    <input type="range" name=${name} min=${of.minimum} max=${of.maximum} step=${of.step > 0 ? of.step : 'any'}
      value=${value ?? middle} aria-labelledby=${label} aria-describedby=${name + '-anchors'}
      aria-valuetext=${touched ? undefined : t('participant.scale.unmarked')}
      onInput=${take} onChange=${take} onPointerUp=${take}
      onKeyDown=${(/** @type {any} */ e) => { if (!touched && (e.key === ' ' || e.key === 'Enter')) { e.preventDefault(); take(e); } }}/>
    <p class="marked">${touched ? (shown ? number(value ?? middle) : '\u00a0') : t('participant.scale.mark')}</p>
  </div>`;
}
