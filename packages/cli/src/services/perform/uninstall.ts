/** Takes away what was installed and nothing else: a file that a person changed since is told of, and stays. */
import { rm } from 'node:fs/promises';
import { isAlive } from '@gityard/yard';
import { serviceOf } from '../list.ts';
import { blockIn, readCrontab, withBlock, writeCrontab } from './crontab.ts';
import { daemonOf } from './daemon-of.ts';
import { digestOf, putBack, readOrNothing, removeFolders } from './files.ts';
import { runPlanned } from './install.ts';
import { type InstalledFile, type ServiceManifest, writeManifest } from './manifest.ts';

interface Uninstall {
  readonly manifest: ServiceManifest;
  /** Its path. */
  readonly path: string;
  readonly dryRun: boolean;
  readonly force: boolean;
}

export interface UninstallResult {
  readonly removed: readonly string[];
  /** Somebody's own files that had been replaced, and are back. */
  readonly restored: readonly string[];
  /** Changed since they were installed. */
  readonly kept: readonly string[];
  readonly commands: readonly (readonly string[])[];
  /** The daemon that was told to finish; null: none had to be. */
  readonly pid: number | null;
  readonly notes: readonly string[];
}

export async function uninstall({ manifest, path, dryRun, force }: Uninstall): Promise<UninstallResult> {
  const { before, after, signalsDaemon } = serviceOf(manifest.service).undo(manifest);
  const fates = await Promise.all(manifest.files.map(async (file) => ({ file, fate: await fateOf(file, force) })));
  const block = manifest.crontab === null ? null : await crontabFate(manifest, force);
  const pid = signalsDaemon ? await daemonOf(manifest) : null;
  const of = (fate: Fate): string[] => fates.filter((it) => it.fate === fate).map((it) => it.file.path);
  const result = {
    removed: [...of('remove'), ...(block === 'remove' ? ['the lines in your crontab'] : [])],
    restored: of('restore'),
    kept: [...of('keep'), ...(block === 'keep' ? ['the lines in your crontab'] : [])],
    commands: [...before, ...after].map((it) => it.words),
    pid,
  };
  if (dryRun) return { ...result, notes: [] };

  const notes: string[] = [];
  for (const it of before) notes.push(...(await runPlanned(it)));
  if (block === 'remove') await writeCrontab(withBlock(await readCrontab(), manifest.id, null));
  for (const { file, fate } of fates) await take(file, fate);
  for (const it of after) notes.push(...(await runPlanned(it)));
  if (pid !== null && isAlive(pid)) process.kill(pid, 'SIGTERM');
  await forget(manifest, path, {
    kept: fates.filter((it) => it.fate === 'keep' && !it.file.isForPerson).map((it) => it.file),
    block,
  });
  return { ...result, notes };
}

type Fate = 'remove' | 'restore' | 'keep' | 'gone';

async function fateOf({ path, sha256, before }: InstalledFile, force: boolean): Promise<Fate> {
  const there = await readOrNothing(path);
  if (there === undefined) return 'gone';
  if (!force && digestOf(there) !== sha256) return 'keep';
  return before === null ? 'remove' : 'restore';
}

async function crontabFate({ id, crontab }: ServiceManifest, force: boolean): Promise<Fate> {
  const there = blockIn(await readCrontab(), id);
  if (there === null) return 'gone';
  return force || there.join('\n') === crontab?.join('\n') ? 'remove' : 'keep';
}

async function take({ path, before }: InstalledFile, fate: Fate): Promise<void> {
  if (fate === 'remove') await rm(path, { force: true });
  if (fate === 'restore' && before !== null) await putBack(path, Buffer.from(before, 'base64'));
}

/** What was kept stays known, so that --force can still take it. */
async function forget(
  manifest: ServiceManifest,
  path: string,
  { kept, block }: { kept: readonly InstalledFile[]; block: Fate | null },
): Promise<void> {
  if (kept.length === 0 && block !== 'keep') await rm(path, { force: true });
  else {
    const crontab = block === 'keep' ? manifest.crontab : null;
    await writeManifest(path, { ...manifest, files: kept, crontab, isComplete: false });
  }
  await removeFolders(manifest.folders);
}
