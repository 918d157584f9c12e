/** One's own password. */
import {html, useState} from '../../core/html.js';
import {t} from '../../core/i18n.js';
import {post} from '../../core/api.js';
import {Form} from './form.js';
import {NewPassword} from './password.js';

/** @param {{me: any}} props */
export function OwnPassword({me}) {
  const [done, setDone] = useState(0);
  const send = async (/** @type {any} */ v) => {
    await post('/password', {old: v.old, password: v.password});
    setDone(done + 1);
  };
  return html`<section class="card" aria-labelledby="a-own"><h2 id="a-own">${t('accounts.own')}</h2>
    <p class="hint">${t('accounts.own.about', {name: me.who})}</p>
    <${Form} key=${done} button=${t('accounts.own.do')} onSend=${send}>
      <input type="text" name="username" autocomplete="username" value=${me.who} hidden/>
      <label>${t('accounts.password.old')}<input name="old" type="password" required autocomplete="current-password"/></label>
      <${NewPassword} name=${me.who} id="own"/>
    <//>
    <p role="status" class="a-done">${done > 0 ? t('accounts.own.done') : ''}</p>
  </section>`;
}
