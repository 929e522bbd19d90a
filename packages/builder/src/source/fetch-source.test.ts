import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Repository, repository, temporaryFolder } from '../specs/world.ts';
import { checkOut } from './check-out.ts';
import { fetchSource, type Source } from './fetch-source.ts';

interface Wish {
  readonly repository: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly root?: string;
  readonly stop?: AbortSignal;
}

async function fetched({ repository: address, branch, commit, root = temporaryFolder(), stop }: Wish) {
  const mirrors = join(root, 'mirrors');
  const folder = join(temporaryFolder(), 'source');
  mkdirSync(mirrors, { recursive: true });
  mkdirSync(folder);
  const retries: Error[] = [];
  const source: Source = await fetchSource({
    repository: address,
    branch: branch ?? null,
    commit: commit ?? null,
    mirrors,
    layOut: (found) => checkOut({ ...found, folder, index: join(folder, '..', 'index') }),
    stop: stop ?? new AbortController().signal,
    firstPauseMs: 1,
    onRetry: (error) => retries.push(error),
  });
  return { ...source, folder, retries, mirror: join(mirrors, readdirSync(mirrors)[0] ?? '') };
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/app.git`;
}

const history = (gitDir: string) =>
  Number(execFileSync('git', ['--git-dir', gitDir, 'rev-list', '--all', '--count'], { encoding: 'utf8' }));

describe('fetch-source', () => {
  it('brings the default branch, and only its files', async () => {
    const origin = repository({ 'a/b.txt': 'hello', 'run.sh': '#!/bin/sh\n', link: { link: 'a/b.txt' } });

    const { branch, commit, folder, committedSeconds } = await fetched({ repository: origin.path });

    expect({ branch, commit }).toEqual({ branch: 'main', commit: origin.git('rev-parse', 'HEAD') });
    expect(committedSeconds).toBe(Number(origin.git('show', '-s', '--format=%ct')));
    expect(readdirSync(folder).sort()).toEqual(['a', 'link', 'run.sh']);
    expect(readFileSync(join(folder, 'a/b.txt'), 'utf8')).toBe('hello');
    expect(readlinkSync(join(folder, 'link'))).toBe('a/b.txt');
    expect(lstatSync(join(folder, 'run.sh')).mode & 0o111).not.toBe(0);
  });

  it.each(['path', 'file URL'])('fetches a branch from a %s without its history', async (kind) => {
    const origin = repository({ 'a.txt': '1' });
    origin.commit({ 'a.txt': '2' });
    origin.git('checkout', '--quiet', '-b', 'work/one');
    const commit = origin.commit({ 'a.txt': '3' });

    const found = await fetched({
      repository: kind === 'path' ? origin.path : `file://${origin.path}`,
      branch: 'work/one',
    });

    expect(found).toMatchObject({ branch: 'work/one', commit });
    expect(history(found.mirror)).toBe(1);
  });

  it('resolves an annotated tag to its commit', async () => {
    const origin = repository({ 'a.txt': '1' });
    const commit = origin.git('rev-parse', 'HEAD');
    origin.git('tag', '--annotate', '--message', 'one', 'v1');
    origin.commit({ 'a.txt': '2' });

    expect(await fetched({ repository: origin.path, branch: 'v1' })).toMatchObject({ branch: 'v1', commit });
  });

  it('finds a commit that no branch points at any more, and one that is abbreviated', async () => {
    const origin = repository({ 'a.txt': '1' });
    const first = origin.git('rev-parse', 'HEAD');
    const lost = origin.commit({ 'a.txt': '2' });
    origin.git('reset', '--quiet', '--hard', first);
    origin.commit({ 'a.txt': '3' });

    expect((await fetched({ repository: origin.path, commit: lost })).commit).toBe(lost);
    expect((await fetched({ repository: origin.path, commit: first.slice(0, 10) })).commit).toBe(first);
  });

  it('fetches everything where a server hands out no commit by its id', async () => {
    const origin = repository({ 'a.txt': '1' });
    const first = origin.git('rev-parse', 'HEAD');
    origin.commit({ 'a.txt': '2' });
    const server = await refusing(origin);

    const { commit, folder } = await fetched({ repository: server, commit: first });

    expect(commit).toBe(first);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('1');
  });

  it('sees a branch that moved, and needs nobody for a commit that is already here', async () => {
    const origin = repository({ 'a.txt': '1' });
    const root = temporaryFolder();
    await fetched({ repository: origin.path, branch: 'main', root });
    const second = origin.commit({ 'a.txt': '2' });

    expect((await fetched({ repository: origin.path, branch: 'main', root })).commit).toBe(second);
    rmSync(origin.path, { recursive: true });
    expect((await fetched({ repository: origin.path, commit: second, root })).commit).toBe(second);
  });

  it('lets two builds of one repository share the mirror at the same time', async () => {
    const origin = repository({ 'a.txt': '1' });
    const first = origin.git('rev-parse', 'HEAD');
    const second = origin.commit({ 'a.txt': '2' });
    const root = temporaryFolder();

    const both = await Promise.all([first, second].map((commit) => fetched({ repository: origin.path, commit, root })));

    expect(both.map(({ folder }) => readFileSync(join(folder, 'a.txt'), 'utf8'))).toEqual(['1', '2']);
  });

  it('says that a branch or a commit does not exist, and whose fault that is', async () => {
    const origin = repository({ 'a.txt': '1' });
    const missing = 'f'.repeat(40);

    await expect(fetched({ repository: origin.path, branch: 'nope' })).rejects.toMatchObject({
      code: 'code',
      message: `branch nope does not exist in ${origin.path}`,
    });
    await expect(fetched({ repository: origin.path, commit: missing })).rejects.toMatchObject({
      code: 'code',
      message: `commit ${missing} does not exist in ${origin.path}`,
    });
  });

  it('never gives git a branch or commit that it could read as an option', async () => {
    const origin = repository({ 'a.txt': '1' });

    await expect(fetched({ repository: origin.path, branch: '--upload-pack=touch pwned' })).rejects.toMatchObject({
      code: 'code',
    });
    await expect(fetched({ repository: origin.path, commit: '--output=pwned' })).rejects.toMatchObject({
      code: 'code',
    });
    await expect(fetched({ repository: 'ext::sh -c id' })).rejects.toMatchObject({ code: 'policy' });
  });

  it('does not blame the project for an address that nobody answers', async () => {
    const nowhere = join(temporaryFolder(), 'nothing.git');

    await expect(fetched({ repository: nowhere })).rejects.toMatchObject({ code: 'infrastructure' });
  });

  it('tries three times when a server is overloaded, and once when it says no', async () => {
    const asked: string[] = [];
    const answering = (status: number) =>
      serve((_, response) => {
        asked.push(String(status));
        response.writeHead(status).end();
      });
    const [overloaded, closed] = [await answering(503), await answering(403)];

    await expect(fetched({ repository: overloaded })).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('503'),
    });
    await expect(fetched({ repository: closed })).rejects.toMatchObject({ code: 'infrastructure' });
    expect(asked).toEqual(['503', '503', '503', '403']);
  });

  it('takes a login page for what it is, and does not follow it elsewhere', async () => {
    const page = await serve(
      (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Log in</h1>'),
    );
    const followed: string[] = [];
    const elsewhere = await serve((request, response) => {
      followed.push(request.url ?? '');
      response.end();
    });
    const redirect = await serve((_, response) => void response.writeHead(302, { Location: elsewhere }).end());

    await expect(fetched({ repository: page, branch: 'main' })).rejects.toMatchObject({ code: 'infrastructure' });
    await expect(fetched({ repository: redirect, branch: 'main' })).rejects.toMatchObject({ code: 'infrastructure' });
    expect(followed).toEqual([]);
  });

  it('fetches a damaged mirror anew, and is not held up by the locks of a killed git', async () => {
    const origin = repository({ 'a.txt': '1' });
    const root = temporaryFolder();
    const { mirror } = await fetched({ repository: origin.path, root });
    writeFileSync(join(mirror, 'shallow.lock'), '');
    writeFileSync(join(mirror, 'config.lock'), '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(join(mirror, 'shallow.lock'), longAgo, longAgo);
    origin.commit({ 'a.txt': '2' });
    await fetched({ repository: origin.path, root });

    writeFileSync(join(mirror, 'HEAD'), '');
    const again = await fetched({ repository: origin.path, root });

    expect(readFileSync(join(again.folder, 'a.txt'), 'utf8')).toBe('2');
  });

  it('fetches anew when objects of the mirror are damaged', async () => {
    const origin = repository({ 'a.txt': 'some content' });
    const root = temporaryFolder();
    const { mirror } = await fetched({ repository: origin.path, root });
    const objects = readdirSync(join(mirror, 'objects'), { recursive: true, encoding: 'utf8' });
    for (const name of objects.filter(
      (path) => /pack$|^..\/.{38}$/.test(path) && lstatSync(join(mirror, 'objects', path)).isFile(),
    )) {
      rmSync(join(mirror, 'objects', name));
      writeFileSync(join(mirror, 'objects', name), 'damaged');
    }

    const again = await fetched({ repository: origin.path, root });

    expect(readFileSync(join(again.folder, 'a.txt'), 'utf8')).toBe('some content');
  });

  it('ends quickly when it is stopped while a server keeps silent', async () => {
    const stop = new AbortController();
    const silent = await serve(() => stop.abort(new Error('cancelled')));

    await expect(fetched({ repository: silent, stop: stop.signal })).rejects.toThrow('cancelled');
  });

  it('runs no hook and no filter that a repository brings along', async () => {
    const folder = temporaryFolder();
    const trap = join(folder, 'pwned');
    const origin = repository({
      '.gitattributes': '* filter=evil',
      'a.txt': '1',
      '.git-hooks/post-checkout': `#!/bin/sh\ntouch ${trap}\n`,
    });
    origin.git('config', 'core.hooksPath', '.git-hooks');
    origin.git('config', 'filter.evil.smudge', `touch ${trap}`);

    await fetched({ repository: origin.path });

    expect(existsSync(trap)).toBe(false);
  });
});

/** A server of the old protocol, which only hands out what a branch or a tag points at. */
async function refusing({ path }: Repository): Promise<string> {
  const root = temporaryFolder();
  execFileSync('git', ['clone', '--quiet', '--bare', path, join(root, 'app.git')]);
  execFileSync('git', ['--git-dir', join(root, 'app.git'), 'update-server-info']);
  // Served as plain files: the "dumb" protocol knows neither shallow fetches nor wishes by id.
  return serve((request, response) => {
    const file = join(root, new URL(request.url ?? '/', 'http://localhost').pathname);
    if (existsSync(file) && lstatSync(file).isFile()) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
}
