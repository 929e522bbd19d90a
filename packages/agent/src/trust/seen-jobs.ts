/**
 * What this agent remembers of signed jobs: under which id it knows a yard, and which jobs it has run. A signature stays good
 * until its time is over, so the same job could be put back; the yard alone cannot be asked, since who puts it back may push.
 */
import { join } from 'node:path';
import { readOwnJson } from '../home/read-json.ts';
import { writeJson } from '../home/write-file.ts';

interface Seen {
  /** By address. */
  readonly yards: Readonly<Record<string, string>>;
  /** By id, until their signatures are good no more. */
  readonly jobs: Readonly<Record<string, { readonly token: number; readonly until: string }>>;
}

const pathOf = (home: string): string => join(home, 'signed-jobs.json');

async function readSeen(home: string): Promise<Seen> {
  const { yards = {}, jobs = {} } = ((await readOwnJson(pathOf(home))) ?? {}) as Partial<Seen>;
  return { yards, jobs };
}

/** The id under which the yard of that address was first met; now is such a time when nobody has met it. */
export async function pinnedYard(home: string, address: string, id: string): Promise<string> {
  const seen = await readSeen(home);
  const known = seen.yards[address];
  if (known !== undefined) return known;
  await writeJson(pathOf(home), { ...seen, yards: { ...seen.yards, [address]: id } });
  return id;
}

/** The token of the newest attempt that ran here; 0: none did. */
export async function lastRun(home: string, jobId: string): Promise<number> {
  return (await readSeen(home)).jobs[jobId]?.token ?? 0;
}

export interface Run {
  readonly jobId: string;
  readonly token: number;
  readonly until: string;
  readonly now: string;
}

export async function rememberRun(home: string, { jobId, token, until, now }: Run): Promise<void> {
  const seen = await readSeen(home);
  const open = Object.entries(seen.jobs).filter(([, it]) => it.until > now);
  await writeJson(pathOf(home), { ...seen, jobs: { ...Object.fromEntries(open), [jobId]: { token, until } } });
}
