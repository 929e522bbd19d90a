/** A sentence of the yard as people read it: its moments as the clock on the wall says them, and its machines called servers. */
import { type Time, toMs } from '@gityard/domain';
import { html, type TemplateResult } from 'lit';
import { clockTime } from '../format.ts';

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

export function toldText(text: string, now: Time): TemplateResult {
  // With a group in the pattern every second piece is a moment.
  const pieces = plainly(text).split(MOMENT);
  return html`${pieces.map((piece, at) =>
    at % 2 === 0
      ? piece
      : html`<time class="nowrap" datetime=${piece} title=${piece}>${clockTime(toMs(piece), now)}</time>`,
  )}`;
}

/** As a sentence for people; its moments stay as they are. */
export const plainly = (text: string): string => capital(serverWords(text));

/** Commands that are quoted in it stay as they are typed. */
export const serverWords = (text: string): string =>
  text.replace(/(\b[Aa])n agent\b(?!-)/g, '$1 server').replace(/(?<!gityard )\bagent(s?)\b(?!-)/g, 'server$1');

/** A word of letters alone is a word; anything else may be somebody's name, and what ended with a code is a command. */
const capital = (text: string): string =>
  /^[a-z]+\b(?![-.\d]|.* ended with )/s.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
