/**
 * When the yard was last saved, by what the backups of this machine tell the metrics (`gityard backup --metrics-file`), from where the
 * alert has it as well. The yard itself knows nothing of its backups.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { METRICS } from '@gityard/telemetry';
import type { Context } from '../context.ts';
import { fitTextfile, textfileName } from '../start/metrics-file.ts';
import { agoText } from '../text/words.ts';
import { doubtful, type Finding, fine, skipped } from './check.ts';

/** As in the alert GityardBackupOld. */
const OLD_MS = 2 * 86_400_000;

export async function checkBackup(context: Context): Promise<Finding> {
  const folder = await metricsFolder(context);
  if (folder === null) return skipped('this machine keeps no metrics, in which a backup would tell of itself');
  const path = join(folder, textfileName('backup'));
  const text = await readFile(path, 'utf8').catch(absent);
  if (text === null) return skipped(`no backup of this machine tells of itself in ${folder}`);
  const at = savedAt(text);
  if (at === null) return doubtful(`${path} does not say when the yard was saved`, 'gityard backup writes it anew');
  const told = `the yard was last saved ${agoText(at, context.now())}`;
  if (Date.parse(context.now()) - Date.parse(at) <= OLD_MS) return fine(told);
  return doubtful(told, 'run gityard backup by hand, and look at what is to start it: a timer, or cron');
}

async function metricsFolder({ io, localConfigs }: Context): Promise<string | null> {
  const word = io.env.GITYARD_METRICS_FILE || (await localConfigs()).agentFile.metricsFile;
  if (!word) return null;
  return dirname(await fitTextfile(word, { cwd: io.cwd, of: 'backup' }));
}

function savedAt(text: string): string | null {
  const line = text.split('\n').find((it) => it.startsWith(`${METRICS.backup.backupAt.name} `));
  const at = new Date(Number(line?.split(' ')[1] ?? Number.NaN) * 1000);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
