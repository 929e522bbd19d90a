/** Saves the yard into a folder or a store, so that it can be made again when its repository is lost. */
import { holding } from '../../backup/hold-place.ts';
import { type MadeBackup, makeBackup } from '../../backup/make-backup.ts';
import { openShelf } from '../../backup/shelf.ts';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { flag, option, wholeNumber } from '../../parameters.ts';
import { actorOf } from '../../start/identity.ts';
import { fitTextfile } from '../../start/metrics-file.ts';
import { dim, good, type Line, line } from '../../text/lines.ts';
import { plural, sizeText } from '../../text/words.ts';

const KEEP = 14;

export const command = defineCommand({
  name: 'backup',
  summary: 'save the yard into a folder or a store',
  details:
    'State, history and logs, as Git bundles: what came since the last backup there, and all of it every tenth time. Each is ' +
    'read back before it counts. The homes of agents, artifacts and the branches of people are not in it. When nothing was ' +
    'written since the last one, none is made.',
  example: 'gityard backup --to /mnt/backups/acme --keep 30',
  acts: true,
  parameters: {
    to: option('place', 'a folder, s3://bucket/prefix or azure://account/container/prefix, for this yard alone'),
    keep: wholeNumber('n', `backups that stay, with those that they rest on (${KEEP})`, { minimum: 1 }),
    full: flag('all of it, whatever is there'),
    verify: flag('put it together with those that it rests on, as a restore would'),
    metricsFile: option(
      'path',
      'tell when it was made in this file, or one in this folder, for the textfile collector of node_exporter',
    ),
  },
  run: async (context, { to, keep = KEEP, full, verify, metricsFile }) => {
    if (to === undefined)
      throw usageError('where to is missing', 'e.g. --to /mnt/backups/acme, or --to s3://bucket/acme');
    const { io, flags } = context;
    const metrics =
      metricsFile === undefined ? undefined : await fitTextfile(metricsFile, { cwd: io.cwd, of: 'backup' });
    const [shelf, yard, identity] = [await openShelf(context, to), await context.yard(), await context.identity()];
    const make = () => makeBackup({ yard, shelf, keep, full, verify, dryRun: flags.dryRun });
    const done = flags.dryRun ? await make() : await holding(shelf, actorOf(identity), make);
    if (metrics !== undefined && !flags.dryRun)
      await (await import('../../metrics/tell-backup.ts')).tellBackup(metrics, { at: context.now(), ...done });
    const { manifest, made, sizeBytes, removed } = done;
    const { id, at, parent, heads } = manifest;
    const value = { id, made, at, parent, place: shelf.name, sizeBytes, heads, removed, dryRun: flags.dryRun };
    return answer(value, () => drawn(done, { place: shelf.name, dryRun: flags.dryRun }));
  },
});

function drawn(
  { manifest, made, sizeBytes, removed }: MadeBackup,
  { place, dryRun }: { place: string; dryRun: boolean },
): Line[] {
  const { id, parent, counts } = manifest;
  if (!made) return [line('nothing was written since ', good(id), ` in ${place}`), ...gone(removed, dryRun)];
  const sort = parent === null ? 'full' : `what came since ${parent}`;
  return [
    line(dryRun ? 'would make ' : 'made ', good(id), ` in ${place}: ${sort}, ${sizeText(sizeBytes)}`),
    [
      dim(
        `${plural(counts.operations, 'operation')}, ${plural(counts.jobs, 'job')}, ${plural(counts.agents, 'agent')}`,
      ),
    ],
    ...gone(removed, dryRun),
  ];
}

const gone = (removed: readonly string[], dryRun: boolean): Line[] =>
  removed.map((id) => [dim(`${dryRun ? 'would remove' : 'removed'} ${id}`)]);
