import { describe, expect, it } from 'vitest';
import { OPERATION_CLASS, OPERATIONS } from './list.ts';

describe('the list of operations', () => {
  it('gives every operation its class', () => {
    expect(Object.keys(OPERATION_CLASS).sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it('lets agreement go before results, and results before talk', () => {
    const { claim, finish, send } = OPERATION_CLASS;

    expect(claim).toBeLessThan(finish);
    expect(finish).toBeLessThan(send);
  });
});
