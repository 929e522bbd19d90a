import { afterEach, beforeEach, expect, it } from 'vitest';

import { git, pushByHand } from '../../git.fixture.ts';
import { readHistory } from '../../history.ts';
import { author, ids, linesOf, openLedger, REF, textAt } from '../../ledger.fixture.ts';
import { type GithubWorld, githubWorld, lose, loseReply, say } from './github.fixture.ts';

let world: GithubWorld;
beforeEach(async () => {
  world = await githubWorld();
});
afterEach(() => world.close());

const begin = { edits: [{ path: 'ledger/lines.txt', content: Buffer.from('') }], message: 'begin', author };
const headOnServer = () => git(['rev-parse', REF], { cwd: world.server.repository });
const toldOf = async () => (await readHistory(world.connect(), REF)).commits.map((it) => it.message.trimEnd());

it('answers with the name that the host gave the commit', async () => {
  const ledger = openLedger(world.connect());
  await ledger.create(begin);

  const { commit } = await ledger.perform({ id: 'a' });

  expect(commit).toBe(await headOnServer());
  expect(ledger.snapshot?.commit).toBe(commit);
  expect(await ledger.perform({ id: 'b' })).toEqual({ answer: 'added', commit: await headOnServer() });
});

it('finds a commit again whose answer was lost, by what it holds and says', async () => {
  const ledger = openLedger(world.connect());
  await ledger.create(begin);
  world.server.faults.push(loseReply(/^Commit$/));

  const { commit } = await ledger.perform({ id: 'a' });

  expect(commit).toBe(await headOnServer());
  expect(await toldOf()).toEqual(['begin', 'add a']);
  // Of the two pushes the first made the branch.
  expect(ledger.counters).toMatchObject({ commits: 1, unclear: 1, pushes: 2 });
});

it('finds it although somebody wrote after it', async () => {
  const ledger = openLedger(world.connect());
  await ledger.create(begin);
  let landed = '';
  world.server.faults.push({
    asked: /^Commit$/,
    async meet(response, forward) {
      await forward();
      landed = await headOnServer();
      await pushByHand(world.server.repository, REF, { 'by-hand.json': '{}' });
      response.destroy();
    },
  });

  const { commit } = await ledger.perform({ id: 'a' });

  expect(commit).toBe(landed);
  expect(await toldOf()).toEqual(['begin', 'add a', 'by hand']);
  expect(textAt(ledger.snapshot, 'by-hand.json')).toBe('{}');
});

it('sends again what was lost on its way', async () => {
  const ledger = openLedger(world.connect());
  await ledger.create(begin);
  world.server.faults.push(lose(/^Commit$/));

  await ledger.perform({ id: 'a' });

  expect(await toldOf()).toEqual(['begin', 'add a']);
});

it.each([false, true])('knows its first commit again, too (signed by the host: %s)', async (signs) => {
  const ledger = openLedger(world.connect());
  world.server.rules.signs = signs;
  world.server.faults.push(loseReply(/^POST \/git\/refs$/));

  const { commit } = await ledger.create(begin);

  expect(commit).toBe(await headOnServer());
  await expect(openLedger(world.connect()).create(begin)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('waits as long as the host asks, and then goes on', async () => {
  const ledger = openLedger(world.connect());
  await ledger.create(begin);
  const body = { message: 'You have exceeded a secondary rate limit.' };
  world.server.faults.push(say(/^Commit$/, { status: 403, headers: { 'Retry-After': '0' }, body }));

  await ledger.perform({ id: 'a' });

  expect(await toldOf()).toEqual(['begin', 'add a']);
});

it('has each operation of many writers once, in one line of commits', async () => {
  const first = openLedger(world.connect());
  await first.create(begin);
  const ledgers = [first, openLedger(world.connect()), openLedger(world.connect())];
  world.server.faults.push(loseReply(/^Commit$/), lose(/^Commit$/), loseReply(/^Commit$/));

  const wanted = ledgers.flatMap((ledger, at) => ids(6, `${at}-`).map((id) => ({ ledger, id })));
  const done = await Promise.all(wanted.map(({ ledger, id }) => ledger.perform({ id })));

  const { commits } = await readHistory(world.connect(), REF);
  const names = new Set(commits.map((it) => it.oid));
  expect(linesOf(await first.refresh()).sort()).toEqual(wanted.map((it) => it.id).sort());
  expect(done.every(({ commit }) => commit !== null && names.has(commit))).toBe(true);
  expect(commits.every((it) => it.parents.length <= 1)).toBe(true);
  await git(['fsck', '--strict'], { cwd: world.server.repository });
});
