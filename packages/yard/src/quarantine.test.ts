import { fileProblems, quarantineIdOf } from '@gityard/domain';
import { MemoryRemote } from '@gityard/store';
import { afterEach, describe, expect, it } from 'vitest';
import { createYard } from './create-yard.ts';
import { pathOf } from './files/paths.ts';
import { auditYard } from './history/audit.ts';
import { openYard } from './open-yard.ts';
import { clearOverdue, judgeBroken, problemsWithAuthors } from './quarantine.ts';
import { personOf } from './spec/person.ts';
import type { Yard } from './yard.ts';

const now = '2026-03-01T12:00:00Z';
const open: Yard[] = [];
const jobPath = pathOf('job', 'j1');

/** A yard with one job, a person, and programs that start whenever a spec says so. */
async function world() {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder', config: { name: 'acme', lease: { seconds: 77 } } });
  const start = async (actor: string): Promise<Yard> => {
    const yard = openYard({ address: remote.transport(), actor });
    open.push(yard);
    await yard.refresh();
    return yard;
  };
  const founder = await start('founder');
  await founder.perform('submit', { id: 'j1', job: { command: ['true'] }, by: 'ada', now });
  return { founder, start, person: personOf(remote) };
}

afterEach(async () => {
  for (const yard of open.splice(0)) await yard.close();
});

const record = (yard: Yard, path: string) => [...yard.state.quarantine].find((it) => it.path === path);

describe('a file that a person broke', () => {
  it('keeps its last valid version in force for a program that starts afterwards', async () => {
    const { start, person, founder } = await world();
    await founder.perform('prioritise', { jobId: 'j1', priority: 2, reason: null, now });
    await person.commit('Oops', { [jobPath]: '{ "id": "j1", ', 'yard.json': '{ "lease": ' });

    const late = await start('late');

    expect(late.state.jobs.get('j1')).toMatchObject({ status: 'queued', priority: 2 });
    expect(late.state.yard).toMatchObject({ name: 'acme', lease: { seconds: 77 } });
    expect(
      fileProblems(late.state)
        .map((it) => it.path)
        .sort(),
    ).toEqual([jobPath, 'yard.json']);
  });

  it('counts with the newest valid version, also for a program that was away when it was made', async () => {
    const { start, person, founder } = await world();
    const away = await start('away');
    await founder.perform('prioritise', { jobId: 'j1', priority: 2, reason: null, now });
    await person.commit('Oops', { [jobPath]: 'oops' });

    await away.refresh();

    expect(away.state.jobs.get('j1')?.priority).toBe(2);
  });

  it('does not bring back what was removed before the broken file came', async () => {
    const { start, person } = await world();
    const away = await start('away');
    await person.commit('Away with it', { [jobPath]: null });
    await person.commit('And something else there', { [jobPath]: 'oops' });

    await away.refresh();

    expect(away.state.jobs.has('j1')).toBe(false);
    expect((await start('late')).state.jobs.has('j1')).toBe(false);
  });

  it('is put back as it was, byte for byte; what broke it is kept, and its author is told', async () => {
    const { start, person } = await world();
    const handMade = '{"name": "acme",\n   "lease": {"seconds": 60}}\n';
    await person.commit('My own layout', { 'yard.json': handMade });
    await person.commit('Oops', { 'yard.json': '{"name": "acme",,}\n' });
    const yard = await start('late');

    const [outcome] = await judgeBroken(yard, { now });

    expect(outcome).toMatchObject({ ok: true, result: { restored: true, author: 'Ada', line: 1 } });
    expect(await person.read('yard.json')).toBe(handMade);
    expect(yard.state.broken.size).toBe(0);
    const kept = record(yard, 'yard.json');
    expect(JSON.parse((await person.read(`shared/quarantine/yard.json@${kept?.blob}.json`)) ?? '')).toMatchObject({
      content: '{"name": "acme",,}\n',
      reason: expect.stringContaining('is not JSON'),
    });
    expect([...yard.state.messages]).toMatchObject([
      { to: 'Ada', subject: 'yard.json is broken', body: expect.stringContaining('in force again') },
    ]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('is judged once, however many see it', async () => {
    const { start, person } = await world();
    await person.commit('Oops', { [jobPath]: 'oops' });
    const yards = await Promise.all(['a1', 'a2', 'a3'].map(start));

    const outcomes = await Promise.all(yards.map((yard) => judgeBroken(yard, { now })));

    expect(outcomes.flat().filter((it) => it.ok)).toHaveLength(1);
    await yards[0]?.refresh();
    expect(yards[0]?.state.messages.size).toBe(1);
  });

  it('is still told of after it was restored, until somebody says that it was dealt with', async () => {
    const { start, person } = await world();
    await person.commit('Oops', { [jobPath]: 'oops' });
    const yard = await start('late');
    await judgeBroken(yard, { now });
    expect(fileProblems(yard.state)).toMatchObject([
      { path: jobPath, restored: true, author: 'Ada', seenAt: expect.any(String) },
    ]);
    const kept = pathOf('quarantine', quarantineIdOf(record(yard, jobPath) ?? { path: '', blob: '' }));
    expect(await person.read(kept)).toContain('"content": "oops"');

    await clearOverdue(yard, now);
    expect(fileProblems(yard.state)).toHaveLength(1);
    await clearOverdue(yard, '2026-03-09T12:00:00Z');

    expect(fileProblems(yard.state)).toEqual([]);
    expect(await person.read(kept)).toBeUndefined();
  });

  it('that was never valid stays where it is, costs no second look back, and is forgotten once mended', async () => {
    const { start, person, founder } = await world();
    const path = pathOf('lock', 'deploy');
    await person.commit('A lock by hand', { [path]: '{ "name": "deploy" ' });
    await founder.refresh();
    await judgeBroken(founder, { now });
    expect(await person.read(path)).toBe('{ "name": "deploy" ');

    const late = await start('late');
    expect(late.state.broken.get(path)?.past).toBeNull();
    expect(await judgeBroken(late, { now })).toEqual([]);

    await person.commit('Mended', { [path]: '{ "name": "deploy", "token": 0, "holders": [] }' });
    await late.refresh();
    expect(late.state.locks.has('deploy')).toBe(true);
    await clearOverdue(late, now);
    expect(late.state.quarantine.size).toBe(0);
  });

  it('is not written over by anything else meanwhile, not even by the counter of its own actor', async () => {
    const { person, founder } = await world();
    await person.commit('Oops', { [pathOf('actor', 'founder')]: 'oops' });

    const wish = { jobId: 'j1', priority: 1, reason: null, now };
    expect(await founder.perform('prioritise', wish)).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    await judgeBroken(founder, { now });

    expect(await founder.perform('prioritise', wish)).toMatchObject({ ok: true });
    expect(founder.state.actors.get('founder')?.operations).toBe(3);
    expect(await auditYard(founder)).toMatchObject({ ok: true });
  });

  it('has an author that the history knows, also where it lies in the inbox or can stand for nothing', async () => {
    const { person, founder } = await world();
    await person.commit('Two mistakes', { 'queue/UPPER.JSON': '{}', 'queue/a.json': 'oops' });
    await founder.refresh();

    expect(await problemsWithAuthors(founder)).toMatchObject([
      { path: 'queue/UPPER.JSON', author: 'Ada', reason: expect.stringContaining('is not taken up') },
      { path: 'queue/a.json', author: 'Ada', seenAt: expect.any(String) },
    ]);
  });
});

describe('a file of the inbox that asks for what is refused', () => {
  it('is told of like a broken one, once it has its answer', async () => {
    const { person, founder } = await world();
    await person.commit('A wish', { 'queue/a.json': '{"command": ["true"], "needs": ["nobody"]}' });
    await founder.refresh();
    expect(fileProblems(founder.state)).toEqual([]);

    const [file] = [...founder.state.queue];
    await founder.perform('take-up', { path: 'queue/a.json', blob: file?.blob ?? '', ids: ['j9'], by: 'ada', now });

    expect(fileProblems(founder.state)).toMatchObject([
      { path: 'queue/a.json', reason: expect.stringContaining('nobody') },
    ]);
  });
});

describe('a yard of a newer program', () => {
  it('is read, and nothing is written to it', async () => {
    const { start, person } = await world();
    await person.commit('The future', { 'yard.json': '{ "schemaVersion": 99 }' });
    const yard = await start('late');

    const outcome = await yard.perform('submit', { id: 'j2', job: { command: ['true'] }, by: 'ada', now });

    expect(outcome).toMatchObject({ ok: false, code: 'NEWER_SCHEMA' });
    expect(yard.state.jobs.has('j1')).toBe(true);
    expect(await judgeBroken(yard, { now })).toEqual([]);
  });
});
