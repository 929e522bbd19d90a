import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { isTakenUp } from './taken-up.ts';

const model = sampleYard('2026-03-01T12:00:00.000Z');

describe('taken-up', () => {
  it('sees in the snapshot that a command of the inbox was carried out', () => {
    const [lock, ...others] = model.locks;
    const freed = lock === undefined ? [] : [{ ...lock, holder: null, holders: 0 }, ...others];
    const jobs = model.jobs.filter(({ id }) => id !== '01kara01queued');

    expect(isTakenUp({ op: 'break-lock', target: 'publish' }, model, { ...model, locks: freed })).toBe(true);
    expect(isTakenUp({ op: 'cancel', target: '01kara01queued' }, model, { ...model, jobs })).toBe(true);
  });

  it('is not misled by what moves by itself', () => {
    const agents = model.agents.map((agent) => ({ ...agent, cpuPercent: 1, lastBeatAt: model.at }));
    const later = { ...model, sequence: model.sequence + 1, agents };

    expect(isTakenUp({ op: 'drain', target: 'build1' }, model, later)).toBe(false);
    expect(isTakenUp({ op: 'cancel', target: '01kara01queued' }, model, later)).toBe(false);
  });
});
