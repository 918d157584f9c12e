/** What somebody has to see: it stays until a person says that it was seen. */
import {html, useEffect, useState} from '../../core/html.js';
import {moment, number, t} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {latched, lookAtStop, m, tick} from './model.js';
import {StopSent} from './stop.js';
import {told, when} from './words.js';
import {useAct} from './act.js';

const MOST = 3;
/** How often it is asked whether a form that was filled in outside a session has to be seen. */
const ASK_EACH_MS = 15_000;

/** Ends a latched emergency stop: by a person, with a reason. */
export function Latched() {
  const [reason, setReason] = useState('');
  const act = useAct();
  // What was said of one stop is nothing that the next one says.
  useEffect(act.clear, [latched.value]);
  if (!latched.value) return null;
  const reset = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (await act.run(() => post('/safety/reset', {with: {reason}}))) { setReason(''); lookAtStop(); }
  };
  return html`<section class="failure latched" role="alert" aria-labelledby="h-latched">
    <h2 id="h-latched">${t('operator.latched')}</h2>
    <p>${latched.value}</p><p>${t('operator.latched.how')}</p>
    <form class="row" onSubmit=${reset}><label class="grow inline-label">${t('operator.latched.reason')}
      <input value=${reason} required maxlength="200" onInput=${(/** @type {any} */ e) => setReason(e.currentTarget.value)}/></label>
      <button class="danger" disabled=${act.busy}>${t('operator.latched.reset')}</button></form>
    ${act.outcome}
  </section>`;
}

/** Answers from home and from assessors; they come over no bus. @returns {[any[], (id: string) => void]} */
function useForms() {
  const [all, setAll] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    // Without a connection what is shown stays; the page says itself that there is none.
    const ask = () => get('/alerts').then(said => setAll(said.alerts), () => {});
    ask();
    const each = setInterval(ask, ASK_EACH_MS);
    return () => clearInterval(each);
  }, []);
  return [all, id => setAll(now => now.filter(a => a.id !== id))];
}

export function Alerts() {
  tick.value;
  const [forms, drop] = useForms();
  const open = m.alerts.filter(a => !a.seenBy);
  const act = useAct();
  const seen = (/** @type {any[]} */ some) => act.run(async () => {
    for (const a of some) await post('/session/seen', {alert: a.id});
    some.forEach(a => { a.seenBy = '·'; });
  });
  return html`<div class="alerts" role="alert" aria-live="assertive">
    <${StopSent}/>
    ${forms.map(a => html`<div key=${a.id} class="alert row"><span aria-hidden="true" class="alert-sign">!</span>
      <p class="grow"><strong>${t('operator.event.safety-alert')}</strong> · ${t('operator.alert.' + a.place, {participant: a.participant})} · ${moment(a.at)}<br/>${a.text} (${a.instrument}, ${a.item}: ${number(a.value)})</p>
      <button type="button" disabled=${act.busy} onClick=${async () => { if (await act.run(() => post('/alerts/seen', {alert: a.id}))) drop(a.id); }}>${t('operator.alert.seen')}</button></div>`)}
    ${open.slice(-MOST).reverse().map(a => {
      const said = told({kind: 'event', ...a});
      return html`<div key=${a.id} class="alert row"><span aria-hidden="true" class="alert-sign">!</span>
        <p class="grow"><strong>${said.title}</strong> · ${a.slot} · ${when(a.timeNanos)}<br/><bdi>${said.text}</bdi></p>
        <button type="button" onClick=${() => seen([a])} disabled=${act.busy}>${t('operator.alert.seen')}</button></div>`;
    })}
    ${open.length > MOST && html`<div class="alert row"><p class="grow"><strong>${t('operator.alert.more', {n: open.length - MOST})}</strong></p>
      <button type="button" onClick=${() => seen(open)} disabled=${act.busy}>${t('operator.alert.all')}</button></div>`}
    ${act.outcome}
  </div>`;
}
