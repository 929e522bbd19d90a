import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Files, type Repository, repository, temporaryFolder } from '../specs/world.ts';
import { checkOut } from './check-out.ts';
import { type Laid, type LaidOut, layOutAnew, layOutChanges } from './lay-out.ts';
import { readTree, treeFrom } from './tree.ts';

const stop = new AbortController().signal;
let origin: Repository;
let root: string;
let folder: string;
let laid: Laid;

async function found() {
  const request = { gitDir: join(origin.path, '.git'), commit: origin.git('rev-parse', 'HEAD'), stop };
  const places = { folder, incoming: join(root, 'incoming'), index: join(root, 'index') };
  return { ...request, ...places, tree: await readTree(request) };
}

async function begin(files: Files): Promise<void> {
  origin = repository(files);
  root = temporaryFolder();
  folder = join(root, 'build', 'source');
  mkdirSync(folder, { recursive: true });
  const request = await found();
  await checkOut(request);
  laid = (await layOutAnew(request)).laid;
}

async function goOn(files: Files = {}): Promise<LaidOut> {
  origin.commit(files);
  const out = await layOutChanges(laid, await found());
  laid = out.laid;
  return out;
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8');

describe('lay-out', () => {
  beforeEach(() =>
    begin({
      'a/one.txt': '1',
      'a/two.txt': '2',
      'b/three.txt': '3',
      'run.sh': '#!/bin/sh\n',
      link: { link: 'a/one.txt' },
    }),
  );

  it('writes what another commit changed, and touches nothing else', async () => {
    const before = lstatSync(join(folder, 'a/one.txt'), { bigint: true });
    origin.git('rm', '--quiet', 'b/three.txt');

    const { changed } = await goOn({ 'a/two.txt': 'two', 'c/d/four.txt': '4' });

    expect([...changed].sort()).toEqual(['a/two.txt', 'b/three.txt', 'c/d/four.txt']);
    expect([read('a/two.txt'), read('c/d/four.txt')]).toEqual(['two', '4']);
    expect(readdirSync(folder).sort()).toEqual(['a', 'c', 'link', 'run.sh']);
    expect(lstatSync(join(folder, 'a/one.txt'), { bigint: true })).toEqual(before);
    expect((await goOn()).changed).toEqual([]);
  });

  it('leaves what a build made, also where all files of the commit are gone', async () => {
    writeFileSync(join(folder, 'b/made.o'), 'made');
    origin.git('rm', '--quiet', 'b/three.txt');

    await goOn();

    expect(readdirSync(join(folder, 'b'))).toEqual(['made.o']);
  });

  it('knows names and modes as they are', async () => {
    const files = { 'ä ö/ü.txt': 'umlaut', '-rf': 'dash', 'new\nline': 'line', 'tool.sh': '#!/bin/sh\n' };

    await goOn(files);

    expect(Object.keys(files).map(read)).toEqual(Object.values(files));
    expect(lstatSync(join(folder, 'tool.sh')).mode & 0o111).toBe(0o111);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect((await goOn({ 'ä ö/ü.txt': 'other' })).changed).toEqual(['ä ö/ü.txt']);
    expect(read('ä ö/ü.txt')).toBe('other');
  });

  it('turns a file into a folder, and back', async () => {
    origin.git('rm', '--quiet', 'run.sh');
    await goOn({ 'run.sh/inside.txt': 'in' });
    expect(read('run.sh/inside.txt')).toBe('in');

    origin.git('rm', '--quiet', '-r', 'run.sh');
    await goOn({ 'run.sh': 'file' });
    expect(read('run.sh')).toBe('file');
  });

  it('puts back what a build changed or removed, and says that it did', async () => {
    writeFileSync(join(folder, 'a/one.txt'), 'x');
    rmSync(join(folder, 'b'), { recursive: true });

    const { changed } = await goOn();

    expect([...changed].sort()).toEqual(['a/one.txt', 'b/three.txt']);
    expect([read('a/one.txt'), read('b/three.txt')]).toEqual(['1', '3']);
  });

  it('ends lines as the commit asks for, like a checkout of all of it', async () => {
    await goOn({ '.gitattributes': '*.bat text eol=crlf\n', 'old.bat': 'a\nb\n' });

    await goOn({ 'new.bat': 'c\nd\n' });

    expect([read('old.bat'), read('new.bat')]).toEqual(['a\r\nb\r\n', 'c\r\nd\r\n']);
  });
});

describe('lay-out, after a hostile build', () => {
  let elsewhere: string;
  beforeEach(async () => {
    await begin({ 'a/one.txt': '1', 'a/b/two.txt': '2' });
    elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, 'one.txt'), 'not ours');
    mkdirSync(join(elsewhere, 'b'));
    writeFileSync(join(elsewhere, 'b/two.txt'), 'not ours');
  });

  it('writes through no link in the place of a folder', async () => {
    rmSync(join(folder, 'a'), { recursive: true });
    symlinkSync(elsewhere, join(folder, 'a'));

    await goOn({ 'a/one.txt': 'new' });

    expect(readFileSync(join(elsewhere, 'one.txt'), 'utf8')).toBe('not ours');
    expect(lstatSync(join(folder, 'a')).isDirectory()).toBe(true);
    expect([read('a/one.txt'), read('a/b/two.txt')]).toEqual(['new', '2']);
  });

  it('removes through no link in the place of a folder', async () => {
    rmSync(join(folder, 'a'), { recursive: true });
    symlinkSync(elsewhere, join(folder, 'a'));
    origin.git('rm', '--quiet', '-r', 'a');

    await goOn({ 'other.txt': '' });

    expect(readdirSync(elsewhere).sort()).toEqual(['b', 'one.txt']);
    expect(existsSync(join(elsewhere, 'b/two.txt'))).toBe(true);
  });

  it('writes into no file that has another name elsewhere, and follows no link in the place of one', async () => {
    for (const path of ['a/one.txt', 'a/b/two.txt']) rmSync(join(folder, path));
    linkSync(join(elsewhere, 'one.txt'), join(folder, 'a/one.txt'));
    symlinkSync(join(elsewhere, 'b/two.txt'), join(folder, 'a/b/two.txt'));

    await goOn({ 'a/one.txt': 'new', 'a/b/two.txt': 'new' });

    expect(readFileSync(join(elsewhere, 'one.txt'), 'utf8')).toBe('not ours');
    expect(readFileSync(join(elsewhere, 'b/two.txt'), 'utf8')).toBe('not ours');
    expect([read('a/one.txt'), read('a/b/two.txt')]).toEqual(['new', 'new']);
  });

  it('notices a source that was changed under the time of the old one', async () => {
    const { atime, mtime } = lstatSync(join(folder, 'a/one.txt'));
    writeFileSync(join(folder, 'a/one.txt'), 'longer');
    utimesSync(join(folder, 'a/one.txt'), atime, mtime);

    await goOn();

    expect(read('a/one.txt')).toBe('1');
  });

  it('is not stopped by a folder in the place of a file, even a read-only one', async () => {
    rmSync(join(folder, 'a/one.txt'));
    mkdirSync(join(folder, 'a/one.txt/deep'), { recursive: true });
    chmodSync(join(folder, 'a/one.txt'), 0o500);

    await goOn();

    expect(read('a/one.txt')).toBe('1');
  });

  it('refuses a tree with paths that no checkout has', () => {
    const row = (path: string) => `100644 blob ${'a'.repeat(40)}\t${path}\0`;
    for (const path of ['../up', '/top', 'a/../../up', 'sub/.git/config', '.GIT/hooks/x'])
      expect(() => treeFrom(row(path))).toThrow('where none can be');
    expect([...treeFrom(`${row('a')}160000 commit ${'b'.repeat(40)}\tmodule\0`).keys()]).toEqual(['a']);
  });
});
