/** The read model alone, checked: what a page loads. Apart from `validate`, so that a page does not carry every validator. */

import readModel from '#validators/read-model';
import type { ReadModel } from './entities/read-model.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const readModelFrom = (data: unknown): Validated<ReadModel> => validateWith<ReadModel>(readModel, data);
