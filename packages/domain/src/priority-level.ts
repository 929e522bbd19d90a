/** Priorities as people write them: 1 to 10, or one of four names. 1 goes first. */

export const PRIORITY_LEVELS = { Critical: 1, High: 3, Normal: 5, Low: 8 } as const;

export const PRIORITY_WORDS = '1 (first) to 10 (last), or Critical, High, Normal, Low';

/** Of a number, of its digits, or of a name in any case; undefined: it is none. */
export function priorityLevel(said: unknown): number | undefined {
  if (typeof said !== 'number' && typeof said !== 'string') return undefined;
  const word = String(said).toLowerCase();
  const named = Object.entries(PRIORITY_LEVELS).find(([name]) => name.toLowerCase() === word)?.[1];
  const level = named ?? (/^\d+$/.test(word) ? Number(word) : 0);
  return level >= 1 && level <= 10 ? level : undefined;
}
