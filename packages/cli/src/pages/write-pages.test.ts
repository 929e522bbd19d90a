import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@gityard/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pageSource } from './page-source.ts';
import { withConnectHosts } from './with-connect-hosts.ts';
import { writePages } from './write-pages.ts';

const REFS = { state: 'refs/heads/yard', live: 'refs/heads/yard-live', logs: 'refs/heads/team/logs' };
const GITHUB = ['https://api.github.com', 'https://raw.githubusercontent.com'];

describe('page-source', () => {
  it.each([
    [{ github: 'acme/yard' }, ['github:acme/yard', 'https://github.com/acme/yard.git', GITHUB]],
    [{ github: 'https://github.com/acme/yard.git' }, ['github:acme/yard', 'https://github.com/acme/yard.git', GITHUB]],
    [
      { github: 'https://git.acme.example/acme/yard' },
      [
        'ghes:https://git.acme.example/acme/yard',
        'https://git.acme.example/acme/yard.git',
        ['https://git.acme.example'],
      ],
    ],
    [
      { gitea: 'https://acme.example:3000/git/acme/yard/' },
      [
        'gitea:https://acme.example:3000/git/acme/yard',
        'https://acme.example:3000/git/acme/yard.git',
        ['https://acme.example:3000'],
      ],
    ],
  ])('understands %j', (given, [word, address, hosts]) => {
    expect(pageSource(given)).toEqual({ word, address, hosts });
  });

  it.each([
    { github: 'acme' },
    { github: 'http://git.acme.example/acme/yard' },
    { gitea: 'https://me:secret@acme.example/acme/yard' },
    { gitea: 'acme/yard' },
    { github: 'acme/yard', gitea: 'https://acme.example/acme/yard' },
  ])('refuses %j', (given) => {
    expect(() => pageSource(given)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('write-pages', () => {
  it('lets the page connect to its yard and to nothing else', async () => {
    const page = await readFile(fileURLToPath(new URL('../../../dashboard/index.html', import.meta.url)), 'utf8');
    const written = withConnectHosts(page, ['https://git.acme.example']);

    expect(written).toContain("connect-src 'self' https://git.acme.example; worker-src");
    expect(written.replace(/connect-src [^;]*/, '')).toBe(page.replace(/connect-src [^;]*/, ''));
    expect(withConnectHosts(page, GITHUB)).toBe(page);
    expect(() => withConnectHosts(page, ["https://x.example/;script-src 'unsafe-inline'"])).toThrow();
  });

  it('writes the page, its config and nothing over the page of somebody else', async () => {
    const { path, remove } = await temporaryFolder();
    onTestFinished(remove);
    const [built, folder] = [join(path, 'built'), join(path, 'site/docs')];
    await mkdir(join(built, 'assets'), { recursive: true });
    await writeFile(join(built, 'assets/app.js'), '1');
    const policy = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`;
    const page = `${policy}<app-shell id="main"></app-shell>`;
    await writeFile(join(built, 'index.html'), page);
    await writeFile(join(built, 'service-worker.js'), `[["./","${integrityOf(page)}"],["assets/app.js","sha256-…"]]`);
    const source = pageSource({ gitea: 'https://acme.example/acme/yard' });
    if (!source) return expect.unreachable();

    for (let n = 0; n < 2; n++) await writePages({ folder, source, refs: REFS, built });

    expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain("connect-src 'self' https://acme.example\"");
    expect(await readFile(join(folder, 'assets/app.js'), 'utf8')).toBe('1');
    const written = await readFile(join(folder, 'index.html'), 'utf8');
    expect(await readFile(join(folder, 'service-worker.js'), 'utf8')).toBe(
      `[["./","${integrityOf(written)}"],["assets/app.js","sha256-…"]]`,
    );
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toEqual({
      source: 'gitea:https://acme.example/acme/yard',
      refs: { state: 'yard', live: 'yard-live', logs: 'team/logs' },
    });
    await writeFile(join(folder, 'index.html'), '<h1>My garden</h1>');
    await expect(writePages({ folder, source, refs: REFS, built })).rejects.toMatchObject({ code: 'USAGE' });
  });
});

const integrityOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
