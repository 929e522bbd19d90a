import { describe, expect, it } from 'vitest';
import { OPERATIONS } from './list.ts';
import { MAY_WAIT, OPERATION_CLASS } from './operation-class.ts';

describe('the list of operations', () => {
  it('gives every operation its class', () => {
    expect(Object.keys(OPERATION_CLASS).sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it('says of every operation whether it may wait for a remote that is away, and of none that asks for agreement', () => {
    const waiting = Object.entries(MAY_WAIT).flatMap(([name, may]) => (may ? [name] : []));

    expect(Object.keys(MAY_WAIT).sort()).toEqual(Object.keys(OPERATIONS).sort());
    expect(waiting.filter((it) => OPERATION_CLASS[it as keyof typeof OPERATION_CLASS] === 0)).toEqual([]);
  });

  it('lets agreement go before results, and results before talk', () => {
    const { claim, finish, send } = OPERATION_CLASS;

    expect(claim).toBeLessThan(finish);
    expect(finish).toBeLessThan(send);
  });
});
