/**
 * Who builds what and when, as lanes of bars: one for each server, more where it builds side by side, and one for each build
 * that was split, with its parts. What lies ahead is what half of its like took. The chain that decides when everything
 * will have ended is critical. Pure.
 */
import { type ReadModel, type Time, toMs } from '@gityard/domain';
import { isHeld, type JobRow, jobTitle } from '../../rows.ts';

export interface Bar {
  readonly job: JobRow;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** From here on it is only expected; not before `from`. */
  readonly expectedFrom: number;
  readonly isCritical: boolean;
}

export interface Lane {
  readonly name: string;
  readonly kind: 'server' | 'waiting' | 'part' | 'split';
  readonly bars: readonly Bar[];
}

export interface Timeline {
  readonly lanes: readonly Lane[];
  readonly from: number;
  readonly to: number;
  readonly critical: readonly string[];
}

interface Wanted {
  readonly now: Time;
  /** How far back it goes. */
  readonly backMs: number;
}

/** A moment must have a width to be seen. */
const LEAST_MS = 1_000;

export function timelineOf(jobs: readonly JobRow[], agents: ReadModel['agents'], { now, backMs }: Wanted): Timeline {
  const nowMs = toMs(now);
  const begin = nowMs - backMs;
  const critical = criticalChain(jobs);
  const isCritical = new Set(critical);
  const bars = jobs.flatMap((job) => {
    const bar = barOf(job, nowMs);
    return bar && bar.to > begin ? [{ ...bar, isCritical: isCritical.has(job.id) }] : [];
  });
  const to = Math.max(nowMs, ...bars.map((bar) => bar.to));
  const first = Math.min(nowMs, ...bars.map((bar) => bar.from));
  // Where nothing was, there is nothing to see.
  const from = Math.max(begin, first - (to - first) / 50);
  const parents = new Map(jobs.filter(({ parts }) => parts !== null).map((job) => [job.id, job]));
  const isPart = ({ job }: Bar) => parents.has(job.id) || (job.parent !== null && parents.has(job.parent));
  const plain = bars.filter((bar) => !isPart(bar));
  const servers = agents.map(({ id }) => id).filter((id) => bars.some(({ job }) => job.agent === id));
  const known = new Set(servers);
  const elsewhere = [
    ...new Set(plain.flatMap(({ job }) => (job.agent !== null && !known.has(job.agent) ? [job.agent] : []))),
  ];
  return {
    lanes: [
      ...[...servers, ...elsewhere].flatMap((id) =>
        sideBySide(
          id,
          'server',
          plain.filter(({ job }) => job.agent === id),
        ),
      ),
      ...[...parents.values()].flatMap((parent) => splitLanes(parent, bars)),
      ...sideBySide(
        'Next turns',
        'waiting',
        plain.filter(({ job }) => job.agent === null),
      ),
    ],
    from,
    to,
    critical,
  };
}

function barOf(job: JobRow, nowMs: number): Omit<Bar, 'isCritical'> | undefined {
  const end = job.endsAt === null ? Number.NaN : toMs(job.endsAt);
  if (job.status === 'queued') {
    if (job.turnAt === null || Number.isNaN(end)) return undefined;
    const from = Math.max(nowMs, toMs(job.turnAt));
    return { job, from, to: Math.max(end, from + LEAST_MS), expectedFrom: from };
  }
  if (job.startedAt === null) return undefined;
  const from = toMs(job.startedAt);
  const last = isHeld(job) ? nowMs : toMs(job.endedAt ?? job.startedAt);
  const to = Math.max(from + LEAST_MS, last, isHeld(job) && end > nowMs ? end : last);
  return { job, from, to, expectedFrom: Math.max(from, last) };
}

/** As many lanes as it takes that no two bars of one overlap. */
function sideBySide(name: string, kind: Lane['kind'], bars: readonly Bar[]): Lane[] {
  const lanes: Bar[][] = [];
  for (const bar of [...bars].sort((a, b) => a.from - b.from)) {
    const free = lanes.find((lane) => (lane.at(-1)?.to ?? 0) <= bar.from);
    if (free) free.push(bar);
    else lanes.push([bar]);
  }
  return lanes.map((lane, at) => ({ name: at === 0 ? name : '', kind, bars: lane }));
}

function splitLanes(parent: JobRow, bars: readonly Bar[]): Lane[] {
  const own = bars.filter(({ job }) => job.id === parent.id);
  const parts = bars.filter(({ job }) => job.parent === parent.id).sort((a, b) => a.from - b.from);
  if (own.length + parts.length === 0) return [];
  return [
    { name: jobTitle(parent), kind: 'split', bars: own },
    ...parts.map((bar): Lane => ({ name: bar.job.agent ?? 'waits', kind: 'part', bars: [bar] })),
  ];
}

/** Of those that wait for others: from what ends last back to what it waits for longest, to what begins it all. Ids, first to last. */
export function criticalChain(jobs: readonly JobRow[]): readonly string[] {
  const all = new Map(jobs.map((job) => [job.id, job]));
  const parts = new Map<string, string[]>();
  for (const { id, parent } of jobs) if (parent !== null) parts.set(parent, [...(parts.get(parent) ?? []), id]);
  const endMs = (job: JobRow) => toMs(job.endedAt ?? job.endsAt ?? '') || 0;
  const last = (some: readonly JobRow[]) =>
    some.reduce<JobRow | undefined>((best, job) => (best && endMs(best) >= endMs(job) ? best : job), undefined);
  const waits = (job: JobRow) => parts.has(job.id) || job.needs.some((id) => all.has(id));
  const open = jobs.filter((job) => job.endsAt !== null && job.endedAt === null && waits(job));
  const chain: string[] = [];
  for (let job = last(open); job && !chain.includes(job.id); ) {
    chain.push(job.id);
    const before = [...job.needs, ...(parts.get(job.id) ?? [])].flatMap((id) => all.get(id) ?? []);
    job = last(before.filter(({ id }) => !chain.includes(id)));
  }
  return chain.reverse();
}
