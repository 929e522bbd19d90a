import { fileProblems, type JobRequest } from '@gityard/domain';
import { world as domainWorld } from '@gityard/domain/spec';
import { MemoryRemote } from '@gityard/store';
import { afterEach, describe, expect, it } from 'vitest';
import { createYard } from './create-yard.ts';
import { pathOf } from './files/paths.ts';
import { auditYard } from './history/audit.ts';
import { readLog } from './history/log.ts';
import { newId } from './ids.ts';
import { openYard } from './open-yard.ts';
import { personOf } from './spec/person.ts';
import { canonicalBytes } from './writing/canonical-json.ts';
import type { Yard } from './yard.ts';

const now = '2026-03-01T12:00:00Z';
const open: Yard[] = [];

async function world() {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  const yardOf = async (actor: string): Promise<Yard> => {
    const yard = openYard({ address: remote.transport(), actor });
    open.push(yard);
    await yard.refresh();
    return yard;
  };
  return { remote, yardOf, person: personOf(remote) };
}

afterEach(async () => {
  for (const yard of open.splice(0)) await yard.close();
});

const submit = (yard: Yard, id = newId()) => yard.perform('submit', { id, job: { command: ['true'] }, by: 'ada', now });
const register = (yard: Yard) =>
  yard.perform('register', {
    agent: { id: yard.actor, host: 'h', boot: yard.boot, slots: 100, allows: { repositories: [], commands: true } },
    replaces: null,
    now,
  });
const claim = (yard: Yard) => yard.perform('claim', { agentId: yard.actor, boot: yard.boot, now });

const task = { text: 'Build', parameters: {}, notify: false, message: null };

describe('yard', () => {
  it('commits an accepted operation and tells in which commit it stands', async () => {
    const { yardOf } = await world();
    const yard = await yardOf('mac');

    const outcome = await submit(yard, 'j1');

    expect(outcome).toMatchObject({ ok: true, result: { id: 'j1', status: 'queued' }, commit: yard.head });
    expect(yard.state.jobs.get('j1')?.submittedBy).toBe('ada');
  });

  it('puts the reason that a person gave into the history, whatever the operation', async () => {
    const { yardOf } = await world();
    const yard = await yardOf('mac');

    await yard.perform('submit', { id: 'j1', job: { command: ['true'] }, by: 'ada', now }, { reason: 'to try it' });

    expect((await readLog(yard))[0]).toMatchObject({ operation: 'submit', reason: 'to try it' });
  });

  it('commits nothing for a wish that is refused or true already', async () => {
    const { yardOf } = await world();
    const yard = await yardOf('mac');
    await submit(yard, 'j1');
    const { head } = yard;

    expect(await yard.perform('cancel', { jobId: 'nope', by: 'ada', reason: null, now })).toMatchObject({
      ok: false,
      code: 'NOT_FOUND',
    });
    expect(await yard.perform('prioritise', { jobId: 'j1', priority: 5, reason: null, now })).toMatchObject({
      ok: true,
      commit: null,
    });
    await yard.refresh();
    expect(yard.head).toBe(head);
  });

  it('refuses on the state as it is, not as it was last seen', async () => {
    const { yardOf } = await world();
    const [mac, pc] = [await yardOf('mac'), await yardOf('pc')];
    await register(pc);
    await submit(mac, 'j1');

    expect(await claim(pc)).toMatchObject({ ok: true, result: { id: 'j1', token: 1 } });
  });

  it('gives each of many jobs to exactly one of many claimers', async () => {
    const { yardOf } = await world();
    const yards = await Promise.all(['a1', 'a2', 'a3', 'a4'].map(yardOf));
    for (const yard of yards) await register(yard);
    await Promise.all(Array.from({ length: 24 }, () => submit(yards[0] as Yard)));

    const claims = await Promise.all(
      yards.map(async (yard) => {
        const won: string[] = [];
        for (;;) {
          const outcome = await claim(yard);
          if (!outcome.ok) return won;
          won.push(`${outcome.result.id}@${outcome.result.token}`);
        }
      }),
    );

    expect(new Set(claims.flat()).size).toBe(24);
    expect(claims.flat()).toHaveLength(24);
    expect(await auditYard(yards[0] as Yard)).toMatchObject({ ok: true, firstViolation: null });
  });

  it('lets operations that wait share a commit, each with its own row in the log', async () => {
    const { yardOf } = await world();
    const yard = await yardOf('mac');
    const before = yard.head;

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => submit(yard)));

    const commits = new Set(outcomes.map((it) => (it.ok ? it.commit : null)));
    expect(commits.size).toBeLessThanOrEqual(2);
    expect(commits).not.toContain(before);
    const rows = await readLog(yard, 10);
    expect(rows.map((row) => row.operation)).toEqual(Array(10).fill('submit'));
    expect(new Set(rows.map((row) => row.transaction)).size).toBe(10);
  });

  it('keeps the last valid version of a file that a person broke, and tells of it', async () => {
    const { yardOf, person } = await world();
    const yard = await yardOf('mac');
    await submit(yard, 'j1');

    await person.commit('Oops', { [pathOf('job', 'j1')]: '{ "id": "j1", ' });
    await yard.refresh();

    expect(yard.state.jobs.get('j1')?.status).toBe('queued');
    expect(fileProblems(yard.state)).toMatchObject([{ path: pathOf('job', 'j1'), code: 'INVALID_DATA', line: 1 }]);
  });

  it('never overwrites a broken file, and goes on with everything else', async () => {
    const { yardOf, person } = await world();
    const yard = await yardOf('mac');
    await submit(yard, 'j1');
    await person.commit('Oops', { [pathOf('job', 'j1')]: 'not json' });

    expect(await yard.perform('cancel', { jobId: 'j1', by: 'ada', reason: null, now })).toMatchObject({
      ok: false,
      code: 'INVALID_DATA',
    });
    expect(await submit(yard, 'j2')).toMatchObject({ ok: true });
  });

  it('writes nothing that is too long to be read back', async () => {
    const { yardOf } = await world();
    const yard = await yardOf('mac');
    const parameters = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`p${at}`, 'x'.repeat(9_000)]));
    const wish = { id: 'j1', job: { command: ['true'], parameters }, by: 'ada', now };

    const refusal = { ok: false, code: 'INVALID_DATA', reason: expect.stringContaining('more than 1000000 bytes') };
    expect(await yard.perform('submit', wish)).toMatchObject(refusal);
    expect(yard.foretell('submit', wish)).toMatchObject(refusal);
  });

  it.each<[string, JobRequest]>([
    ['a parameter', { command: ['true'], parameters: { constructor: '2' } }],
    ['what a task is given', { task: { ...task, parameters: { deep: [JSON.parse('{"__proto__": 1}')] } } }],
  ])('writes no key that its own reader would refuse: %s', async (_, more) => {
    const { yardOf } = await world();
    const yard = await yardOf('mac');
    const before = yard.head;
    const wish = { id: 'j1', job: more, by: 'ada', now };

    const refusal = {
      ok: false,
      code: 'INVALID_DATA',
      reason: expect.stringMatching(/has a key "(constructor|__proto__)", which no file/),
    };
    expect(yard.foretell('submit', wish)).toMatchObject(refusal);
    expect(await yard.perform('submit', wish)).toMatchObject(refusal);
    expect(yard.head).toBe(before);
    expect(await submit(yard, 'j2')).toMatchObject({ ok: true });
  });

  it('refuses to write where a person put a folder', async () => {
    const { yardOf, person } = await world();
    const yard = await yardOf('mac');
    await person.commit('A folder', { 'shared/locks/deploy.json/notes.json': '{}' });

    const wish = { name: 'deploy', holder: 'ada', ttlMs: 1000, waitUntil: null, reason: null, now };
    expect(await yard.perform('acquire', wish)).toMatchObject({ ok: false, code: 'INVALID_DATA' });
  });

  it('makes the live ref again when somebody removed it, whoever had seen it before', async () => {
    const { remote, yardOf } = await world();
    const yard = await yardOf('mac');
    const heartbeat = domainWorld().agent('mac').beat('mac').state.heartbeats.get('mac') ?? null;
    const beat = () => yard.live.beat({ heartbeat: heartbeat && (() => heartbeat), model: () => null });
    await beat();
    const { live: ref } = yard.refs;
    const expected = (await yard.transport.readRefs([ref])).get(ref) ?? null;
    await remote.transport().push({ updates: [{ ref, expected, next: null }], objects: [] });

    await expect(yard.live.refresh()).rejects.toMatchObject({ code: 'BRANCH_MISSING' });
    await beat();

    const other = await yardOf('pc');
    await other.live.refresh();
    expect(other.state.heartbeats.get('mac')).toMatchObject({ agent: 'mac' });
  });

  it('takes up a file of the inbox, deletes it, and answers a broken one once', async () => {
    const { yardOf, person } = await world();
    const yard = await yardOf('mac');
    await person.commit('Please build', {
      'queue/good.json': '{"repo": "https://example.com/a.git", "toolchain": "npm"}',
      'queue/bad.json': '{oops',
    });
    await yard.refresh();

    for (const file of [...yard.state.queue]) {
      await yard.perform('take-up', { path: file.path, blob: file.blob, ids: [newId()], by: 'queue/good', now });
    }

    expect([...yard.state.jobs]).toMatchObject([
      { repository: 'https://example.com/a.git', toolchain: 'npm', status: 'queued' },
    ]);
    expect(fileProblems(yard.state)).toMatchObject([{ path: 'queue/bad.json', code: 'INVALID_DATA', line: 1 }]);
    expect(await person.read('queue/good.json')).toBeUndefined();
    expect(await person.read('queue/bad.error.md')).toContain('is not JSON');
    const { head } = yard;
    const [bad] = [...yard.state.queue];
    expect(
      await yard.perform('take-up', { path: 'queue/bad.json', blob: bad?.blob ?? '', ids: [], by: 'x', now }),
    ).toMatchObject({ ok: true, commit: null });
    expect(yard.head).toBe(head);

    await person.commit('Mended', { 'queue/bad.json': '{"command": ["true"]}' });
    await yard.refresh();
    const [mended] = [...yard.state.queue];
    await yard.perform('take-up', { path: 'queue/bad.json', blob: mended?.blob ?? '', ids: [newId()], by: 'x', now });
    expect(yard.state.jobs.size).toBe(2);
    expect(await person.read('queue/bad.error.md')).toBeUndefined();
  });

  it('lets fields of a newer program survive a rewrite', async () => {
    const { yardOf, person } = await world();
    const yard = await yardOf('mac');
    await submit(yard, 'j1');
    const job = { ...yard.state.jobs.get('j1'), colour: { of: 'tomorrow' } };
    await person.commit('Newer program', { [pathOf('job', 'j1')]: new TextDecoder().decode(canonicalBytes(job)) });

    await yard.perform('prioritise', { jobId: 'j1', priority: 1, reason: null, now });

    expect(JSON.parse((await person.read(pathOf('job', 'j1'))) ?? '')).toMatchObject({
      priority: 1,
      colour: { of: 'tomorrow' },
    });
  });

  it('names the commit in which a person broke a rule', async () => {
    const { yardOf, person } = await world();
    const yard = await yardOf('mac');
    await register(yard);
    await submit(yard, 'j1');
    await claim(yard);
    const job = { ...yard.state.jobs.get('j1'), token: 0, attempts: [] };
    const planted = await person.commit('Turn back the token', {
      [pathOf('job', 'j1')]: new TextDecoder().decode(canonicalBytes(job)),
    });
    await submit(yard, 'j2');

    expect(await auditYard(yard)).toMatchObject({ ok: false, firstViolation: { commit: planted } });
  });
});
