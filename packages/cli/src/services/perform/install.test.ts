import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../plan.ts';
import { type Install, install } from './install.ts';
import { readManifest } from './manifest.ts';
import { uninstall } from './uninstall.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const at = (...names: string[]): string => join(folder.path, ...names);
const manifest = (): string => at('etc', 'services', 'build1.json');
const text = (...names: string[]): Promise<string> => readFile(at(...names), 'utf8');
/** How often the commands of the plan were run. */
const runs = async (): Promise<number> => (await text('runs').catch(() => '')).length;

/** A service of two files, one of them for a person, and a command that tells that it was run. */
function steps(content = 'one\n'): Step[] {
  return [
    { kind: 'folder', path: at('home', 'build1'), mode: 0o700 },
    { kind: 'folder', path: at('etc'), mode: 0o755 },
    { kind: 'file', path: at('etc', 'build1.env'), mode: 0o600, content: '# yours\n', isForPerson: true },
    { kind: 'file', path: at('units', 'build1.unit'), mode: 0o644, content },
    { kind: 'command', words: ['sh', '-c', `printf x >>'${at('runs')}'`] },
  ];
}

const wish = (fields: Partial<Install> & { steps?: readonly Step[] } = {}): Install => ({
  service: 'cron',
  installed: { id: 'build1', scope: 'system', user: 'root', uid: 0 },
  home: at('home', 'build1'),
  script: '/srv/main.js',
  daemon: { flags: [], userHome: '/', path: '', tokenFile: null, sshKey: null },
  plan: { steps: fields.steps ?? steps(), notes: ['a note'] },
  manifest: manifest(),
  dryRun: false,
  force: false,
  ...fields,
});

const effects = async (wanted: Install): Promise<string[]> =>
  (await install(wanted)).steps.filter(({ step }) => step.kind === 'file').map(({ effect }) => effect);

async function takeAway({ of = manifest(), ...fields }: { of?: string; dryRun?: boolean; force?: boolean } = {}) {
  const found = await readManifest(of);
  if (!found) throw new Error('nothing is installed');
  return uninstall({ manifest: found, path: of, dryRun: false, force: false, ...fields });
}

describe('install', () => {
  it('writes each file for those alone who may read it, and does the rest in order', async () => {
    const { changed, notes } = await install(wish());

    expect({ changed, notes }).toEqual({ changed: true, notes: ['a note'] });
    expect((await stat(at('etc', 'build1.env'))).mode & 0o777).toBe(0o600);
    expect((await stat(at('units', 'build1.unit'))).mode & 0o777).toBe(0o644);
    expect((await stat(at('home', 'build1'))).mode & 0o777).toBe(0o700);
    expect((await stat(manifest())).mode & 0o777).toBe(0o600);
    expect(await runs()).toBe(1);
  });

  it('has nothing to do a second time', async () => {
    await install(wish());

    expect(await install(wish())).toMatchObject({ changed: false, notes: [] });
    expect(await runs()).toBe(1);
  });

  it('writes only what is to be different, and lets everybody know of it', async () => {
    await install(wish());

    expect(await effects(wish({ steps: steps('two\n') }))).toEqual(['kept', 'replaced']);
    expect(await text('units', 'build1.unit')).toBe('two\n');
    expect(await runs()).toBe(2);
  });

  it('touches nothing when it is only to tell', async () => {
    expect(await effects(wish({ dryRun: true }))).toEqual(['created', 'created']);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('goes on where it could not go on before', async () => {
    const failing: Step[] = [...steps(), { kind: 'command', words: ['sh', '-c', 'echo no bus >&2; exit 1'] }];
    await expect(install(wish({ steps: failing }))).rejects.toMatchObject({
      code: 'NOT_RUNNABLE',
      message: expect.stringContaining('no bus'),
    });

    expect((await install(wish())).changed).toBe(true);
    expect((await install(wish())).changed).toBe(false);
  });

  it('goes without what may be missing, and says so', async () => {
    const lingering: Step = { kind: 'command', words: ['no-such-program'], otherwise: 'it ends when you log out' };

    const { notes } = await install(wish({ steps: [...steps(), lingering] }));

    expect(notes).toEqual(['a note', 'it ends when you log out (there is no no-such-program on this machine)']);
  });

  it('leaves what a person wrote, unless they say that it may go', async () => {
    await install(wish());
    await writeFile(at('units', 'build1.unit'), 'theirs\n');
    await writeFile(at('etc', 'build1.env'), 'S3_KEY=1\n');

    await expect(install(wish({ steps: steps('two\n') }))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await text('units', 'build1.unit')).toBe('theirs\n');

    await install(wish({ steps: steps('two\n'), force: true }));
    expect(await text('units', 'build1.unit')).toBe('two\n');
    expect(await text('etc', 'build1.env')).toBe('S3_KEY=1\n');
  });

  it('tells the daemon to make way that goes on as it was begun', async () => {
    await install(wish());
    const words = ['/srv/main.js', 'agent', 'run', '--agent', 'build1', '--yard'];
    const daemon = spawn('sh', ['-c', 'read -r _; exit 1', ...words], { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = once(daemon, 'exit');
    await writeFile(at('home', 'build1', 'agent.pid'), `${daemon.pid}\n`);

    const same = await install(wish());
    const { notes } = await install(wish({ steps: steps('two\n') }));

    expect(same.notes).toEqual([]);
    expect(notes).toEqual(['a note', expect.stringContaining(`process ${daemon.pid} is told to finish`)]);
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it('refuses to keep an agent going in two ways', async () => {
    await install(wish());

    await expect(install(wish({ service: 'launchd' }))).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('uninstall', () => {
  it('leaves the machine as it was before', async () => {
    await install(wish());
    await install(wish({ steps: steps('two\n') }));

    const { removed, kept } = await takeAway();

    expect({ removed, kept }).toEqual({ removed: [at('etc', 'build1.env'), at('units', 'build1.unit')], kept: [] });
    // What its command wrote is for no one to know.
    expect(await readdir(folder.path)).toEqual(['runs']);
  });

  it('leaves nothing of several, whichever goes first', async () => {
    const other: Step[] = [{ kind: 'file', path: at('units', 'build2.unit'), mode: 0o644, content: '' }];
    const second = { manifest: at('etc', 'services', 'build2.json'), installed: { ...wish().installed, id: 'build2' } };
    await install(wish());
    await install(wish({ ...second, steps: other }));

    await takeAway();
    expect(await readdir(at('units'))).toEqual(['build2.unit']);
    await takeAway({ of: second.manifest });

    expect(await readdir(folder.path)).toEqual(['runs']);
  });

  it('removes no folder in which something lies', async () => {
    await install(wish());
    await writeFile(at('home', 'build1', 'kept'), '');

    await takeAway();

    expect(await readdir(at('home', 'build1'))).toEqual(['kept']);
  });

  it('keeps what was changed since, tells of it, and takes it when it is told to', async () => {
    await install(wish());
    await writeFile(at('units', 'build1.unit'), 'theirs\n');

    expect((await takeAway()).kept).toEqual([at('units', 'build1.unit')]);
    expect(await text('units', 'build1.unit')).toBe('theirs\n');

    expect((await takeAway({ force: true })).removed).toEqual([at('units', 'build1.unit')]);
    expect(await readManifest(manifest())).toBeUndefined();
  });

  it('keeps passwords that a person wrote down, and is done for all that', async () => {
    await install(wish());
    await writeFile(at('etc', 'build1.env'), 'S3_KEY=1\n');

    expect((await takeAway()).kept).toEqual([at('etc', 'build1.env')]);

    expect(await readManifest(manifest())).toBeUndefined();
    expect(await text('etc', 'build1.env')).toBe('S3_KEY=1\n');
  });

  it('puts back what was there before', async () => {
    await mkdir(at('units'));
    await writeFile(at('units', 'build1.unit'), 'somebody else’s\n');
    await expect(install(wish())).rejects.toMatchObject({ code: 'CONFLICT' });
    await install(wish({ force: true }));

    expect((await takeAway()).restored).toEqual([at('units', 'build1.unit')]);

    expect(await text('units', 'build1.unit')).toBe('somebody else’s\n');
  });

  it('only tells when it is only to tell', async () => {
    await install(wish());

    expect((await takeAway({ dryRun: true })).removed).toHaveLength(2);
    expect(await text('units', 'build1.unit')).toBe('one\n');
  });

  it('reads no note that is broken as one', async () => {
    await install(wish());
    await writeFile(manifest(), '{"schemaVersion":1,"id":"build1","files":[{"path":7}],"folders":[]}');

    await expect(readManifest(manifest())).rejects.toMatchObject({ code: 'INVALID_DATA' });
  });
});
