/** The operator's page: before, during and after a session. */
import {html, useEffect, useState} from '../core/html.js';
import {t} from '../core/i18n.js';
import {Guarded} from '../core/guarded.js';
import {Failure, Layout} from '../core/layout.js';
import {begin, failure, known, m, tick} from './operator/model.js';
import {useStopKey} from './operator/stop.js';
import {Alerts, Latched} from './operator/alerts.js';
import {Dock} from './operator/dock.js';
import {Timeline} from './operator/timeline.js';
import {Signals} from './operator/signals.js';
import {Features} from './operator/features.js';
import {Log} from './operator/log.js';
import {Plugins, Slots} from './operator/slots.js';
import {Person} from './operator/person.js';
import {Notes} from './operator/notes.js';
import {Screenings} from './operator/screening.js';
import {SetUp} from './operator/setup.js';
import {Ended, VisitList} from './operator/visits.js';
import {HomeUse} from './operator/home.js';
import {AdverseEvents} from './operator/adverse.js';

/** Parts of the running session; on a narrow screen one of them at a time. */
const PARTS = ['signals', 'log', 'slots', 'person'];

function Running() {
  tick.value;
  const waiting = m.state.state === 'PREPARING' || m.state.state === 'READY' || m.state.state === 'PLANNED';
  const sources = (m.plan.slots || []).some((/** @type {any} */ s) => s.kind === 'SOURCE');
  const [part, setPart] = useState(waiting ? 'slots' : sources ? 'signals' : 'person');
  const acts = (m.plan.slots || []).some((/** @type {any} */ s) => s.kind === 'ACTUATOR');
  return html`<h1 class="hidden-visually">${t('operator.running', {participant: m.participant, protocol: m.plan.title || m.protocol})}</h1>
    <${Guarded}><${Timeline}/><//>
    <nav class="parts" aria-label=${t('operator.parts')}>${PARTS.map(p => html`<button key=${p} type="button" aria-pressed=${p === part} onClick=${() => setPart(p)}>${t('operator.part.' + p)}</button>`)}</nav>
    <div class=${'parts-of show-' + part + (waiting ? ' waiting' : sources ? '' : ' no-signals')}>
      <div class="part part-signals"><${Guarded}>${sources && html`<${Signals}/>`}<//><${Guarded}><${Features}/><//></div>
      <div class="part part-log"><${Guarded}><${Log}/><//></div>
      <div class="part part-slots"><${Guarded}><${Slots}/><//>
        ${waiting && acts && m.plan.simulated !== true && html`<section class="card panel" aria-labelledby="h-screen"><h2 id="h-screen">${t('operator.screening')}</h2><${Guarded}><${Screenings} participant=${m.participant}/><//></section>`}
        <${Guarded}><${Plugins}/><//></div>
      <div class="part part-person"><${Guarded}><${Person}/><//><${Guarded}><${Notes}/><//></div>
    </div>`;
}

/** @param {{me: any}} props */
export function View({me}) {
  useEffect(begin, []);
  useStopKey();
  tick.value;
  return html`<${Layout} me=${me} view="operator">
    <${Guarded}><${Latched}/><${Alerts}/><//>
    ${failure.value && failure.value.status === 401
      ? html`<div class="failure" role="alert"><p>${t('operator.shut-out')} <a href="/">${t('operator.shut-out.door')}</a></p></div>`
      : html`<${Failure} error=${failure.value}/>`}
    ${known.value && (m.running ? html`<${Guarded} key=${m.session}><${Running}/><//>`
      : html`<${Guarded}><${Ended}/><${SetUp}/><//><${Guarded}><${VisitList}/><//><${Guarded}><${AdverseEvents}/><//><${Guarded}><${HomeUse}/><//>`)}
    <${Dock}/>
  <//>`;
}
