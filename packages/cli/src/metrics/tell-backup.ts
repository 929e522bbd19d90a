/** Puts when the yard was last saved where the textfile collector of node_exporter finds it. */
import { METRICS, metricsBy, NO_LABELS, openMeter, writeTextfile } from '@gityard/telemetry';
import type { MadeBackup } from '../backup/make-backup.ts';

const { backupAt, backupBytes, backupOperations } = METRICS.backup;

/** @param at when it was looked whether there is anything new: a yard that rests needs no newer backup */
export async function tellBackup(
  path: string,
  { at, sizeBytes, manifest }: MadeBackup & { at: string },
): Promise<void> {
  const meter = await openMeter({ metrics: metricsBy('backup') });
  meter.set(backupAt, NO_LABELS, Date.parse(at) / 1000);
  meter.set(backupBytes, NO_LABELS, sizeBytes);
  meter.set(backupOperations, NO_LABELS, manifest.counts.operations);
  await writeTextfile(path, (await meter.text()).text);
}
