/**
 * Carries out a plan: looks at what is there, and does what is missing. What a person changed, or had there before, is replaced
 * only where they say so; a second time there is nothing to do.
 */
import { dirname } from 'node:path';
import { CliError } from '../../errors.ts';
import { serviceOf } from '../list.ts';
import type {
  DaemonFacts,
  Installed,
  Plan,
  PlannedCommand,
  PlannedFile,
  PlannedFolder,
  ServiceName,
  Step,
} from '../plan.ts';
import { blockIn, readCrontab, withBlock, writeCrontab } from './crontab.ts';
import { daemonOf } from './daemon-of.ts';
import { bytesOf, digestOf, placeFile, placeFolder, readOrNothing } from './files.ts';
import { foldersOfOthers, type InstalledFile, readManifest, type ServiceManifest, writeManifest } from './manifest.ts';
import { runWords } from './run-words.ts';

export interface Install {
  readonly service: ServiceName;
  readonly installed: Installed;
  readonly home: string;
  readonly script: string;
  readonly daemon: DaemonFacts;
  readonly plan: Plan;
  /** The path of the manifest. */
  readonly manifest: string;
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** `kept`: it is as it should be, or a person's. */
type Effect = 'created' | 'replaced' | 'kept' | 'run';
export interface DoneStep {
  readonly step: Step;
  readonly effect: Effect;
}

export interface InstallResult {
  readonly changed: boolean;
  readonly steps: readonly DoneStep[];
  readonly notes: readonly string[];
}

export async function install(wish: Install): Promise<InstallResult> {
  const before = await readManifest(wish.manifest);
  if (before && before.service !== wish.service)
    throw new CliError('CONFLICT', `agent ${before.id} is kept going by ${before.service} already`, {
      hint: `gityard agent uninstall --agent ${before.id} takes that away first`,
    });
  const steps = await Promise.all(wish.plan.steps.map((step) => lookAt(step, wish, before)));
  const changed = !before?.isComplete || steps.some(({ effect }) => effect === 'created' || effect === 'replaced');
  const { notes } = wish.plan;
  if (!changed) return { changed, steps: steps.filter(({ effect }) => effect !== 'run'), notes: [] };
  if (wish.dryRun) return { changed, steps, notes };
  const missing = await perform(wish, steps, before);
  const isOther = steps.some(({ step, effect }) => step.kind === 'file' && effect === 'replaced');
  return { changed, steps, notes: [...notes, ...missing, ...(before && isOther ? await tellDaemon(before) : [])] };
}

/** Where nobody but a signal can stop it, it would go on for ever as it was begun. */
async function tellDaemon(before: ServiceManifest): Promise<string[]> {
  const pid = serviceOf(before.service).undo(before).signalsDaemon ? await daemonOf(before) : null;
  if (pid === null) return [];
  process.kill(pid, 'SIGTERM');
  return [`process ${pid} is told to finish what it runs; what is started after it is as you want it now`];
}

async function lookAt(step: Step, wish: Install, before: ServiceManifest | undefined): Promise<DoneStep> {
  if (step.kind === 'file') return { step, effect: await fileEffect(step, wish, before) };
  if (step.kind === 'crontab') return { step, effect: await crontabEffect(step.lines, wish, before) };
  return { step, effect: step.kind === 'command' ? 'run' : 'kept' };
}

async function fileEffect(file: PlannedFile, { force }: Install, before: ServiceManifest | undefined): Promise<Effect> {
  const there = await readOrNothing(file.path);
  if (there === undefined) return 'created';
  if (file.isForPerson || there.equals(bytesOf(file))) return 'kept';
  const ours = before?.files.find((it) => it.path === file.path);
  if (force || ours?.sha256 === digestOf(there)) return 'replaced';
  throw new CliError(
    'CONFLICT',
    ours ? `${file.path} was changed since it was installed` : `${file.path} is there already, and not of this program`,
    { hint: 'look at it; --force replaces it' },
  );
}

async function crontabEffect(
  lines: readonly string[],
  { installed: { id }, force }: Install,
  before: ServiceManifest | undefined,
): Promise<Effect> {
  const there = blockIn(await readCrontab(), id);
  if (there === null) return 'created';
  if (there.join('\n') === lines.join('\n')) return 'kept';
  if (force || there.join('\n') === before?.crontab?.join('\n')) return 'replaced';
  throw new CliError('CONFLICT', `the lines of agent ${id} in your crontab were changed since they were installed`, {
    hint: 'crontab -l shows them; --force replaces them',
  });
}

/** Resolves with what could not be had, where the rest goes without. */
async function perform(
  wish: Install,
  steps: readonly DoneStep[],
  before: ServiceManifest | undefined,
): Promise<string[]> {
  let manifest = await manifestOf(wish, steps, before);
  const makeFolder = async (folder: Omit<PlannedFolder, 'kind'>): Promise<void> => {
    const made = await placeFolder({ kind: 'folder', ...folder });
    manifest = { ...manifest, folders: [...new Set([...manifest.folders, ...made])] };
    await writeManifest(wish.manifest, manifest);
  };
  await makeFolder({ path: dirname(wish.manifest), mode: 0o755 });
  const notes: string[] = [];
  for (const { step, effect } of steps) {
    if (step.kind === 'folder') await makeFolder(step);
    else if (step.kind === 'command') notes.push(...(await runPlanned(step)));
    else if (effect === 'kept') continue;
    else if (step.kind === 'crontab') await writeCrontab(withBlock(await readCrontab(), wish.installed.id, step.lines));
    else {
      await makeFolder({ path: dirname(step.path), mode: 0o755 });
      await placeFile(step);
    }
  }
  await writeManifest(wish.manifest, { ...manifest, isComplete: true });
  return notes;
}

export async function runPlanned({ words, otherwise }: PlannedCommand): Promise<string[]> {
  try {
    await runWords(words);
    return [];
  } catch (error) {
    if (otherwise === undefined) throw error;
    return [`${otherwise} (${(error as Error).message})`];
  }
}

async function manifestOf(
  { service, installed, home, script, daemon, plan, manifest }: Install,
  steps: readonly DoneStep[],
  before: ServiceManifest | undefined,
): Promise<ServiceManifest> {
  const known = new Map(before?.files.map((it) => [it.path, it]));
  for (const { step, effect } of steps)
    if (step.kind === 'file' && !(step.isForPerson && effect === 'kept'))
      known.set(step.path, await recorded(step, effect, known.get(step.path)));
  const crontab = plan.steps.find((it) => it.kind === 'crontab');
  return {
    schemaVersion: 1,
    service,
    ...installed,
    home,
    script,
    daemon,
    files: [...known.values()],
    folders: before?.folders ?? (await foldersOfOthers(manifest)),
    crontab: crontab?.lines ?? null,
    isComplete: false,
  };
}

async function recorded(file: PlannedFile, effect: Effect, known: InstalledFile | undefined): Promise<InstalledFile> {
  const foreign = !known && effect === 'replaced' ? await readOrNothing(file.path) : undefined;
  return {
    path: file.path,
    sha256: digestOf(bytesOf(file)),
    isForPerson: file.isForPerson ?? false,
    before: known?.before ?? foreign?.toString('base64') ?? null,
  };
}
