import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import { theYard } from '../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { boardOf } from './board.ts';
import { claimOrder } from './order.ts';

const at = (minutes: number, fields: Partial<Job> = {}): Partial<Job> => ({
  submittedAt: minutesAfterNoon(minutes),
  ...fields,
});
const line = ({ state }: ReturnType<typeof world>, now: string) =>
  [...boardOf(state).queued].sort(claimOrder(state, now)).map((job) => job.id);

describe('order', () => {
  it('puts 1 first, then who came first, then the lower id', () => {
    const jobs = world()
      .job('d', at(0))
      .job('c', at(0))
      .job('b', at(1, { priority: 1 }))
      .job('a', at(-1));

    expect(line(jobs, minutesAfterNoon(2))).toEqual(['b', 'a', 'c', 'd']);
  });

  it('lets a job gain one priority with each hour of waiting', () => {
    const jobs = world()
      .job('old', at(-121, { priority: 5 }))
      .job('new', at(0, { priority: 4 }));

    expect(line(jobs, noon)).toEqual(['old', 'new']);
    expect(line(jobs, minutesAfterNoon(-70))).toEqual(['new', 'old']);
  });

  it('does not age where the yard does not want it', () => {
    const jobs = world()
      .yard({ jobs: { ...theYard().jobs, ageingMinutes: 0 } })
      .job('old', at(-100_000))
      .job('new', at(0, { priority: 4 }));

    expect(line(jobs, noon)).toEqual(['new', 'old']);
  });

  it('does not take a job from a fast clock for an old one', () => {
    const jobs = world().job('early', at(90)).job('now', at(0));

    expect(line(jobs, noon)).toEqual(['now', 'early']);
  });
});
