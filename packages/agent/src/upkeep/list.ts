/** Every task of the upkeep (R66). To add one: write its file, and put it here. */
import { archive } from './archive.ts';
import { branchSchedules } from './branch-schedules.ts';
import { branchesAllowed, branchUpdates } from './branch-updates.ts';
import { bringArtifacts } from './bring-artifacts.ts';
import { cleanUpArtifacts } from './clean-up-artifacts.ts';
import { cleanUpRollbackPoints } from './clean-up-rollback-points.ts';
import { cleanUpStores } from './clean-up-stores.ts';
import { COMMIT_STATUSES, commitStatuses } from './commit-statuses.ts';
import { cutHistory } from './cut-history.ts';
import { escalation } from './escalation.ts';
import { failedWorkspaces } from './failed-workspaces.ts';
import { failover } from './failover.ts';
import { health } from './health.ts';
import { lockRecovery } from './lock-recovery.ts';
import type { UpkeepTask } from './task.ts';

export const UPKEEP: readonly UpkeepTask[] = [
  { name: 'archive', schedule: '@hourly', run: archive },
  { name: 'lock-recovery', schedule: '*/5 * * * *', run: lockRecovery },
  { name: 'escalation', schedule: '* * * * *', run: escalation },
  { name: 'cleanup', schedule: '0 2 * * *', perMachine: true, run: cleanUpArtifacts },
  { name: 'failed-workspaces', schedule: '0 3 * * *', perMachine: true, run: failedWorkspaces },
  { name: 'stores', schedule: '30 2 * * *', perMachine: true, run: cleanUpStores },
  { name: 'bring-artifacts', schedule: '*/10 * * * *', perMachine: true, run: bringArtifacts },
  { name: 'rollback-points', schedule: '0 2 * * *', run: cleanUpRollbackPoints },
  { name: 'cut-history', schedule: '@hourly', run: cutHistory },
  { name: 'branch-updates', schedule: '*/15 * * * *', run: branchUpdates, fitness: branchesAllowed },
  { name: 'branch-schedules', schedule: '* * * * *', run: branchSchedules },
  { name: COMMIT_STATUSES, schedule: '* * * * *', channel: COMMIT_STATUSES, run: commitStatuses },
  { name: 'health', schedule: '*/5 * * * *', run: health },
  { name: 'failover', schedule: '* * * * *', run: failover },
];
