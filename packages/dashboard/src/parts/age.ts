/** A moment: how long ago in words, with the exact time for those who point at it. */
import type { Time } from '@gityard/domain';
import { html, type TemplateResult } from 'lit';
import { ageWords } from '../format.ts';

export function age(since: Time, now: Time): TemplateResult {
  return html`<time class="nowrap" datetime=${since} title=${since}>${ageWords(since, now)}</time>`;
}
