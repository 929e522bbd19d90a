import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { maskSecrets } from '@gityard/yard';
import { describe, expect, it } from 'vitest';
import { runMonitor } from '../run-monitor.ts';
import { MemoryHost } from '../testing/memory-host.ts';

const SECRET = ['ghp', 'q7Zc2VbN8mKx4LpT1sWd9RfY6hJg3EaU5oQi'].join('_');
const repository = 'https://git.example/acme/app';
const failed = (branch: string) =>
  world().job('b1', { status: 'failed', branch, repository, commit: 'abcdef12' }).state;

describe('what looks like a secret', () => {
  it('stands nowhere in an issue, and the issue is found again and closed all the same', async () => {
    const host = new MemoryHost(noon);
    const branch = `feature/${SECRET}`;
    const run = (state: ReturnType<typeof failed>, now: string) => runMonitor({ state, now, host, mask: maskSecrets });

    await run(failed(branch), noon);
    await run(failed(branch), minutesAfterNoon(5));
    const mended = world(failed(branch)).job('b2', {
      status: 'succeeded',
      branch,
      repository,
      endedAt: minutesAfterNoon(9),
    });
    await run(mended.state, minutesAfterNoon(10));

    expect(host.issues).toHaveLength(1);
    expect(host.issues[0]).toMatchObject({ open: false, reason: 'completed' });
    expect(JSON.stringify(host.issues)).not.toContain(SECRET);
    expect(host.issues[0]?.body).toContain('REDACTED');
  });
});

describe('an agent whose name is as long as a token, with digits', () => {
  it('has its issue like all others', async () => {
    const host = new MemoryHost(noon);
    const { state } = world().agent('linux-builder-01').beat('linux-builder-01', { at: noon });

    await runMonitor({ state, now: minutesAfterNoon(30), host, mask: maskSecrets });

    expect(host.issues).toMatchObject([{ open: true, body: expect.stringContaining('agent show linux-builder-01') }]);
  });
});

describe('a file with a name of thousands of letters', () => {
  it('has one issue of its own, however often it is looked at', async () => {
    const host = new MemoryHost(noon);
    const path = (last: string) => `queue/${'-<@>'.repeat(1_500)}${last}.json`;
    const { state } = world().broken(path('a'), {}).broken(path('b'), {});

    for (const minutes of [0, 5, 10])
      await runMonitor({ state, now: minutesAfterNoon(minutes), host, mask: maskSecrets });
    await runMonitor({ state: world().state, now: minutesAfterNoon(15), host, mask: maskSecrets });

    expect(host.issues.map((it) => it.open)).toEqual([false, false]);
  });
});
