import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNode, waitFor } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, PROGRAM, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const as = (agent: string, ...words: string[]) => world.run([...words, '--agent', agent]);
type LockJson = { name: string; holder: string | null; token: number; waiting: string[] };
const lockNamed = async (name: string) =>
  (await world.json<LockJson[]>(['lock', 'list', '--all'])).find((it) => it.name === name);

describe('lock', () => {
  it('has one holder, and tells the others who', async () => {
    const first = await world.json(['lock', 'acquire', 'deploy', '--agent', 'a']);
    const second = await as('b', 'lock', 'acquire', 'deploy');
    const foreign = await as('b', 'lock', 'release', 'deploy');

    expect(first).toMatchObject({ name: 'deploy', holder: 'a', token: 1, count: 1, waiting: [] });
    expect([second.code, foreign.code]).toEqual([4, 3]);
    expect(alike(second.stderr, world)).toMatchInlineSnapshot(`
      "gityard: lock deploy is held by a until <time>; stand in line with --wait 30s [LOCK_HELD]
      "
    `);
    expect((await as('a', 'lock', 'release', 'deploy', '--token', '7')).code).toBe(4);
    expect((await as('a', 'lock', 'release', 'deploy', '--token', '1')).code).toBe(0);
  });

  it('is given to who stands in line, with a higher token', async () => {
    await as('a', 'lock', 'acquire', 'line');
    const waiting = as('b', 'lock', 'acquire', 'line', '--wait', '10m', '--json');
    await waitFor(async () => (await lockNamed('line'))?.waiting.includes('b'), { what: 'b stands in line' });

    await as('a', 'lock', 'release', 'line');

    const { code, stdout } = await waiting;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ holder: 'b', token: 2 });
  });

  it('shows who waits, and until when', async () => {
    await as('a', 'lock', 'acquire', 'shown', '--reason', 'a release');
    const waiting = as('b', 'lock', 'acquire', 'shown', '--wait', '59s');
    await waitFor(async () => (await lockNamed('shown'))?.waiting.includes('b'), { what: 'b stands in line' });

    const shown = await world.json(['lock', 'show', 'shown']);
    const text = await world.ok('lock', 'show', 'shown');
    await as('a', 'lock', 'release', 'shown');

    expect(shown).toMatchObject({ holder: 'a', waiting: ['b'], line: [{ holder: 'b', until: expect.any(String) }] });
    expect(text).toMatch(/b \(\d+s\)[\s\S]*a since .*: a release[\s\S]*b waits since .* until /);
    expect((await waiting).code).toBe(0);
    expect((await world.run(['lock', 'show', 'none'])).code).toBe(3);
  });

  it('is recovered once, whoever asks for it at the same time', async () => {
    await as('a', 'lock', 'acquire', 'twice', '--ttl', '1s');
    await waitFor(
      async () => (await world.json<{ recovered: [] }>(['lock', 'recover', '--dry-run'])).recovered.length > 0,
      { what: 'its time is up' },
    );

    const both = await Promise.all(
      ['b', 'c'].map((agent) => world.json<{ recovered: [] }>(['lock', 'recover', '--agent', agent])),
    );

    expect(both.flatMap((it) => it.recovered)).toHaveLength(1);
    expect(await world.json(['message', 'search', '--query', 'lock twice recovered'])).toHaveLength(1);
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it('gives up after the wait with 124, and leaves the line', async () => {
    await as('a', 'lock', 'acquire', 'busy');

    expect((await as('b', 'lock', 'acquire', 'busy', '--wait', '1s')).code).toBe(124);
    expect((await lockNamed('busy'))?.waiting).toEqual([]);
  });

  it('is not waited for any more after Ctrl-C', async () => {
    await as('a', 'lock', 'acquire', 'wanted');
    const env = { HOME: world.folder, GITYARD_YARD: world.yard, GITYARD_AGENT: 'b' };
    const waiting = startNode(PROGRAM, ['lock', 'acquire', 'wanted', '--wait', '60s'], { env, cwd: world.folder });
    try {
      await waiting.waitForLine(/waiting for lock wanted/);

      waiting.kill('SIGINT');

      expect(await waiting.exit).toEqual({ code: 130, signal: null });
      expect((await lockNamed('wanted'))?.waiting).toEqual([]);
    } finally {
      await waiting.dispose();
    }
  });

  it('is broken only with a reason, and recovered when its time is up', async () => {
    await as('a', 'lock', 'acquire', 'kept', '--ttl', '1h');

    expect((await as('b', 'lock', 'break', 'kept')).code).toBe(2);
    const early = await world.json(['lock', 'recover']);
    await as('a', 'lock', 'acquire', 'old', '--ttl', '1s');
    const late = await waitFor(
      async () => {
        const { recovered } = await world.json<{ recovered: { name: string }[] }>(['lock', 'recover']);
        return recovered.length > 0 && recovered;
      },
      { what: 'the old lock is recovered' },
    );

    expect(early).toMatchObject({ recovered: [] });
    expect(late).toMatchObject([{ name: 'old', holder: 'a', token: 1, reason: expect.stringMatching(/time was up/) }]);
    expect(await world.json(['message', 'search', '--query', 'lock old recovered'])).toMatchObject([
      { subject: 'lock old was recovered from a', automatic: true },
    ]);
    expect(await lockNamed('kept')).toMatchObject({ holder: 'a' });
    expect(await world.json(['lock', 'recover'], { env: { LOCK_TIMEOUT: '1' } })).toMatchObject({
      recovered: expect.arrayContaining([expect.objectContaining({ name: 'kept' })]),
    });
    expect((await world.run(['lock', 'recover'], { env: { LOCK_TIMEOUT: 'soon' } })).code).toBe(2);
  });

  it('lets as many in as it counts', async () => {
    const codes: number[] = [];
    for (const agent of ['a', 'b', 'c']) codes.push((await as(agent, 'lock', 'acquire', 'slots', '--count', '2')).code);

    expect(codes).toEqual([0, 0, 4]);
  });
});

describe('lock run', () => {
  it('passes the exit code and the output of the command, and gives the lock back', async () => {
    const { code, stdout } = await world.spawn([
      'lock',
      'run',
      'job',
      '--',
      'sh',
      '-c',
      'echo "$GITYARD_LOCK $GITYARD_LOCK_TOKEN"; exit 7',
    ]);

    expect({ code, stdout }).toEqual({ code: 7, stdout: 'job 1\n' });
    expect(await lockNamed('job')).toMatchObject({ holder: null });
    expect((await world.spawn(['lock', 'run', 'job', '--', 'no-such-command'])).code).toBe(127);
    expect((await world.spawn(['lock', 'run', 'job', '--', 'sh', '-c', 'kill -9 $$'])).code).toBe(137);
  });

  it('exits 125 when the lock is not to be had, or the remote is not there', async () => {
    await as('a', 'lock', 'acquire', 'taken');

    expect((await world.spawn(['lock', 'run', 'taken', '--', 'true'])).code).toBe(125);
    expect((await world.spawn(['lock', 'run', 'x', '--yard', '/nowhere', '--', 'true'])).code).toBe(125);
  });

  it('renews the lock while the command runs, and stops the command when it is taken away', async () => {
    const env = { HOME: world.folder, GITYARD_YARD: world.yard, GITYARD_AGENT: 'runner' };
    // It gives up what it could not renew for two thirds of its time: no machine should stand still for as long.
    const running = startNode(
      PROGRAM,
      ['lock', 'run', 'guarded', '--ttl', '15s', '--', 'sh', '-c', 'echo started; exec sleep 600'],
      { env, cwd: world.folder },
    );
    try {
      await running.waitForLine(/started/);
      const expiry = async () =>
        (await world.json<{ name: string; expiresAt: string }[]>(['lock', 'list'])).find((it) => it.name === 'guarded')
          ?.expiresAt;
      const head = () => readFile(join(world.yard, 'refs/heads/yard'), 'utf8');
      const before = await head();
      const first = await expiry();
      await waitFor(async () => (await head()) !== before, { what: 'something is written' });
      expect(await expiry()).not.toBe(first);

      await world.ok('lock', 'break', 'guarded', '--reason', 'spec');

      expect(await running.exit).toEqual({ code: 125, signal: null });
      expect(running.stderr.join('\n')).toContain('lock guarded was lost');
    } finally {
      await running.dispose();
    }
  });

  it('hands a signal on to the command, and leaves no lock behind', async () => {
    const env = { HOME: world.folder, GITYARD_YARD: world.yard };
    const running = startNode(
      PROGRAM,
      ['lock', 'run', 'signalled', '--', 'sh', '-c', 'trap "exit 9" TERM; echo started; sleep 60 & wait'],
      { env, cwd: world.folder },
    );
    try {
      await running.waitForLine(/started/);

      running.kill('SIGTERM');

      expect(await running.exit).toEqual({ code: 9, signal: null });
      expect(await lockNamed('signalled')).toMatchObject({ holder: null });
    } finally {
      await running.dispose();
    }
  });
});
