import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { runJob } from '../run-job.ts';
import { repository, request, temporaryFolder } from '../specs/world.ts';
import { removeFailed, removeOldFailed } from './keep-failed.ts';
import { openShell } from './open-shell.ts';
import { type FailedWorkspace, readRecords } from './record.ts';

const script = (text: string) => ['sh', '-c', text];
const build = (folder: string, job: Partial<Job>, token = 1) =>
  runJob(request({ folder, token, job: { keepWorkspace: true, ...job } }));
const policy = { repositories: ['*'], commands: true };

async function first(root: string): Promise<FailedWorkspace> {
  const [record] = await readRecords(root);
  if (!record) throw new Error('nothing was kept');
  return record;
}

describe('failed workspaces', () => {
  it('stay when the job asks for it, and the reason says how to look into them', async () => {
    const folder = temporaryFolder();

    const outcome = await build(folder, { command: script('echo half > made; exit 3') });

    expect(outcome.reason).toMatch(/ended with exit code 3; kept: gityard job shell b1$/);
    expect(readFileSync(join(folder, 'failed', 'b1-1', 'source', 'made'), 'utf8')).toBe('half\n');
    expect(await first(folder)).toMatchObject({ token: 1, agent: 'build1', isolation: 'none', secrets: [] });
    expect(readdirSync(join(folder, 'workspaces'))).toEqual([]);
  });

  it('go as always when it succeeds, is cancelled, was refused, or nobody asks', async () => {
    const folder = temporaryFolder();

    await build(folder, { command: script('true') });
    await build(folder, { command: script('exit 1'), keepWorkspace: false });
    await build(folder, { repository: join(folder, 'nowhere') });
    await runJob(
      request({ folder, signal: AbortSignal.abort(), job: { command: script('exit 1'), keepWorkspace: true } }),
    );

    expect(existsSync(join(folder, 'failed'))).toBe(false);
  });

  it('are three at most, none older than a week, and nothing else lies among them', async () => {
    const folder = temporaryFolder();
    for (const token of [1, 2, 3, 4]) await build(folder, { command: script('exit 1') }, token);
    expect((await readRecords(folder)).map((it) => it.token)).toEqual([4, 3, 2]);

    const { keptAt: _, ...record } = await first(folder);
    writeFileSync(
      join(folder, 'failed', 'b1-4.json'),
      JSON.stringify({ ...record, keptAt: '2020-01-01T00:00:00.000Z' }),
    );
    writeFileSync(join(folder, 'failed', 'b1-3.json'), '{"half');
    utimesSync(join(folder, 'failed', 'b1-2.json'), 0, 0);
    await removeOldFailed(folder, { most: 3, days: 7 });

    expect(readdirSync(join(folder, 'failed')).sort()).toEqual(['b1-2', 'b1-2.json']);
    await removeFailed(folder, await first(folder));
    expect(readdirSync(join(folder, 'failed'))).toEqual([]);
  });

  it('are opened in the environment of the build, and with secrets only when these are given', async () => {
    const folder = temporaryFolder();
    const source = repository({ Makefile: 'all:\n\tfalse\n', 'told.txt': 'x' });
    await build(folder, { repository: source.path, branch: 'main', parameters: { mode: 'odd' } });
    const look = 'pwd; env | grep -E "^(GITYARD|CI|KEY|HOME)" | sort; ls';
    const shell = (secrets: Record<string, string>) => async () =>
      openShell({
        root: folder,
        record: await first(folder),
        policy,
        secrets,
        command: script(`(${look}) > "$TMPDIR/seen"; exit 7`),
      });
    const seen = () => readFileSync(join(folder, 'failed', 'b1-1', 'tmp', 'seen'), 'utf8');

    expect(await shell({})()).toBe(7);
    expect(seen()).toContain(join(folder, 'failed', 'b1-1', 'source'));
    expect(seen()).toContain(`GITYARD_COMMIT=${source.git('rev-parse', 'HEAD')}`);
    expect(seen()).toContain('GITYARD_PARAM_MODE=odd');
    expect(seen()).toContain('told.txt');
    expect(seen()).toContain(`HOME=${join(folder, 'failed', 'b1-1', 'home')}\n`);
    expect(seen()).not.toContain('KEY=');
    await shell({ KEY: 'given' })();
    expect(seen()).toContain('KEY=given');
  });
});
