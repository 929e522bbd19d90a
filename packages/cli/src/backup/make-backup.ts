/** Saves a yard into a place: as what came since the last backup there, or whole, and read back before it counts. */
import { operationsOf } from '@gityard/domain';
import { type SavedYard, saveYard, type Yard } from '@gityard/yard';
import { CliError } from '../errors.ts';
import { programVersion } from '../version.ts';
import { chainOf, type KnownBackup, knownBackups } from './known-backups.ts';
import { type BackupManifest, backupId, encodeManifest, MANIFEST, sha256Of } from './manifest.ts';
import { openChain, readPart } from './open-chain.ts';
import { overdueBackups, removeBackup, sweepUnfinished } from './retention.ts';
import type { Shelf } from './shelf.ts';

/** Every so manieth stands alone: whoever restores reads no more files than that, and a damaged one costs no more than they. */
const LONGEST_CHAIN = 10;

export interface MakeBackup {
  readonly yard: Yard;
  readonly shelf: Shelf;
  readonly keep: number;
  readonly full: boolean;
  readonly verify: boolean;
  readonly dryRun: boolean;
}

export interface MadeBackup {
  /** False: nothing was written since the last one, which stands for now as well. */
  readonly made: boolean;
  readonly manifest: BackupManifest;
  readonly sizeBytes: number;
  readonly removed: readonly string[];
}

export async function makeBackup({ yard, shelf, keep, full, verify, dryRun }: MakeBackup): Promise<MadeBackup> {
  const known = await knownBackups(shelf);
  const before = full ? [] : await chainBefore(shelf, yard, known);
  const parent = before.at(-1);
  const saved = await saveYard({ transport: yard.transport, refs: yard.refs, known: parent?.heads });
  if (parent && saved.parts.length === 0 && sameHeads(parent, saved)) {
    // It stands for now as well only as long as it can be restored.
    if (verify) await openChain(shelf, before);
    return { made: false, manifest: parent, sizeBytes: 0, removed: dryRun ? [] : await tidied(shelf, known, keep) };
  }
  const manifest = await manifestOf(yard, saved, { parent: parent?.id ?? null, at: afterAll(known, yard.now()) });
  const sizeBytes = manifest.parts.reduce((sum, it) => sum + it.sizeBytes, 0);
  if (dryRun) return { made: true, manifest, sizeBytes, removed: overdueBackups([asKnown(manifest), ...known], keep) };

  for (const [at, { file }] of manifest.parts.entries())
    await shelf.put(`${manifest.id}/${file}`, saved.parts[at]?.bytes ?? new Uint8Array());
  if (verify) await openChain(shelf, [...before, manifest]);
  else for (const part of manifest.parts) await readPart(shelf, manifest.id, part);
  await shelf.put(`${manifest.id}/${MANIFEST}`, encodeManifest(manifest));
  const now = await knownBackups(shelf);
  chainOf(now, manifest.id);
  return { made: true, manifest, sizeBytes, removed: await tidied(shelf, now, keep) };
}

const asKnown = (manifest: BackupManifest): KnownBackup => ({ id: manifest.id, manifest, problem: null });

/** What the next one may rest on: nothing, when all is to be written again. Throws CONFLICT in the place of another yard. */
async function chainBefore(
  shelf: Shelf,
  { state }: Yard,
  known: readonly KnownBackup[],
): Promise<readonly BackupManifest[]> {
  const last = known.find(({ manifest }) => manifest !== null)?.manifest;
  if (!last) return [];
  const { name, yardId = null } = state.yard;
  if (yardId === null ? last.yard.name !== name : last.yard.yardId !== yardId)
    throw new CliError('CONFLICT', `${shelf.name} holds backups of another yard, ${last.yard.name}`, {
      hint: 'give each yard a place of its own',
    });
  try {
    const chain = chainOf(known, last.id);
    return chain.length < LONGEST_CHAIN ? chain : [];
  } catch (error) {
    if (error instanceof CliError) return [];
    throw error;
  }
}

const sameHeads = ({ heads }: BackupManifest, saved: SavedYard): boolean =>
  Object.keys(heads).length === Object.keys(saved.heads).length &&
  Object.entries(heads).every(([ref, head]) => saved.heads[ref] === head);

/** The newest one is the last one, whatever clocks say. */
function afterAll(known: readonly KnownBackup[], now: string): string {
  const times = known.map(({ manifest }) => Date.parse(manifest?.at ?? '') + 1);
  return new Date(Math.max(Date.parse(now), ...times.filter(Number.isFinite))).toISOString();
}

async function manifestOf(
  yard: Yard,
  saved: SavedYard,
  { parent, at }: { readonly parent: string | null; readonly at: string },
): Promise<BackupManifest> {
  const { state, refs } = yard;
  const { name, yardId = null, schemaVersion } = state.yard;
  return {
    schemaVersion: 1,
    id: backupId(at, saved.heads[refs.state] ?? ''),
    at,
    program: await programVersion(),
    yard: { name, yardId, schemaVersion },
    refs,
    parent,
    heads: saved.heads,
    parts: saved.parts.map(({ ref, head, since, bytes }) => ({
      file: `${fileOf(ref, refs)}.bundle`,
      ...{ ref, head, since, sizeBytes: bytes.length, sha256: sha256Of(bytes) },
    })),
    counts: {
      ...{ agents: state.agents.size, jobs: state.jobs.size, messages: state.messages.size },
      operations: operationsOf(state),
    },
  };
}

const fileOf = (ref: string, { state, logs }: Yard['refs']): string =>
  ref === state ? 'state' : ref === logs ? 'logs' : `epoch-${ref.slice(ref.lastIndexOf('/') + 1)}`;

async function tidied(shelf: Shelf, known: readonly KnownBackup[], keep: number): Promise<readonly string[]> {
  const overdue = overdueBackups(known, keep);
  for (const id of overdue) await removeBackup(shelf, id);
  await sweepUnfinished(shelf, known, Date.now());
  return overdue;
}
