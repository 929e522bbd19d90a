/**
 * What the monitor remembers of a thing, hidden in the body of its issue: by which key it finds it again, what it said last, and
 * how often the thing came back. People may write around it and change the title; whoever takes it out takes the issue over.
 */
import type { Time } from '@gityard/domain';

export interface Memory {
  readonly key: string;
  /** The `yardId` whose thing it is: a repository may hold the issues of several yards. null: that yard has none. */
  readonly yard: string | null;
  /** What people were told last; `over`: that it ended. */
  readonly says: string;
  /** When people were told that it is so, the newest last. */
  readonly told: readonly Time[];
  /** Seen to be well since, while it is not sure that it stays so. */
  readonly wellSince: Time | null;
}

export const OVER = 'over';
/** Its issue is another one. */
export const DUPLICATE = 'duplicate';
const MOST_TOLD = 20;
const LONGEST = 4_000;
const MARKER = /<!-- gityard:(\{[^\n]*?\}) -->/;

export const newMemory = (key: string, says: string, now: Time, yard: string | null = null): Memory => ({
  key,
  yard,
  says,
  told: [now],
  wellSince: null,
});

/** A yard may have got its id after its first issues. */
export const isOfYard = (memory: Memory, yard: string | null): boolean => memory.yard === null || memory.yard === yard;

export const toldAgain = (memory: Memory, says: string, now: Time): Memory => ({
  ...memory,
  says,
  told: [...memory.told, now].slice(-MOST_TOLD),
  wellSince: null,
});

/** A comment of HTML ends at its first `-->`: no dash and no bracket stands in it. */
export const markerOf = (memory: Memory): string =>
  `<!-- gityard:${JSON.stringify(memory).replace(/[-<>@$]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`)} -->`;

/** undefined: no issue of the monitor. */
export function memoryIn(body: string | null | undefined): Memory | undefined {
  const found = MARKER.exec(body ?? '')?.[1];
  if (found === undefined || found.length > LONGEST) return undefined;
  try {
    return checked(JSON.parse(found));
  } catch {
    // Somebody wrote into it: it says nothing.
    return undefined;
  }
}

function checked(value: unknown): Memory | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { key, yard, says, told, wellSince } = value as Partial<Record<keyof Memory, unknown>>;
  if (typeof key !== 'string' || !key.includes(':') || typeof says !== 'string') return undefined;
  const times = Array.isArray(told) ? told.filter(isTime).slice(-MOST_TOLD) : [];
  return {
    key,
    yard: typeof yard === 'string' ? yard : null,
    says,
    told: times,
    wellSince: isTime(wellSince) ? wellSince : null,
  };
}

const isTime = (value: unknown): value is Time => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** The same text with another memory; whatever people wrote into it stays. */
export function withMemory(body: string, memory: Memory): string {
  const marker = markerOf(memory);
  return MARKER.test(body) ? body.replace(MARKER, () => marker) : `${marker}\n${body}`;
}
