import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Update } from '@gityard/domain';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkProgram } from './check-program.ts';
import { integrityOf } from './fetch-archive.ts';
import { NO_PROGRAMS, programFolder } from './programs.ts';
import { putProgram, sweepPrograms } from './put-program.ts';

const never = new AbortController().signal;
const SOUND = { name: 'gityard', version: '2.0.0', type: 'module', bin: { gityard: './main.js' } };

let folder: TemporaryFolder;
let home: string;
let count = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
  home = join(folder.path, 'home');
  await mkdir(programFolder(home), { recursive: true });
});
afterAll(() => folder.remove());

async function packed(manifest: object | string, main = ''): Promise<Update> {
  const [at, source] = [join(folder.path, `pack-${++count}`), join(folder.path, `program-${count}.tgz`)];
  await mkdir(join(at, 'package'), { recursive: true });
  const text = typeof manifest === 'string' ? manifest : JSON.stringify({ ...SOUND, ...manifest });
  await writeFile(join(at, 'package', 'package.json'), text);
  await writeFile(join(at, 'package', 'main.js'), main);
  await promisify(execFile)('tar', ['-czf', source, '-C', at, 'package']);
  return { version: '2.0.0', source, integrity: integrityOf(await readFile(source)) };
}

const put = (update: Update) => putProgram(home, update, never);
const inFolder = () => readdir(programFolder(home));

describe('a program that a job names', () => {
  it('lies whole in a folder of its own, by its version and digest, and is not fetched twice', async () => {
    const update = await packed({});

    const program = await put(update);
    const again = await put({ ...update, source: '/nowhere/any-more.tgz' });

    expect(program).toMatchObject({
      version: '2.0.0',
      entry: expect.stringMatching(/^2\.0\.0-[0-9a-f]{16}\/package\/main\.js$/),
    });
    expect(again).toEqual(program);
    expect(await inFolder()).toEqual([program.entry.split('/')[0]]);
  });

  it('is not unpacked when its digest is another, and leaves nothing behind', async () => {
    const [one, other] = [await packed({ a: 1 }), await packed({ a: 2 })];
    const before = await inFolder();

    await expect(put({ ...one, integrity: other.integrity })).rejects.toThrow(
      /is not what was asked for: it has sha512-/,
    );

    expect(await inFolder()).toEqual(before);
  });

  it.each([
    ['is of another version', { version: '2.0.1' }, /it is version 2\.0\.1, not 2\.0\.0/],
    ['needs other packages', { dependencies: { left: '1.0.0' } }, /it needs other packages/],
    ['holds no program', { bin: {} }, /it holds no program gityard/],
    ['names a program outside of itself', { bin: { gityard: '../../../../bin/sh' } }, /it holds no program gityard/],
    ['is no package', 'nothing', /it is no package/],
  ])('is refused when it %s', async (_, manifest, why) => {
    await expect(put(await packed(manifest))).rejects.toThrow(why);
  });

  it('is refused when it cannot be fetched, is no plain file or no archive', async () => {
    const update = await packed({ b: 1 });
    const noise = join(folder.path, 'noise.tgz');
    await writeFile(noise, 'noise');

    await expect(put({ ...update, source: '/nowhere.tgz' })).rejects.toThrow(/could not be fetched: ENOENT/);
    for (const source of ['npm:--registry=x', 'npm:a;b', 'http://example.org/x.tgz', 'x.tgz', 'file:///x.tgz'])
      await expect(put({ ...update, source })).rejects.toThrow(/is no (?:place to fetch from|name of a package)/);
    await expect(put({ ...update, source: folder.path })).rejects.toThrow(/is no plain file/);
    const integrity = integrityOf(Buffer.from('noise'));
    await expect(put({ ...update, source: noise, integrity })).rejects.toThrow(/tar could not unpack it/);
  });

  it('goes when no state names it any more', async () => {
    const program = await put(await packed({ c: 1 }));
    await mkdir(join(programFolder(home), 'incoming-cut-short'));

    await sweepPrograms(home, { ...NO_PROGRAMS, current: program });
    expect(await inFolder()).toEqual([program.entry.split('/')[0]]);

    await sweepPrograms(home, NO_PROGRAMS);
    expect(await inFolder()).toEqual([]);
  });
});

describe('the check before a trial', () => {
  const told = (value: unknown) => `console.log(${JSON.stringify(JSON.stringify(value))});`;
  const checked = async (main: string) => checkProgram(home, await put(await packed({ main: ++count }, main)), never);

  it('passes a program that says it is well and that version', async () => {
    await expect(checked(told({ ok: true, version: '2.0.0', checks: [] }))).resolves.toBeUndefined();
  });

  it('fails one that names a fault, says nothing, dies, or is another version', async () => {
    const faulty = { ok: false, version: '2.0.0', checks: [{ name: 'git', ok: false, text: 'git does not start' }] };
    await expect(checked(told(faulty))).rejects.toThrow('its self-check fails: git: git does not start');
    await expect(checked('')).rejects.toThrow(/does not run: it printed no answer/);
    await expect(checked("throw new Error('planted');")).rejects.toThrow(/its self-check does not run/);
    await expect(checked(told({ ok: true, version: '1.0.0' }))).rejects.toThrow(/says that it is 1\.0\.0, not 2\.0\.0/);
  });
});
