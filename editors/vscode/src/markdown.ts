/**
 * A model's Markdown as HTML that can do nothing: no raw HTML, no images, no links but https and places in the workspace. The webview's
 * content security policy forbids the rest a second time. Pure.
 */

import MarkdownIt from 'markdown-it';
import { placeOf, type Place } from './place';

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false });
markdown.disable(['image', 'html_block', 'html_inline']);
markdown.validateLink = (url) => /^https:\/\//i.test(url) || placeOf(decoded(url)) !== undefined;

const { escapeHtml } = markdown.utils;

markdown.renderer.rules['code_inline'] = (tokens, at) => {
  const text = tokens[at]?.content ?? '';
  const place = /[:/]/.test(text) ? placeOf(text) : undefined;
  const code = `<code>${escapeHtml(text)}</code>`;
  return place ? anchor(place, code) : code;
};

markdown.renderer.rules['link_open'] = (tokens, at) => {
  const href = decoded(String(tokens[at]?.attrGet('href') ?? ''));
  const place = placeOf(href);
  return place ? anchor(place, '').replace('</a>', '') : `<a href="${escapeHtml(href)}">`;
};

markdown.renderer.rules.fence = (tokens, at) => {
  const token = tokens[at];
  const language = escapeHtml((token?.info ?? '').trim().split(/\s/)[0] ?? '');
  return `<pre tabindex="0" data-language="${language}"><code>${escapeHtml(token?.content ?? '')}</code></pre>\n`;
};

export function render(text: string): string {
  return markdown.render(text);
}

/** The text of the first fenced block and its language; of an unfenced answer, all of it. */
export function firstBlock(text: string): { code: string; language: string } {
  const token = markdown.parse(text, {}).find((each) => each.type === 'fence');
  return { code: token?.content ?? text, language: token?.info.trim().split(/\s/)[0] ?? '' };
}

function anchor(place: Place, inner: string): string {
  return `<a href="#" data-file="${escapeHtml(place.file)}" data-line="${place.line}">${inner}</a>`;
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
