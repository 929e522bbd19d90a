/**
 * Makes words of people and programs harmless in an issue: they call nobody, close nothing, are no HTML and no expression of a
 * workflow, do not turn the line around, and cannot forge what the monitor hides in its issues.
 */

/** Nobody sees it, and every sign that it parts has lost its meaning. */
const BREAK = '\u200b';
/** Controls, and signs that turn a line around or hide. Line ends and tabs are what a text is made of. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/** Half a character: what cannot be written as UTF-8. */
const HALF = /\p{Cs}/gu;

export const harmless = (text: string): string =>
  text
    .replace(HALF, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, '')
    .replace(/@/g, `@${BREAK}`)
    .replace(/\$(?=\{\{)/g, `$${BREAK}`)
    .replace(/<(?=[!/?a-z])/gi, `<${BREAK}`);

/** On one line, with nothing that Markdown would read. */
export const oneLine = (text: string, most: number): string => cut(harmless(text).replace(/\s+/g, ' ').trim(), most);

/** Between backticks, more of them than the words hold in a row. */
export function inlineCode(text: string, most = 300): string {
  const words = oneLine(text, most);
  if (words === '') return '–';
  const quote = '`'.repeat(longestRun(words, '`') + 1);
  const pad = /^`|`$/.test(words) ? ' ' : '';
  return `${quote}${pad}${words}${pad}${quote}`;
}

/** In a block whose fence is longer than any inside. */
export function fenced(text: string, { language = 'text', most = 4_000 } = {}): string {
  const words = cut(harmless(text), most);
  const fence = '`'.repeat(Math.max(3, longestRun(words, '`') + 1));
  return `${fence}${language}\n${words}\n${fence}`;
}

function longestRun(text: string, sign: string): number {
  let [longest, now] = [0, 0];
  for (const it of text) {
    now = it === sign ? now + 1 : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

/** Never in the middle of a character. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(HALF, '')}…`;
