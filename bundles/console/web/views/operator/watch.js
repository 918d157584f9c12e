/**
 * The running session on pages that are about something else: what somebody has to see, where it stands, and the stop, in the same
 * place as on the operator's page. Brings its own texts.
 */
import {html, useEffect, useState} from '../../core/html.js';
import {t, use} from '../../core/i18n.js';
import {Guarded} from '../../core/guarded.js';
import {begin, m, tick} from './model.js';
import {StopButton, useStopKey} from './stop.js';
import {Alerts, Latched} from './alerts.js';
import {Where} from './dock.js';

/** To be mounted once, at the head of a page of operators. The key works there also while no session runs, as on the operator's page. */
export function Watch() {
  const [ready, setReady] = useState(false);
  useStopKey();
  useEffect(begin, []);
  useEffect(() => { use('operator').then(() => setReady(true)); }, []);
  tick.value;
  if (!ready) return null;
  return html`<${Guarded}><${Latched}/><${Alerts}/><//>
    ${m.running && html`<div class="dock" role="region" aria-label=${t('operator.dock')}>
      <${Guarded}><${Where}/><div class="dock-controls"><a class="button" href="/operator">${t('operator.to')}</a></div><//>
      <${StopButton}/></div>`}`;
}
