/** Cuts what people and programs wrote to the length that its schema admits: an overlong word must never cost a result. */

export const clipped = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

export const clippedOrNull = (text: string | null, length: number): string | null =>
  text === null ? null : clipped(text, length);

/** The end of it: how something went stands in the last lines. */
export const lastPartOrNull = (text: string | null, length: number): string | null =>
  text === null || text.length <= length ? text : `…${text.slice(1 - length)}`;

/** The first few of a list, each cut to what a name may be long. */
export const shortList = (list: readonly string[], most: number): string[] =>
  list.slice(0, most).map((it) => clipped(it, 110));

/** The id nearest to a name: what is chosen for us must not stop us. */
export function idFrom(name: string): string {
  const fitted = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 100);
  return fitted === '' ? 'unnamed' : fitted;
}

/** How a job ended, as the rest of a sentence: "has failed", "was cancelled". */
export const endedWords = (status: string): string => `${endedVerb(status)} ${status}`;
export const endedVerb = (status: string): string => (status === 'cancelled' ? 'was' : 'has');
