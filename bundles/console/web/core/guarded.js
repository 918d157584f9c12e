/** A part of a page that fails alone: what is beside it, the stop above all, goes on. */
import {Component} from 'preact';
import {html} from './html.js';
import {t} from './i18n.js';

/** Shows its children; when one of them throws while it is drawn, says so in their place, until somebody tries again. */
export class Guarded extends Component {
  constructor() {
    super();
    /** @type {{error: any}} */
    this.state = {error: null};
  }

  /** @param {any} error */
  componentDidCatch(error) {
    console.error(error);
    this.setState({error});
  }

  render() {
    if (!this.state.error) return this.props.children;
    return html`<div class="failure" role="alert"><p>${t('common.broken')}</p>
      <button type="button" class="quiet" onClick=${() => this.setState({error: null})}>${t('common.again')}</button></div>`;
  }
}
