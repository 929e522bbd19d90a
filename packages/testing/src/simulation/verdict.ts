/** What must be so when the faults have ended and everybody had time: everything came to its end, and nothing is missing. */
import { type ArchivedKind, type Entities, isFinished, type Job, type State } from '@gityard/domain';
import { auditYard, DEFAULT_REFS, findArchived, type Yard } from '@gityard/yard';
import type { RefusedResult } from './actors/results.ts';
import type { KeptResult } from './promises.ts';
import type { World } from './world.ts';

/** Where to look for what is not in the state any more. */
type Files = Pick<Yard, 'paths' | 'read'>;
const NO_FILES: Files = { paths: () => [], read: () => undefined };

/** Where one may look beside the state. A result for a job that lies in the archive is refused, and that is told. */
export interface Books {
  readonly files: Files;
  readonly refused: readonly RefusedResult[];
}

/** What is still to come; nothing, when everybody is done. */
export function unfinished(state: State, { promises }: Pick<World, 'promises'>, books: Partial<Books> = {}): string[] {
  const { files = NO_FILES, refused = [] } = books;
  const isTold = ({ job: id, token }: KeptResult) =>
    refused.some(({ input }) => input?.jobId === id && input.token === token);
  const jobs = [...state.jobs].filter((job) => !isFinished(job)).map((job) => `job ${job.id} is ${job.status}`);
  const broken = [...state.broken].map((file) => `${file.path} is broken`);
  const results = [...promises.results.values()].filter(
    (it) => !isIn(state, files, it) && !(archived(files, 'job', it.job) && isTold(it)),
  );
  return [
    ...jobs,
    ...broken,
    ...results.map(({ job, token }) => `the result of job ${job} under token ${token} is nowhere`),
  ];
}

function isIn(state: State, files: Files, { job: id, token, status }: KeptResult): boolean {
  const job = state.jobs.get(id) ?? archived(files, 'job', id);
  const attempt = job?.attempts.find((it) => it.token === token);
  return attempt !== undefined && (attempt.status === status || attempt.late !== null);
}

function archived<K extends ArchivedKind>(files: Files, kind: K, id: string): Entities[K] | undefined {
  const found = findArchived(files, kind, id);
  return found.ok ? found.value : undefined;
}

/** What somebody was told, and is not so. */
export function brokenPromises(state: State, { promises }: Pick<World, 'promises'>, files: Files = NO_FILES): string[] {
  const { jobs, messages, receipts } = promises;
  const jobOf = (id: string): Job | undefined => state.jobs.get(id) ?? archived(files, 'job', id);
  const messageOf = (id: string) => state.messages.get(id) ?? archived(files, 'message', id);
  return [
    ...[...jobs].filter((id) => !jobOf(id)).map((id) => `job ${id} is gone`),
    ...[...messages].filter((id) => !messageOf(id)).map((id) => `message ${id} is gone`),
    ...receipts
      .filter(({ message, reader }) => messageOf(message)?.ackedBy[reader] === undefined)
      .map(({ message, reader }) => `the receipt of ${reader} for message ${message} is gone`),
  ];
}

/** The same history once more, as a stranger would read it. */
export async function replayed({ repository }: Pick<World, 'repository'>): Promise<string | undefined> {
  const { firstViolation } = await auditYard({ transport: repository.transport, refs: DEFAULT_REFS });
  return firstViolation ? `${firstViolation.rule}: ${firstViolation.text}` : undefined;
}
