/** Values as people read them in a line of the editor. Pure: the time is passed in, and what is unknown is said to be. */
import type { Time } from '@gityard/domain';

export { ageWords, counted, largestUnit as durationWords, repositoryName, shortId } from '@gityard/domain';

/** Facts that are there, with dots between them. */
export const joined = (...facts: readonly (string | null | undefined | false)[]): string =>
  facts.filter((it) => typeof it === 'string' && it !== '').join(' · ');

/** Text of strangers inside of Markdown: it stays text. Line breaks become spaces, so that it stays in its line as well. */
export const plain = (text: string): string =>
  text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&$:]/g, '\\$&');

/** The same between backticks, where nothing but a backtick means anything. */
export const code = (text: string): string => `\`${text.replaceAll(/[\r\n`]+/g, ' ')}\``;

/** As the clock of the person's own machine has it, for Markdown. */
export function clock(time: Time): string {
  const moment = new Date(time);
  return Number.isNaN(moment.getTime()) ? plain(time) : plain(moment.toLocaleString());
}
