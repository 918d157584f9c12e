/** What people did, the newest first. */
import {html, useCallback, useEffect, useState} from '../../core/html.js';
import {has, moment, t} from '../../core/i18n.js';
import {get} from '../../core/api.js';
import {Failure} from '../../core/layout.js';

/** What was done, in the reader's language where it is known. @param {string} what */
const did = what => {
  const key = 'accounts.did.' + what.replace(/ /g, '-');
  return has(key) ? t(key) : what;
};

export function AuditLog() {
  const [page, setPage] = useState(/** @type {any} */ (null));
  /** Numbers before which each page that was turned begins; 0 for the newest. */
  const [before, setBefore] = useState([0]);
  const [error, setError] = useState(/** @type {any} */ (null));
  const at = before[before.length - 1];
  const load = useCallback(() => get('/audit' + (at ? '?before=' + at : '')).then(s => { setPage(s); setError(null); }, setError), [at]);
  useEffect(() => { load(); }, [at]);
  const entries = page ? page.entries : [];
  return html`<section class="card a-audit" aria-labelledby="a-audit">
    <div class="row"><h2 id="a-audit">${t('accounts.audit')}</h2><span class="grow"></span>
      <button onClick=${() => (before.length > 1 ? setBefore([0]) : load())}>${t('accounts.audit.newest')}</button></div>
    <p class="hint">${t('accounts.audit.about')}</p>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="a-audit"><table>
      <thead><tr>${['at', 'who', 'did', 'detail'].map(k => html`<th scope="col">${t('accounts.audit.' + k)}</th>`)}</tr></thead>
      <tbody>${entries.map((/** @type {any} */ e) => html`<tr key=${e.number}><td class="a-at"><time datetime=${e.at}>${moment(e.at)}</time></td>
        <td>${e.who || '–'}${e.role && html`<br/><span class="soft">${has('role.' + e.role) ? t('role.' + e.role) : e.role}</span>`}</td>
        <td>${did(e.what)}</td><td>${e.detail}</td></tr>`)}</tbody>
    </table></div>
    <nav class="row" aria-label=${t('accounts.audit.pages')}>
      <button disabled=${before.length === 1} onClick=${() => setBefore(before.slice(0, -1))}>← ${t('accounts.audit.newer')}</button>
      <button disabled=${!page || !page.more} onClick=${() => setBefore([...before, entries[entries.length - 1].number])}>${t('accounts.audit.older')} →</button>
      <span class="soft" role="status">${entries.length > 0 ? t('accounts.audit.range', {from: entries[entries.length - 1].number, to: entries[0].number}) : ''}</span>
    </nav>
  </section>`;
}
