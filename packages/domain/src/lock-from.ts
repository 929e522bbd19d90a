/** A lock's file alone, checked. Apart from `validate`, so that a page does not carry every validator. */

import lock from '#validators/lock';
import type { Lock } from './entities/lock.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const lockFrom = (data: unknown): Validated<Lock> => validateWith<Lock>(lock, data);
