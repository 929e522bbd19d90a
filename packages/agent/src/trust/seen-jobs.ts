/**
 * What this agent remembers of signed jobs: under which id it knows a yard, which jobs it has run, and how they ended. A signature stays good
 * until its time is over, so the same job could be put back; the yard alone cannot be asked, since who puts it back may push.
 */
import { join } from 'node:path';
import { isBefore } from '@gityard/domain';
import { readOwnJson } from '../home/read-json.ts';
import { writeJson } from '../home/write-file.ts';

interface Seen {
  /** By address. */
  readonly yards: Readonly<Record<string, string>>;
  /** By id, until their signatures are good no more. */
  readonly jobs: Readonly<Record<string, SeenJob>>;
}

interface SeenJob {
  /** Of the newest attempt that ran here. */
  readonly token: number;
  readonly until: string;
  /** As what the job ended when its result was handed in from here, under which token. */
  readonly ended?: { readonly status: string; readonly token: number };
}

const pathOf = (home: string): string => join(home, 'signed-jobs.json');

async function readSeen(home: string): Promise<Seen> {
  const { yards = {}, jobs = {} } = ((await readOwnJson(pathOf(home))) ?? {}) as Partial<Seen>;
  return { yards, jobs };
}

/** Jobs run beside each other: what one of them remembers must not be written over by another that read before. */
async function change<T>(home: string, act: (seen: Seen) => { readonly next: Seen; readonly answer: T }): Promise<T> {
  const { oneAtATime } = await import('@gityard/builder');
  return oneAtATime(pathOf(home), async () => {
    const { next, answer } = act(await readSeen(home));
    await writeJson(pathOf(home), next);
    return answer;
  });
}

/** The id under which the yard of that address was first met; now is such a time when nobody has met it. */
export async function pinnedYard(home: string, address: string, id: string): Promise<string> {
  const known = (await readSeen(home)).yards[address];
  if (known !== undefined) return known;
  return change(home, (seen) => {
    const answer = seen.yards[address] ?? id;
    return { next: { ...seen, yards: { ...seen.yards, [address]: answer } }, answer };
  });
}

export async function seenJob(home: string, jobId: string): Promise<SeenJob | undefined> {
  return (await readSeen(home)).jobs[jobId];
}

export interface Run {
  readonly jobId: string;
  readonly token: number;
  readonly until: string;
  readonly now: string;
}

/** False: that attempt, or a later one, has run here before. */
export function rememberRun(home: string, { jobId, token, until, now }: Run): Promise<boolean> {
  return change(home, (seen) => {
    if (token <= (seen.jobs[jobId]?.token ?? 0)) return { next: seen, answer: false };
    // A signer may have written the time in any zone.
    const open = Object.entries(seen.jobs).filter(([, it]) => isBefore(now, it.until));
    const jobs = { ...Object.fromEntries(open), [jobId]: { ...seen.jobs[jobId], token, until } };
    return { next: { ...seen, jobs }, answer: true };
  });
}

/** Of a job that ran here under its signature; nothing is noted of any other. */
export async function rememberEnd(home: string, { jobId, ...ended }: { jobId: string; status: string; token: number }) {
  if ((await seenJob(home, jobId)) === undefined) return;
  await change(home, (seen) => {
    const job = seen.jobs[jobId];
    // What has succeeded is never opened again.
    if (!job || job.ended?.status === 'succeeded') return { next: seen, answer: undefined };
    return { next: { ...seen, jobs: { ...seen.jobs, [jobId]: { ...job, ended } } }, answer: undefined };
  });
}
