import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, startFaultProxy, waitFor } from '@gityard/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED, UNNOTED } from './agent.fixture.ts';

const shell = (script: string) => ['sh', '-c', script];
const asked = ({ proxy }: Pick<TestYard, 'proxy'>) =>
  Object.values(proxy.requests).reduce((sum, count) => sum + count, 0);

describe('an agent whose pushes are counted', () => {
  let yard: TestYard;
  afterEach(() => yard.close());

  it('claims, builds and finishes with three pushes, and sends no heartbeat by itself', async () => {
    yard = await testYard({ push: { perMinute: 60 }, heartbeat: { intervalSeconds: 30 }, ...UNNOTED });
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    const first = await yard.beat('build1');
    const before = yard.proxy.requests.push;

    const id = await yard.add(shell('true'));
    const { result } = await yard.untilStatus(id, 'succeeded');
    await agent.told('ended');

    expect(yard.proxy.requests.push - before).toBe(3);
    const last = await yard.beat('build1');
    expect(last.beat).toBeGreaterThanOrEqual(first.beat + 3);
    expect(last.jobs).toMatchObject([{ id }]);
    expect(result?.log).toMatch(/^build1\/logs\//);
    expect((await yard.person.logs.filesOf(id)).map((it) => it.path)).toContain(result?.log);
  });

  it('promises no more beats than the budget allows, and publishes what it used of it', async () => {
    yard = await testYard({ push: { perMinute: 3 }, heartbeat: { intervalSeconds: 1 }, ...UNNOTED });
    await yard.start('build1');

    const { at, nextBeatBy } = await yard.beat('build1');

    expect(Date.parse(nextBeatBy) - Date.parse(at)).toBe(30_000);
    expect(yard.person.live.model()?.push).toMatchObject({ perMinute: 3, used: expect.any(Number) });
  });

  it('starts what it has claimed although its pushes are spent, and promises no beat before it can push again', async () => {
    yard = await testYard({ push: { perMinute: 6 }, heartbeat: { intervalSeconds: 1 } });
    await yard.start('build1');
    await yard.beat('build1');
    await yard.untilStatus(await yard.add(shell('true')), 'succeeded');

    const id = await yard.add(shell('true'));
    const beat = await yard.beat('build1', (it) => it.jobs.some((job) => job.id === id));

    expect(beat.pushes).toBeGreaterThanOrEqual(6);
    expect(Date.parse(beat.nextBeatBy) - Date.parse(beat.at)).toBeGreaterThan(30_000);
    await yard.until('it runs', ({ jobs }) => jobs.get(id)?.status === 'running');
  });

  it('beats by itself when it has nothing else to push', async () => {
    yard = await testYard({ push: { perMinute: 90 } });
    await yard.start('build1', { address: yard.shakyAddress });
    const { beat } = await yard.beat('build1');

    await yard.beat('build1', (it) => it.beat >= beat + 2);
  });

  it('claims although its heartbeats cannot ride: the live ref may be refused for good', async () => {
    yard = await testYard({ push: { perMinute: 60 }, heartbeat: { intervalSeconds: 1 }, ...UNHURRIED });
    await yard.start('build1');
    await yard.beat('build1');
    await git(['config', 'receive.denyNonFastForwards', 'true'], { cwd: yard.repository });

    const id = await yard.add(shell('true'));
    await yard.until('it is claimed', ({ jobs }) => (jobs.get(id)?.token ?? 0) > 0);
  });
});

describe('an agent that is turned away', () => {
  // They do next to nothing but wait, so they may do it at the same time.
  it.concurrent.for(['401', '403', '404'] as const)(
    'with %s asks at most four times in a minute, whatever its loops would like',
    async (status, { onTestFinished }) => {
      const yard = await testYard();
      onTestFinished(yard.close);
      const agent = await yard.start('build1', { address: yard.shakyAddress });
      await yard.beat('build1');

      yard.proxy.setMode(status);
      await agent.told('loop-failed', (it) => it.loop === 'watch' && it.againInMs <= 60_000);
      const before = asked(yard);
      const sinceMs = performance.now();
      await waitFor(() => performance.now() - sinceMs > 5_000, { what: 'many polls and beats would have been made' });

      expect(asked(yard) - before).toBeLessThanOrEqual(4);
    },
  );

  it('by 429 sends nothing at all until the host’s time is over, and then goes on by itself', async ({
    onTestFinished,
  }) => {
    const yard = await testYard();
    onTestFinished(yard.close);
    const proxy = await startFaultProxy({ target: new URL(yard.address).origin, retryAfterSeconds: 12 });
    const agent = await yard.start('build1', { address: proxy.urlOf('yard') });
    await yard.beat('build1');

    proxy.setMode('429');
    await waitFor(() => proxy.faults['429'] > 0, { what: 'the agent is told to wait' });
    const sinceMs = performance.now();
    await waitFor(() => performance.now() - sinceMs > 1_000, { what: 'what was under way is answered' });
    const before = asked({ proxy });
    await waitFor(() => performance.now() - sinceMs > 6_000, { what: 'half of the time that the host named' });

    expect(asked({ proxy }) - before).toBe(0);
    proxy.heal();
    await agent.told('loop-recovered', (it) => it.loop === 'watch');
    await yard.untilStatus(await yard.add(shell('true')), 'succeeded');
    agent.cancel();
    await agent.exit;
    await proxy.close();
  });

  it('by a hook takes that for no race', async ({ onTestFinished }) => {
    const yard = await testYard();
    onTestFinished(yard.close);
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    await yard.beat('build1');

    const hooks = join(yard.repository, 'hooks');
    await mkdir(hooks, { recursive: true });
    await writeFile(join(hooks, 'pre-receive'), '#!/bin/sh\necho closed today >&2\nexit 1\n', { mode: 0o755 });
    await agent.told('loop-failed', (it) => it.loop === 'heartbeat' && /closed today/.test(it.text));
    const before = yard.proxy.requests.push;
    const sinceMs = performance.now();
    await waitFor(() => performance.now() - sinceMs > 5_000, { what: 'many beats would have been sent' });

    expect(yard.proxy.requests.push - before).toBeLessThanOrEqual(1);
  });
});
