/** What must be so when the faults have ended and everybody had time: everything came to its end, and nothing is missing. */
import { isFinished, type State } from '@gityard/domain';
import { auditYard, DEFAULT_REFS } from '@gityard/yard';
import type { World } from './world.ts';

/** What is still to come; nothing, when everybody is done. */
export function unfinished(state: State, { promises }: Pick<World, 'promises'>): string[] {
  const jobs = [...state.jobs].filter((job) => !isFinished(job)).map((job) => `job ${job.id} is ${job.status}`);
  const broken = [...state.broken].map((file) => `${file.path} is broken`);
  const results = [...promises.results.values()].filter((result) => !isIn(state, result));
  return [
    ...jobs,
    ...broken,
    ...results.map(({ job, token }) => `the result of job ${job} under token ${token} is nowhere`),
  ];
}

function isIn(state: State, { job, token, status }: { job: string; token: number; status: string }): boolean {
  const attempt = state.jobs.get(job)?.attempts.find((it) => it.token === token);
  return attempt !== undefined && (attempt.status === status || attempt.late !== null);
}

/** What somebody was told, and is not so. */
export function brokenPromises(state: State, { promises }: Pick<World, 'promises'>): string[] {
  const { jobs, messages, receipts } = promises;
  return [
    ...[...jobs].filter((id) => !state.jobs.has(id)).map((id) => `job ${id} is gone`),
    ...[...messages].filter((id) => !state.messages.has(id)).map((id) => `message ${id} is gone`),
    ...receipts
      .filter(({ message, reader }) => state.messages.get(message)?.ackedBy[reader] === undefined)
      .map(({ message, reader }) => `the receipt of ${reader} for message ${message} is gone`),
  ];
}

/** The same history once more, as a stranger would read it. */
export async function replayed({ repository }: Pick<World, 'repository'>): Promise<string | undefined> {
  const { firstViolation } = await auditYard({ transport: repository.transport, refs: DEFAULT_REFS });
  return firstViolation ? `${firstViolation.rule}: ${firstViolation.text}` : undefined;
}
