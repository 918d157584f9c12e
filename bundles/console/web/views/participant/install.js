/** A browser offers to install the page once, soon after it was loaded; the offer is kept until somebody takes it. */
import {signal} from '../../core/html.js';

export const install = signal(/** @type {any} */ (null));
window.addEventListener('beforeinstallprompt', e => { e.preventDefault(); install.value = e; });
