/** The queue by what it waits for: jobs that wait for the same stand together, those that will never run first. Pure. */
import { type Time, toMs, type WaitReason } from '@gityard/domain';
import { isHeld, type JobRow } from '../rows.ts';

export interface WaitGroup {
  readonly isStuck: boolean;
  readonly text: string;
  readonly refs: readonly string[];
  /** In the order in which they will be claimed. */
  readonly jobs: readonly JobRow[];
  readonly oldest: Time;
  /** When the first of them may have its turn. */
  readonly turnAt: Time | null;
}

const BEHIND = 'behind others in the queue';

export function waitGroups(jobs: readonly JobRow[]): readonly WaitGroup[] {
  const groups = new Map<string, { reason: WaitReason | undefined; jobs: JobRow[] }>();
  for (const job of jobs) {
    if (isHeld(job)) continue;
    const reason = mainReason(job);
    const key = keyOf(reason);
    const group = groups.get(key) ?? { reason, jobs: [] };
    group.jobs.push(job);
    groups.set(key, group);
  }
  return [...groups.values()].map(groupOf).sort(stuckThenMany);
}

/** What no waiting will mend is what a person should read first. */
const mainReason = ({ reasons }: JobRow): WaitReason | undefined =>
  reasons.find((reason) => reason.class === 'stuck') ?? reasons[0];

/** How many are ahead differs from job to job, and is no other reason. */
const keyOf = (reason: WaitReason | undefined): string =>
  reason === undefined ? '' : `${reason.class} ${reason.code} ${plainText(reason)}`;

const plainText = ({ text }: WaitReason): string => text.replace(/, \d+ jobs? ahead$/, '');

function groupOf({ reason, jobs }: { reason: WaitReason | undefined; jobs: readonly JobRow[] }): WaitGroup {
  const turns = jobs.flatMap(({ turnAt }) => (turnAt === null ? [] : [turnAt])).sort();
  return {
    isStuck: reason?.class === 'stuck',
    text: reason === undefined ? BEHIND : plainText(reason),
    refs: reason?.refs ?? [],
    jobs,
    oldest: jobs.map((it) => it.submittedAt).reduce((a, b) => (toMs(a) <= toMs(b) ? a : b)),
    turnAt: turns[0] ?? null,
  };
}

const stuckThenMany = (a: WaitGroup, b: WaitGroup): number =>
  Number(b.isStuck) - Number(a.isStuck) || b.jobs.length - a.jobs.length;
