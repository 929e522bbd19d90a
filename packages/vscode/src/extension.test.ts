/** The packed script in a stub host, against the real server of a real yard with a real agent: every command, as a person calls it. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NodeProcess, startNode, type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import type { Row } from './model/row.ts';
import { type StubHost, startHost } from './testing/stub-host.fixture.ts';

const PROGRAM = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

let folder: TemporaryFolder;
let up: NodeProcess;
let address: string;
let page: URL;
let host: StubHost;

beforeAll(async () => {
  folder = await temporaryFolder();
  const words = ['up', '--agents', '1', '--no-open', '--port', '0', '--dir', join(folder.path, 'yard')];
  up = startNode(PROGRAM, words, { cwd: folder.path, env: { HOME: folder.path } });
  address = (await up.waitForLine(/^yard +(\S+)/))[1] ?? '';
  page = new URL((await up.waitForLine(/^page +(\S+)/))[1] ?? '');
  host = await startHost({
    settings: { 'gityard.server': page.origin },
    folder: folder.path,
    repositories: [REPOSITORY],
  });
});
afterAll(async () => {
  host?.dispose();
  await up?.dispose();
  await folder?.remove();
});

const REPOSITORY = {
  state: {
    HEAD: { name: 'main', commit: 'c'.repeat(40), ahead: 2, upstream: { remote: 'team' } },
    remotes: [
      { name: 'origin', fetchUrl: 'https://git.example/other.git' },
      { name: 'team', fetchUrl: 'https://ann:secret@git.example/shop.git' },
    ],
  },
};

/** All that a tree shows when everything in it is open. */
function rows(view: string, from?: Row): readonly Row[] {
  const found = (host.trees.get(view)?.getChildren(from) ?? []) as readonly Row[];
  return found.flatMap((row) => [row, ...(row.key.startsWith('agent/') ? [] : rows(view, row))]);
}
const job = (id: string): Row | undefined => rows('gityard.jobs').find(({ target }) => target === id);
const jobs = (): readonly Row[] => rows('gityard.jobs').filter(({ key }) => key.startsWith('job/'));

/** Resolves with its id. */
async function addJob(line: string): Promise<string> {
  const before = new Set(jobs().map(({ target }) => target));
  await host.run('gityard.addJob', undefined, [
    [/which repository/, ''],
    [/which command/, line],
    [/how urgent/, 'High'],
    [/is in the queue/, 'No'],
  ]);
  await expect.poll(() => jobs().some(({ target }) => !before.has(target))).toBe(true);
  return jobs().find(({ target }) => !before.has(target))?.target ?? '';
}

describe('activation', () => {
  it('registers every command that the manifest names, and no other', () => {
    expect([...host.commands.keys()].sort()).toEqual(
      manifest.contributes.commands.map(({ command }) => command).sort(),
    );
  });

  it('gives every view that the manifest names its rows, and no other', () => {
    expect([...host.trees.keys()]).toEqual(manifest.contributes.views.gityard.map(({ id }) => id));
  });

  it('shows the health of the fleet, and what a click on it leads to', async () => {
    await expect.poll(() => rows('gityard.agents').length).toBe(1);
    await expect.poll(() => host.status.text).toMatch(/1 of 1 up|running/);
    expect(host.status.command).toBe('gityard.showOverview');

    await host.run('gityard.showOverview');
    await host.run('gityard.openPage');

    expect(host.executed).toContainEqual(['gityard.needs.focus']);
    expect(host.executed).toContainEqual(['open', page.origin]);
  });
});

describe('who only looks', () => {
  it('is asked to sign in when they want to act, and then may', async () => {
    const asking: Parameters<StubHost['run']>[2] = [
      [/which repository/, ''],
      [/which command/, 'true'],
      [/how urgent/, 'Normal'],
      [/wants to know who asks/, 'Sign In…'],
      [/^Sign in to/, `${page}`],
    ];

    await host.run('gityard.addJob', undefined, asking);

    expect(host.told.join()).toContain('wants to know who asks');
    expect([...host.secrets.keys()]).toEqual([`proof ${page.origin}`]);
    await expect.poll(() => host.status.text).toContain('up');
  });
});

describe('a job', () => {
  it('is added by a few questions, and followed in a terminal, which says how it ended and stays until it is read', async () => {
    const id = await addJob(`sh -c "echo hello; printf '\\033]0;owned\\007'; sleep 1; exit 3"`);

    await host.run('gityard.followLog', job(id));
    const terminal = host.terminals.at(-1);

    await expect.poll(() => terminal?.text).toContain('failed, exit code 3');
    expect(terminal?.text).toContain('hello');
    expect(terminal?.text).not.toContain('\u001b]');
    await expect.poll(() => terminal?.text).toContain('press any key');
    expect(terminal?.isClosed).toBe(false);
    terminal?.type('x');
    expect(terminal?.isClosed).toBe(true);
    await expect.poll(() => job(id)?.context).toBe('job.ended');
  });

  it('is tried again, given another priority, kept for an agent, and cancelled when that is confirmed', async () => {
    const held = await addJob('sleep 600');
    await expect.poll(() => job(held)?.context).toBe('job.held');
    const id = await addJob('true');
    const [agent] = rows('gityard.agents');

    await host.run('gityard.prioritiseJob', job(id), [[/Priority of/, 'Critical']]);
    await host.run('gityard.assignJob', job(id), [[/alone may run/, agent?.target ?? '']]);
    await host.run('gityard.cancelJob', job(id));
    await expect.poll(() => job(id)?.tooltip).toContain('priority 1');
    expect(job(id)?.context).toBe('job.waiting');
    await host.run('gityard.cancelJob', job(id), [[/Cancel true/, 'Cancel the Job']]);
    await expect.poll(() => job(id)?.context).toBe('job.ended');
    await host.run('gityard.retryJob', job(id));

    await expect.poll(() => job(id)?.context).toBe('job.waiting');
    await host.run('gityard.cancelJob', job(held), [[/Cancel sleep/, 'Cancel the Job']]);
    await expect.poll(() => job(held)?.icon.name).toBe('circle-slash');
    await expect.poll(() => job(id)?.icon.name).toBe('pass');
  });

  it('of the open repository is asked for without its password, after a word on what is not pushed', async () => {
    await host.run('gityard.buildRepository', undefined, [[/2 of your commits are not pushed/, 'Build Without Them']]);

    await expect.poll(() => jobs().find(({ label }) => label === 'shop')?.description).toContain('main');
    const row = jobs().find(({ label }) => label === 'shop');
    await host.run('gityard.whyJob', row);
    const [, uri] = host.executed.findLast(([id]) => id === 'markdown.showPreview') ?? [];
    const why = await host.read(uri as Parameters<StubHost['read']>[0]);

    expect(why).toContain('# shop');
    expect(why).toContain('## Why');
    expect(why).not.toContain('secret');
    await host.run('gityard.approveJob');
    expect(host.told).toContain('There is no such job now.');
  });
});

describe('an agent', () => {
  it('is drained and let in again', async () => {
    const [agent] = rows('gityard.agents');

    await host.run('gityard.drainAgent', agent, [[/takes no more jobs/, 'new disk']]);
    await expect.poll(() => rows('gityard.agents')[0]?.context).toBe('agent.paused');
    await host.run('gityard.resumeAgent', agent);
    await expect.poll(() => rows('gityard.agents')[0]?.context).toBe('agent.active');
    await host.run('gityard.maintainAgent', agent);

    expect(rows('gityard.agents')[0]?.context).toBe('agent.active');
  });

  it('is gone to by ssh when that is confirmed', async () => {
    const [agent] = rows('gityard.agents');
    const before = host.terminals.length;

    await host.run('gityard.connectToAgent', agent, [[/^Connect to .*[^?]$/, 'SSH in a terminal']]);
    expect(host.terminals.length).toBe(before);
    await host.run('gityard.connectToAgent', agent, [
      [/^Connect to .*[^?]$/, 'SSH in a terminal'],
      [/^Connect to .*\?$/, 'Connect'],
    ]);

    expect(host.terminals.at(-1)?.words.slice(0, 2)).toEqual(['ssh', '--']);
  });
});

describe('a message', () => {
  it('is sent, shown as text, and acknowledged', async () => {
    const [agent] = rows('gityard.agents');
    await host.run('gityard.sendMessage', agent, [
      [/what is it about/, 'Disk swap'],
      [/the text/, 'at *14:00*'],
      [/how urgent/, 'high'],
    ]);
    await expect.poll(() => rows('gityard.messages').map(({ label }) => label)).toContain('Disk swap');
    const row = rows('gityard.messages').find(({ label }) => label === 'Disk swap');

    await host.run('gityard.acknowledgeMessage', row, [[/as which recipient/, '<as it is>']]);
    await host.run('gityard.showMessage', row);
    const [, uri] = host.executed.findLast(([id]) => id === 'markdown.showPreview') ?? [];

    const text = await host.read(uri as Parameters<StubHost['read']>[0]);
    expect(text).toContain('```text\nat *14:00*\n```');
    expect(text).toContain(`Acknowledged by \`${agent?.target}\``);
  });
});

describe('a file of the yard', () => {
  it('is checked against the fleet while it is written, and completed with its names', async () => {
    const yard = join(folder.path, 'clone');
    await mkdir(join(yard, 'queue'), { recursive: true });
    await writeFile(join(yard, 'yard.json'), '{}');
    const [agent] = rows('gityard.agents');

    const file = host.open(
      join(yard, 'queue', 'a.json'),
      '{\n  "repo": "https://git.example/a",\n  "assignedTo": "nobody-here"\n}',
    );
    await expect
      .poll(file.found)
      .toMatchObject([{ message: 'no agent is called nobody-here', range: { start: { line: 2, character: 2 } } }]);
    const offered = await host.complete(file.document, { line: 2, character: 17 });
    file.type(`{"assignedTo": "${agent?.target}"}`);

    await expect.poll(() => file.found()?.length).toBe(0);
    expect(offered).toEqual([agent?.target]);
    const other = host.open(join(folder.path, 'queue', 'a.json'), '{"assignedTo": 3}');
    const recipe = host.open(join(yard, 'gityard.yml'), 'artefacts: [out]\n');
    await expect.poll(recipe.found).toMatchObject([{ message: 'unknown field artefacts; did you mean artifacts?' }]);
    expect(other.found()).toBeUndefined();
  });
});

describe('a server', () => {
  it('is started for the window by its real program, and signed out from', async () => {
    const program = join(folder.path, 'gityard');
    await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`);
    await chmod(program, 0o755);
    const own = await startHost({
      settings: { 'gityard.server': 'http://127.0.0.1:9', 'gityard.yard': address, 'gityard.program': program },
    });
    await expect.poll(() => own.status.text).toContain('no server');

    await own.run('gityard.startServer');

    await expect.poll(() => own.status.text).toMatch(/up|running|need|stuck/);
    expect(own.told).toEqual([]);
    expect(own.secrets.size).toBe(1);
    await own.run('gityard.signOut');
    expect(own.secrets.size).toBe(0);
    own.dispose();
  });

  it('is not started where the workspace is not trusted, nor where there is no such program', async () => {
    const settings = { 'gityard.server': 'http://127.0.0.1:9', 'gityard.program': '/nowhere/gityard' };
    const strange = await startHost({ settings, isTrusted: false });
    const known = await startHost({ settings });

    await strange.run('gityard.startServer');
    await known.run('gityard.startServer');

    expect(strange.told).toEqual(['Programs are started in trusted workspaces alone.']);
    expect(known.told).toEqual(['gityard is not installed here, or not where gityard.program says']);
    strange.dispose();
    known.dispose();
  });

  it('is chosen by its address, remembered in the settings, and told no secret of another', async () => {
    const own = await startHost({ settings: { 'gityard.server': 'http://127.0.0.1:9' }, folder: folder.path });
    await expect.poll(() => own.status.text).toContain('no server');

    await own.run('gityard.connect', undefined, [[/Connect to a yard/, page.origin]]);

    await expect.poll(() => own.status.text).toMatch(/up|running|need|stuck/);
    expect(own.config.get('gityard.server')).toBe(page.origin);
    await own.run('gityard.signIn', undefined, [[/Sign in/, 'http://127.0.0.1:9/#key=mine']]);
    expect(own.told.at(-1)).toContain('neither a token nor the address of this server');
    expect(own.secrets.size).toBe(0);
    await own.run('gityard.showMore');
    own.dispose();
  });
});
