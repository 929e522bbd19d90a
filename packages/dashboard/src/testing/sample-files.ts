/** The files behind the sample yard: what its snapshot names can be opened, on every page. The same every time. */
import { createHash } from 'node:crypto';
import { after, type ReadModel, type Time } from '@gityard/domain';
import { type World, world } from '@gityard/domain/spec';
import type { JobRow } from '../rows.ts';
import type { MockFiles } from './mock-repository.ts';
import { sampleMetrics } from './sample-history.ts';

export interface SampleFiles {
  readonly state: MockFiles;
  readonly live: MockFiles;
  readonly logs: MockFiles;
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
  return {
    state: {
      ...files('agents', state.agents, { idOf: ({ id }) => id, isSharded: false }),
      ...files('jobs', state.jobs, { idOf: ({ id }) => id, isSharded: true }),
      ...files('messages', state.messages, { idOf: ({ id }) => id, isSharded: true }),
      ...files('manifests', state.manifests, { idOf: ({ job }) => job, isSharded: true }),
      ...files('locks', state.locks, { idOf: ({ name }) => name, isSharded: false }),
      ...sampleMetrics(now),
      ...historyHours(model, now),
    },
    live: Object.fromEntries(
      [...state.heartbeats].map((beat) => [`heartbeats/${beat.agent}.json`, JSON.stringify(beat)]),
    ),
    logs: { 'build2/logs/01kar7failedxx_20260301T110000Z.1.log': LOG },
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

/** A day in which the server that is silent now was so before, and the late one was mended for a while. */
function historyHours({ agents }: ReadModel, now: Time): MockFiles {
  const first = after(`${now.slice(0, 13)}:00:00.000Z`, -24 * HOUR_MS);
  const changesIn = (back: number, hour: Time) => {
    const change = (agent: string, from: string, to: string) => ({ agent, from, to, at: after(hour, 20 * 60_000) });
    if (back === 17) return [change('build4', 'fresh', 'silent')];
    if (back === 16) return [change('build4', 'silent', 'fresh')];
    if (back === 9) return [change('mac-mini', 'fresh', 'maintenance')];
    return back === 6 ? [change('mac-mini', 'maintenance', 'fresh')] : [];
  };
  const known = agents.filter(({ health }) => health !== 'unknown').map(({ id }) => id);
  const present = Object.fromEntries(known.map((id) => [id, { presence: 'fresh', since: first }]));
  return Object.fromEntries(
    Array.from({ length: 25 }, (_, at) => {
      const hour = after(first, at * HOUR_MS);
      const path = `shared/history/${hour.slice(0, 13).replace('T', '/')}.json`;
      return [path, JSON.stringify({ hour, agents: present, changes: changesIn(24 - at, hour) })];
    }),
  );
}

const HOUR_MS = 3_600_000;

const shardOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 2);

const BODY =
  'The disk of build2 is nearly full.\n\n- 6.4 GB are free\n- **clean up** or `gityard agent drain build2`\n';
const LOG = [
  '[gityard] Build: mvn package',
  '\u001b[1;34mINFO\u001b[0m compiling 52 modules',
  '[ERROR] cannot find symbol',
  '',
].join('\n');
