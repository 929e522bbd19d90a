/** Frees the disk of artifacts that are old and that nobody needs. Manifests stay: they are the yard's. */
import { stat } from 'node:fs/promises';
import { type CleanupPlan, planCleanup } from '@gityard/domain';
import { storeOption, storeRoot } from '../../artifacts/store-root.ts';
import { wantedType } from '../../artifacts/wanted-type.ts';
import { answer, defineCommand } from '../../command.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument, duration, optionalArgument, size } from '../../parameters.ts';
import { readWholeNumber } from '../../read-words.ts';
import { dim, good, type Line, line } from '../../text/lines.ts';
import { plural, sizeText } from '../../text/words.ts';

const BY_DEFAULT = 5;

export const command = defineCommand({
  name: 'artifact cleanup',
  summary: 'remove old artifacts from the store of this machine',
  details:
    'Keeps the newest of each branch, and always what a rollback point, a running job or a job that waits needs. With ' +
    '--free no more goes than is needed for that. The agent does it by itself each night (retention in yard.json).',
  example: 'gityard artifact cleanup debs 5 --older-than 7d --dry-run',
  acts: true,
  parameters: {
    type: argument('type', 'the sort of artifacts, e.g. debs; or all'),
    keep: optionalArgument('keep', 'builds of each branch that stay (5)'),
    olderThan: duration('time', 'only what was built longer ago'),
    free: size('bytes', 'until so much of the disk is free'),
    store: storeOption,
  },
  run: async (context, { type: word, keep: kept, olderThan = 0, free, store }) => {
    const type = wantedType(word);
    const keep = readWholeNumber(kept, '<keep>') ?? BY_DEFAULT;
    if (olderThan < 0) throw usageError('--older-than is before now', 'give a length of time');
    const { freeBytesAt, removeStored, storedBuilds } = await import('@gityard/builder');
    const root = await storeRoot(context, store);
    if (store !== undefined && (await stat(root).catch(() => null)) === null)
      throw new CliError('NOT_FOUND', `there is no artifact store ${root}`, { hint: 'name another with --store' });
    // Whoever needs what is asked of the yard as it is now.
    const state = await context.look();
    const gainBytes = free === undefined ? null : Math.max(0, free - (await freeBytesAt(root)));
    const wish = { type, keep, olderThanMs: olderThan, gainBytes, now: context.now() };
    const plan = planCleanup(state, await storedBuilds(root), wish);
    const { dryRun } = context.flags;
    if (!dryRun) for (const removal of plan.remove) await removeStored(root, removal);
    const value = { store: root, dryRun, removed: plan.remove, sizeBytes: plan.sizeBytes, needed: plan.needed };
    return answer({ ...value, freeBytes: await freeBytesAt(root) }, () => drawn(plan, dryRun));
  },
});

function drawn({ remove, sizeBytes, needed }: CleanupPlan, dryRun: boolean): Line[] {
  const what = `${plural(remove.length, 'build')}, ${sizeText(sizeBytes)}`;
  return [
    line(dryRun ? 'would remove ' : 'removed ', good(what)),
    ...remove.map((it) => line(`${it.job} `, dim(`${it.paths.join(', ')}: ${it.reason}`))),
    ...needed.map((it) => line(`${it.job} `, dim(`stays: ${it.reason}`))),
  ];
}
