/** Every task of the upkeep (R66). To add one: write its file, and put it here. */
import { archive } from './archive.ts';
import { cutHistory } from './cut-history.ts';
import { escalation } from './escalation.ts';
import { lockRecovery } from './lock-recovery.ts';
import type { UpkeepTask } from './task.ts';

export const UPKEEP: readonly UpkeepTask[] = [
  { name: 'archive', schedule: '@hourly', run: archive },
  { name: 'lock-recovery', schedule: '*/5 * * * *', run: lockRecovery },
  { name: 'escalation', schedule: '* * * * *', run: escalation },
  { name: 'cut-history', schedule: '@hourly', run: cutHistory },
];
