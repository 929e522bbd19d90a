import { type Migration, migrationView, VERSIONS, type Versions } from '@gityard/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson, openYard, pathOf, type Yard } from './index.ts';
import { type Hand, handMadeYard } from './spec/hand.fixture.ts';

/** As if jobs had been written with an urgency before, 10 for what goes first. */
const TURNED: Migration = {
  to: 2,
  what: 'jobs: urgency becomes priority, 1 for what goes first',
  kinds: {
    job: {
      raise: ({ urgency, ...job }) => ({ ...job, priority: typeof urgency === 'number' ? 11 - urgency : 5 }),
      lower: ({ priority, ...job }) => ({ ...job, urgency: 11 - Number(priority) }),
    },
  },
};
const NEXT: Versions = { newest: 2, migrations: [TURNED] };

const JOB = { id: 'j1', status: 'queued', submittedAt: '2026-01-01T00:00:00Z', command: ['true'] };
const PATH = pathOf('job', 'j1');
const now = '2026-01-02T00:00:00Z';

let hand: Hand;
let repository: string;
const open: Yard[] = [];
beforeEach(async () => {
  hand = await handMadeYard();
  repository = await hand.git(['rev-parse', '--absolute-git-dir']);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((it) => it.close()));
  await hand.close();
});

async function program(versions: Versions): Promise<Yard> {
  const yard = openYard({ address: repository, actor: `program-${versions.newest}`, versions });
  open.push(yard);
  await yard.refresh();
  return yard;
}

const fileOf = async (path: string) => JSON.parse(await hand.git(['show', `yard:${path}`]));
const oldJob = { ...JOB, schemaVersion: 1, urgency: 9, colour: 'red' };

describe('a yard that an older program wrote', () => {
  it('is read as if it had been written now, and not rewritten for that', async () => {
    await hand.commit('by an older program', [{ path: PATH, content: canonicalJson(oldJob) }]);
    const before = await hand.head();

    const { state } = await program(NEXT);

    expect(state.jobs.get('j1')).toMatchObject({ priority: 2, colour: 'red' });
    expect(state.broken.size).toBe(0);
    expect(await hand.head()).toBe(before);
  });

  it('is written as the older programs in it read it, and keeps what neither knows', async () => {
    await hand.commit('by an older program', [{ path: PATH, content: canonicalJson(oldJob) }]);
    const yard = await program(NEXT);

    const answer = await yard.perform('prioritise', { jobId: 'j1', priority: 1, now, reason: null });

    expect(answer.ok).toBe(true);
    expect(await fileOf(PATH)).toMatchObject({ schemaVersion: 1, urgency: 10, colour: 'red' });
    expect(await fileOf(PATH)).not.toHaveProperty('priority');
    expect(yard.state.jobs.get('j1')).toMatchObject({ priority: 1 });
    expect((await program(NEXT)).state.jobs.get('j1')).toMatchObject({ priority: 1 });
  });

  it('rises only when somebody says so: from then on it is written anew, and shut to older programs', async () => {
    await hand.commit('by an older program', [{ path: PATH, content: canonicalJson(oldJob) }]);
    const [older, newer] = [await program(VERSIONS), await program(NEXT)];
    await newer.perform('configure', { config: { schemaVersion: 2 }, reason: null, now });
    await newer.perform('prioritise', { jobId: 'j1', priority: 3, now, reason: null });

    expect(await fileOf('yard.json')).toMatchObject({ schemaVersion: 2 });
    expect(await fileOf(PATH)).toMatchObject({ schemaVersion: 2, priority: 3, colour: 'red' });
    expect(await fileOf(PATH)).not.toHaveProperty('urgency');

    const head = await hand.head();
    await older.refresh();
    const refused = await older.perform('cancel', { jobId: 'j1', by: 'ada', now, reason: null });
    expect(refused).toMatchObject({ ok: false, code: 'NEWER_SCHEMA', reason: expect.stringContaining('yard.json') });
    expect(await hand.head()).toBe(head);
  });

  it('may hold a file of a newer program, which is told of and left as it is', async () => {
    const content = canonicalJson({ ...JOB, schemaVersion: 3, shape: 'unknown' });
    await hand.commit('by a program of the future', [{ path: PATH, content }]);
    const yard = await program(NEXT);

    const refused = await yard.perform('cancel', { jobId: 'j1', by: 'ada', now, reason: null });
    const other = await yard.perform('submit', { id: 'j2', job: { command: ['true'] }, by: 'ada', now });

    expect(refused.ok).toBe(false);
    expect(other.ok).toBe(true);
    expect(yard.state.broken.get(PATH)).toMatchObject({ code: 'NEWER_SCHEMA' });
    expect(await fileOf(PATH)).toEqual(JSON.parse(content));
  });
});

describe('raising a yard', () => {
  it('names what changes, and the agents whose programs would be shut out', async () => {
    const yard = await program(VERSIONS);
    const agent = { id: 'old', host: 'old', boot: 'b', version: '0.9.0' };
    await yard.perform('register', { agent, replaces: null, now });
    await yard.perform('register', { agent: { ...agent, id: 'new', newestSchema: 2 }, replaces: null, now });

    expect(migrationView(yard.state, now, NEXT)).toEqual({
      from: 1,
      to: 2,
      changes: [TURNED.what],
      tooOld: [{ agent: 'old', version: '0.9.0', reads: 1 }],
    });
    expect(migrationView(yard.state, now, VERSIONS)).toMatchObject({ from: 1, to: 1, tooOld: [] });
  });

  it('has one step for each version', () => {
    expect(VERSIONS.migrations.map(({ to }) => to)).toEqual(
      Array.from({ length: VERSIONS.newest - 1 }, (_, at) => at + 2),
    );
  });
});

it('the first jobs that were ever written are read whole, and a rewrite keeps what they said', async () => {
  // As the first version of this program wrote one, before jobs belonged to traces, had stages' causes or a place to be split.
  const first = {
    ...{ ...JOB, schemaVersion: 1, priority: 3, submittedBy: 'ada', repository: 'https://example.org/app.git' },
    ...{ branch: 'main', commit: null, toolchain: null, strategy: 'Incremental', command: null, parameters: {} },
    ...{ labels: ['linux'], requires: ['dotnet>=8'], needs: [], locks: [], group: null, key: null, notBefore: null },
    ...{ timeoutSeconds: null, retries: 1, assignedTo: null, cancelRequested: null, parent: null, signature: null },
    ...{ token: 0, agent: null, attempts: [], result: null, endedAt: null, traceparent: null, paused: null },
  };
  await hand.commit('by the first program', [{ path: PATH, content: canonicalJson(first) }]);
  const yard = await program(VERSIONS);

  await yard.perform('prioritise', { jobId: 'j1', priority: 4, now, reason: null });

  expect(yard.state.broken.size).toBe(0);
  expect(await fileOf(PATH)).toMatchObject({ ...first, priority: 4 });
});
