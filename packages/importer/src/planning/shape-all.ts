/** Everything that was gathered, made into entities of ours, and what is to be said of what could not be. */
import type { Time } from '@gityard/domain';
import type { EntryKind, Gathered } from '../gathering/gather.ts';
import type { Entry, Place } from '../gathering/union.ts';
import type { Candidate, Shape, Shaped, Shaping } from '../shapes/candidate.ts';
import { jobIdOf, shapeJob } from '../shapes/job.ts';
import { shapeLock } from '../shapes/lock.ts';
import { jobMeasured } from '../shapes/measured-job.ts';
import { messageIdOf, shapeMessage } from '../shapes/message.ts';
import { shapeProfile } from '../shapes/profile.ts';
import { oneEach } from '../shapes/recipients.ts';
import { shapeServer } from '../shapes/server.ts';

/** A candidate with where it was found. */
export interface Found {
  readonly candidate: Candidate;
  readonly place: Place;
  readonly damage: string | null;
  readonly lostIn: string | null;
}

export interface Unfit {
  readonly kind: Candidate['kind'];
  readonly outcome: 'dropped' | 'quarantined';
  readonly sourceId: string | null;
  readonly reason: string;
  readonly place: Place;
}

export interface ShapedAll {
  readonly found: readonly Found[];
  readonly unfit: readonly Unfit[];
}

const SHAPES: Readonly<Record<Exclude<EntryKind, 'metric'>, Shape>> = {
  job: shapeJob,
  message: shapeMessage,
  lock: shapeLock,
  branch: shapeProfile,
};

export function shapeAll({ entries, servers }: Gathered, { now, source }: { now: Time; source: string }): ShapedAll {
  const found: Found[] = [];
  const unfit: Unfit[] = [];
  const take = (shaped: Shaped, about: Omit<Unfit, 'outcome' | 'reason'> & Pick<Found, 'damage' | 'lostIn'>): void => {
    const { kind, sourceId, place, damage, lostIn } = about;
    if (shaped.outcome === 'taken') found.push({ candidate: shaped.candidate, place, damage, lostIn });
    else unfit.push({ kind, sourceId, place, outcome: shaped.outcome, reason: shaped.reason });
  };
  for (const kind of Object.keys(SHAPES) as (keyof typeof SHAPES)[])
    for (const entry of entriesOf(kind, entries)) {
      const { place, damage, lostIn } = entry;
      take(SHAPES[kind](entry.item, shapingOf(entry, now, source)), {
        kind,
        sourceId: idOf(kind, entry),
        place,
        damage,
        lostIn,
      });
    }
  for (const [folder, told] of servers) {
    const place = { path: folder, line: null, commit: null };
    const shaping = { now, source, fileTime: null, server: folder };
    take(shapeServer(folder, told, shaping), { kind: 'agent', sourceId: folder, place, damage: null, lostIn: null });
  }
  return { found, unfit };
}

const shapingOf = ({ fileTime, server }: Entry, now: Time, source: string): Shaping => ({
  now,
  source,
  fileTime,
  server,
});

function entriesOf(kind: keyof typeof SHAPES, entries: Gathered['entries']): Iterable<Entry> {
  if (kind === 'job') return allJobs(entries);
  return kind === 'message' ? allMessages(entries) : entries[kind];
}

function* allMessages({ message }: Gathered['entries']): IterableIterator<Entry> {
  for (const entry of message)
    for (const item of oneEach(entry.item, messageIdOf(entry.item))) yield { ...entry, item };
}

/** Of measured builds those whose jobs nobody lists any more. */
function* allJobs({ job, metric }: Gathered['entries']): IterableIterator<Entry> {
  const listed = new Set<string | null>();
  for (const entry of job) {
    listed.add(jobIdOf(entry.item));
    yield entry;
  }
  for (const entry of metric) if (!listed.has(jobIdOf(entry.item))) yield { ...entry, item: jobMeasured(entry.item) };
}

function idOf(kind: EntryKind, { item }: Entry): string | null {
  if (kind === 'job') return jobIdOf(item);
  if (kind === 'message') return messageIdOf(item);
  return typeof item.fields.name === 'string' ? item.fields.name : item.key;
}
