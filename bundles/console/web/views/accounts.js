/** Accounts of those who work here, and what was done; for those who manage none, their own password. */
import {html} from '../core/html.js';
import {t} from '../core/i18n.js';
import {Layout} from '../core/layout.js';
import {Accounts} from './accounts/list.js';
import {AuditLog} from './accounts/audit.js';
import {OwnPassword} from './accounts/own.js';
import {Watch} from './operator/watch.js';

/** @param {{me: any}} props */
export function View({me}) {
  const manages = me.role === 'administrator';
  return html`<${Layout} me=${me} view="accounts" watch=${me.role !== 'assessor' && html`<${Watch}/>`}>
    <h1>${t(manages ? 'accounts.title' : 'accounts.title.own')}</h1>
    <div class="a-sides">
      ${manages && html`<${Accounts} me=${me}/>`}
      <${OwnPassword} me=${me}/>
    </div>
    ${manages && html`<${AuditLog}/>`}
  <//>`;
}
