/** The file of a branch's rollback points alone, checked. Apart from `validate`, so that a page does not carry every validator. */

import rollback from '#validators/rollback';
import type { Rollback } from './entities/rollback.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const rollbackFrom = (data: unknown): Validated<Rollback> => validateWith<Rollback>(rollback, data);
