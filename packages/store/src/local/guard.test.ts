import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { bareRepository, git } from '../git.fixture.ts';
import { author, linesOf, openLedger } from '../ledger.fixture.ts';
import { openTransport } from '../transports/list.ts';
import { type LocalWorld, localWorld, once } from './local.fixture.ts';

let world: LocalWorld;
let repository: string;
const programs: NodeProcess[] = [];

beforeEach(async () => {
  world = await localWorld();
  repository = await bareRepository(world.path);
  await openLedger(openTransport(repository)).create({ edits: [], message: 'begin', author });
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.dispose();
  await world.remove();
});

describe('a second process', () => {
  it('works without the copy while the first has it, and says so once', async () => {
    const keeper = await keep();
    const options = { remote: repository, transport: openTransport(repository) };

    const life = await once(world, ({ ledger }) => ledger.perform({ id: 'mine' }), options);

    expect(linesOf(life.ledger.snapshot)).toContain('mine');
    expect(life.told).toMatchObject([{ kind: 'failed', text: expect.stringMatching(/is used by another process$/) }]);
    await nextCommit(keeper);
    expect(keeper.stdout.filter((it) => !it.startsWith('committed'))).toEqual([]);
  });

  it('finds a whole copy after the first was killed, at whatever it was doing, and takes it over', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const keeper = await keep();
      for (let commits = 0; commits < round; commits += 1) await nextCommit(keeper);
      await waitFor(async () => (await readdir(world.folder)).some((it) => it.endsWith('.git')), { what: 'a copy' });
      keeper.kill('SIGKILL');
      await keeper.exit;

      // Git's side of its last push outlives it: what lands after one look is there at the next.
      const what = `the copy to be as the remote, round ${round}`;
      await waitFor(async () => (await lookedAt(round)) === (await git(['rev-parse', 'yard'], { cwd: repository })), {
        what,
      });
    }
  });
});

/** The head of the copy after somebody took it over and looked at the remote. */
async function lookedAt(round: number): Promise<string> {
  const options = { remote: repository, transport: openTransport(repository) };
  const life = await once(world, ({ ledger }) => ledger.refresh(), options);
  expect(life.told, `round ${round}`).toEqual([]);
  expect(await world.fsck(), `round ${round}`).toBe('');
  return world.git('rev-parse', 'HEAD');
}

async function keep(): Promise<NodeProcess> {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const program = startNode(
    new URL('./keeper-program.fixture.ts', import.meta.url).pathname,
    [world.folder, repository],
    { nodeArguments: ['--conditions=source', '--import', tsx] },
  );
  programs.push(program);
  await program.waitForLine(/^committed/);
  return program;
}

async function nextCommit(keeper: NodeProcess): Promise<void> {
  const before = keeper.stdout.length;
  await waitFor(() => keeper.stdout.length > before, { what: 'another commit' });
}
