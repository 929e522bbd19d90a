import { type NodeProcess, startNode } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programFile, type TestYard, testYard } from '../agent.fixture.ts';
import { allow } from '../policy/change-policy.ts';

describe('the heartbeat', () => {
  let yard: TestYard;
  let agent: NodeProcess;
  beforeEach(async () => {
    yard = await testYard();
    await allow(yard.homeOf('build1'), { commands: true });
    agent = startNode(programFile, [yard.address, yard.homeOf('build1'), 'build1']);
  });
  afterEach(async () => {
    await agent.dispose();
    await yard.close();
  });

  const beats = async () => {
    await yard.person.live.refresh();
    return yard.person.state.heartbeats.get('build1')?.beat ?? 0;
  };

  it('goes on while the main thread spins for ten seconds, and the lease with it', async () => {
    await yard.start('watcher', { labels: [] });
    const id = await yard.add(['sh', '-c', 'sleep 14'], { assignedTo: 'build1' });
    await agent.waitForLine(/"stage":"Build","status":"Running"/);
    agent.kill('SIGUSR2');
    await agent.waitForLine(/spinning/);
    const before = await beats();

    await agent.waitForLine(/spun/);

    expect((await beats()) - before).toBeGreaterThanOrEqual(5);
    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([{ agent: 'build1', token: 1, status: 'succeeded' }]);
  });

  it('says farewell with the last beat, and names no job any more', async () => {
    await agent.waitForLine(/"kind":"registered"/);

    agent.kill('SIGTERM');

    expect(await agent.exit).toMatchObject({ code: 0 });
    expect(await beats()).toBeGreaterThan(0);
    expect(yard.person.state.heartbeats.get('build1')?.loops).toEqual([]);
    expect(yard.person.live.model()?.by).toBe('build1');
  });
});
