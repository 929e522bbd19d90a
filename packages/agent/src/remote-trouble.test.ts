import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, waitFor } from '@gityard/testing';
import { aboutWaiting } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from './agent.fixture.ts';

const shell = (script: string) => ['sh', '-c', script];
/** A holder gives up after two thirds of it. */
const SHORT = { lease: { seconds: 6 } };

describe('an agent whose remote is in trouble', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard(UNHURRIED);
  });
  afterEach(() => yard.close());

  const asked = () => Object.values(yard.proxy.requests).reduce((sum, count) => sum + count, 0);

  it('stops a build when it could not renew its lease for two thirds of it, and gives the job back', async () => {
    await yard.configure(SHORT);
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    const id = await yard.add(shell('[ $GITYARD_TOKEN_NUMBER -gt 1 ] || sleep 60'));
    await agent.told('stage', (it) => it.status === 'Running');

    yard.proxy.setMode('reset');
    const stopping = await agent.told('stopping');
    await yard.configure(UNHURRIED);
    yard.proxy.heal();

    expect(stopping).toMatchObject({ why: 'lease-lost', token: 1 });
    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([{ status: 'lost', reason: expect.stringContaining('renew') }, { token: 2 }]);
  });

  it('goes on building through an outage that is shorter than its lease', async () => {
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    const gate = yard.gate();
    const id = await yard.add(shell(gate.wait));
    await agent.told('stage', (it) => it.status === 'Running');

    yard.proxy.setMode('reset');
    await agent.told('loop-failed', (it) => it.loop === 'watch');
    await gate.open();
    await agent.told('stage', (it) => it.stage === 'Publish');
    yard.proxy.heal();

    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([{ token: 1, status: 'succeeded' }]);
    await agent.told('loop-recovered', (it) => it.loop === 'watch');
  });

  it('keeps a result that it could not hand in, and hands it in when it starts again', async () => {
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    const gate = yard.gate();
    const id = await yard.add(shell(`${gate.wait}; exit 7`));
    await agent.told('stage', (it) => it.status === 'Running');

    yard.proxy.setMode('reset');
    await gate.open();
    const waiting = async () => (await yard.spoolOf('build1', yard.shakyAddress).waiting()).map(aboutWaiting);
    await waitFor(async () => (await waiting()).length === 2, { what: 'the result is on the disk' });
    agent.cancel();
    expect(await agent.exit).toMatchObject({ code: 0 });
    expect(await waiting()).toEqual([
      { name: 'log', about: id },
      { name: 'finish', about: id },
    ]);
    yard.proxy.heal();
    await yard.start('build1', { address: yard.shakyAddress });

    const job = await yard.untilStatus(id, 'failed');
    expect(job.attempts).toMatchObject([{ token: 1, status: 'failed', exitCode: 7 }]);
    await waitFor(async () => (await waiting()).length === 0, { what: 'the kept result is gone' });
    expect((await yard.person.logs.filesOf(id)).length).toBeGreaterThan(0);
  });

  it('hands a result in exactly once although the answer to it was lost', async () => {
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    yard.proxy.everyNthPush(3, 'lose-reply');
    const ids = [await yard.add(shell('true')), await yard.add(shell('true')), await yard.add(shell('true'))];

    for (const id of ids) {
      const job = await yard.untilStatus(id, 'succeeded');
      expect(job.attempts).toMatchObject([{ token: 1, status: 'succeeded' }]);
    }
    expect(agent.events.filter((it) => it.kind === 'ended' && it.status === 'late')).toEqual([]);
  });

  it('hands in what commands of its machine accepted while the remote was away, and says what was refused', async () => {
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    await agent.told('registered');
    yard.proxy.setMode('reset');
    await agent.told('loop-failed', (it) => it.loop === 'watch');
    const now = new Date().toISOString();
    const input = { id: 'asked-here', job: { command: ['true'] }, by: 'ada', now };
    const other = { messageId: 'nobody-sent-it', reader: 'ada', now };
    await yard
      .spoolOf('build1', yard.shakyAddress)
      .accept([{ operation: { name: 'submit', input } }, { operation: { name: 'read', input: other } }]);

    yard.proxy.heal();

    await yard.untilStatus('asked-here', 'succeeded');
    expect((await agent.told('refused')).text).toMatch(/^read nobody-sent-it was accepted here, and refused/);
  });

  it('waits for a remote that is away when it starts', async () => {
    yard.proxy.setMode('reset');
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    await agent.told('loop-failed', (it) => it.loop === 'start');

    yard.proxy.heal();

    await agent.told('registered');
  });

  it('says that the server takes no heartbeats, where commits may not be replaced', async () => {
    await git(['config', 'receive.denyNonFastForwards', 'true'], { cwd: yard.repository });

    const agent = await yard.start('build1');

    const { text } = await agent.told('loop-failed', (it) => it.loop === 'heartbeat');
    expect(text).toMatch(/refused to move refs\/heads\/yard-live: non-fast-forward/);
  });

  it('claims nothing while its heartbeats do not come through, and then goes on by itself', async () => {
    const agent = await yard.start('build1');
    await yard.beat('build1');
    // So Git refuses to move this one branch, and no other.
    const locked = join(yard.repository, 'refs/heads/yard-live.lock');
    await writeFile(locked, '');

    const id = await yard.add(shell('true'));
    await agent.told('claimed');
    // What came through before it claimed counts for seconds from now on, and no more.
    await yard.configure(SHORT);
    const told = await agent.told('takes-jobs');
    await agent.told('ended', (it) => it.status === 'released');
    await yard.add(shell('true'));
    const sinceMs = performance.now();
    await waitFor(() => performance.now() - sinceMs > 3_000, { what: 'many polls' });

    expect(told.not).toMatch(/^no heartbeat of it came through for 4 s$/);
    expect(agent.events.filter((it) => it.kind === 'claimed')).toHaveLength(1);
    await rm(locked);
    await yard.configure(UNHURRIED);
    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([{ status: 'lost' }, { token: 2, status: 'succeeded' }]);
    await yard.beat('build1', (it) => it.takesNoJobs === null);
  });

  it('finds a branch that comes back within moments, and says meanwhile that it is gone', async () => {
    const agent = await yard.start('build1');
    await yard.beat('build1');
    const [cwd, ref] = [yard.repository, 'refs/heads/yard'];

    // The agent may be writing at this moment: what is put back has to be what it saw last.
    const head = await waitFor(
      async () => {
        const found = (await git(['rev-parse', ref], { cwd })).trim();
        await git(['update-ref', '-d', ref, found], { cwd });
        return found;
      },
      { what: 'the branch is gone' },
    );
    await agent.told('loop-failed', (it) => it.loop === 'watch' && it.againInMs < 1_000);
    await yard.beat('build1', (it) => it.loops.some(({ error }) => error?.includes('does not exist')));
    await git(['update-ref', ref, head], { cwd });

    await agent.told('loop-recovered', (it) => it.loop === 'watch');
    await yard.untilStatus(await yard.add(shell('true')), 'succeeded');
  });

  it('never takes a rewritten history for the yard by itself, and says what a person has to decide', async () => {
    const agent = await yard.start('build1');
    await yard.beat('build1');
    const [cwd, ref] = [yard.repository, 'refs/heads/yard'];

    const other = (await git(['commit-tree', `${ref}^{tree}`, '-m', 'another history'], { cwd })).trim();
    await git(['update-ref', ref, other], { cwd });

    await agent.told('loop-failed', (it) => it.loop === 'watch' && /start again when the new history/.test(it.text));
    await yard.beat('build1', (it) => it.loops.some(({ error }) => error?.includes('replaced by commits')));
    expect((await git(['rev-parse', ref], { cwd })).trim()).toBe(other);
  });

  it('ends at once when the remote denies it, saying so', async () => {
    yard.proxy.setMode('403');

    const agent = await yard.start('build1', { address: yard.shakyAddress });

    expect(await agent.exit).toMatchObject({ code: 6 });
  });

  it('leaves a remote alone that begins to deny it, and says why in its line', async () => {
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    await agent.told('registered');

    yard.proxy.setMode('403');

    const { againInMs } = await agent.told('loop-failed', (it) => it.loop === 'watch');
    expect(againInMs).toBeGreaterThan(20_000);
    expect(againInMs).toBeLessThanOrEqual(60_000);
    const before = asked();
    agent.drain();
    expect(await agent.exit).toMatchObject({ code: 0 });
    expect(asked() - before).toBeLessThan(12);
  });
});
