import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { git, startNode, waitFor } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const begin = async (job = 'nightly'): Promise<string> =>
  (await world.ok('logbook', 'init', job, 'main', '4f5e6d7')).trim();
const logbook = (...words: string[]) => world.run(['logbook', ...words]);
const published = async (id: string, ending: 'json' | 'md'): Promise<string> =>
  git(['show', `yard-logs:tester/logs/${id}.${ending}`], { cwd: world.yard });

interface LogJson {
  readonly status: string;
  readonly exitCode: number | null;
  readonly events: readonly { level: string; text: string; details: string | null }[];
  readonly commands: readonly { stage: string; exitCode: number | null; output: string }[];
  readonly truncated: boolean;
}
const logOf = async (id: string): Promise<LogJson> => JSON.parse(await published(id, 'json'));

describe('logbook', () => {
  it('keeps events and commands of any job, and publishes both files when it is closed', async () => {
    const id = await begin();
    await world.ok('logbook', 'event', id, 'info', 'it begins', 'with | details\n# and no markup');
    const ran = await logbook('command', id, 'tests', '--', 'sh', '-c', 'echo out; echo err >&2; exit 7');
    await world.ok('logbook', 'event', id, 'error', 'tests failed');

    const closed = JSON.parse(await world.ok('logbook', 'finalize', id, 'failed', '7', '--json'));

    expect(id).toMatch(/^nightly_\d{8}T\d{6}Z$/);
    expect(ran).toMatchObject({ code: 7, stdout: 'out\n', stderr: 'err\n' });
    expect(closed).toMatchObject({ status: 'failed', exitCode: 7, published: true });
    expect(await logOf(id)).toMatchObject({
      job: 'nightly',
      branch: 'main',
      commit: '4f5e6d7',
      agent: 'tester',
      status: 'failed',
      exitCode: 7,
      events: [
        { level: 'info', text: 'it begins', details: 'with | details\n# and no markup' },
        { level: 'error', text: 'tests failed', details: null },
      ],
      commands: [{ stage: 'tests', exitCode: 7, output: expect.stringContaining('out\n') }],
      truncated: false,
    });
    const page = await published(id, 'md');
    expect(page).toContain('# nightly: failed');
    expect(page).toContain('| ❌ error | tests failed |');
    expect(page).toContain('with \\| details \\# and no markup');
    expect(page).toContain('### tests: exit code 7');
  });

  it('takes nothing more when it is closed, and is closed once', async () => {
    const id = await begin();
    await world.ok('logbook', 'finalize', id, 'success', '0');

    expect((await logbook('event', id, 'info', 'late')).code).toBe(1);
    expect((await logbook('command', id, 'late', '--', 'true')).code).toBe(125);
    expect((await logbook('finalize', id, 'failed', '1')).code).toBe(1);
    expect((await logbook('finalize', id, 'succeeded', '0')).code).toBe(0);
    expect((await logOf(id)).events).toEqual([]);
  });

  it('is written by many at a time, and loses no word of one that is killed', async () => {
    const id = await begin('many');
    const killed = startNode(
      PROGRAM,
      ['logbook', 'command', id, 'endless', '--', 'sh', '-c', 'echo begun; exec sleep 20'],
      {
        env: { HOME: world.folder, GITYARD_YARD: world.yard, GITYARD_AGENT: 'tester' },
        cwd: world.folder,
      },
    );
    await killed.waitForLine(/begun/);
    await Promise.all(Array.from({ length: 12 }, (_, n) => world.ok('logbook', 'event', id, 'info', `event ${n}`)));

    killed.kill('SIGKILL');
    await killed.dispose();
    await world.ok('logbook', 'finalize', id, 'cancelled', '137');

    const log = await logOf(id);
    expect(log.events.map((it) => it.text).sort()).toEqual(Array.from({ length: 12 }, (_, n) => `event ${n}`).sort());
    expect(log.commands).toMatchObject([{ stage: 'endless', exitCode: null }]);
  });

  it('masks what looks like a credential, and bounds what a command prints', async () => {
    const token = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
    const id = await begin('secrets');
    await world.ok('logbook', 'event', id, 'warning', `token ${token}`, `again ${token}`);
    await world.ok('logbook', 'command', id, 'prints', '--', 'sh', '-c', `echo ${token}; yes line | head -c 900000`);
    await world.ok('logbook', 'finalize', id, 'succeeded', '0');

    const [json, page] = await Promise.all([published(id, 'json'), published(id, 'md')]);
    expect(`${json}${page}`).not.toContain(token);
    expect(page).toContain('REDACTED');
    expect((await logOf(id)).commands[0]?.output).toMatch(/bytes left out/);
    expect(json.length).toBeLessThan(300_000);
  });

  it('is kept while the remote is away, and goes there with the next command', async () => {
    const id = await begin('away');
    const gone = {
      ...world,
      run: (words: string[]) => world.run(words, { env: { GITYARD_YARD: 'http://127.0.0.1:9/yard' } }),
    };

    const closed = await gone.run(['logbook', 'finalize', id, 'succeeded', '0', '--json']);

    expect(closed.code).toBe(0);
    expect(JSON.parse(closed.stdout)).toMatchObject({ published: false, accepted: true });
    const waiting = await gone.run(['spool', 'list', '--json']);
    expect(JSON.parse(waiting.stdout)).toMatchObject([{ operation: 'log' }]);
  });

  it('hands in what a script had closed that was killed just then', async () => {
    const [left, next] = [await begin('left'), await begin('next')];
    await world.ok('logbook', 'finalize', next, 'succeeded', '0');
    const fileOf = (id: string) => join(world.folder, '.local', 'state', 'gityard', 'logbook', id, 'final.json');
    await copyFile(fileOf(next), fileOf(left));

    await world.ok('logbook', 'finalize', await begin('last'), 'succeeded', '0');

    expect(await logOf(left)).toMatchObject({ status: 'succeeded', job: 'left' });
  });

  it('can be published on the way, for a job of the yard as well', async () => {
    const job = await world.json<{ id: string }>(['job', 'add', '--', 'make']);
    const id = await begin(job.id);
    await world.ok('logbook', 'event', id, 'info', 'half way', '--publish');

    expect(await logOf(id)).toMatchObject({ status: 'running', exitCode: null, events: [{ text: 'half way' }] });
    expect(await world.ok('job', 'logs', job.id)).toContain('half way');
  });

  it('says what is wrong with a wish', async () => {
    const id = await begin();

    expect((await logbook('event', 'nope', 'info', 'x')).code).toBe(3);
    expect((await logbook('event', '../evil', 'info', 'x')).code).toBe(3);
    expect((await logbook('event', id, 'loud', 'x')).code).toBe(2);
    expect((await logbook('finalize', id, 'odd', '0')).code).toBe(2);
    expect((await logbook('finalize', id, 'failed', 'one')).code).toBe(2);
    expect((await logbook('finalize', id, 'succeeded', '1')).code).toBe(2);
    expect((await logbook('command', 'nope', 'x', '--', 'true')).code).toBe(125);
    expect((await logbook('command', id, 'x', '--', 'no-such-command')).code).toBe(127);
    expect(await world.json(['logbook', 'finalize', id, 'failed', '1', '--dry-run'])).toMatchObject({ dryRun: true });
    const home = join(world.folder, '.local', 'state', 'gityard', 'logbook');
    await waitFor(async () => (await readdir(home)).includes(id), { what: 'it is still open' });
    expect((await logbook('event', id, 'info', 'x')).code).toBe(0);
  });
});
