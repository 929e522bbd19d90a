/** Everything that a crash may come into. */
import type { UseCase } from '../use-case.ts';
import { building } from './build.ts';
import { compacting } from './compact.ts';
import { beginning } from './init.ts';
import { handingInLate } from './late-result.ts';
import { locking } from './lock.ts';
import { messaging } from './message.ts';
import { quarantining } from './quarantine.ts';
import { askingRelay, relaying } from './relay.ts';
import { spooling } from './spool.ts';
import { submitting } from './submit.ts';

export const USE_CASES: readonly UseCase[] = [
  beginning,
  submitting,
  building,
  handingInLate,
  locking,
  messaging,
  quarantining,
  compacting,
  spooling,
  relaying,
  askingRelay,
];
