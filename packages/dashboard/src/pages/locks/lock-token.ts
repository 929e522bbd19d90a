/** The fencing token of a lock, with what it is good for: nobody should have to know the word. */
import { html, type TemplateResult } from 'lit';

const MEANING = 'Rises each time the lock is taken; whoever comes with an older one is turned away';

export const tokenOf = (token: number, which = ''): TemplateResult =>
  html`<span title=${MEANING}>${which}token ${token}</span>`;
