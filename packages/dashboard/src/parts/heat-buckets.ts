/** How a server stood, cut into equal pieces of time: in each the worst that happened in it. Pure. */
import { type Presence, type Time, toMs, toTime } from '@gityard/domain';
import { counted, durationWords } from '../format.ts';
import type { PresenceStretch } from '../worker/questions/presence.ts';

/** Worst first. A piece in which nothing is known of the server has none of them. */
export const WORST_FIRST: readonly Presence[] = ['silent', 'maintenance', 'stopped', 'removed', 'fresh'];

export const PRESENCE_WORDS: Readonly<Record<Presence, string>> = {
  silent: 'silent',
  maintenance: 'in maintenance',
  stopped: 'stopped',
  removed: 'removed',
  fresh: 'up',
};

export interface HeatSpan {
  readonly from: Time;
  readonly to: Time;
  readonly count: number;
}

export function heatBuckets(stretches: readonly PresenceStretch[], { from, to, count }: HeatSpan) {
  const beginMs = toMs(from);
  const eachMs = (toMs(to) - beginMs) / count;
  const buckets = Array.from<Presence | undefined>({ length: count });
  for (const stretch of stretches) {
    const first = Math.max(0, Math.floor((toMs(stretch.from) - beginMs) / eachMs));
    const last = Math.min(count - 1, Math.ceil((toMs(stretch.to) - beginMs) / eachMs) - 1);
    for (let at = first; at <= last; at++) buckets[at] = worse(buckets[at], stretch.presence);
  }
  return buckets;
}

const rank = (presence: Presence | undefined): number =>
  presence === undefined ? WORST_FIRST.length : WORST_FIRST.indexOf(presence);
const worse = (a: Presence | undefined, b: Presence): Presence => (a !== undefined && rank(a) <= rank(b) ? a : b);

export interface Sighting {
  /** null: it was never heard of. */
  readonly presence: Presence | null;
  readonly since: Time;
  readonly now: Time;
}

/** With what the snapshot knows and the history does not yet: how it stands now, and since when. */
export function withNow(stretches: readonly PresenceStretch[], { presence, since, now }: Sighting) {
  const last = stretches.at(-1);
  if (presence === null) return stretches;
  if (last === undefined) return [{ presence, from: since, to: now }];
  const before = stretches.slice(0, -1);
  if (last.presence === presence) return [...before, { ...last, to: now }];
  const from = toTime(Math.max(toMs(since), toMs(last.from)));
  return [...before, { ...last, to: from }, { presence, from, to: now }];
}

/** `silent 2 times, 14 min in all; in maintenance once, 1 h`: the whole strip, for those who hear it. */
export function presenceWords(stretches: readonly PresenceStretch[]): string {
  if (stretches.length === 0) return 'nothing is known';
  const told = WORST_FIRST.filter((it) => it !== 'fresh').flatMap((presence) => {
    const own = stretches.filter((it) => it.presence === presence);
    if (own.length === 0) return [];
    const ms = own.reduce((sum, it) => sum + toMs(it.to) - toMs(it.from), 0);
    const times = own.length === 1 ? 'once' : counted(own.length, 'time');
    return [`${PRESENCE_WORDS[presence]} ${times}, ${durationWords(ms)}${own.length === 1 ? '' : ' in all'}`];
  });
  return told.length === 0 ? 'up all the time that is known' : told.join('; ');
}
