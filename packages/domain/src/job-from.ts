/** A job's file alone, checked: what the page of one job loads. Apart from `validate`, so that it does not carry every validator. */

import job from '#validators/job';
import type { Job } from './entities/job.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const jobFrom = (data: unknown): Validated<Job> => validateWith<Job>(job, data);
