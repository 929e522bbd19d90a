/**
 * Which messages somebody has seen in this browser. That is theirs alone, and is another thing than what the yard knows to be
 * read by a server. Everything up to a moment, and single ones after it. Pure.
 */
import type { Time } from '@gityard/domain';

export interface Seen {
  readonly until: Time | null;
  readonly ids: ReadonlySet<string>;
}

/** Nobody looks at more of them before taking all for seen. */
const MOST_IDS = 2_000;

export function seenFrom(text: string | null): Seen {
  try {
    const { until, ids } = JSON.parse(text ?? '{}') as { until?: unknown; ids?: unknown };
    return {
      until: typeof until === 'string' ? until : null,
      ids: new Set(Array.isArray(ids) ? ids.filter((it) => typeof it === 'string') : []),
    };
  } catch {
    // Somebody else wrote it, or half of it: then nothing was seen.
    return { until: null, ids: new Set() };
  }
}

export const seenText = ({ until, ids }: Seen): string => JSON.stringify({ until, ids: [...ids].slice(-MOST_IDS) });

export const isSeen = ({ until, ids }: Seen, { id, sentAt }: { readonly id: string; readonly sentAt: Time }): boolean =>
  ids.has(id) || (until !== null && Date.parse(sentAt) <= Date.parse(until));

export const withSeen = (seen: Seen, ids: readonly string[]): Seen => ({
  ...seen,
  ids: new Set([...seen.ids, ...ids]),
});

/** By the clock of the yard, as are the messages. */
export const allSeen = (until: Time): Seen => ({ until, ids: new Set() });
