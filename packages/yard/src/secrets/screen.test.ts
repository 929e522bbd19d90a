/** Nothing that looks like a secret comes into the history, by whatever way it is asked for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditYard } from '../history/audit.ts';
import { readLog } from '../history/log.ts';
import { type Scene, scene } from '../spec/scene.ts';
import { finish } from '../spool/spool.fixture.ts';
import type { Yard } from '../yard.ts';
import { textsIn } from './texts-of.ts';

const now = '2026-03-01T12:00:00Z';
const password = `password=${'hunter2'}`;
const command = ['mysql', '--password', `${'hunter'}22`];

let world: Scene;
let yard: Yard;
beforeEach(async () => {
  world = await scene();
  yard = await world.start('mac');
});
afterEach(() => world.close());

const message = (body: string) => ({ from: 'mac', to: 'all', subject: 'hi', body });
const everything = () => [...world.remote.objects.values()].map((it) => Buffer.from(it.body).toString()).join();

describe('what looks like a secret', () => {
  it('is refused with its place, its line and its rule, and nothing is committed', async () => {
    const head = yard.head;

    const sent = await yard.perform('send', { id: 'm1', message: message(`one\ntwo ${password}`), now });

    expect(sent).toMatchObject({ ok: false, code: 'SECRET_FOUND' });
    expect(sent).toHaveProperty('reason', 'message.body, line 2: it looks like a password (rule password)');
    await yard.refresh();
    expect(yard.head).toBe(head);
    expect(everything()).not.toContain('hunter2');
  });

  it.each([
    ['a command', { command }, {}],
    ['a parameter', { command: ['make'], parameters: { db_password: 'hunter22' } }, {}],
    ['a reason', { command: ['make'] }, { reason: password }],
  ])('is found in %s of a job', async (_, job, options) => {
    const asked = yard.perform('submit', { id: 'j1', job, by: 'ada', now }, options);

    expect(await asked).toMatchObject({ code: 'SECRET_FOUND' });
    expect(everything()).not.toContain('hunter2');
  });

  it('is found in what is done for others, and the others of the same commit are not sunk by it', async () => {
    const from = { actor: 'pc', boot: 'b1', request: 1 };
    const operations = [
      { name: 'send', input: { id: 'm1', message: message(password), now } },
      { name: 'send', input: { id: 'm2', message: message('fine'), now } },
    ] as const;

    const outcomes = await yard.performFor(from, operations);

    expect(outcomes).toMatchObject([{ code: 'SECRET_FOUND' }, { ok: true }]);
    expect(await yard.performFor(from, operations)).toBe('applied-before');
    expect(yard.state.actors.get('pc')?.refused).toEqual([{ at: 0, code: 'SECRET_FOUND' }]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('is foretold', async () => {
    const input = { id: 'm1', message: message(password), now };

    expect(await yard.screen({ name: 'send', input })).toMatchObject({ code: 'SECRET_FOUND' });
    expect(await yard.screen({ name: 'send', input, allowSecrets: ['password'] })).toBeUndefined();
  });

  it('is let pass by who names the rule, which stands in the history', async () => {
    const input = { id: 'm1', message: message(password), now };

    const other = await yard.perform('send', input, { allowSecrets: ['token'] });
    const sent = await yard.perform('send', input, { allowSecrets: ['password'], reason: 'a specimen' });

    expect([other.ok, sent.ok]).toEqual([false, true]);
    const [row] = await readLog(yard);
    expect(row?.reason).toBe('no secret, though it looks like one (password): a specimen');
  });

  it('is kept out of the queue, and the file is answered', async () => {
    await world.person.commit('a job', { 'queue/build.json': JSON.stringify({ command }) });
    await yard.refresh();
    const file = yard.state.queue.get('queue/build.json');
    const input = { path: 'queue/build.json', blob: file?.blob ?? '', ids: ['j1'], by: 'mac', now };

    const taken = await yard.perform('take-up', input);

    expect(taken).toMatchObject({ ok: true, result: { taken: false, reason: expect.stringMatching(/rule password/) } });
    expect(yard.state.jobs.size).toBe(0);
    expect(await world.person.read('queue/build.error.md')).toMatch(/looks like a password.*make it void/);
    expect(await world.person.read('queue/build.error.md')).not.toContain('hunter');
  });

  it('is taken out of what a build says of itself, as its result must not be lost', async () => {
    const agent = { id: 'mac', host: 'mac.example', boot: 'b1', allows: { repositories: ['*'], commands: true } };
    await yard.perform('register', { agent, replaces: null, now });
    await yard.perform('submit', { id: 'j1', job: { command: ['make'] }, by: 'ada', now });
    await yard.perform('claim', { agentId: 'mac', boot: 'b1', now });
    const held = { jobId: 'j1', agentId: 'mac', token: 1, now };
    const reason = `it said ${password}`;
    const { result } = finish({ id: 'j1', token: 1 }).input;
    const ended = { status: 'failed', exitCode: 1, signal: null, reason, cause: null, result, stages: [] } as const;

    const finished = await yard.perform('finish', { ...held, ...ended });

    expect(finished.ok).toBe(true);
    expect(yard.state.jobs.get('j1')?.attempts[0]?.reason).toBe('it said password=***REDACTED***');
    expect(everything()).not.toContain('hunter2');
  });
});

describe('the texts of an input', () => {
  it('have the names that people know, words of a command together', () => {
    expect(textsIn({ id: 'j1', job: { command: ['a', 'b'], parameters: { token: 'x' }, needs: [] }, n: 1 })).toEqual([
      { place: 'id', text: 'j1' },
      { place: 'job.command', text: 'a b' },
      { place: 'job.parameters.token', text: 'token=x' },
    ]);
  });
});
