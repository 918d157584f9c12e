/** Asking the running session for something, with what came of it where it was asked. */
import {html, useState} from '../../core/html.js';
import {post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {look} from './model.js';

/** @param {string} action @param {Record<string, any>} [attributes] */
export const ask = (action, attributes = {}) => post('/session/' + action, {with: attributes});

/** @returns {{busy: boolean, error: any, said: string, run: (work: () => Promise<any>) => Promise<boolean>, outcome: any, clear: () => void}} */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [said, setSaid] = useState('');
  const clear = () => { setError(null); setSaid(''); };
  const run = async (/** @type {() => Promise<any>} */ work) => {
    setBusy(true);
    clear();
    try {
      const answer = await work();
      setSaid((answer && answer.message) || '');
      return true;
    } catch (e) {
      setError(e);
      return false;
    } finally {
      setBusy(false);
      look(true);
    }
  };
  const outcome = html`<${Failure} error=${error} onClose=${clear}/>${said && html`<p class="soft" role="status">${said}</p>`}`;
  return {busy, error, said, run, outcome, clear};
}
