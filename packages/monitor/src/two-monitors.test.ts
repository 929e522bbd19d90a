/** Monitors that run at the same time, over listings that know nothing of what was opened a moment ago. */
import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { memoryIn } from './issues/marker.ts';
import { runMonitor } from './run-monitor.ts';
import { MemoryHost } from './testing/memory-host.ts';

const mask = (text: string): Promise<string> => Promise.resolve(text);
const ids = ['build1', 'build2', 'build3'];
const silent = ids.reduce((scene, id) => scene.agent(id).beat(id, { at: noon }), world()).state;
const late = minutesAfterNoon(30);
const well = ids.reduce((scene, id) => scene.beat(id, { at: minutesAfterNoon(60) }), world(silent)).state;

const openKeys = ({ issues }: MemoryHost): (string | undefined)[] =>
  issues.filter((it) => it.open).map(({ body }) => memoryIn(body)?.key);

describe('monitors at the same time', () => {
  it.each([2, 3, 5])('leave one issue for each thing, where %i of them begin together', async (count) => {
    const host = new MemoryHost(late);

    await Promise.all(Array.from({ length: count }, () => runMonitor({ state: silent, now: late, host, mask })));

    expect(openKeys(host).sort()).toEqual(ids.map((id) => `agent-silent:${id}`));
    // They did meet, and each of the others but once.
    expect(host.issues).toHaveLength(ids.length + count - 1);
    expect(host.issues.filter((it) => !it.open).map((it) => it.reason)).toEqual(
      host.issues.filter((it) => !it.open).map(() => 'duplicate'),
    );
  });

  it('leave one issue where a listing does not know the newest issues yet', async () => {
    const host = new MemoryHost(late);
    await runMonitor({ state: silent, now: late, host, mask });
    host.listedUpTo = 0;

    await runMonitor({ state: silent, now: late, host, mask });

    expect(openKeys(host).sort()).toEqual(ids.map((id) => `agent-silent:${id}`));
    expect(host.issues).toHaveLength(4);
  });

  it('close each issue once, and never one that the other opened again', async () => {
    const host = new MemoryHost(late);
    await runMonitor({ state: silent, now: late, host, mask });
    host.now = minutesAfterNoon(60);

    const run = () => runMonitor({ state: well, now: host.now, host, mask });
    await Promise.all([run(), run()]);
    await run();

    expect(host.issues.map((it) => [it.open, it.turns.length])).toEqual(ids.map(() => [false, 2]));
  });

  it('of two yards keep their own issues, where one repository has them all', async () => {
    const host = new MemoryHost(late);
    const [one, other] = ['one', 'other'].map((yardId) => ({ ...silent, yard: { ...silent.yard, yardId } }));
    const run = (state = silent, now = late) => runMonitor({ state, now, host, mask });

    await Promise.all([run(one), run(other)]);
    expect(openKeys(host)).toHaveLength(2 * ids.length);
    host.now = minutesAfterNoon(60);
    await run({ ...well, yard: { ...well.yard, yardId: 'one' } }, host.now);

    const left = host.issues.filter((it) => it.open).map(({ body }) => memoryIn(body)?.yard);
    expect(left).toEqual(ids.map(() => 'other'));
  });

  it('find everything done by a run before, and do nothing', async () => {
    const host = new MemoryHost(late);
    await runMonitor({ state: silent, now: late, host, mask });
    const { writes } = host;

    for (const minutes of [31, 40, 600, 6_000])
      await runMonitor({ state: silent, now: minutesAfterNoon(minutes), host, mask });

    expect(host.writes).toBe(writes);
  });
});
