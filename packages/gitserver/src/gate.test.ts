import { describe, expect, it } from 'vitest';

import { createGate } from './gate.ts';

const { signal: forever } = new AbortController();

describe('gate', () => {
  it('lets the next one in line in when a slot is given back, in order', async () => {
    const gate = createGate({ slots: 1, places: 2 });
    const order: string[] = [];
    const leave = await gate.enter(forever);
    const second = gate.enter(forever).then((leaveNext) => {
      order.push('second');
      leaveNext();
    });
    const third = gate.enter(forever).then(() => order.push('third'));

    leave();
    await Promise.all([second, third]);

    expect(order).toEqual(['second', 'third']);
  });

  it('refuses at once when the line is full, and says when to come back', async () => {
    const gate = createGate({ slots: 1, places: 0 });
    await gate.enter(forever);

    await expect(gate.enter(forever)).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
  });

  it('forgets one that gives up, without losing its slot', async () => {
    const gate = createGate({ slots: 1, places: 1 });
    const impatient = new AbortController();
    const leave = await gate.enter(forever);
    const waiting = gate.enter(impatient.signal);

    impatient.abort(new Error('the client left'));
    await expect(waiting).rejects.toThrow('the client left');
    leave();

    await expect(gate.enter(forever)).resolves.toBeTypeOf('function');
  });
});
