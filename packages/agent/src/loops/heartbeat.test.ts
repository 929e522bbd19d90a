import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { letCommandsRun, programFile, type TestYard, testYard } from '../agent.fixture.ts';

describe('the heartbeat', () => {
  let yard: TestYard;
  let agent: NodeProcess;
  beforeEach(async () => {
    // Two thirds of it are less than the main thread spins.
    yard = await testYard({ lease: { seconds: 12 } });
    await letCommandsRun(yard.homeOf('build1'));
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

  it('goes on while the main thread spins for ten seconds and more, and the lease with it', async () => {
    await yard.start('watcher', { labels: [] });
    const gate = yard.gate();
    const id = await yard.add(['sh', '-c', gate.wait], { assignedTo: 'build1' });
    await agent.waitForLine(/"stage":"Build","status":"Running"/);
    agent.kill('SIGUSR2');
    await agent.waitForLine(/spinning/);
    const before = await beats();

    await waitFor(async () => (await beats()) >= before + 5, { what: 'it has beaten five times more' });
    await writeFile(join(yard.homeOf('build1'), 'spun-enough'), '');
    await agent.waitForLine(/"spun"/);

    await gate.open();
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
