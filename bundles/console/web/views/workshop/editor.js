/** One protocol, as parts and as text at once. */
import {html, useEffect, useMemo, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {put as request} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {DryRun} from './dryrun.js';
import {Model} from './model.js';
import {Dialog, Labelled, Line} from './parts.js';
import {Phases} from './phases.js';
import {Plain} from './quantity.js';
import {Slots} from './slots.js';
import {Text} from './text.js';
import {put} from './yamltext.js';

/** Gives a text to the browser as a file. @param {string} name @param {string} text */
export function download(name, text) {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(new Blob([text], {type: 'application/yaml'}));
  a.download = name + '.yaml';
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}

/** @param {{file: any, onBack: () => void, onName: (name: string) => void, taken: string[]}} props */
export function Editor({file, onBack, onName, taken}) {
  const model = useMemo(() => new Model(file), [file]);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [said, setSaid] = useState('');
  const [naming, setNaming] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [trying, setTrying] = useState(false);
  useEffect(() => () => model.close(), [model]);
  useEffect(() => {
    const ask = (/** @type {any} */ e) => { if (model.unsaved.peek()) e.preventDefault(); };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [model]);
  const unsaved = model.unsaved.value;
  const own = model.own.value;
  const save = async (/** @type {string} */ name, /** @type {boolean} */ asNew, /** @type {boolean} */ over) => {
    const text = model.text.peek();
    setError(null);
    setSaid('');
    try {
      const done = await request('/protocols/' + encodeURIComponent(name), {text, asNew, basedOn: asNew || over ? '' : model.version});
      model.version = done.version;
      model.savedText.value = text;
      model.name.value = name;
      model.own.value = true;
      setSaid(t(done.faults.length === 0 ? 'workshop.saved' : 'workshop.saved.faults', {name, n: done.faults.length}));
      onName(name);
      return true;
    } catch (e) {
      setError(e);
      return false;
    }
  };
  const keys = (/** @type {any} */ e) => {
    if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 's') return;
    e.preventDefault();
    if (own) save(model.name.peek(), false, false);
    else setNaming(true);
  };
  const faults = model.checked.value.faults.length;
  return html`<div onKeyDown=${keys}>
    <div class="w-head">
      <button type="button" onClick=${() => (unsaved ? setLeaving(true) : onBack())}>← ${t('workshop.back')}</button>
      <h1>${String(model.value.value.title || model.name.value)}</h1>
      <span class="soft"><code>${model.name.value}.yaml</code></span>
      <${State} model=${model} faults=${faults}/>
      <span class="pill">${t(!own ? 'workshop.shipped' : unsaved ? 'workshop.unsaved' : 'workshop.is-saved')}</span>
      <span class="grow"></span>
      <button type="button" disabled=${model.past.value.length === 0} onClick=${() => model.undo()}>${t('workshop.undo')}</button>
      <button type="button" disabled=${model.future.value.length === 0} onClick=${() => model.redo()}>${t('workshop.redo')}</button>
      <button type="button" onClick=${() => download(model.name.peek(), model.text.peek())}>${t('workshop.download')}</button>
      <button type="button" onClick=${() => setNaming(true)}>${t('workshop.save-as')}</button>
      ${own && html`<button type="button" class="main" disabled=${!unsaved} onClick=${() => save(model.name.peek(), false, false)}>${t('common.save')}</button>`}
      <button type="button" aria-expanded=${trying} onClick=${() => setTrying(!trying)}>${t('workshop.dry')}</button>
    </div>
    <p role="status" class=${said ? 'w-said' : 'hidden-visually'}>${said}</p>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    ${error && error.body && error.body.changed && html`<p class="row"><button type="button" onClick=${() => save(model.name.peek(), false, true)}>${t('workshop.save-over')}</button></p>`}
    ${trying && html`<${DryRun} model=${model} onClose=${() => setTrying(false)}/>`}
    <p class="w-jump"><a href="#w-yaml" onClick=${(/** @type {any} */ e) => { e.preventDefault(); document.getElementById('w-yaml')?.scrollIntoView(); }}>${t('workshop.to-text')}</a></p>
    <div class="w-sides">
      <div class="w-composer">
        ${!model.readable.value && html`<p class="note" role="status">${t('workshop.unreadable')}</p>`}
        <fieldset class="w-bare" disabled=${!model.readable.value}>
          <${About} model=${model}/>
          <${Slots} model=${model}/>
          <${Phases} model=${model}/>
        </fieldset>
      </div>
      <${Text} model=${model}/>
    </div>
    ${naming && html`<${Naming} title=${t('workshop.save-as')} button=${t('common.save')} value=${own ? '' : model.name.peek() + '-own'} taken=${taken} onClose=${() => setNaming(false)}
      onName=${async (/** @type {string} */ name) => { if (await save(name, true, false)) setNaming(false); else setNaming(false); }}/>`}
    ${leaving && html`<${Dialog} title=${t('workshop.leave')} onClose=${() => setLeaving(false)}>
      <p>${t('workshop.leave.what')}</p>
      <div class="row"><button onClick=${() => setLeaving(false)}>${t('workshop.leave.stay')}</button><button class="danger" onClick=${onBack}>${t('workshop.leave.go')}</button></div><//>`}
  </div>`;
}

/** @param {{model: any, faults: number}} props */
function State({model, faults}) {
  if (model.checkError.value) return html`<span class="pill bad" role="status">${t('workshop.not-checked')}</span>`;
  if (model.checking.value) return html`<span class="pill" role="status">${t('workshop.checking')}</span>`;
  return faults === 0 ? html`<span class="pill good" role="status">${t('workshop.no-faults')}</span>`
    : html`<span class="pill bad" role="status">${t(faults === 1 ? 'workshop.fault' : 'workshop.faults', {n: faults})}</span>`;
}

/** Id, title, description and seed. @param {{model: any}} props */
function About({model}) {
  const value = model.value.value;
  const set = (/** @type {string} */ key, /** @type {any} */ v) => model.edit((/** @type {any} */ d) => put(d, [key], v));
  const line = (/** @type {string} */ key, /** @type {any} */ more) => html`<${Labelled} label=${t('workshop.' + key)} hint=${more.hint} model=${model} path=${[key]}>
    ${(/** @type {any} */ a) => html`<${Line} ...${a} value=${value[key]} maxlength=${more.most} onValue=${(/** @type {string} */ v) => set(key, v.trim() === '' ? undefined : v)}/>`}<//>`;
  return html`<section class="card" aria-labelledby="w-about"><h2 id="w-about">${t('workshop.about')}</h2><div class="w-form">
    ${line('id', {hint: t('workshop.id.hint'), most: 64})}
    ${line('title', {most: 200})}
    <${Labelled} label=${t('workshop.seed')} hint=${t('workshop.seed.hint')} model=${model} path=${['seed']}>
      ${(/** @type {any} */ a) => html`<${Plain} ...${a} whole value=${value.seed} placeholder="1" onValue=${(/** @type {any} */ v) => set('seed', v)}/>`}<//>
    <${Labelled} label=${t('workshop.description')} model=${model} path=${['description']} wide>
      ${(/** @type {any} */ a) => html`<textarea ...${a} rows="2" value=${value.description ?? ''} onChange=${(/** @type {any} */ e) => set('description', e.currentTarget.value.trim() || undefined)}></textarea>`}<//>
  </div></section>`;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Asks for a name that is not taken. @param {any} props */
export function Naming({title, button, value, taken, onName, onClose}) {
  const [name, setName] = useState(value);
  const [tried, setTried] = useState(false);
  const wrong = !NAME.test(name) ? t('workshop.name.wrong') : taken.includes(name) ? t('workshop.name.taken', {name}) : '';
  return html`<${Dialog} title=${title} onClose=${onClose}><form onSubmit=${(/** @type {any} */ e) => {
    e.preventDefault();
    setTried(true);
    if (!wrong) onName(name);
  }}>
    <label>${t('workshop.file-name')}<input value=${name} maxlength="64" autocomplete="off" spellcheck=${false} aria-describedby="w-name-wrong" aria-invalid=${tried && wrong ? 'true' : undefined}
      onInput=${(/** @type {any} */ e) => setName(e.currentTarget.value.trim())}/></label>
    <p id="w-name-wrong" class=${tried && wrong ? 'w-faults' : 'hint'} role="status">${tried && wrong ? wrong : t('workshop.name.how')}</p>
    <div class="row"><button class="main">${button}</button><button type="button" onClick=${onClose}>${t('common.cancel')}</button></div>
  </form><//>`;
}
