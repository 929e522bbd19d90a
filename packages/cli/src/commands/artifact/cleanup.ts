/** Frees the disk of artifacts that are old and that nobody needs. Manifests stay: they are the yard's. */
import {
  type CleanupPlan,
  planCleanup,
  planOrphans,
  type Removal,
  type State,
  type StoredBuild,
} from '@gityard/domain';
import { findArchived } from '@gityard/yard';
import { type HeldBytes, heldBytes } from '../../artifacts/held-bytes.ts';
import { storeOption } from '../../artifacts/store-root.ts';
import { wantedType } from '../../artifacts/wanted-type.ts';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { duration, flag, optionalArgument, size } from '../../parameters.ts';
import { readWholeNumber } from '../../read-words.ts';
import { dim, good, type Line, line } from '../../text/lines.ts';
import { plural, sizeText } from '../../text/words.ts';

const BY_DEFAULT = 5;

export const command = defineCommand({
  name: 'artifact cleanup',
  summary: 'remove old artifacts from this machine or a store',
  details:
    'Keeps the newest of each branch, and always what a rollback point, a running job or a job that waits needs. With ' +
    '--free no more goes than is needed for that. With --orphans goes what the yard knows no job and no manifest of, when it ' +
    'is older than a day. Agents do both by themselves each night (retention in yard.json).',
  example: 'gityard artifact cleanup debs 5 --older-than 7d --dry-run',
  acts: true,
  parameters: {
    type: optionalArgument('type', 'the sort of artifacts, e.g. debs; or all'),
    keep: optionalArgument('keep', 'builds of each branch that stay (5)'),
    olderThan: duration('time', 'only what was built longer ago'),
    free: size('bytes', 'until so much of the disk is free'),
    orphans: flag('what the yard does not know'),
    store: storeOption,
  },
  run: async (context, { type: word, keep: kept, olderThan = 0, free, orphans, store }) => {
    if ((word === undefined) !== orphans)
      throw usageError('name a sort of artifacts, or --orphans', 'e.g. gityard artifact cleanup all 5');
    const type = wantedType(word);
    const keep = readWholeNumber(kept, '<keep>') ?? BY_DEFAULT;
    if (olderThan < 0) throw usageError('--older-than is before now', 'give a length of time');
    const held = await heldBytes(context, store);
    const freeBytes = await held.freeBytes();
    if (free !== undefined && freeBytes === null) throw usageError('a store has no end', 'leave --free out');
    // Whoever needs what is asked of the yard as it is now.
    const state = await context.look();
    const stored = await held.builds();
    const gainBytes = free === undefined ? null : Math.max(0, free - (freeBytes ?? 0));
    const wish = { type, keep, olderThanMs: olderThan, gainBytes, now: context.now() };
    const plan = orphans ? await orphanPlan(context, { state, stored }) : planCleanup(state, stored, wish);
    const { dryRun } = context.flags;
    if (!dryRun) for (const removal of plan.remove) await held.remove(removal);
    return answer(await told(held, { plan, dryRun }), () => drawn(plan, dryRun));
  },
});

async function orphanPlan(
  context: Context,
  { state, stored }: { state: State; stored: readonly StoredBuild[] },
): Promise<CleanupPlan> {
  const yard = await context.yard();
  const isArchived = (job: string) => findArchived(yard, 'job', job).ok || findArchived(yard, 'manifest', job).ok;
  const remove = planOrphans(state, stored, { isArchived, now: context.now() });
  return { remove, sizeBytes: remove.reduce((sum: number, it: Removal) => sum + it.sizeBytes, 0), needed: [] };
}

async function told(held: HeldBytes, { plan, dryRun }: { plan: CleanupPlan; dryRun: boolean }) {
  const { remove: removed, sizeBytes, needed } = plan;
  return { store: held.name, dryRun, removed, sizeBytes, needed, freeBytes: await held.freeBytes() };
}

function drawn({ remove, sizeBytes, needed }: CleanupPlan, dryRun: boolean): Line[] {
  const what = `${plural(remove.length, 'build')}, ${sizeText(sizeBytes)}`;
  return [
    line(dryRun ? 'would remove ' : 'removed ', good(what)),
    ...remove.map((it) => line(`${it.job} `, dim(`${it.paths.join(', ')}: ${it.reason}`))),
    ...needed.map((it) => line(`${it.job} `, dim(`stays: ${it.reason}`))),
  ];
}
