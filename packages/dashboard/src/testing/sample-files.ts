/**
 * The files behind the sample yard: what its snapshot names can be opened, on every page. The same every time. A plain file
 * for everything, and in its place a rich one where a sample of that kind has it.
 */
import { createHash } from 'node:crypto';
import { after, type ReadModel, type Time } from '@gityard/domain';
import { type World, world } from '@gityard/domain/spec';
import type { JobRow } from '../rows.ts';
import type { MockFiles } from './mock-repository.ts';
import { sampleMetrics } from './sample-history.ts';
import { sampleJobFiles } from './sample-job-files.ts';
import type { PathCommit } from './sample-log.ts';
import { serverFiles } from './sample-server-files.ts';
import { sampleThings } from './sample-things.ts';

export interface SampleFiles {
  readonly state: MockFiles;
  readonly live: MockFiles;
  readonly logs: MockFiles;
  /** What was done to the yard before, the newest first. */
  readonly past: readonly PathCommit[];
}

export function sampleFiles(model: ReadModel, now: Time): SampleFiles {
  const { state } = worldOf(model, now);
  const files = <T>(folder: string, all: Iterable<T>, { idOf, isSharded }: Layout<T>): MockFiles =>
    Object.fromEntries(
      [...all].map((value) => {
        const id = idOf(value);
        return [`shared/${folder}/${isSharded ? `${shardOf(id)}/` : ''}${id}.json`, JSON.stringify(value)];
      }),
    );
  const [jobs, things] = [sampleJobFiles(now), sampleThings(now)];
  const servers = serverFilesOf(now);
  return {
    state: {
      ...files('agents', state.agents, { idOf: ({ id }) => id, isSharded: false }),
      ...files('jobs', state.jobs, { idOf: ({ id }) => id, isSharded: true }),
      ...files('messages', state.messages, { idOf: ({ id }) => id, isSharded: true }),
      ...files('manifests', state.manifests, { idOf: ({ job }) => job, isSharded: true }),
      ...files('locks', state.locks, { idOf: ({ name }) => name, isSharded: false }),
      ...servers.state,
      ...things.repository.files('state'),
      ...jobs.files('state'),
      ...sampleMetrics(now),
    },
    live: {
      ...Object.fromEntries(
        [...state.heartbeats].map((beat) => [`heartbeats/${beat.agent}.json`, JSON.stringify(beat)]),
      ),
      ...servers.live,
    },
    logs: jobs.files('logs'),
    past: things.commits.slice(0, PAST_COMMITS),
  };
}

interface Layout<T> {
  readonly idOf: (value: T) => string;
  readonly isSharded: boolean;
}

function worldOf({ agents, jobs, finished, messages, locks }: ReadModel, now: Time): World {
  let it = world();
  for (const { name, holder, token, acquiredAt, expiresAt } of locks) {
    const since = acquiredAt ?? now;
    it = it.lock(name, { token, holders: holder ? [{ holder, token, acquiredAt: since, expiresAt }] : [] } as never);
  }
  for (const { id, pool } of agents)
    it = it.agent(id, { pool, registeredAt: after(now, -86_400_000) } as never).beat(id);
  for (const { id, from, to, subject, sentAt } of messages)
    it = it.message(id, { from, to, subject, sentAt, body: BODY } as never);
  for (const row of [...jobs, ...finished]) it = withJob(it, row);
  return it;
}

function withJob(it: World, row: JobRow): World {
  const { id, status, repository, branch, commit, priority, submittedAt, submittedBy, startedAt, endedAt, agent } = row;
  const made = it.job(id, {
    status,
    repository,
    branch,
    commit,
    priority,
    submittedAt,
    submittedBy,
    endedAt,
    token: startedAt === null ? 0 : 1,
    agent: agent ?? 'build1',
    reason: row.reason,
  } as never);
  return row.artifacts > 0 && endedAt !== null
    ? made.manifest(id, { createdAt: endedAt, agent: agent ?? 'build1' })
    : made;
}

function serverFilesOf(now: Time): { readonly state: MockFiles; readonly live: MockFiles } {
  const all = [...serverFiles(now)];
  const isLive = ([path]: readonly [string, string]) => path.startsWith(LIVE);
  return {
    state: Object.fromEntries(all.filter((file) => !isLive(file))),
    live: Object.fromEntries(all.filter(isLive).map(([path, text]) => [path.slice(LIVE.length), text])),
  };
}

const LIVE = 'live:';
const PAST_COMMITS = 30;

const shardOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 2);

const BODY =
  'The disk of build2 is nearly full.\n\n- 6.4 GB are free\n- **clean up** or `gityard agent drain build2`\n';
