/** A thousand updates of a fleet that stands still, over HTTP: no commit comes of them, on any ref (hurt 1). */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { startGitServer } from '@gityard/gitserver';
import { git, temporaryFolder } from '@gityard/testing';
import { createYard, openYard } from '@gityard/yard';
import { expect, it } from 'vitest';
import type { Answer } from '../../command.ts';
import { createContext } from '../../context.ts';
import { command } from './update.ts';
import { withinAnHour } from './within-an-hour.fixture.ts';

const UPDATES = 1_000;

it('feeding a thousand unchanged health updates makes no commit', async () => {
  const folder = await temporaryFolder();
  const server = await startGitServer({ root: join(folder.path, 'git') });
  const repository = await server.createRepository('yard');
  const address = server.urlOf('yard');
  await createYard({ address, actor: 'spec', config: { health: { silentAtLeastSeconds: 86_400 } } });
  const person = openYard({ address, actor: 'person' });
  const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  const env = { HOME: folder.path, GITYARD_YARD: address, GITYARD_AGENT: 'tester' };
  const io = {
    cwd: folder.path,
    env,
    stdin: process.stdin,
    stdout: sink(),
    stderr: sink(),
    colour: 'plain',
    terminal: null,
  } as const;
  const none = { yard: undefined, agent: undefined, refsState: undefined, refsLive: undefined, refsLogs: undefined };
  const flags = { ...none, json: true, dryRun: false, noSpool: false, allowSecrets: [], reason: undefined };
  const context = createContext(io, { flags, allCommands: async () => [] });
  const update = async (figures: object = {}) => {
    const words = { cpu: undefined, memory: undefined, disk: undefined, diskFree: undefined, every: undefined };
    return ((await command.run(context, { ...words, ...figures })) as Answer).value;
  };
  const heads = () => git(['for-each-ref', '--format=%(refname) %(objectname)'], { cwd: repository });
  const commits = () => git(['rev-list', '--count', 'yard'], { cwd: repository });
  try {
    await person.refresh();
    // A fleet with something of everything that changes by the passing of time alone.
    const now = person.now();
    await person.perform('submit', { id: 'waits', job: { command: ['make'], labels: ['gpu'] }, by: 'ada', now });
    await person.perform('acquire', {
      name: 'deploy',
      holder: 'ada',
      ttlMs: 600_000,
      count: 1,
      waitUntil: null,
      reason: null,
      now,
    });
    await update({ cpu: '5', memory: '10', disk: '20', every: 86_400_000 });
    await person.refresh();
    await person.live.refresh();
    await person.perform('note-health', { now: person.now() });

    const fed = await withinAnHour(async () => {
      await update();
      const before = [await heads(), await commits()];
      for (let round = 0; round < UPDATES; round++) {
        await update();
        await person.perform('note-health', { now: person.now() });
      }
      return { before, after: [await heads(), await commits()] };
    });

    expect(fed.after).toEqual(fed.before);
  } finally {
    await context.close();
    await person.close();
    await server.close();
    await folder.remove();
  }
});
