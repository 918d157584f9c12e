/** A new password, twice, and how strong it is, in words. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';

/** As the console wants it. */
export const SHORTEST = 12;

/** Runs that one types without thinking; what holds one is guessed sooner than its length says. */
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'];

/** Letters that count: repeated ones and steps along a run are one. @param {string} password */
function counting(password) {
  const letters = [...password.toLowerCase()];
  let n = 0;
  letters.forEach((c, i) => {
    const before = letters[i - 1];
    const along = before !== undefined && (c === before || RUNS.some(r => {
      const at = r.indexOf(before);
      return at >= 0 && (r[at + 1] === c || (at > 0 && r[at - 1] === c));
    }));
    if (!along) n++;
  });
  return n;
}

/**
 * A rough estimate by length and variety; a dictionary is not asked.
 * @param {string} password @param {string} name @returns {{word: string, more: number}} word: short, weak, fair, good
 */
export function strength(password, name) {
  const length = [...password].length;
  if (length < SHORTEST) return {word: 'short', more: SHORTEST - length};
  const known = ['anodyne', 'password', 'passwort', 'kennwort', name.toLowerCase()].filter(w => w.length > 2);
  const bare = known.reduce((p, w) => p.split(w).join('*'), password.toLowerCase());
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter(k => k.test(password)).length;
  const different = new Set(bare).size;
  const points = counting(bare) + kinds * 2 + Math.min(different, 12);
  return {word: different < 6 || points < 22 ? 'weak' : points < 34 ? 'fair' : 'good', more: 0};
}

/** Two fields `password` and `again` of a form. @param {{name: string, id: string}} props */
export function NewPassword({name, id}) {
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const s = strength(typed, name);
  return html`<label>${t('accounts.password.new')}<input name="password" type="password" required autocomplete="new-password" maxlength="256" aria-describedby=${id + 's'}
      value=${typed} onInput=${(/** @type {any} */ e) => setTyped(e.currentTarget.value)}/></label>
    <p id=${id + 's'} class="hint a-strength" role="status">${typed === '' ? t('accounts.password.hint', {n: SHORTEST})
      : html`<span class=${'pill ' + ({short: 'bad', weak: 'warn', fair: '', good: 'good'})[s.word]}>${t('accounts.strength.' + s.word, {n: s.more})}</span>`}</p>
    <label>${t('accounts.password.again')}<input name="again" type="password" required autocomplete="new-password" maxlength="256" aria-describedby=${id + 'a'}
      value=${again} onInput=${(/** @type {any} */ e) => setAgain(e.currentTarget.value)}/></label>
    <p id=${id + 'a'} class="hint" role="status">${again !== '' && again !== typed ? t('accounts.password.differ') : ''}</p>`;
}

/** Why the two fields cannot be sent; empty when they can. @param {Record<string, any>} values */
export function objection(values) {
  if ([...values.password].length < SHORTEST) return t('accounts.strength.short', {n: SHORTEST - [...values.password].length});
  return values.password === values.again ? '' : t('accounts.password.differ');
}
