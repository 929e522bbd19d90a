import { describe, expect, it } from 'vitest';
import { inTurns } from './in-turns.ts';

describe('in-turns', () => {
  it('does all of it in its order, and never more than a few at once', async () => {
    let underWay = 0;
    let most = 0;
    const doubled = await inTurns(
      Array.from({ length: 50 }, (_, at) => at),
      async (at) => {
        most = Math.max(most, ++underWay);
        for (let turn = 0; turn <= at % 3; turn++) await Promise.resolve();
        underWay--;
        return 2 * at;
      },
    );

    expect(doubled).toEqual(Array.from({ length: 50 }, (_, at) => 2 * at));
    expect(most).toBe(8);
  });

  it('begins nothing more once one has failed', async () => {
    const begun: number[] = [];
    const work = async (at: number) => {
      begun.push(at);
      if (at === 0) throw new Error('no');
      await new Promise((resolve) => setImmediate(resolve));
    };

    await expect(inTurns([...Array(50).keys()], work)).rejects.toThrow('no');
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
