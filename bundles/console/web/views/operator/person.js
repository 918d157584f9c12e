/** The participant: code to join, what is asked now, messages into the world, the mirror of what is seen. */
import {html, useEffect, useRef, useState} from '../../core/html.js';
import {clock, t} from '../../core/i18n.js';
import {post} from '../../core/api.js';
import {Markdown} from '../participant/markdown.js';
import {live, m, nowSeconds, tick} from './model.js';
import {ask, useAct} from './act.js';

/** Code by which the participant's own screen joins. */
function Code() {
  const [code, setCode] = useState('');
  const act = useAct();
  useEffect(() => setCode(''), [m.session]);
  return html`<div class="join">
    ${code && html`<p class="join-code" aria-label=${t('operator.code.is', {code: code.split('').join(' ')})}>${code}</p>
      <p class="soft">${t('operator.code.how', {address: location.origin + '/#join'})}</p>`}
    <button disabled=${act.busy} onClick=${() => act.run(async () => { setCode((await post('/session/code')).code); })}>${t(code ? 'operator.code.another' : 'operator.code.make')}</button>
    ${act.outcome}</div>`;
}

function Asked() {
  tick.value;
  const nothing = m.asks.length === 0 && m.activities.length === 0;
  return html`<h3>${t('operator.asked')}</h3>
    ${nothing && html`<p class="soft">${t('operator.asked.nothing')}</p>`}
    <ul class="asked">${m.asks.map(a => html`<li key=${a.slot + a.item}>${a.text || a.item}
        <span class="soft"> ${a.slot} · ${t('operator.asked.since', {time: clock(Math.max(0, nowSeconds() - a.asked / 1e9))})}${a.within ? ' / ' + clock(Number(a.within)) : ''}</span></li>`)}
      ${m.activities.map(a => html`<li key=${a.slot + a.activity}>${a.title || a.activity} <span class="soft">${a.slot}</span></li>`)}</ul>
    ${m.activities.filter(a => a.guidance).map(a => html`<div class="guidance" key=${'g' + a.slot + a.activity} role="group" aria-label=${t('operator.guidance')}>
      <h4>${t('operator.guidance')}</h4><${Markdown} text=${a.guidance}/></div>`)}`;
}

/** What the participant sees, small. */
function Mirror() {
  const [on, setOn] = useState(true);
  const [seen, setSeen] = useState(false);
  const image = useRef(/** @type {any} */ (null));
  useEffect(() => {
    if (!on) return undefined;
    let url = '';
    const end = live.hear('mirror/' + m.session, (_, p) => {
      if (!p || !p.jpeg || !image.current) return;
      const before = url;
      url = URL.createObjectURL(new Blob([p.jpeg], {type: 'image/jpeg'}));
      image.current.src = url;
      if (before) URL.revokeObjectURL(before);
      setSeen(true);
    });
    return () => { end(); if (url) URL.revokeObjectURL(url); setSeen(false); };
  }, [on, m.session]);
  return html`<div class="mirror"><div class="row"><h3 class="grow">${t('operator.mirror')}</h3>
      <button class="quiet" aria-pressed=${on} onClick=${() => setOn(!on)}>${t(on ? 'operator.mirror.off' : 'operator.mirror.on')}</button></div>
    ${on && html`<img ref=${image} alt=${t('operator.mirror.picture')} hidden=${!seen}/>`}
    ${on && !seen && html`<p class="soft">${t('operator.mirror.none')}</p>`}</div>`;
}

function Tell() {
  const [text, setText] = useState('');
  const act = useAct();
  const send = async (/** @type {Event} */ e) => {
    e.preventDefault();
    if (await act.run(() => ask('tell', {text}))) setText('');
  };
  return html`<form onSubmit=${send}><label>${t('operator.tell')}<input value=${text} required maxlength="200" onInput=${(/** @type {any} */ e) => setText(e.currentTarget.value)}/></label>
    <div class="row"><button disabled=${act.busy}>${t('operator.tell.do')}</button>
      <button type="button" disabled=${act.busy} onClick=${() => act.run(() => ask('recentre'))}>${t('operator.recentre')}</button></div>${act.outcome}</form>`;
}

export function Person() {
  tick.value;
  const display = (m.plan.slots || []).some((/** @type {any} */ s) => s.kind === 'DISPLAY');
  return html`<section class="card panel" aria-labelledby="h-person">
    <h2 id="h-person">${t('operator.person')} <span class="soft">${m.participant}</span></h2>
    <${Asked}/><${Code}/>
    ${display && html`<${Tell}/><${Mirror}/>`}
  </section>`;
}
