/** Planted commits, over a real history: the audit names exactly that one, and nothing that people may do. */
import type { Job } from '@gityard/domain';
import { MemoryRemote } from '@gityard/store';
import { afterEach, describe, expect, it } from 'vitest';
import { createYard } from '../create-yard.ts';
import { pathOf } from '../files/paths.ts';
import { openYard } from '../open-yard.ts';
import { judgeBroken } from '../quarantine.ts';
import { type Person, personOf } from '../spec/person.ts';
import type { Yard } from '../yard.ts';
import { auditYard } from './audit.ts';

const now = '2026-03-01T12:00:00Z';
const open: Yard[] = [];
afterEach(async () => {
  for (const yard of open.splice(0)) await yard.close();
});

interface Scene {
  readonly mac: Yard;
  readonly person: Person;
  /** The JSON of a file with some of its fields changed. */
  edited(path: string, fields: object): Promise<string>;
}

/** A yard in which mac runs `held`, has ended `ended`, and has not begun `waiting`; a lock is held, a message was read. */
async function scene(): Promise<Scene> {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder', config: { name: 'acme' } });
  const mac = openYard({ address: remote.transport(), actor: 'mac' });
  open.push(mac);
  await mac.refresh();
  const allows = { repositories: [], commands: true };
  await mac.perform('register', {
    agent: { id: 'mac', host: 'h', boot: mac.boot, slots: 9, allows },
    replaces: null,
    now,
  });
  await endedJob(mac);
  const { token } = await heldJob(mac, 'held');
  await mac.perform('start', { jobId: 'held', agentId: 'mac', token, now });
  await submitted(mac, 'waiting');
  await mac.perform('acquire', { name: 'db', holder: 'ann', ttlMs: 1e9, waitUntil: null, reason: null, now });
  await mac.perform('send', { id: 'm1', message: { from: 'mac', to: 'ann', subject: 'hello' }, now });
  await mac.perform('read', { messageId: 'm1', reader: 'ann', now });

  const person = personOf(remote);
  const edited = async (path: string, fields: object) =>
    JSON.stringify({ ...JSON.parse((await person.read(path)) ?? ''), ...fields });
  return { mac, person, edited };
}

const submitted = (yard: Yard, id: string) =>
  yard.perform('submit', { id, job: { command: ['true'] }, by: 'ada', now });

async function heldJob(yard: Yard, id: string): Promise<Job> {
  await submitted(yard, id);
  const claimed = await yard.perform('claim', { agentId: 'mac', boot: yard.boot, jobId: id, now });
  if (!claimed.ok) throw new Error(claimed.reason);
  return claimed.result;
}

async function finished(yard: Yard, { id: jobId, token }: Job): Promise<void> {
  const result = { exitCode: 1, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
  const end = { status: 'failed', cause: 'code', exitCode: 1, signal: null, reason: null, stages: [], result } as const;
  await yard.perform('finish', { ...end, jobId, agentId: 'mac', token, now });
}

const endedJob = async (yard: Yard): Promise<void> => finished(yard, await heldJob(yard, 'ended'));

const [held, ended, waiting] = ['held', 'ended', 'waiting'].map((id) => pathOf('job', id)) as [string, string, string];
const [db, m1, mac] = [pathOf('lock', 'db'), pathOf('message', 'm1'), pathOf('actor', 'mac')];
const end = { status: 'succeeded', agent: null, endedAt: now };
const holder = (name: string, token: number) => ({ holder: name, token, acquiredAt: now });
const attemptsOf = (agent: string, { attempts }: Job) => attempts.map((it) => ({ ...it, agent }));

/** Fields that are changed; null removes the file. */
type Edit = object | null | ((job: Job) => object);

describe('audit', () => {
  it.each<[string, string, string, Edit]>([
    ['reopens an ended job', 'job-status', ended, { status: 'queued', endedAt: null, result: null }],
    ['reopens it as running', 'one-holder', ended, { status: 'running', agent: 'mac' }],
    ['gives a held job to another', 'one-holder', held, { agent: 'pc' }],
    ['gives its attempt to another', 'one-holder', held, (job) => ({ attempts: attemptsOf('pc', job) })],
    ['gives both to another', 'holder-stays', held, (job) => ({ agent: 'pc', attempts: attemptsOf('pc', job) })],
    ['ends a running job', 'job-status', held, end],
    ['turns back a token', 'attempt-tokens', held, { token: 0 }],
    ['removes a job', 'job-kept', waiting, null],
    ['raises the count of a lock', 'lock-sized', db, { count: 5 }],
    ['takes a lock away', 'lock-moved', db, { holders: [] }],
    ['adds a holder', 'lock-token', db, { token: 2, count: 2, holders: [holder('ann', 1), holder('bob', 2)] }],
    ['adds one under a token in use', 'lock-count', db, { count: 2, holders: [holder('ann', 1), holder('bob', 1)] }],
    ['lowers the token of a lock', 'lock-count', db, { token: 0 }],
    ['removes an agent that holds a job', 'agent-kept', pathOf('agent', 'mac'), null],
    ['removes a counter', 'actor-counter', mac, null],
    ['lowers a counter', 'actor-counter', mac, { operations: 1 }],
    ['removes the settings', 'yard-kept', 'yard.json', null],
    ['removes a message', 'message-kept', m1, null],
    ['changes what was said', 'message-kept', m1, { subject: 'good bye' }],
    ['takes back a receipt', 'receipts', m1, { readBy: {} }],
    ['hides a token beside a broken priority', 'attempt-tokens', held, { token: 0, priority: 'high' }],
    ['gives a job a status that there is not', 'hidden-change', held, { status: 'done' }],
    ['gives a job an agent that is none', 'hidden-change', held, { agent: 5 }],
    ['hides an end behind a schema of tomorrow', 'job-status', held, { ...end, schemaVersion: 99 }],
    ['hides a holder in a broken lock', 'lock-moved', db, { waiting: 'none', holders: [] }],
    ['hides a counter in a broken file', 'actor-counter', mac, { boot: 5, operations: 1 }],
  ])('names the commit in which a person %s', async (_, rule, path, edit) => {
    const { mac: yard, person, edited } = await scene();
    const fields = typeof edit === 'function' ? edit(JSON.parse((await person.read(path)) ?? '')) : edit;
    const planted = await person.commit('Just a small change', { [path]: fields && (await edited(path, fields)) });
    await person.commit('Another day', { 'notes.txt': 'nothing happened' });

    expect(await auditYard(yard)).toMatchObject({ ok: false, firstViolation: { commit: planted, rule } });
  });

  it('names the commit that hides an end behind a key told twice', async () => {
    const { mac: yard, person, edited } = await scene();
    const twice = (await edited(held, end)).replace('{', '{ "status": "running", ');
    const planted = await person.commit('Twice', { [held]: twice });

    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: planted, rule: 'job-status' } });
  });

  it('names the commit that reopened a job, and not the one that ended it again', async () => {
    const { mac: yard, person, edited } = await scene();
    const reopened = await person.commit('Again', {
      [ended]: await edited(ended, { status: 'queued', endedAt: null, result: null }),
    });
    const claimed = await yard.perform('claim', { agentId: 'mac', boot: yard.boot, jobId: 'ended', now });
    if (claimed.ok) await finished(yard, claimed.result);

    expect(yard.state.jobs.get('ended')).toMatchObject({ status: 'failed', token: 2 });
    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: reopened } });
  });

  it.each([
    [
      'of an actor that never was',
      'Operation: finish\nAgent: mac\nJob: held\nToken: 1\nTransaction: ghost.b.1',
      'actor-counter',
    ],
    [
      'that no actor made',
      'Operation: finish-job\nAgent: mac\nJob: held\nToken: 1\nTransaction: made-up',
      'transaction-named',
    ],
    ['without a transaction', 'Operation: finish\nAgent: mac\nJob: held\nToken: 1', 'transaction-named'],
    ['of an operation that begins nothing', 'Operation: begin\nAgent: mac', 'job-status'],
  ])('names a commit with trailers %s', async (_, trailers, rule) => {
    const { mac: yard, person, edited } = await scene();
    const attempts = yard.state.jobs.get('held')?.attempts.map((it) => ({ ...it, status: 'succeeded', endedAt: now }));
    const files = { [held]: await edited(held, { ...end, attempts }) };
    const planted = await person.commit(`finish job held: succeeded\n\n${trailers}`, files);

    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: planted, rule } });
  });

  it('names a commit whose transaction the counter does not account for, though the counter rose', async () => {
    const { mac: yard, person, edited } = await scene();
    const operations = (yard.state.actors.get('mac')?.operations ?? 0) + 1;
    const files = { [waiting]: await edited(waiting, { priority: 1 }), [mac]: await edited(mac, { operations }) };
    const trailers = `Operation: prioritise\nJob: waiting\nTransaction: mac.${yard.boot}.999`;
    const planted = await person.commit(`prioritise job waiting: 1\n\n${trailers}`, files);

    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: planted, rule: 'actor-transactions' } });
  });

  it('finds nothing wrong with what people may do, and with what merely broke and was restored', async () => {
    const { mac: yard, person, edited } = await scene();
    await person.commit('Sooner, please', { [waiting]: await edited(waiting, { priority: 1, labels: ['gpu'] }) });
    await person.commit('Settings', { 'yard.json': '{ "name": "acme", "poll": { "seconds": 5 } }' });
    await person.commit('Profiles', { 'shared/branches_config.json': '{ "branches": {} }' });
    await person.commit('Please build', {
      'queue/a.json': '{ "command": ["true"] }',
      'queue/b.json': '{ "op": "retry", "target": "ended" }',
    });
    await yard.refresh();
    for (const { path, blob } of [...yard.state.queue])
      await yard.perform('take-up', { path, blob, ids: ['taken'], by: 'ada', now });
    expect(yard.state.jobs.get('ended')?.status).toBe('queued');

    const slips = { [held]: await edited(held, { priority: 'high' }), [db]: '{ "name": ', [m1]: '<<<<<<< HEAD\n' };
    await person.commit('Oops', { ...slips, [mac]: '[]', 'yard.json': '{ "lease": 5 }' });
    await yard.refresh();
    expect(yard.state.broken.size).toBe(5);
    // The counter of who judges is among them, and has to be whole again before anything else is written.
    await judgeBroken(yard, { now });
    await judgeBroken(yard, { now });
    await person.commit('Never mind', { [waiting]: await edited(waiting, { status: 'cancelled', endedAt: now }) });

    expect(yard.state.broken.size).toBe(0);
    expect(await auditYard(yard)).toMatchObject({ ok: true, firstViolation: null });
  });
});
