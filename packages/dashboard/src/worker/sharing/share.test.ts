import { describe, expect, it, onTestFinished } from 'vitest';
import { sampleYard } from '../../testing/sample-yard.ts';
import type { Told } from '../protocol.ts';
import { Share, type ShareParts } from './share.ts';

describe('share', () => {
  it('lets one tab lead, and the next when that one rests or is closed', async () => {
    const locks = new OneByOne();
    const [first, second, third] = [tab(locks), tab(locks), tab(locks)];
    for (const it of [first, second, third]) it.share.want();
    expect(leading(first, second, third)).toEqual([true, false, false]);

    first.share.rest();
    await expect.poll(() => leading(first, second, third)).toEqual([false, true, false]);
    second.share.close();
    await expect.poll(() => leading(first, second, third)).toEqual([false, false, true]);
    expect(first.rested).toBe(1);
  });

  it('does not lead after a tab that was to lead has rested', async () => {
    const locks = new OneByOne();
    const [first, second] = [tab(locks), tab(locks)];
    first.share.want();
    second.share.want();
    second.share.rest();
    first.share.rest();

    await locks.settled();
    expect(leading(first, second)).toEqual([false, false]);
    expect(second.led).toBe(0);
  });

  it('tells the others what the leader is told, and has the leader look for them', async () => {
    const locks = new OneByOne();
    const leader = tab(locks);
    leader.share.want();
    const newcomer = tab(locks);
    await expect.poll(() => leader.hellos).toBe(1);

    const told = {
      kind: 'snapshot',
      model: sampleYard('2026-03-01T12:00:00.000Z'),
      isRemembered: false,
      rewritten: false,
    } as const;
    leader.share.tell(told, 'tag-7');
    newcomer.share.tell(told, 'not the leader');
    newcomer.share.askLook();

    await expect.poll(() => newcomer.told).toEqual([[told, 'tag-7']]);
    await expect.poll(() => leader.looks).toBe(1);
    expect(leader.told).toEqual([]);
  });

  it('leads alone where there is no lock to share', () => {
    const [one, other] = [tab(undefined), tab(undefined)];
    one.share.want();
    other.share.want();

    expect(leading(one, other)).toEqual([true, true]);
  });
});

/** What browsers do for one name: in the order in which it was asked for. */
class OneByOne {
  #last: Promise<unknown> | undefined;

  readonly request = (async (_: string, { signal }: { signal: AbortSignal }, hold: () => Promise<void>) => {
    const before = this.#last;
    const mine = before ? before.then(() => (signal.aborted ? undefined : hold())) : hold();
    this.#last = mine;
    return await mine;
  }) as unknown as LockManager['request'];

  async settled(): Promise<void> {
    await this.#last;
  }
}

function tab(locks: ShareParts['locks']) {
  const seen = { rested: 0, led: 0, looks: 0, hellos: 0, told: [] as [Told, string | null][] };
  const share = new Share({
    name: 'gityard spec',
    locks,
    onLead: () => void seen.led++,
    onRest: () => void seen.rested++,
    onLook: () => void seen.looks++,
    onHello: () => void seen.hellos++,
    onTold: (told, tag) => void seen.told.push([told, tag]),
  });
  onTestFinished(() => share.close());
  return Object.assign(seen, { share });
}

const leading = (...tabs: { share: Share }[]): boolean[] => tabs.map(({ share }) => share.leads);
