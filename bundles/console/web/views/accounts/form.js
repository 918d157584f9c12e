/** A form that says what became of it. */
import {html, useState} from '../../core/html.js';
import {Failure} from '../../core/layout.js';
import {objection} from './password.js';

/** @param {{button: string, onSend: (values: any) => Promise<any>, children: any, more?: any}} props */
export function Form({button, onSend, children, more}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const submit = async (/** @type {any} */ e) => {
    e.preventDefault();
    const form = e.currentTarget;
    const values = Object.fromEntries(new FormData(form).entries());
    const against = 'password' in values ? objection(values) : '';
    if (against) return setError({message: against, status: 400});
    setBusy(true);
    setError(null);
    try {
      await onSend(values);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return html`<form onSubmit=${submit}>${children}<${Failure} error=${error}/>
    <div class="row"><button class="main" disabled=${busy}>${button}</button>${more}</div></form>`;
}
