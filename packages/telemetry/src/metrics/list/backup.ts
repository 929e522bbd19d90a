/** When the yard was last saved. `gityard backup --metrics-file` tells it, by a timer. */
import { metric } from '../metric.ts';

export const backup = {
  backupAt: metric({
    name: 'gityard_backup_timestamp_seconds',
    type: 'gauge',
    help: 'When the yard was last saved, or found to be saved already',
    labels: {},
    by: 'backup',
  }),
  backupBytes: metric({
    name: 'gityard_backup_size_bytes',
    type: 'gauge',
    help: 'What the last backup added',
    labels: {},
    by: 'backup',
  }),
  backupOperations: metric({
    name: 'gityard_backup_operations',
    type: 'gauge',
    help: 'Operations that the last backup and those before it hold',
    labels: {},
    by: 'backup',
  }),
} as const;
