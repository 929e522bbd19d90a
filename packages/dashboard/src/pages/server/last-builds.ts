/** The last builds of a server, of what the snapshot and the metrics know. Pure. */
import { elapsedMs, type Time } from '@gityard/domain';
import { repositoryName, shortCommit, shortId } from '../../format.ts';
import type { JobRow } from '../../rows.ts';
import type { ServerBuild } from '../../worker/questions/server-past.ts';

const MOST_BUILDS = 20;

/** One attempt, wherever it is told of. */
export interface Build {
  readonly job: string;
  readonly title: string;
  readonly revision: string;
  readonly status: string;
  readonly note: string | null;
  readonly startedAt: Time | null;
  readonly ms: number | null;
}

/** The snapshot says more of a build, the metrics know more builds. An attempt that both tell of stands here once. */
export function buildsOf(finished: readonly JobRow[], known: readonly ServerBuild[]): readonly Build[] {
  const told = finished.map((job): readonly [string, Build] => [
    `${job.id} ${job.attempt}`,
    {
      job: job.id,
      title: job.repository === null ? (job.command ?? shortId(job.id)) : repositoryName(job.repository),
      revision: revisionOf(job),
      status: job.status,
      note: job.status === 'succeeded' ? null : job.reason,
      startedAt: job.startedAt,
      ms: job.startedAt === null || job.endedAt === null ? null : elapsedMs(job.startedAt, job.endedAt),
    },
  ]);
  const recorded = known.map((it): readonly [string, Build] => [
    `${it.job} ${it.attempt}`,
    {
      job: it.job,
      title: it.repository === null ? shortId(it.job) : repositoryName(it.repository),
      revision: revisionOf(it),
      status: it.status,
      note: it.cause === null || it.status === 'succeeded' ? null : CAUSE_WORDS[it.cause],
      startedAt: it.startedAt,
      ms: it.seconds * 1000,
    },
  ]);
  return [...new Map([...recorded, ...told]).values()]
    .sort((a, b) => Date.parse(b.startedAt ?? '') - Date.parse(a.startedAt ?? ''))
    .slice(0, MOST_BUILDS);
}

const CAUSE_WORDS: Readonly<Record<NonNullable<ServerBuild['cause']>, string>> = {
  code: 'the build itself failed',
  timeout: 'it took too long',
  infrastructure: 'the machine or the network failed',
  policy: 'the server may not build it',
  lost: 'the server was not heard of any more',
  returned: 'the server gave it back',
  cancelled: 'somebody cancelled it',
};

const revisionOf = ({ branch, commit }: { readonly branch: string | null; readonly commit: string | null }): string =>
  [branch, commit === null ? null : `@ ${shortCommit(commit)}`].filter((it) => it !== null).join(' ');
