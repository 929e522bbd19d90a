import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../program.fixture.ts';

let world: World;
let project: string;

beforeAll(async () => {
  world = await makeWorld();
  project = join(world.folder, 'project');
  await mkdir(project);
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: project });
  await writeFile(
    join(project, 'Makefile'),
    'all:\n\t@cat told.txt > "$$GITYARD_ARTIFACTS/app.txt"\ntest:\n\t@echo tested\n',
  );
  await writeFile(join(project, 'told.txt'), 'committed');
  await writeFile(join(project, '.gitignore'), 'ignored\n');
  await git(['add', '--all'], { cwd: project });
  await git(['commit', '--quiet', '--message', 'the program'], { cwd: project });
});
afterAll(() => world.remove());

interface Result {
  readonly id: string;
  readonly status: string;
  readonly branch: string;
  readonly commit: string;
  readonly isolation: string;
  readonly stages: { name: string; status: string; message: string | null }[];
  readonly artifacts: { path: string; file: string }[];
  readonly reason: string | null;
}
const home = () => join(world.folder, 'home');
const options = (input?: string) => ({ cwd: project, input, env: { GITYARD_HOME: home() } });
const run = (...words: string[]) => world.run(['run', ...words], options());
const json = (...words: string[]) => world.json<Result>(['run', ...words], options());

describe('run', () => {
  it('builds the working tree with what is not committed, and leaves it and its repository as they were', async () => {
    await writeFile(join(project, 'told.txt'), 'not committed');
    await writeFile(join(project, 'ignored'), 'x');
    const state = async () => [
      await git(['status', '--porcelain'], { cwd: project }),
      await git(['for-each-ref'], { cwd: project }),
      await git(['count-objects'], { cwd: project }),
    ];
    const before = await state();

    const first = await json();
    const again = await json();

    expect(first).toMatchObject({ status: 'succeeded', branch: 'main', isolation: expect.any(String) });
    expect(readFileSync(first.artifacts[0]?.file ?? '', 'utf8')).toBe('not committed');
    expect(again.commit).toBe(first.commit);
    expect(await state()).toEqual(before);
    expect(existsSync(join(home(), 'run', 'failed'))).toBe(false);
  });

  it('stops behind a stage, and exits with how the build ended', async () => {
    const { stages } = await json('--stage', 'build');
    const failed = await run('--', 'sh', '-c', 'echo oops; exit 4');

    expect(stages.find((it) => it.name === 'Test')).toMatchObject({ status: 'Skipped', message: 'not asked for' });
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('oops\n') });
    expect(failed.stdout).toMatch(/^failed in .*\nsh -c .* ended with exit code 4\n$/);
    expect((await run('--stage', 'nothing')).code).toBe(2);
  });

  it('runs a job of the yard again at its commit', async () => {
    const add = [
      'job',
      'add',
      '--repo',
      project,
      '--branch',
      'main',
      '--commit',
      (await git(['rev-parse', 'HEAD'], { cwd: project })).trim(),
    ];
    const { id } = await world.json<{ id: string }>(add);

    const result = await json(id);
    const { status } = await world.json<{ status: string }>(['job', 'show', id]);

    expect(result.id).not.toBe(id);
    expect(readFileSync(result.artifacts[0]?.file ?? '', 'utf8')).toBe('committed');
    expect(status).toBe('queued');
    expect((await run('01zzzz')).code).toBe(3);
  });

  it('gives secrets only when it is told to, and shows none', async () => {
    await world.run(['secrets', 'set', 'A_KEY', '--here'], options('hunter22'));
    const command = ['--secrets', 'A_KEY', '--', 'sh', '-c', 'echo "is $A_KEY"'];

    const without = await run(...command);
    const given = await run('--with-secrets', ...command);

    expect(without).toMatchObject({ code: 1, stdout: expect.stringContaining('give them with --with-secrets') });
    expect(given).toMatchObject({ code: 0, stderr: expect.stringContaining('is ***REDACTED***') });
  });

  it('keeps the workspace of a failure for a shell, in which a command can be tried', async () => {
    const { id, reason } = await json('--keep', '--', 'sh', '-c', 'echo half > made; exit 1');
    const kept = await world.json<{ id: string; path: string }[]>(['job', 'workspaces'], options());
    const shell = await world.spawn(
      ['job', 'shell', id.slice(0, 12), '--', 'sh', '-c', 'cat made; echo $CI; exit 5'],
      options(),
    );
    const told = await world.spawn(['job', 'shell', id, '--json', '--', 'sh', '-c', 'cat made; exit 5'], options());
    const foretold = await world.json(['job', 'workspaces', id, '--remove', '--dry-run'], options());
    const still = existsSync(kept[0]?.path ?? '');
    const removed = await world.run(['job', 'workspaces', id, '--remove'], options());

    expect(reason).toContain(`kept: gityard job shell ${id}`);
    expect(kept).toMatchObject([{ id }]);
    expect(shell).toMatchObject({ code: 5, stdout: 'half\ntrue\n' });
    expect(told).toMatchObject({ code: 5, stderr: expect.stringContaining('half\n') });
    expect(JSON.parse(told.stdout)).toMatchObject({ id, exitCode: 5 });
    expect([foretold, still]).toMatchObject([[{ id, removed: false }], true]);
    expect(removed.code).toBe(0);
    expect(existsSync(kept[0]?.path ?? '')).toBe(false);
    expect((await world.spawn(['job', 'shell', id], options())).code).toBe(3);
  });
});
