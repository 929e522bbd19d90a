import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../program.fixture.ts';
import { checkClock } from './clock.ts';
import { checkOwnFiles } from './own-files.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const run = (...words: string[]) => runHere(words, { cwd: folder.path, env: { HOME: folder.path } });

async function folderIn(name: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(path, { recursive: true });
  return path;
}

async function withVariable<T>(name: string, value: string, act: () => Promise<T>): Promise<T> {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

describe('self-check', () => {
  it('says in a place without a yard that the program works, having built in a yard of its own', async () => {
    const temporary = await folderIn('temporary');

    const { code, stdout } = await withVariable('TMPDIR', temporary, () => run('self-check', '--json'));

    const { ok, version, checks } = JSON.parse(stdout);
    expect({ code, ok, version }).toEqual({ code: 0, ok: true, version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    const texts = Object.fromEntries(checks.map((it: { name: string; text: string }) => [it.name, it.text]));
    expect(texts.files).toContain('development');
    expect(texts.trial).toMatch(/succeeded, and \d+ commits pass the audit/);
    expect((await readdir(temporary)).filter((it) => it.startsWith('gityard-self-check'))).toEqual([]);
  });

  it('exits 1 and says what to do where git cannot be started', async () => {
    const { code, stdout } = await withVariable('PATH', folder.path, () => run('self-check'));

    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL git: git does not start.*→ install git/s);
  });
});

describe('the files of the program', () => {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const packed = async (name: string, files: Readonly<Record<string, string>>) => {
    const at = await folderIn(name);
    await folderIn(join(name, 'dist'));
    for (const [path, text] of Object.entries(files)) await writeFile(join(at, path), text);
    return at;
  };
  const list = (files: Readonly<Record<string, string>>) =>
    Object.entries(files)
      .map(([path, text]) => `${digest(text)}  ${path}\n`)
      .join('');

  it('are whole when each is as it was packed', async () => {
    const at = await packed('whole', { 'dist/main.js': 'a', 'files.sha256': list({ 'dist/main.js': 'a' }) });

    expect(await checkOwnFiles(at)).toMatchObject({ ok: true, text: expect.stringContaining('1 file in') });
  });

  it('are not when one was changed, is missing, or the list itself is damaged', async () => {
    const changed = await packed('changed', { 'dist/main.js': 'b', 'files.sha256': list({ 'dist/main.js': 'a' }) });
    const missing = await packed('missing', { 'files.sha256': list({ 'dist/main.js': 'a', 'dist/more.js': 'a' }) });
    const damaged = await packed('damaged', { 'files.sha256': 'no digest\n' });
    const empty = await packed('empty', { 'files.sha256': '' });

    expect(await checkOwnFiles(changed)).toMatchObject({ ok: false, text: 'dist/main.js is not as it was packed' });
    expect(await checkOwnFiles(missing)).toMatchObject({ ok: false, text: 'dist/main.js is missing, and 1 more' });
    expect(await checkOwnFiles(damaged)).toMatchObject({ ok: false, text: expect.stringContaining('"no digest"') });
    expect(await checkOwnFiles(empty)).toMatchObject({ ok: false });
  });
});

it('a clock that stands before the program was installed is wrong', async () => {
  expect(await checkClock(Date.parse('2001-01-01T00:00:00Z'))).toMatchObject({ ok: false });
  expect(await checkClock()).toMatchObject({ ok: true });
});
