/** What was entered for a participant, the newest first; former entries that were corrected stay in view. */
import {html} from '../../core/html.js';
import {moment, number, t} from '../../core/i18n.js';

/** @param {{all: any[], instruments: any[], onCorrect: (entry: any) => void}} props */
export function Entered({all, instruments, onCorrect}) {
  const title = (/** @type {string} */ id) => (instruments.find(i => i.id === id) || {title: id}).title;
  return html`<section class="card" aria-labelledby="entered"><h2 id="entered">${t('assessor.entered')}</h2>
    ${all.length === 0 ? html`<p class="soft">${t('assessor.entered.none')}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="entered"><table>
      <thead><tr><th scope="col">${t('assessor.when')}</th><th scope="col">${t('assessor.visit')}</th><th scope="col">${t('assessor.instrument')}</th>
        <th scope="col">${t('assessor.scores')}</th><th scope="col">${t('assessor.by')}</th><td></td></tr></thead>
      <tbody>${all.map(a => html`<tr key=${a.id} class=${a.replaced ? 'replaced' : ''}>
        <td>${moment(a.at)}</td><td>${a.visit}</td><td>${title(a.instrument)}
          ${a.replaced && html` <span class="pill warn">${t('assessor.replaced')}</span>`}
          ${a.corrects && html`<br/><span class="soft">${t('assessor.correction', {why: a.why})}</span>`}</td>
        <td>${Object.entries(a.score.scores || {}).map(([scale, value]) => html`<span class="scored">${scale} ${number(value)}</span> `)}</td>
        <td>${a.by}</td><td>${!a.replaced && html`<button onClick=${() => onCorrect(a)}>${t('assessor.correct')}</button>`}</td></tr>`)}</tbody></table></div>`}
  </section>`;
}
