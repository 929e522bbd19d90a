import { join } from 'node:path';
import { startGitServer } from '@gityard/gitserver';
import { type FaultProxy, startFaultProxy } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorld, type Run, type World } from '../../program.fixture.ts';

let world: World;
let proxy: FaultProxy;
let env: Record<string, string>;
let close: () => Promise<void>;
beforeEach(async () => {
  world = await makeWorld();
  const server = await startGitServer({ root: join(world.folder, 'served') });
  await server.createRepository('far');
  proxy = await startFaultProxy({ target: server.url });
  env = { GITYARD_YARD: proxy.urlOf('far') };
  await world.ok('init', '--remote', server.urlOf('far'));
  close = async () => {
    await proxy.close();
    await server.close();
    await world.remove();
  };
});
afterEach(() => close());

const run = (...words: string[]): Promise<Run> => world.run(words, { env });
const json = <T = Record<string, unknown>>(...words: string[]): Promise<T> => world.json<T>(words, { env });
const goAway = () => proxy.setMode('reset');

describe('while the remote is away', () => {
  it('accepts a job, a message, receipts and the wish to cancel, and commits them when it answers again', async () => {
    const { id: running } = await json<{ id: string }>('job', 'add', '--', 'make');
    const { id: letter } = await json<{ id: string }>(
      'message',
      'send',
      '--from',
      'ada',
      '--to',
      'all',
      '--subject',
      'hi',
    );
    goAway();

    const job = await json<{ id: string }>('job', 'add', '--needs', running, '--', 'make', 'test');
    const message = await json<{ id: string }>('message', 'send', '--to', 'all', '--subject', 'later');
    const answers = [job, message, await json('job', 'cancel', running), await json('message', 'ack', letter)];

    const accepted = { accepted: true, commit: null };
    expect(answers).toEqual([
      { id: expect.stringMatching(/^[0-9a-z]{26}$/), ...accepted },
      { id: expect.stringMatching(/^[0-9a-z]{26}$/), ...accepted },
      { id: running, ...accepted },
      { id: letter, ...accepted },
    ]);
    proxy.heal();
    expect(await json('spool', 'flush')).toEqual({ committed: 4, refused: [], waiting: 0 });
    expect(await json('job', 'show', job.id)).toMatchObject({ id: job.id, status: 'queued', needs: [running] });
    expect(await json('job', 'show', running)).toMatchObject({ status: 'cancelled' });
    expect(await json('message', 'read', letter)).toMatchObject({ ackedBy: { tester: expect.any(String) } });
    expect(await json('audit')).toMatchObject({ ok: true, operations: 6 });
  });

  it('says that accepted is not committed', async () => {
    goAway();

    const { code, stdout } = await run('job', 'add', '--', 'make');

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^submit \w{26} is accepted; it is committed when the remote answers \(gityard spool list\)$/m,
    );
  });

  it('hands in what waits with the next command that reaches the yard', async () => {
    goAway();
    const { id } = await json<{ id: string }>('job', 'add', '--', 'make');
    proxy.heal();

    const list = await json<{ id: string }[]>('job', 'list');

    expect(list.map((it) => it.id)).toEqual([id]);
    expect(await json('spool', 'list')).toEqual([]);
    expect(await json('log', '-n', '1')).toMatchObject([
      { operation: 'submit', transaction: expect.stringMatching(/^tester\.spool\./) },
    ]);
  });

  it('has one job although the answer to the first try was lost, and all tries after it', async () => {
    const heal = proxy.addRule({ when: ({ kind }) => kind === 'push', mode: 'lose-reply' });
    const away = proxy.addRule({ when: () => proxy.requests.push > 0, mode: 'reset' });
    const answer = await json<{ id: string }>('job', 'add', '--', 'make');
    expect(answer).toMatchObject({ accepted: true, commit: null });
    heal();
    away();

    await run('spool', 'flush');

    expect((await json<{ id: string }[]>('job', 'list')).map((it) => it.id)).toEqual([answer.id]);
    expect(await json('audit')).toMatchObject({ ok: true, operations: 1 });
  });

  it.each([
    ['claims', ['job', 'next']],
    ['takes locks', ['lock', 'acquire', 'deploy']],
    ['tries again', ['job', 'retry', '01k9x']],
    ['changes priorities', ['job', 'priority', '01k9x', 'High']],
    ['reads what it cannot see', ['message', 'read', '01k9x']],
    ['keeps what shall not be kept', ['job', 'add', '--no-spool', '--', 'make']],
    ['needs what only the yard can complete', ['job', 'add', '--needs', '01k9x', '--', 'make']],
  ])('never %s', async (_, words) => {
    goAway();

    expect(await run(...words)).toMatchObject({ code: 5 });
    expect(await json('spool', 'list')).toEqual([]);
  });

  it('refuses at once what is wrong whatever the yard says', async () => {
    goAway();

    const { code, stderr } = await run('job', 'add', '--retries', '1000000', '--', 'make');

    expect([code, stderr]).toEqual([7, expect.stringContaining('--retries')]);
  });

  it('keeps nothing for a yard that denies it', async () => {
    proxy.setMode('403');

    expect(await run('job', 'add', '--', 'make')).toMatchObject({ code: 6 });
    expect(await json('spool', 'list')).toEqual([]);
  });

  it('shows what waits, since when and why', async () => {
    goAway();
    const { id } = await json<{ id: string }>('job', 'add', '--', 'make');

    const rows = await json<{ id: string }[]>('spool', 'list');
    const status = await run('status');
    const doctor = await json<{ checks: { name: string }[] }>('doctor');

    const row = { state: 'waiting', yard: env.GITYARD_YARD, operation: 'submit', about: id, since: expect.any(String) };
    expect(rows).toMatchObject([{ ...row, reason: expect.stringContaining('127.0.0.1'), code: null }]);
    expect(await json('spool', 'show', rows[0]?.id ?? '')).toMatchObject({ input: { id, job: { command: ['make'] } } });
    expect(status).toMatchObject({ code: 5, stderr: expect.stringContaining('1 operation waits here') });
    expect(doctor.checks.find((it) => it.name === 'spool')).toMatchObject({
      ok: true,
      text: expect.stringContaining('1 operation'),
    });
    expect(await run('spool', 'flush')).toMatchObject({ code: 5 });

    proxy.setMode('429');
    expect(await run('status')).toMatchObject({ code: 5, stderr: expect.stringContaining('1 operation waits here') });
  });
});

describe('what was accepted and then refused', () => {
  it('is told until somebody has seen it', async () => {
    goAway();
    await run('message', 'ack', '01k9x');
    proxy.heal();

    const flush = await run('spool', 'flush');
    const status = await json<{ needsYou: unknown[]; connection: unknown }>('status');
    const doctor = await json<{ ok: boolean; checks: { name: string }[] }>('doctor');

    expect(flush).toMatchObject({ code: 1, stdout: expect.stringContaining('refused acknowledge 01k9x') });
    expect(status.needsYou).toMatchObject([{ code: 'spool-refused', text: expect.stringContaining('01k9x') }]);
    expect(status.connection).toMatchObject({ spool: 0 });
    expect(doctor.checks.find((it) => it.name === 'spool')).toMatchObject({ ok: false });
    expect(await json('spool', 'list')).toMatchObject([{ state: 'refused', code: 'NOT_FOUND', about: '01k9x' }]);
    expect(await json('spool', 'clear')).toEqual({ cleared: 1 });
    expect(await json('doctor')).toMatchObject({ ok: true });
  });
});
