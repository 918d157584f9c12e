/**
 * CommonMark as elements. Every word goes in as text and only these elements are made; HTML in a text is shown as it was
 * written, pictures by their description, and links lead to the web only.
 */
import {h} from 'preact';
import {Lexer} from 'marked';

const LINK = /^(https?:|mailto:|tel:)/i;

/** `&amp;` and the like; read in a document of its own, which runs nothing. @param {string} text */
function plain(text) {
  return text.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/gi, entity =>
    new DOMParser().parseFromString(entity, 'text/html').documentElement.textContent || entity);
}

/** @param {any[] | undefined} tokens @returns {any[]} */
const inline = tokens => (tokens || []).map(t => {
  switch (t.type) {
    case 'strong': return h('strong', null, inline(t.tokens));
    case 'em': return h('em', null, inline(t.tokens));
    case 'codespan': return h('code', null, t.text);
    case 'br': return h('br', null);
    case 'image': return t.text;
    case 'link': return LINK.test(t.href)
      ? h('a', {href: t.href, target: '_blank', rel: 'noopener noreferrer'}, inline(t.tokens))
      : h('span', null, inline(t.tokens));
    case 'escape': return t.text;
    case 'text': return t.tokens ? h('span', null, inline(t.tokens)) : plain(t.text);
    default: return t.raw;
  }
});

/** @param {any[]} tokens @param {number} level of the heading above @returns {any[]} */
const blocks = (tokens, level) => tokens.map(t => {
  switch (t.type) {
    case 'space': case 'def': return null;
    case 'heading': return h(`h${Math.min(6, level + t.depth)}`, null, inline(t.tokens));
    case 'paragraph': return h('p', null, inline(t.tokens));
    case 'text': return h('span', null, inline(t.tokens || [t]));
    case 'blockquote': return h('blockquote', null, blocks(t.tokens, level));
    case 'hr': return h('hr', null);
    case 'code': return h('pre', null, h('code', null, t.text));
    case 'list': return h(t.ordered ? 'ol' : 'ul', t.ordered && t.start !== 1 ? {start: t.start} : null,
      t.items.map((/** @type {any} */ i) => h('li', null, blocks(i.tokens, level))));
    default: return h('p', null, t.raw);
  }
});

/** @param {{text: string, level?: number}} props level: of the heading above the text */
export function Markdown({text, level = 1}) {
  return h('div', {class: 'prose'}, blocks(new Lexer({gfm: false}).lex(text || ''), level));
}
