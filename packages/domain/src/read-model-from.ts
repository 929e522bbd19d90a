/**
 * The read model alone, checked: what a page loads before it can paint. Apart from `validate`, so that a page does not carry
 * every validator, and without the words for patterns: programs write it, not people.
 */

import readModel from '#validators/read-model';
import { checkWith, type Validated } from './check-with.ts';
import type { ReadModel } from './entities/read-model.ts';

export const readModelFrom = (data: unknown): Validated<ReadModel> => checkWith<ReadModel>(readModel, data, {});
