import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository, temporaryFolder } from '../specs/world.ts';
import { changedPaths } from './changed-paths.ts';

const nobody = 'f'.repeat(40);
const stop = new AbortController().signal;

describe('changed-paths', () => {
  it('are the files that differ, in whatever folder, gone ones too, without a rename in between', async () => {
    const origin = repository({ 'app/a.ts': '1', 'lib/b.ts': '1', 'docs/ü.md': '1' });
    const from = origin.git('rev-parse', 'HEAD');
    origin.git('mv', 'lib/b.ts', 'lib/c.ts');
    const to = origin.commit({ 'app/a.ts': '2' });

    const paths = await changedPaths({ repository: origin.path, from, to, folder: temporaryFolder(), stop });

    expect(paths).toEqual(['app/a.ts', 'lib/b.ts', 'lib/c.ts']);
  });

  it('are told without the contents of files, and without the history between', async () => {
    const origin = repository({ 'app/a.ts': '1', 'data.bin': 'x'.repeat(100_000) });
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const from = origin.git('rev-parse', 'HEAD');
    for (let at = 0; at < 5; at++) origin.commit({ 'app/a.ts': `between ${at}` });
    const to = origin.commit({ 'app/a.ts': '2' });
    const folder = temporaryFolder();

    expect(await changedPaths({ repository: origin.path, from, to, folder, stop })).toEqual(['app/a.ts']);

    const gitDir = join(folder, readdirSync(folder)[0] ?? '');
    const kinds = execFileSync(
      'git',
      ['--git-dir', gitDir, 'cat-file', '--batch-all-objects', '--batch-check=%(objecttype)'],
      { encoding: 'utf8' },
    );
    expect(kinds.split('\n').filter((it) => it === 'blob')).toEqual([]);
    expect(kinds.split('\n').filter((it) => it === 'commit')).toHaveLength(2);
  });

  it('cannot be told of a commit that is gone, nor of a repository that is', async () => {
    const origin = repository({ a: '1' });
    const to = origin.git('rev-parse', 'HEAD');
    const folder = temporaryFolder();

    expect(await changedPaths({ repository: origin.path, from: nobody, to, folder, stop })).toBeUndefined();
    expect(await changedPaths({ repository: '/nowhere.git', from: to, to, folder, stop })).toBeUndefined();
    expect(await changedPaths({ repository: origin.path, from: '--all', to, folder, stop })).toBeUndefined();
  });

  it('can be told again after what was kept is damaged', async () => {
    const origin = repository({ a: '1' });
    const from = origin.git('rev-parse', 'HEAD');
    const to = origin.commit({ a: '2' });
    const folder = temporaryFolder();
    const ask = () => changedPaths({ repository: origin.path, from, to, folder, stop });
    await ask();
    writeFileSync(join(folder, readdirSync(folder)[0] ?? '', 'shallow'), 'nonsense');

    expect(await ask()).toBeUndefined();
    expect(await ask()).toEqual(['a']);
  });
});
