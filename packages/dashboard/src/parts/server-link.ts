/** A server by its name, which leads to its page. */
import { html, type TemplateResult } from 'lit';
import { hrefOf } from '../router.ts';

export const serverLink = (id: string): TemplateResult => html`<a href=${hrefOf(['servers', id])}>${id}</a>`;
