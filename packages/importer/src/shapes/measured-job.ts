/** A line of measurements that tells of a build which no list of jobs has any more: when it ended, and how long it took. */
import type { Fields, Item } from '../reading/items-in.ts';
import { numberOf, pick } from './fields.ts';
import { jobIdOf } from './job.ts';
import { DURATION, ENDED, hasEnded } from './job-end.ts';
import { readTime } from './times.ts';

export const isMeasurement = (fields: Fields): boolean =>
  hasEnded(fields) && jobIdOf({ fields, key: null, line: null }) !== null && numberOf(fields, ...DURATION) !== null;

/** As a job that ended then. */
export function jobMeasured({ fields, ...item }: Item): Item {
  const ended = readTime(pick(fields, ...ENDED, 'timestamp', 'recorded_at', 'date'));
  const seconds = numberOf(fields, ...DURATION) ?? 0;
  if (!ended) return { ...item, fields };
  const startedAt = new Date(Date.parse(ended.time) - seconds * 1000).toISOString();
  return { ...item, fields: { ...fields, started_at: startedAt, created_at: startedAt, completed_at: ended.time } };
}
