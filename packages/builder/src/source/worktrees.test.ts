import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository, temporaryFolder } from '../specs/world.ts';
import { setUpWorktrees } from './worktrees.ts';

const stop = new AbortController().signal;

function origin() {
  const { path, git, commit } = repository({ 'a.txt': 'main', link: { link: 'a.txt' } });
  git('checkout', '--quiet', '-b', 'release/1');
  commit({ 'a.txt': 'release' });
  return path;
}
const wanted = (address: string, name: string, branch = name) => ({
  name,
  repository: address,
  branch,
  folder: name.replaceAll('/', '-'),
});
const gitIn = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();

describe('worktrees', () => {
  it('are a folder for each branch, from one clone for each repository', async () => {
    const [below, address] = [temporaryFolder(), origin()];

    const done = await setUpWorktrees(below, [wanted(address, 'main'), wanted(address, 'release/1')], stop);

    expect(done.map((it) => [it.name, it.state])).toEqual([
      ['main', 'made'],
      ['release/1', 'made'],
    ]);
    expect(readFileSync(join(below, 'release-1', 'a.txt'), 'utf8')).toBe('release');
    expect(readFileSync(join(below, 'main', 'link'), 'utf8')).toBe('main');
    expect(gitIn(join(below, 'main'), 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
    expect(readdirSync(join(below, '.gityard-clones'))).toHaveLength(1);
  });

  it('are set up by several at once, each folder by one of them', async () => {
    const [below, address] = [temporaryFolder(), origin()];
    const all = [wanted(address, 'main'), wanted(address, 'release/1')];

    const done = await Promise.all(Array.from({ length: 3 }, () => setUpWorktrees(below, all, stop)));

    expect(done.flat().filter((it) => it.state !== 'made' && it.state !== 'kept')).toEqual([]);
    expect(readFileSync(join(below, 'main', 'a.txt'), 'utf8')).toBe('main');
    expect(readdirSync(join(below, '.gityard-clones'))).toHaveLength(1);
  });

  it('that are there stay as they are, and come again when they were removed', async () => {
    const [below, address] = [temporaryFolder(), origin()];
    const all = [wanted(address, 'main'), wanted(address, 'release/1')];
    await setUpWorktrees(below, all, stop);
    writeFileSync(join(below, 'main', 'a.txt'), 'work in progress');
    rmSync(join(below, 'release-1'), { recursive: true });

    const again = await setUpWorktrees(below, all, stop);

    expect(again.map((it) => it.state)).toEqual(['kept', 'made']);
    expect(readFileSync(join(below, 'main', 'a.txt'), 'utf8')).toBe('work in progress');
  });

  it('of one branch twice are the branch, and its commit alone', async () => {
    const [below, address] = [temporaryFolder(), origin()];

    const done = await setUpWorktrees(below, [wanted(address, 'app', 'main'), wanted(address, 'docs', 'main')], stop);

    expect(done.map((it) => it.state)).toEqual(['made', 'made']);
    expect(gitIn(join(below, 'docs'), 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('HEAD');
  });

  it('never take the place of what is not theirs, nor leave their folder', async () => {
    const [below, address] = [temporaryFolder(), origin()];
    mkdirSync(join(below, 'main'));
    writeFileSync(join(below, 'main', 'thesis.txt'), 'years of work');

    const done = await setUpWorktrees(
      below,
      [
        wanted(address, 'main'),
        { ...wanted(address, 'up', 'main'), folder: '../up' },
        wanted('/nowhere.git', 'lost'),
        wanted('ext::sh -c id', 'evil'),
        wanted(address, 'unborn'),
      ],
      stop,
    );

    expect(done.map((it) => it.state)).toEqual(['foreign', 'failed', 'failed', 'failed', 'failed']);
    expect(readdirSync(join(below, 'main'))).toEqual(['thesis.txt']);
    expect(existsSync(join(below, '..', 'up'))).toBe(false);
  });

  it('use no clone that something else lies in the place of', async () => {
    const [below, address] = [temporaryFolder(), origin()];
    await setUpWorktrees(below, [wanted(address, 'main')], stop);
    const clone = join(below, '.gityard-clones', readdirSync(join(below, '.gityard-clones'))[0] ?? '');
    gitIn(clone, 'config', 'remote.origin.url', '/elsewhere.git');

    const [done] = await setUpWorktrees(below, [wanted(address, 'release/1')], stop);

    expect(done).toMatchObject({ state: 'failed', text: expect.stringContaining('is no clone of') });
  });
});
