/** How one job fared, commit by commit: a row whenever its status or the reasons why it waits became others. */
import { type Explanation, explainPast, type Job, type Time } from '@gityard/domain';
import type { History } from '@gityard/store';
import { pathOf } from '../files/paths.ts';
import { operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { readHeads } from './heads.ts';
import { timeOf } from './moment.ts';
import { type Seen, viewsOf } from './view-at.ts';

export interface JobChapter extends Pick<Explanation, 'status' | 'position' | 'canEverRun' | 'reasons'> {
  readonly commit: string;
  readonly at: Time;
  /** What the commit did; null: a person made it. */
  readonly operation: string | null;
  readonly priority: number;
  readonly agent: string | null;
}

/** Oldest first; of more than `limit` changes the newest. Fetches the whole history. */
export async function jobHistory(
  yard: Pick<Yard, 'transport' | 'refs'>,
  { jobId, limit }: { readonly jobId: string; readonly limit: number },
): Promise<readonly JobChapter[]> {
  const history = await readHeads(yard.transport, yard.refs.state);
  const chapters: JobChapter[] = [];
  for (const seen of viewsOf(history, lifeOf(history, pathOf('job', jobId)))) {
    const job = seen.view.state.jobs.get(jobId);
    const chapter = job && chapterOf(seen, job);
    if (chapter && !isSameStory(chapters.at(-1), chapter)) chapters.push(chapter);
  }
  return chapters.slice(-limit);
}

/** From the commit that brought the file to the last one that has it. */
function lifeOf({ commits, snapshotOf }: History, path: string): History['commits'] {
  const isThere = ({ oid }: History['commits'][number]) => snapshotOf(oid).entry(path) !== undefined;
  return commits.slice(commits.findIndex(isThere), commits.findLastIndex(isThere) + 1);
}

function chapterOf({ commit, view: { state } }: Seen, job: Job): JobChapter {
  const at = timeOf(commit);
  const { status, position, canEverRun, reasons } = explainPast(state, job, at);
  const [first] = operationsIn(commit.message);
  const operation = first?.operation ?? null;
  return {
    commit: commit.oid,
    at,
    operation,
    status,
    priority: job.priority,
    agent: job.agent,
    position,
    canEverRun,
    reasons,
  };
}

function isSameStory(before: JobChapter | undefined, { status, priority, agent, reasons }: JobChapter): boolean {
  if (!before || before.status !== status || before.priority !== priority || before.agent !== agent) return false;
  const told = (list: JobChapter['reasons']) => JSON.stringify(list.map(({ code, refs }) => [code, refs]));
  return told(before.reasons) === told(reasons);
}
