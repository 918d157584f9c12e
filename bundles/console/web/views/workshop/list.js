/** The protocols that are there: the lab's own and the shipped ones. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {get, post, put, remove} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {download, Naming} from './editor.js';
import {Dialog} from './parts.js';

/** What a new protocol begins with: it can be run, and shows what a protocol is made of. @param {string} name */
const start = name => `# What is wrong is said at its line; the parts on the other side are the same protocol.
anodyne: 1
id: ${name.replace(/[^A-Za-z0-9-]/g, '-')}
title: ${name}
seed: 1

slots:
  eeg: {plugin: synthetic, parameters: {kind: eeg}}

phases:
  - id: baseline
    duration: 1 min
    slots: [eeg]
`;

/** @param {{protocols: any[], onOpen: (name: string) => void, onChange: () => Promise<any>}} props */
export function List({protocols, onOpen, onChange}) {
  const [wanted, setWanted] = useState('');
  const [error, setError] = useState(/** @type {any} */ (null));
  const [doing, setDoing] = useState(/** @type {{what: string, name: string} | null} */ (null));
  const taken = protocols.map(p => p.name);
  const act = async (/** @type {() => Promise<any>} */ what) => {
    setError(null);
    setDoing(null);
    try {
      await what();
      await onChange();
    } catch (e) {
      setError(e);
    }
  };
  const copy = (/** @type {string} */ from, /** @type {string} */ to) => act(async () => {
    const file = await get('/protocols/' + encodeURIComponent(from));
    await put('/protocols/' + encodeURIComponent(to), {text: file.text, asNew: true});
    onOpen(to);
  });
  const shown = protocols.filter(p => `${p.name} ${p.title}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  const group = (/** @type {boolean} */ own) => {
    const list = shown.filter(p => p.own === own);
    return html`<section aria-labelledby=${own ? 'w-own' : 'w-shipped'}><h2 id=${own ? 'w-own' : 'w-shipped'}>${t(own ? 'workshop.list.own' : 'workshop.list.shipped')}</h2>
      ${own && protocols.every(p => !p.own) && html`<p class="hint">${t('workshop.list.none')}</p>`}
      <ul class="w-list">${list.map(p => html`<li key=${p.name} class="card"><div class="w-what"><strong>${p.title}</strong><code class="soft">${p.name}.yaml</code></div>
        <div class="row">
          <button class="main" aria-label=${t('workshop.of', {what: t('workshop.open'), name: p.name})} onClick=${() => onOpen(p.name)}>${t('workshop.open')}</button>
          <button aria-label=${t('workshop.of', {what: t('workshop.copy'), name: p.name})} onClick=${() => setDoing({what: 'copy', name: p.name})}>${t('workshop.copy')}</button>
          <button aria-label=${t('workshop.of', {what: t('workshop.download'), name: p.name})} onClick=${() => act(async () => download(p.name, (await get('/protocols/' + encodeURIComponent(p.name))).text))}>${t('workshop.download')}</button>
          ${own && html`<button aria-label=${t('workshop.of', {what: t('workshop.rename'), name: p.name})} onClick=${() => setDoing({what: 'rename', name: p.name})}>${t('workshop.rename')}</button>
          <button aria-label=${t('workshop.of', {what: t('workshop.delete'), name: p.name})} onClick=${() => setDoing({what: 'delete', name: p.name})}>${t('workshop.delete')}</button>`}
        </div></li>`)}</ul></section>`;
  };
  const close = () => setDoing(null);
  const path = doing ? '/protocols/' + encodeURIComponent(doing.name) : '';
  return html`<div class="row"><h1>${t('workshop.list')}</h1><span class="grow"></span>
      <button class="main" onClick=${() => setDoing({what: 'new', name: ''})}>${t('workshop.new')}</button></div>
    <p>${t('workshop.list.about')}</p>
    <label class="w-find">${t('workshop.find')}<input type="search" value=${wanted} onInput=${(/** @type {any} */ e) => setWanted(e.currentTarget.value)}/></label>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    ${group(true)}${group(false)}
    ${shown.length === 0 && html`<p role="status">${t('workshop.find.none')}</p>`}
    ${doing && doing.what === 'new' && html`<${Naming} title=${t('workshop.new')} button=${t('workshop.new.do')} value="" taken=${taken} onClose=${close}
      onName=${(/** @type {string} */ name) => act(async () => { await put('/protocols/' + encodeURIComponent(name), {text: start(name), asNew: true}); onOpen(name); })}/>`}
    ${doing && doing.what === 'copy' && html`<${Naming} title=${t('workshop.of', {what: t('workshop.copy'), name: doing.name})} button=${t('workshop.copy')} value=${doing.name + '-2'} taken=${taken} onClose=${close}
      onName=${(/** @type {string} */ name) => copy(doing.name, name)}/>`}
    ${doing && doing.what === 'rename' && html`<${Naming} title=${t('workshop.of', {what: t('workshop.rename'), name: doing.name})} button=${t('workshop.rename')} value=${doing.name} taken=${taken} onClose=${close}
      onName=${(/** @type {string} */ to) => act(() => post(path + '/rename', {to}))}/>`}
    ${doing && doing.what === 'delete' && html`<${Dialog} title=${t('workshop.delete.sure', {name: doing.name})} onClose=${close}><p>${t('workshop.delete.what')}</p>
      <div class="row"><button class="danger" onClick=${() => act(() => remove(path))}>${t('workshop.delete')}</button><button onClick=${close}>${t('common.cancel')}</button></div><//>`}`;
}
