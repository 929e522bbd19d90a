/** A line of `shared/metrics` alone, checked: what the page of the history loads. Apart from `validate`, so that it does not carry every validator. */

import attemptRecord from '#validators/attempt-record';
import type { AttemptRecord } from './entities/attempt-record.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const attemptRecordFrom = (data: unknown): Validated<AttemptRecord> =>
  validateWith<AttemptRecord>(attemptRecord, data);
