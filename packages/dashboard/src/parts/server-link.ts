/** A server by its name, which leads to its page. */
import { html, type TemplateResult } from 'lit';
import { hrefHere } from './href-here.ts';

export const serverLink = (id: string): TemplateResult => html`<a href=${hrefHere(['servers', id])}>${id}</a>`;
