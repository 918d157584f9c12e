/** Protocols: what is there, and each as parts and as text. */
import {html, useCallback, useEffect, useState} from '../core/html.js';
import {t} from '../core/i18n.js';
import {get} from '../core/api.js';
import {Failure, Layout} from '../core/layout.js';
import {Editor} from './workshop/editor.js';
import {List} from './workshop/list.js';
import {Watch} from './operator/watch.js';
import {loadPlugins} from './workshop/model.js';

/** Which protocol the address names; empty for the list. */
const named = () => decodeURIComponent((/^#protocol=(.+)$/.exec(location.hash) || ['', ''])[1]);

/** @param {{me: any}} props */
export function View({me}) {
  const [protocols, setProtocols] = useState(/** @type {any[] | null} */ (null));
  const [file, setFile] = useState(/** @type {any} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const load = useCallback(() => get('/protocols').then(said => setProtocols(said.protocols), setError), []);
  const open = useCallback(async (/** @type {string} */ name) => {
    setError(null);
    try {
      const [said] = await Promise.all([get('/protocols/' + encodeURIComponent(name)), loadPlugins()]);
      history.replaceState(null, '', '#protocol=' + encodeURIComponent(name));
      setFile(said);
      document.getElementById('main')?.focus();
    } catch (e) {
      setError(e);
    }
  }, []);
  const back = useCallback(() => {
    history.replaceState(null, '', location.pathname);
    setFile(null);
    load().then(() => document.getElementById('main')?.focus());
  }, []);
  useEffect(() => {
    load();
    if (named()) open(named());
  }, []);
  return html`<${Layout} me=${me} view="workshop" watch=${html`<${Watch}/>`}>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    ${file ? html`<${Editor} key=${file.name} file=${file} taken=${(protocols || []).map(p => p.name)} onBack=${back}
        onName=${(/** @type {string} */ name) => { history.replaceState(null, '', '#protocol=' + encodeURIComponent(name)); load(); }}/>`
    : protocols ? html`<${List} protocols=${protocols} onOpen=${open} onChange=${load}/>` : html`<p role="status">${t('workshop.loading')}</p>`}
  <//>`;
}
