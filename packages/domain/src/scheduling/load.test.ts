import { describe, expect, it } from 'vitest';
import { world } from '../spec/world.ts';
import { loadOf } from './load.ts';

const busy = {
  cpuPercent: 99,
  memoryPercent: 20,
  diskPercent: 30,
  diskFreeGB: 40,
  load1: null,
  uptimeSeconds: 1,
  temperatureC: null,
};

describe('load', () => {
  it('puts the free before the half full, and both before a machine under strain', () => {
    const { state } = world()
      .agent('free', { slots: 2 })
      .agent('half', { slots: 2 })
      .agent('strained', { slots: 2 })
      .job('b1', { status: 'running', agent: 'half' })
      .beat('free')
      .beat('half')
      .beat('strained', { machine: busy, before: busy });

    const order = ['strained', 'half', 'free', 'nobody'].sort(
      (a, b) => loadOf(state, a) - loadOf(state, b) || (a < b ? -1 : 1),
    );
    expect(order).toEqual(['free', 'nobody', 'half', 'strained']);
  });
});
