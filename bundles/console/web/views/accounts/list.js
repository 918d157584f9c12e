/** The accounts: make one, close and open, set a password. */
import {html, useCallback, useEffect, useRef, useState} from '../../core/html.js';
import {moment, t} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {StopButton} from '../operator/stop.js';
import {Form} from './form.js';
import {NewPassword} from './password.js';

const ROLES = ['operator', 'assessor', 'administrator'];

/** @param {{title: string, onClose: () => void, children: any}} props */
function Dialog({title, onClose, children}) {
  const ref = useRef(/** @type {any} */ (null));
  useEffect(() => {
    ref.current.showModal();
    return () => ref.current && ref.current.close();
  }, []);
  return html`<dialog ref=${ref} aria-labelledby="a-dialog" onCancel=${(/** @type {any} */ e) => { e.preventDefault(); onClose(); }}><h2 id="a-dialog">${title}</h2>${children}<${StopButton} where="in-dialog"/></dialog>`;
}

/** @param {{me: any}} props */
export function Accounts({me}) {
  const [accounts, setAccounts] = useState(/** @type {any[] | null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [doing, setDoing] = useState(/** @type {{what: string, account: any} | null} */ (null));
  const [said, setSaid] = useState('');
  const load = useCallback(() => get('/accounts').then(s => setAccounts(s.accounts), setError), []);
  useEffect(() => { load(); }, []);
  const close = () => setDoing(null);
  const done = async (/** @type {string} */ text) => {
    close();
    setSaid(text);
    await load();
  };
  const change = (/** @type {any} */ account, /** @type {any} */ body) => post('/accounts/' + encodeURIComponent(account.name), body);
  const turn = async (/** @type {any} */ account, /** @type {boolean} */ disabled) => {
    setError(null);
    close();
    try {
      await change(account, {disabled});
      // Whoever closes the own account is out.
      if (account.name === me.who) return location.assign('/');
      await done(t(disabled ? 'accounts.closed.done' : 'accounts.opened.done', {name: account.name}));
    } catch (e) {
      setError(e);
    }
  };
  const account = doing && doing.account;
  return html`<section class="card" aria-labelledby="a-list">
    <div class="row"><h2 id="a-list">${t('accounts.list')}</h2><span class="grow"></span>
      <button class="main" onClick=${() => setDoing({what: 'make', account: null})}>${t('accounts.make')}</button></div>
    <p class="hint">${t('accounts.about')}</p>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    <p role="status" class="a-done">${said}</p>
    ${accounts && html`<ul class="a-list">${accounts.map(a => html`<li key=${a.name} class=${a.disabled ? 'closed' : ''}>
      <div class="a-who"><strong>${a.name}</strong>${a.name === me.who && html` <span class="soft">${t('accounts.you')}</span>`}
        <span class="soft">${t('role.' + a.role)} · ${t('accounts.since', {at: moment(a.made)})}</span></div>
      <span class=${'pill ' + (a.disabled ? 'warn' : 'good')}>${t(a.disabled ? 'accounts.closed' : 'accounts.open')}</span>
      <div class="row">
        <button aria-label=${t('accounts.of', {what: t('accounts.set'), name: a.name})} onClick=${() => setDoing({what: 'password', account: a})}>${t('accounts.set')}</button>
        ${a.disabled ? html`<button aria-label=${t('accounts.of', {what: t('accounts.reopen'), name: a.name})} onClick=${() => turn(a, false)}>${t('accounts.reopen')}</button>`
        : html`<button aria-label=${t('accounts.of', {what: t('accounts.close'), name: a.name})} onClick=${() => setDoing({what: 'close', account: a})}>${t('accounts.close')}</button>`}
      </div></li>`)}</ul>`}
    ${doing && doing.what === 'make' && html`<${Make} onClose=${close} onDone=${(/** @type {string} */ name) => done(t('accounts.made', {name}))}/>`}
    ${doing && doing.what === 'password' && html`<${Dialog} title=${t('accounts.set.title', {name: account.name})} onClose=${close}>
      <p>${t('accounts.set.about')}</p>
      <${Form} button=${t('accounts.set')} more=${html`<button type="button" onClick=${close}>${t('common.cancel')}</button>`} onSend=${async (/** @type {any} */ v) => {
        await change(account, {password: v.password});
        if (account.name === me.who) return location.assign('/');
        await done(t('accounts.set.done', {name: account.name}));
      }}><${NewPassword} name=${account.name} id="set"/><//><//>`}
    ${doing && doing.what === 'close' && html`<${Dialog} title=${t('accounts.close.sure', {name: account.name})} onClose=${close}>
      <p>${t(account.name === me.who ? 'accounts.close.own' : 'accounts.close.what')}</p>
      <div class="row"><button class="danger" onClick=${() => turn(account, true)}>${t('accounts.close')}</button><button onClick=${close}>${t('common.cancel')}</button></div><//>`}
  </section>`;
}

/** @param {{onClose: () => void, onDone: (name: string) => void}} props */
function Make({onClose, onDone}) {
  const [role, setRole] = useState(ROLES[0]);
  const [name, setName] = useState('');
  return html`<${Dialog} title=${t('accounts.make')} onClose=${onClose}>
    <${Form} button=${t('accounts.make.do')} more=${html`<button type="button" onClick=${onClose}>${t('common.cancel')}</button>`} onSend=${async (/** @type {any} */ v) => {
      await post('/accounts', {name: v.name, role, password: v.password});
      onDone(v.name.trim());
    }}>
      <label>${t('accounts.name')}<input name="name" required maxlength="64" autocomplete="off" value=${name} onInput=${(/** @type {any} */ e) => setName(e.currentTarget.value)}/></label>
      <fieldset><legend>${t('accounts.role')}</legend>${ROLES.map(r => html`<label class="check"><input type="radio" name="role" value=${r} checked=${role === r} onChange=${() => setRole(r)}/>
        <span><strong>${t('role.' + r)}</strong><br/><span class="soft">${t('accounts.role.' + r)}</span></span></label>`)}</fieldset>
      <${NewPassword} name=${name} id="make"/>
    <//><//>`;
}
