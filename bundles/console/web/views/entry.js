/** The door: the first administrator, log-in for those who work here, a code for participants. */
import {html, useEffect, useState} from '../core/html.js';
import {t} from '../core/i18n.js';
import {request} from '../core/api.js';
import {Failure, Languages, Theme, home} from '../core/layout.js';

/** @param {HTMLFormElement} form */
const values = form => Object.fromEntries(new FormData(form).entries());

function Form({action, children, button, onError, check}) {
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {any} */ e) => {
    e.preventDefault();
    const body = values(e.currentTarget);
    const objection = check && check(body);
    if (objection) return onError({message: objection, status: 400});
    setBusy(true);
    try {
      const said = await request('POST', '/entry/' + action, body);
      location.assign(home(said.role));
    } catch (error) {
      onError(error);
      setBusy(false);
    }
  };
  return html`<form onSubmit=${submit}>${children}<button class="main wide" disabled=${busy}>${button}</button></form>`;
}

function Setup({codeNeeded, onError}) {
  return html`<h1>${t('entry.welcome')}</h1><p>${t('entry.setup')}</p>
    <${Form} action="setup" button=${t('entry.setup.do')} onError=${onError}
        check=${(/** @type {any} */ b) => (b.password !== b.again ? t('entry.again.differs') : '')}>
      ${codeNeeded && html`<label>${t('entry.setup.code')}<input name="code" required autocomplete="off"/></label>`}
      <label>${t('entry.name')}<input name="name" required autocomplete="username" maxlength="64"/></label>
      <label>${t('entry.password')}<input name="password" type="password" required minlength="12" autocomplete="new-password" aria-describedby="pw"/></label>
      <p id="pw" class="hint">${t('entry.password.hint')}</p>
      <label>${t('entry.again')}<input name="again" type="password" required autocomplete="new-password"/></label>
    <//>`;
}

function LogIn({onError}) {
  return html`<h1>${t('entry.login')}</h1>
    <${Form} action="login" button=${t('entry.login.do')} onError=${onError}>
      <label>${t('entry.name')}<input name="name" required autocomplete="username"/></label>
      <label>${t('entry.password')}<input name="password" type="password" required autocomplete="current-password"/></label>
    <//>`;
}

function Join({onError}) {
  return html`<h1>${t('entry.join')}</h1><p>${t('entry.join.how')}</p>
    <${Form} action="join" button=${t('entry.join.do')} onError=${onError}>
      <label>${t('entry.code')}<input class="code" name="code" required autocomplete="off" autocapitalize="characters"
        spellcheck=${false} maxlength="12" placeholder="ABCD-2345" value=${decodeURIComponent(location.hash.replace(/^#join=?/, ''))}/></label>
    <//>`;
}

export function View() {
  const [state, setState] = useState(/** @type {any} */ (null));
  const [join, setJoin] = useState(location.hash.startsWith('#join'));
  const [error, setError] = useState(/** @type {any} */ (null));
  useEffect(() => { request('GET', '/entry/state').then(setState, setError); }, []);
  const card = state && (state.administratorNeeded
    ? html`<${Setup} codeNeeded=${state.setupCodeNeeded} onError=${setError}/>`
    : join ? html`<${Join} onError=${setError}/>` : html`<${LogIn} onError=${setError}/>`);
  return html`<main class="door">
    <div class="door-card card">
      <img src="/icon.svg" alt="" width="56" height="56"/>
      ${card}
      <${Failure} error=${error}/>
      ${state && !state.administratorNeeded && html`<button class="quiet wide" onClick=${() => { setError(null); setJoin(!join); }}>
        ${join ? t('entry.staff') : t('entry.participant')}</button>`}
    </div>
    <p class="door-foot"><${Languages}/><${Theme}/></p>
    <p class="hint door-foot">${t('common.research')}</p>
  </main>`;
}
