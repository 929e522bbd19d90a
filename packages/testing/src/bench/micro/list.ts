/** The single figures, in the order in which they are printed. */
import { catchUp } from './catch-up.ts';
import { firstCommit } from './first-commit.ts';
import type { Micro } from './micro.ts';
import { pickNextJob } from './pick-job.ts';
import { warmStatus } from './warm-status.ts';

export const MICROS: readonly Micro[] = [firstCommit, catchUp, warmStatus, pickNextJob];
