/** What came of a form. */
import {html} from '../../core/html.js';
import {number, t} from '../../core/i18n.js';

/** @param {{instrument: any, score: any}} props score: as the event `score` tells it */
export function Scores({instrument, score}) {
  const scales = instrument.scales || [];
  return html`${scales.length > 0 && html`<div class="scroll"><table><caption class="hidden-visually">${t('assessor.scores')}</caption>
      <thead><tr><th scope="col">${t('assessor.scale')}</th><th scope="col" class="number">${t('assessor.score')}</th><th scope="col">${t('assessor.band')}</th></tr></thead>
      <tbody>${scales.map((/** @type {any} */ s) => {
        const value = (score.scores || {})[s.id];
        return html`<tr key=${s.id}><th scope="row">${s.title}</th><td class="number">${value === undefined ? '–' : number(value)}</td>
          <td>${value === undefined ? (score.notScored || {})[s.id] : (score.bands || {})[s.id] || ''}</td></tr>`;
      })}</tbody></table></div>`}
    ${(score.missing || []).length > 0 && html`<p class="soft">${t('assessor.missing', {items: score.missing.join(', ')})}</p>`}
    ${(score.unverified || []).length > 0 && html`<p class="soft">${t('assessor.unverified', {what: score.unverified.join('; ')})}</p>`}`;
}
