import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explain, type InputOf, type Job } from '@gityard/domain';
import { newId, pathOf } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from '../agent.fixture.ts';
import { commitFile } from '../person.fixture.ts';
import { allow } from '../policy/change-policy.ts';
import { newPrivateKey } from '../trust/private-key.ts';
import { lineOfKey } from '../trust/public-key.ts';
import { signJob } from '../trust/sign-job.ts';

type Request = InputOf<'submit'>['job'];
const HOUR_MS = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe('an agent that wants signed jobs', () => {
  let yard: TestYard;
  const ada = newPrivateKey('ada');
  const eve = newPrivateKey('eve');
  beforeEach(async () => {
    yard = await testYard({ yardId: 'acme-1', ...UNHURRIED });
    const known = `ada namespaces="gityard-job" ${lineOfKey(ada.public)}\n`;
    for (const name of ['build1', 'build2']) {
      await allow(yard.homeOf(name), { signatures: 'required' });
      await writeFile(join(yard.homeOf(name), 'allowed_signers'), known, { mode: 0o600 });
    }
    for (const [name, key] of Object.entries({ ada, eve }))
      await writeFile(join(yard.homeOf('build1'), `${name}.key`), key.text, { mode: 0o600 });
  });
  afterEach(() => yard.close());

  interface Signing {
    readonly by?: 'ada' | 'eve';
    readonly of?: string;
    readonly from?: string;
    readonly until?: string;
    /** What somebody makes of it afterwards. */
    readonly edit?: Partial<Job>;
  }

  async function addSigned(request: Request, signing: Signing = {}): Promise<string> {
    const { by = 'ada', of = 'acme-1', from = inHours(-1), until = inHours(1), edit = {} } = signing;
    const input = { id: newId(), job: request, by: 'ada', now: new Date().toISOString() };
    const foretold = yard.person.foretell('submit', input);
    if (!foretold.ok) throw new Error(foretold.reason);
    const validity = { yard: of, notBefore: from, expires: until, nonce: newId() };
    const signature = await signJob(foretold.result, validity, join(yard.homeOf('build1'), `${by}.key`));
    const answer = await yard.person.perform('submit', { ...input, job: { ...request, ...edit, signature } });
    if (!answer.ok) throw new Error(answer.reason);
    return answer.result.id;
  }

  const why = async (id: string) => {
    const state = await yard.person.refresh();
    await yard.person.live.refresh();
    const job = state.jobs.get(id);
    return job
      ? explain(yard.person.state, job, yard.person.now())
          .reasons.map((it) => it.text)
          .join('; ')
      : '';
  };

  it('builds what is signed by a key it knows, and refuses every other job for a reason that can be read', async () => {
    await yard.start('build1', { slots: 2 });
    const run = { command: ['true'], labels: ['linux'] };
    const jobs = {
      unsigned: await yard.add(['true'], { labels: ['linux'] }),
      unknown: await addSigned(run, { by: 'eve' }),
      expired: await addSigned(run, { from: inHours(-2), until: inHours(-1) }),
      early: await addSigned(run, { from: inHours(1), until: inHours(2) }),
      elsewhere: await addSigned(run, { of: 'other-yard' }),
      moved: await addSigned(run, { edit: { labels: ['linux', 'build1'] } }),
      swapped: await addSigned(run, { edit: { command: ['id'] } }),
      armed: await addSigned(run, { edit: { secrets: ['TOKEN'] } }),
    };
    const good = await addSigned(run);

    expect(await yard.untilStatus(good, 'succeeded')).toMatchObject({ agent: null });

    const reasons = await Promise.all(Object.entries(jobs).map(async ([name, id]) => [name, await why(id)] as const));
    expect(Object.fromEntries(reasons)).toEqual({
      unsigned: expect.stringContaining('build1, which wants a signed job'),
      unknown: expect.stringContaining('build1, which wants a signature by a key it knows'),
      expired: expect.stringContaining('its signature was good until'),
      early: expect.stringContaining('its signature is good from'),
      elsewhere: expect.stringContaining('its signature is for the yard other-yard'),
      moved: expect.stringContaining('its labels is not what was signed'),
      swapped: expect.stringContaining('its command is not what was signed'),
      armed: expect.stringContaining('its secrets is not what was signed'),
    });
    const state = await yard.person.refresh();
    expect(Object.values(jobs).map((id) => state.jobs.get(id)?.token)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('tells in its heartbeat of a signature that only looks as if it were good', async () => {
    await yard.start('build1');
    const id = await addSigned({ command: ['true'] }, { by: 'eve' });
    const job = (await yard.person.refresh()).jobs.get(id);
    if (!job?.signature) throw new Error('it bears none');
    // It claims to be by the key of another.
    await writeJob({ ...job, signature: { ...job.signature, key: ada.public.fingerprint } });

    const beat = await yard.beat('build1', ({ refuses = [] }) => refuses.length > 0);

    expect(beat.refuses).toEqual([
      { job: id, reason: `the key ${eve.public.fingerprint} is none that this machine knows` },
    ]);
    expect(await why(id)).toContain('is none that this machine knows');
    expect((await yard.person.refresh()).jobs.get(id)?.token).toBe(0);
  });

  it('runs a job again when it is retried, and not when its file is put back', async () => {
    const agent = await yard.start('build1');
    const id = await addSigned({ command: ['false'] });
    // As it was asked for: the agent may be claiming it by now.
    const before = yard.person.state.jobs.get(id);
    await yard.untilStatus(id, 'failed');

    await yard.person.perform('retry', { jobId: id, by: 'ann', reason: null, now: yard.person.now() });
    await yard.until('the second attempt ended', ({ jobs }) => jobs.get(id)?.attempts[1]?.status === 'failed');
    if (before) await writeJob(before);

    await yard.beat('build1', ({ refuses = [] }) => refuses.some((it) => it.reason.includes('put back')));
    expect((await yard.person.refresh()).jobs.get(id)?.token).toBe(0);
    expect(agent.events.filter((it) => it.kind === 'claimed')).toHaveLength(2);
  });

  it('runs nothing again that ended and was put back by hand, whichever agent it is given to', async () => {
    const [first, second] = [await yard.start('build1'), await yard.start('build2')];
    const id = await addSigned({ command: ['true'], assignedTo: 'build1' });
    const before = await yard.untilStatus(id, 'succeeded');
    const again: Job = { ...before, status: 'queued', attempts: [], result: null, endedAt: null, agent: null };
    const refusedBy = (agent: string, words: string) =>
      yard.beat(agent, ({ refuses = [] }) => refuses.some((it) => it.job === id && it.reason.includes(words)));

    await writeJob(again);
    await refusedBy('build1', 'it has succeeded here before');
    expect(await why(id)).toContain('what was signed once runs once; add the job anew');
    await writeJob({ ...again, assignedTo: 'build2' });
    await refusedBy('build2', 'it had succeeded and was put back without a retry');
    // As if nobody had ever claimed it: only whoever holds it looks that closely.
    await writeJob({ ...again, assignedTo: 'build2', token: 0 });

    const ended = await yard.untilStatus(id, 'failed');
    expect(ended.attempts.at(-1)).toMatchObject({ cause: 'policy', reason: expect.stringContaining('was put back') });
    const claims = [first, second].map((it) => it.events.filter(({ kind }) => kind === 'claimed').length);
    expect(claims).toEqual([1, 1]);
  });

  it('keeps to the id under which it met the yard', async () => {
    const agent = await yard.start('build1');
    await yard.untilStatus(await addSigned({ command: ['true'] }), 'succeeded');
    const { yard: config } = yard.person.state;
    await writeFileByHand('yard.json', { ...config, yardId: 'other-yard' });
    await yard.until('the yard has another id', (state) => state.yard.yardId === 'other-yard');

    await addSigned({ command: ['true'] }, { of: 'other-yard' });

    await yard.beat('build1', ({ refuses = [] }) => refuses.some((it) => it.reason.includes('and was acme-1')));
    expect(agent.events.filter((it) => it.kind === 'claimed')).toHaveLength(1);
  });

  it('exits with SIGNATURE when it was asked for one job and trusts none', async () => {
    const id = await addSigned({ command: ['true'] }, { by: 'eve' });
    const job = (await yard.person.refresh()).jobs.get(id);
    if (job?.signature) await writeJob({ ...job, signature: { ...job.signature, key: ada.public.fingerprint } });

    const agent = await yard.start('build1', { once: true });

    expect(await agent.exit).toMatchObject({ code: 6, error: 'SIGNATURE' });
  });

  const writeFileByHand = (path: string, value: object) => commitFile(yard.repository, path, JSON.stringify(value));
  const writeJob = (job: Job) => writeFileByHand(pathOf('job', job.id), job);
});
