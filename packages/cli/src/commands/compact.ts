/** Keeps a yard small: fills the archive, cuts the history, and lets former epochs go once they lie elsewhere. */
import { type Compacted, compactYard, foretellTidy, keptEpochs, overdueEpochs } from '@gityard/yard';
import { type Answer, answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { flag, option, wholeNumber } from '../parameters.ts';
import { makeFolder } from '../start/make-folder.ts';
import { dim, type Line, line } from '../text/lines.ts';
import { plural } from '../text/words.ts';

export const command = defineCommand({
  name: 'compact',
  summary: 'fill the archive and cut the history',
  details:
    'The old history stays in the repository, under refs/gityard/epochs/, and audit and log read on in it. Running ' +
    'agents go on; a clone that a person has must be fetched anew (git fetch; git reset --hard origin/yard).',
  example: 'gityard compact --keep-epochs 2 --bundle backup',
  acts: true,
  parameters: {
    keepEpochs: wholeNumber('N', 'remove older parts of the history; needs --bundle or --drop', { minimum: 0 }),
    bundle: option('folder', 'write each part of the history to a file there, which git clone reads'),
    drop: flag('remove them without a copy'),
  },
  run: async (context, { keepEpochs, bundle: bundleFolder, drop }) => {
    if (keepEpochs !== undefined && bundleFolder === undefined && !drop)
      throw usageError('--keep-epochs removes history', 'add --bundle <folder> to keep a copy, or --drop to keep none');
    if (drop && keepEpochs === undefined)
      throw usageError('--drop does not say what', 'add --keep-epochs <N>: how many parts of the history stay');
    const yard = await context.yard();
    if (context.flags.dryRun) return foretold(context, keepEpochs);
    // Before anything is cut: a copy that has no place must not be found out afterwards.
    if (bundleFolder !== undefined) await makeFolder(bundleFolder);
    const done = await compactYard(yard, { now: context.now(), reason: context.reason, keepEpochs, bundleFolder });
    if (!done.ok) return done;
    const { ok: _, ...value } = done;
    return answer(value, () => told(done));
  },
});

function told({ archive, cut, bundles, dropped }: Compacted): Line[] {
  return [
    [`${plural(archive.jobs, 'job')} and ${plural(archive.messages, 'message')} went into the archive`],
    ...(archive.pruned > 0 ? [[`${plural(archive.pruned, 'file')} left it`]] : []),
    cut
      ? line(`epoch ${cut.epoch} begins`, dim(` at ${cut.commit.slice(0, 10)}, after ${plural(cut.commits, 'commit')}`))
      : [dim('there is no history to cut')],
    ...bundles.map((it) => line(`epoch ${it.epoch} is in ${it.path}`, dim(` (${plural(it.sizeBytes, 'byte')})`))),
    ...dropped.map((it) => line(`epoch ${it} is no longer in the repository`)),
  ];
}

async function foretold(context: Context, keepEpochs: number | undefined): Promise<Answer> {
  const yard = await context.yard();
  const archive = foretellTidy(yard.state, context.now());
  const epoch = (yard.state.epoch?.epoch ?? 0) + 1;
  // The one that ends now will be among those that are kept.
  const ending = { epoch: epoch - 1, ref: '', head: yard.head };
  const kept = (await keptEpochs(yard.transport)).filter((it) => it.epoch < ending.epoch);
  const dropped = overdueEpochs([...kept, ending], keepEpochs).map((it) => it.epoch);
  return answer({ dryRun: true, archive, epoch, head: yard.head, dropped }, () => [
    [`would put ${plural(archive.jobs, 'job')} and ${plural(archive.messages, 'message')} into the archive`],
    [`would begin epoch ${epoch}`],
    ...dropped.map((it) => line(`would remove epoch ${it} from the repository`)),
  ]);
}
