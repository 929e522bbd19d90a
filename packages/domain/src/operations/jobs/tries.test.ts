import { describe, expect, it } from 'vitest';
import { CAUSES, type Cause } from '../../entities/attempt.ts';
import type { Job } from '../../entities/job.ts';
import { anAttempt, theYard } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { after } from '../../time.ts';
import { backInQueue, triesLeft } from './tries.ts';

const failed = (...causes: (Cause | null)[]) =>
  causes.map((cause, at) => {
    const status = cause === 'lost' || cause === 'returned' ? 'lost' : 'failed';
    return anAttempt({ agent: 'mac', token: at + 1, startedAt: noon, status, cause, endedAt: minutesAfterNoon(1) });
  });
const jobAfter = (causes: (Cause | null)[], fields: Partial<Job> = {}): Job => {
  const job = world()
    .job('b1', { token: causes.length, attempts: failed(...causes), ...fields })
    .state.jobs.get('b1');
  if (!job) throw new Error('a world without the job that was put there');
  return job;
};
const again = (causes: (Cause | null)[], fields: Partial<Job> = {}) =>
  triesLeft(jobAfter(causes, fields), { yard: theYard() });

describe('tries', () => {
  it('tries again after every cause that another try may cure, and never what was refused', () => {
    const retried = CAUSES.filter((cause) => again([cause], { retries: 1 }));

    expect(retried).toEqual(['code', 'timeout', 'infrastructure', 'lost', 'returned']);
  });

  it('tries the fault of a machine again without being asked, and no other', () => {
    const retried = CAUSES.filter((cause) => again([cause]));

    expect(retried).toEqual(['infrastructure', 'lost', 'returned']);
  });

  it('tries again after the named causes alone', () => {
    expect(again(['timeout'], { retries: 1, retryOn: ['timeout'] })).toBe(true);
    expect(again(['code'], { retries: 1, retryOn: ['timeout'] })).toBe(false);
    expect(again([null], { retries: 1, retryOn: ['code'] })).toBe(true);
  });

  it('never runs twice what is told so, but for what was given back', () => {
    expect(CAUSES.filter((cause) => again([cause], { retries: 9, retryOn: [] }))).toEqual(['returned']);
  });

  it('leaves a try that was given back, also when those before it were used up and a person granted one more', () => {
    expect(again(['code', 'returned'])).toBe(true);
    expect(again(['lost', 'lost', 'lost', 'lost', 'returned'])).toBe(true);
    expect(again(['code', 'returned', 'code'])).toBe(false);
    expect(again(Array.from({ length: 100 }, () => 'returned' as const))).toBe(false);
  });

  it('takes the causes of the yard where the job names none', () => {
    const yard = { ...theYard(), jobs: { ...theYard().jobs, retryOn: ['lost' as const] } };

    expect(triesLeft(jobAfter(['code'], { retries: 1 }), { yard })).toBe(false);
    expect(triesLeft(jobAfter(['lost']), { yard })).toBe(true);
  });

  it('waits twice as long after each failure, from what the yard says on', () => {
    const yard = { ...theYard(), jobs: { ...theYard().jobs, backOffSeconds: 20 } };
    const pauses = [1, 2, 3, 9].map((count) => {
      const causes = Array.from({ length: count }, () => 'code' as const);
      return backInQueue(jobAfter(causes), { yard }, noon).notBefore;
    });

    expect(pauses).toEqual([20, 40, 80, 300].map((seconds) => after(noon, seconds * 1000)));
    expect(backInQueue(jobAfter(['lost']), { yard }, noon).notBefore).toBeNull();
  });
});
