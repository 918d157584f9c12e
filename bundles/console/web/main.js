/** Shows the view that the address names. */
import {html, render} from './core/html.js';
import {Guarded} from './core/guarded.js';
import {use} from './core/i18n.js';
import {me as whoAmI} from './core/api.js';
import {applyTheme, home, Failure} from './core/layout.js';

/** View → roles that it is for; the console checks it again at every request. */
const ROLES = {
  operator: ['administrator', 'operator'],
  workshop: ['administrator', 'operator'],
  // Everybody's own password; accounts and the log for administrators alone.
  accounts: ['administrator', 'operator', 'assessor'],
  assessor: ['assessor'],
  participant: ['participant'],
};

async function start() {
  applyTheme();
  const page = /** @type {HTMLElement} */ (document.getElementById('page'));
  const view = location.pathname.slice(1);
  if ('serviceWorker' in navigator && view === 'participant') {
    navigator.serviceWorker.register('/sw.js').catch(() => { /* without it the page works while there is a connection */ });
  }
  let me = null, failure = null;
  try { me = await whoAmI(); } catch (e) { failure = e; }
  if (view === '' && me) return location.replace(home(me.role));
  // A participant's page works without a connection, from what it has kept.
  const known = view === 'participant' && !me && failure;
  if (view !== '' && !known && (!me || !ROLES[view].includes(me.role))) {
    if (failure) {
      await use('common');
      return render(html`<main><${Failure} error=${failure}/></main>`, page);
    }
    return location.replace(me ? home(me.role) : '/' + location.hash);
  }
  const name = view || 'entry';
  const style = document.createElement('link');
  Object.assign(style, {rel: 'stylesheet', href: `/views/${name}.css`});
  document.head.append(style);
  const [{View}] = await Promise.all([import(`./views/${name}.js`), use('common', name)]);
  render(html`<${Guarded}><${View} me=${me}/><//>`, page);
}

start();
