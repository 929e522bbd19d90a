/** Where a page of a list ended, as a word for whoever asks for the next one. It comes back from outside, and is read as such. */
import type { BuildMark } from '@gityard/domain';

export interface Cursor extends BuildMark {
  /** The commit whose list it is a place in. */
  readonly head: string;
}

/** As the folders of the archive end. */
const DAY = /\d{4}\/\d\d\/\d\d$/;

export const cursorText = ({ head, createdAt, id, day }: Cursor): string =>
  Buffer.from(JSON.stringify([head, createdAt, id, ...(day === undefined ? [] : [day])])).toString('base64url');

/** undefined: it is none of ours. */
export function cursorIn(text: string): Cursor | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || !parts.every((it) => typeof it === 'string')) return undefined;
    const [head, createdAt, id, day, ...more] = parts as string[];
    if (head === undefined || createdAt === undefined || id === undefined || more.length > 0) return undefined;
    // Made up, it would be answered with an end of the list that is none. What lies in the archive may bear any time.
    if (day === undefined ? Number.isNaN(Date.parse(createdAt)) : !DAY.test(day)) return undefined;
    return { head, createdAt, id, ...(day !== undefined && { day }) };
  } catch {
    // No JSON: the words below tell the caller.
    return undefined;
  }
}
