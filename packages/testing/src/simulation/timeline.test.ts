import { Dice, Timeline } from '@gityard/demo';
import { describe, expect, it } from 'vitest';
import { Life } from './life.ts';
import { Machine } from './machine.ts';

const atOnce = { untilMs: 1e9 };

function onMachine(clock = { rate: 1, aheadMs: 0 }) {
  const timeline = new Timeline();
  const machine = new Machine('mac', { timeline, clock, dice: new Dice('disk') });
  return { timeline, machine, life: new Life(machine, new Dice('mac')) };
}

describe('timeline', () => {
  it('wakes in the order of time, and equals in the order they came', async () => {
    const timeline = new Timeline();
    const woken: string[] = [];
    for (const [name, ms] of Object.entries({ late: 20, first: 10, second: 10 }))
      timeline.alarm(ms, () => woken.push(name));

    await timeline.runUntil(() => false, { untilMs: 15 });

    expect(woken).toEqual(['first', 'second']);
    expect(timeline.nowMs).toBe(15);
  });

  it('does not ring an alarm that was taken back', async () => {
    const timeline = new Timeline();
    const woken: number[] = [];
    const disarm = timeline.alarm(10, () => woken.push(1));
    timeline.alarm(10, () => woken.push(2));

    disarm();
    await timeline.runUntil(() => false, { untilMs: 15 });

    expect(woken).toEqual([2]);
  });

  it('tells of somebody who runs in circles', async () => {
    const timeline = new Timeline();
    const again = (): void => void timeline.alarm(0, again);
    again();

    await expect(timeline.runUntil(() => false, atOnce)).rejects.toThrow('runs in circles at 0 ms');
  });
});

describe('a process on a machine', () => {
  it('waits by the clock of its machine', async () => {
    const { timeline, life } = onMachine({ rate: 1.1, aheadMs: 60_000 });
    let isOver = false;
    void life.ports.sleep(1_100).then(() => (isOver = true));

    await timeline.runUntil(() => isOver, atOnce);

    expect(timeline.nowMs).toBeCloseTo(1_000);
    expect(life.ports.monotonicMs()).toBeCloseTo(1_100);
  });

  it('hears nothing while it is stopped, and all of it later', async () => {
    const { timeline, machine, life } = onMachine();
    machine.stopFor(5_000);
    const heard: number[] = [];
    void life.ports.sleep(1_000).then(() => heard.push(timeline.nowMs));
    void life.hears(timeline.sleep(2_000)).then(() => heard.push(timeline.nowMs));

    await timeline.runUntil(() => heard.length === 2, atOnce);

    expect(heard).toEqual([5_000, 5_000]);
  });

  it('goes on nowhere once it is killed', async () => {
    const { timeline, life } = onMachine();
    const done: string[] = [];
    void life.ports.sleep(10).then(() => done.push('slept'));
    void life.hears(timeline.sleep(10)).then(() => done.push('heard'));
    life.kill();
    void life.step('before push').then(() => done.push('stepped'));

    await timeline.runUntil(() => false, { untilMs: 1_000 });

    expect(done).toEqual([]);
  });

  it('finds on its disk what was synced before it died, and nothing else', async () => {
    const { timeline, machine } = onMachine();
    const dying = new Life(machine, new Dice('mac'), (step, life) => {
      if (step === 'before b') life.kill();
    });
    void machine.disk.write(dying, 'a', 1).then(() => machine.disk.write(dying, 'b', 2));

    await timeline.runUntil(() => false, { untilMs: 1_000 });

    expect([machine.disk.read('a'), machine.disk.read('b')]).toEqual([1, undefined]);
  });
});
