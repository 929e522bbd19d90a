/** Every task of the upkeep (R66). To add one: write its file, and put it here. */
import { archive } from './archive.ts';
import { cutHistory } from './cut-history.ts';
import { failover } from './failover.ts';
import { health } from './health.ts';
import type { UpkeepTask } from './task.ts';

export const UPKEEP: readonly UpkeepTask[] = [
  { name: 'archive', schedule: '@hourly', run: archive },
  { name: 'cut-history', schedule: '@hourly', run: cutHistory },
  { name: 'health', schedule: '*/5 * * * *', run: health },
  { name: 'failover', schedule: '* * * * *', run: failover },
];
