/** What was: sessions with state, reason, report and summary. */
import {html, useEffect, useState} from '../../core/html.js';
import {clock, moment, number, t} from '../../core/i18n.js';
import {get} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {ended, m, tick} from './model.js';
import {Dialog, ReportFrame} from './stop.js';
import {tone, word} from './words.js';

const PAGE = 25;

/** @param {string} session @param {string} file */
const at = (session, file) => `/api/visits/${encodeURIComponent(session)}/${file}`;

/** @param {any} v */
function Plain({v}) {
  if (Array.isArray(v)) return v.length === 0 ? html`–` : html`<ul>${v.map(x => html`<li><${Plain} v=${x}/></li>`)}</ul>`;
  if (v && typeof v === 'object') return html`<dl class="plain">${Object.entries(v).map(([k, x]) => html`<div><dt>${k}</dt><dd><${Plain} v=${x}/></dd></div>`)}</dl>`;
  return html`${typeof v === 'number' ? number(v, 4) : v === null || v === '' ? '–' : String(v)}`;
}

/** @param {{visit: any, onClose: () => void}} props */
function Summary({visit, onClose}) {
  const [summary, setSummary] = useState(/** @type {any} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  useEffect(() => { get(`/visits/${encodeURIComponent(visit.session)}/summary.json`).then(setSummary, setError); }, [visit.session]);
  return html`<${Dialog} title=${`${t('operator.visits.summary')}: ${visit.session}`} onClose=${onClose}>
    <${Failure} error=${error}/>${summary && html`<${Plain} v=${summary}/>`}<//>`;
}

/** @param {{visit: any, onClose: () => void}} props */
function Report({visit, onClose}) {
  return html`<${Dialog} title=${`${t('operator.visits.report')}: ${visit.session}`} onClose=${onClose}>
    <${ReportFrame} class="report" src=${at(visit.session, 'report.html')} title=${t('operator.visits.report')}/><//>`;
}

/** @param {{visit: any}} props */
function Links({visit}) {
  const [open, setOpen] = useState('');
  if (!visit.report) return html`<span class="soft">${t(visit.ended ? 'operator.visits.no-report' : 'operator.visits.running')}</span>`;
  return html`<span class="row"><button onClick=${() => setOpen('report')}>${t('operator.visits.report')}</button>
    <button class="quiet" onClick=${() => setOpen('summary')}>${t('operator.visits.summary')}</button>
    <a href=${at(visit.session, 'report.html')} target="_blank" rel="noopener">${t('operator.visits.tab')}</a>
    ${open === 'summary' && html`<${Summary} visit=${visit} onClose=${() => setOpen('')}/>`}
    ${open === 'report' && html`<${Report} visit=${visit} onClose=${() => setOpen('')}/>`}</span>`;
}

function useVisits() {
  const [all, setAll] = useState(/** @type {any[] | null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const over = ended.value;
  useEffect(() => { get('/visits').then(said => setAll(said.visits), setError); }, [over, m.session]);
  return {all, error};
}

/** How the session ended that was looked on here. */
export function Ended() {
  const {all} = useVisits();
  const visit = ended.value && all && all.find(v => v.session === ended.value);
  if (!visit) return null;
  return html`<section class=${visit.state === 'COMPLETED' ? 'card ended' : 'failure ended'} aria-labelledby="h-ended" role="status">
    <h2 id="h-ended">${t(visit.state === 'COMPLETED' ? 'operator.ended.completed' : 'operator.ended.aborted', {participant: visit.participant})}</h2>
    ${visit.reason && html`<p class="reason">${visit.reason}</p>`}<${Links} visit=${visit}/></section>`;
}

export function VisitList() {
  tick.value;
  const {all, error} = useVisits();
  const [find, setFind] = useState('');
  const [n, setN] = useState(PAGE);
  const hits = (all || []).filter(v => `${v.participant} ${v.protocol} ${v.session} ${v.by}`.toLowerCase().includes(find.toLowerCase()));
  return html`<section class="card" aria-labelledby="h-visits">
    <div class="row panel-head"><h2 id="h-visits">${t('operator.visits')}</h2><span class="grow"></span>
      <label class="inline">${t('operator.visits.find')} <input type="search" value=${find} onInput=${(/** @type {any} */ e) => setFind(e.currentTarget.value)}/></label></div>
    <${Failure} error=${error}/>
    ${all && hits.length === 0 && html`<p class="soft">${t('operator.visits.none')}</p>`}
    ${hits.length > 0 && html`<div class="scroll" tabindex="0" role="group" aria-labelledby="h-visits"><table class="visits"><thead><tr><th>${t('operator.visits.when')}</th><th>${t('operator.visits.participant')}</th><th>${t('operator.visits.protocol')}</th>
        <th>${t('operator.visits.state')}</th><th>${t('operator.visits.by')}</th><th>${t('operator.visits.files')}</th></tr></thead>
      <tbody>${hits.slice(0, n).map(v => html`<tr key=${v.session}><td>${moment(v.started)}${v.ended && html`<br/><span class="soft">${clock((new Date(v.ended).getTime() - new Date(v.started).getTime()) / 1000)}</span>`}</td>
        <td>${v.dryRun ? html`<span class="pill warn">${t('operator.visits.dry')}</span>` : v.participant}</td><td>${v.protocol}</td>
        <td><span class=${'pill ' + (v.ended ? tone(v.state) : '')}>${v.ended ? word('operator.state', v.state) : t('operator.visits.running')}</span>${v.reason && html`<br/><span class="soft reason">${v.reason}</span>`}</td>
        <td>${v.by}</td><td><${Links} visit=${v}/></td></tr>`)}</tbody></table></div>`}
    ${hits.length > n && html`<button class="quiet wide" onClick=${() => setN(n + PAGE)}>${t('operator.visits.more')}</button>`}
  </section>`;
}
