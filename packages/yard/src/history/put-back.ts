/**
 * Whether somebody put a job back into the queue by hand after it had run: what an agent asks that must not run it twice.
 * Whoever may push may write any file, but cannot take out of the history what the job was before.
 */

import { pathOf } from '../files/paths.ts';
import { operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { saidIn } from './changed-in.ts';
import { readHeads } from './heads.ts';

interface JobPast {
  /** What was done to it that no operation does; null: nothing. */
  readonly putBack: string | null;
  /** The highest token that it had when it was retried; 0: it never was. */
  readonly retriedAt: number;
}

interface Told {
  readonly status: string;
  readonly token: number;
}

interface Story extends JobPast {
  readonly last: Told | undefined;
  /** As what it ended, until a retry opens it again. What has succeeded stays so for ever. */
  readonly ended: string | null;
}

/** Fetches the whole history: nothing less can tell what is not in it. */
export async function pastOfJob(yard: Pick<Yard, 'transport' | 'refs'>, jobId: string): Promise<JobPast> {
  const { commits, missing, snapshotOf } = await readHeads(yard.transport, yard.refs.state);
  const path = pathOf('job', jobId);
  let story: Story = { last: undefined, ended: null, putBack: null, retriedAt: 0 };
  let blob: string | undefined;
  for (const { oid, message } of commits) {
    const { entry, read } = snapshotOf(oid);
    const file = entry(path);
    if (file === undefined || file.oid === blob) continue;
    blob = file.oid;
    const now = toldIn(saidIn(file, read));
    // What is no JSON is not in force.
    if (!now) continue;
    if (oid === commits[0]?.oid && missing && isCut(now)) story = { ...story, putBack: CUT };
    const operations = operationsIn(message);
    const isRetry = operations.some(
      ({ operation, job }) => operation === 'take-up' || (operation === 'retry' && job === jobId),
    );
    story = next(story, now, { isRetry, isByHand: operations.length === 0 });
  }
  const { putBack, retriedAt } = story;
  return { putBack, retriedAt };
}

const CUT = 'ran before the history was cut, and that part of it is not kept';
const isCut = ({ status, token }: Told): boolean => token > 0 && !ENDS.has(status);
const ENDS: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled', 'expired']);
const HELD: ReadonlySet<string> = new Set(['claimed', 'running']);

function toldIn(said: unknown): Told | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const { status, token } = said as Partial<Record<keyof Told, unknown>>;
  return { status: String(status), token: Number.isSafeInteger(token) ? Number(token) : 0 };
}

function next(before: Story, now: Told, by: { readonly isRetry: boolean; readonly isByHand: boolean }): Story {
  const { last, ended } = before;
  if (by.isRetry && ended !== 'succeeded' && now.status === 'queued' && now.token >= (last?.token ?? 0))
    return { last: now, ended: null, putBack: null, retriedAt: Math.max(before.retriedAt, last?.token ?? 0) };
  const isEnd = ENDS.has(now.status);
  return {
    ...before,
    last: { status: now.status, token: Math.max(now.token, last?.token ?? 0) },
    ended: isEnd && ended !== 'succeeded' ? now.status : ended,
    putBack: before.putBack ?? (isEnd ? null : whyPutBack(before, now, by.isByHand)),
  };
}

function whyPutBack({ last, ended }: Story, now: Told, isByHand: boolean): string | null {
  if (ended !== null) return `had ${ended} and was put back without a retry`;
  if (last && now.token < last.token) return `was put back from token ${last.token} to ${now.token}`;
  if (isByHand && last && HELD.has(last.status) && now.status === 'queued') return 'was put back by hand while it ran';
  return null;
}
