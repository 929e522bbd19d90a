import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditYard, readLog } from '@gityard/yard';
import { afterEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from '../agent.fixture.ts';

const POINT = {
  repository: null,
  agent: null,
  commit: null,
  tag: 'build-success-main-20260302T120000Z',
  tagObject: 'a'.repeat(40),
  target: 'b'.repeat(40),
  targetIs: 'state-commit' as const,
  manifestSha256: 'c'.repeat(64),
  by: 'ada',
};
const RETENTION = { messagesDays: 30, archiveDays: 90, metricsFiles: 8, logsPerAgent: 200, rollbackPoints: 20 };

const longAgo = '2026-03-01T12:00:00Z';

describe('the upkeep of a yard', () => {
  let yard: TestYard;
  afterEach(() => yard.close());

  async function endedJob(id: string): Promise<void> {
    const { person } = yard;
    await person.perform('submit', { id, job: { command: ['true'] }, by: 'ada', now: longAgo });
    await person.perform('cancel', { jobId: id, by: 'ada', reason: null, now: longAgo });
  }

  const madeAt = (id: string) => `2026-03-0${['old', 'good', 'new'].indexOf(id) + 1}T12:00:00.000Z`;
  async function manifestOf(job: string): Promise<void> {
    const manifest = { job, agent: 'ada', branch: 'main', commit: null, createdAt: madeAt(job), artifacts: [] };
    await yard.person.perform('publish-manifest', { manifest, now: longAgo });
  }
  async function stored(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'app.deb'), 'deb');
  }

  it('puts what is over into the archive, by one agent of many', async () => {
    yard = await testYard();
    for (const id of ['j1', 'j2', 'j3']) await endedJob(id);

    const agents = [await yard.start('build1'), await yard.start('build2'), await yard.start('build3')];

    await yard.until('they are gone', (state) => state.jobs.size === 0);
    for (const agent of agents) await agent.told('registered');
    expect((await readLog(yard.person)).filter((it) => it.operation === 'archive')).toHaveLength(1);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('tells who let a lock run out, and who has not acknowledged, each once', async () => {
    yard = await testYard({ escalation: { to: 'ops' } });
    const { person } = yard;
    const now = new Date(Date.now() - 3_600_000).toISOString();
    const lock = { name: 'db', holder: 'ada', ttlMs: 1000, waitUntil: null, reason: null, now };
    await person.perform('acquire', lock);
    const message = { from: 'ada', to: 'ben', subject: 'swap it', ackBy: now };
    await person.perform('send', { id: 'm1', message, now });

    const agents = [await yard.start('build1'), await yard.start('build2')];

    const messages = await yard.until('both are told of', (state) => state.messages.size > 2 && [...state.messages]);
    expect(messages.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(['ada ben', 'system ada', 'system ops']);
    for (const agent of agents) await agent.told('registered');
    const done = (await readLog(person)).map((it) => it.operation);
    expect(done.filter((it) => it === 'recover' || it === 'escalate').sort()).toEqual(['escalate', 'recover']);
    expect((await person.refresh()).locks.get('db')?.holders).toEqual([]);
    expect(await auditYard(person)).toMatchObject({ ok: true });
  });

  it('leaves to those what only they can: hosts hear of builds from who has a token for it', async () => {
    yard = await testYard();
    const asked: string[] = [];
    const other = await yard.start('build1');
    const able = await yard.start('build2', {
      tellCommits: async ({ state }) => {
        asked.push(...[...state.agents].map((it) => it.id));
        return 'told';
      },
    });

    await able.told('upkeep', (it) => it.task === 'commit-statuses');
    await other.told('registered');

    expect((await yard.beat('build2', (it) => it.channels.length > 0)).channels).toEqual(['commit-statuses']);
    expect(other.events.filter((it) => it.kind === 'upkeep' && it.task === 'commit-statuses')).toEqual([]);
    expect(asked).toContain('build2');
  });

  it('cuts the history where the team asks for it, and everybody goes on', async () => {
    yard = await testYard({ compact: { afterOperations: 4 } });
    await yard.person.perform('submit', { id: 'j1', job: { command: ['true'] }, by: 'ada', now: longAgo });
    await yard.person.perform('prioritise', { jobId: 'j1', priority: 2, reason: null, now: longAgo });
    await yard.person.perform('prioritise', { jobId: 'j1', priority: 1, reason: null, now: longAgo });

    await yard.start('build1');

    await yard.until('it is cut', (state) => state.epoch?.epoch === 1);
    await yard.untilStatus('j1', 'succeeded');
    await yard.untilStatus(await yard.add(['true']), 'succeeded');
    expect(await auditYard(yard.person)).toMatchObject({ ok: true, epochs: { verified: [0, 1], missing: [] } });
  });

  it('frees each machine of artifacts that are old, and of none that a rollback needs', async () => {
    yard = await testYard({ retention: { ...RETENTION, finishedJobsDays: 7, artifactBuilds: 1, artifactDays: 0 } });
    for (const id of ['old', 'good', 'new']) await manifestOf(id);
    const point = { ...POINT, job: 'good', builtAt: madeAt('good') };
    await yard.person.perform('record-rollback-point', { branch: 'main', point, now: longAgo });
    const homes = ['build1', 'build2'].map((it) => join(yard.homeOf(it), 'build', 'artifacts'));
    for (const home of homes) for (const id of ['old', 'good', 'new']) await stored(join(home, id, '0'));

    const agents = [await yard.start('build1'), await yard.start('build2')];

    for (const agent of agents) await agent.told('upkeep', (it) => it.task === 'cleanup');
    for (const home of homes) expect((await readdir(home)).sort()).toEqual(['good', 'new']);
  });

  it('never cuts it unasked', async () => {
    yard = await testYard();
    const agent = await yard.start('build1');
    await yard.untilStatus(await yard.add(['true']), 'succeeded');
    await agent.told('ended');

    expect(yard.person.state.epoch).toBeNull();
  });
});
