/** A line of the metrics, checked: what a page asks for by itself. Apart from `validate`, so that a page carries no other validator. */

import attemptRecord from '#validators/attempt-record';
import type { AttemptRecord } from './entities/attempt-record.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const attemptRecordFrom = (data: unknown): Validated<AttemptRecord> =>
  validateWith<AttemptRecord>(attemptRecord, data);
