/** The backups in a place, newest first, the damaged ones among them. */
import { fromOption, placeFrom } from '../../backup/from-option.ts';
import { type KnownBackup, knownBackups } from '../../backup/known-backups.ts';
import { openShelf } from '../../backup/shelf.ts';
import { answer, defineCommand } from '../../command.ts';
import { bad, dim, good, type Line, line } from '../../text/lines.ts';
import { plural, sizeText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'backup list',
  summary: 'the backups in a place, newest first',
  details: 'By what their manifests say; gityard backup verify reads all of one.',
  example: 'gityard backup list --from /mnt/backups/acme',
  parameters: { from: fromOption },
  run: async (context, { from }) => {
    const shelf = await openShelf(context, placeFrom(from));
    const known = await knownBackups(shelf);
    return answer(known.map(rowOf), () =>
      known.length === 0 ? [[`there are no backups in ${shelf.name}`]] : known.map(lineOf),
    );
  },
});

const sizeOf = ({ manifest }: KnownBackup): number =>
  (manifest?.parts ?? []).reduce((sum, it) => sum + it.sizeBytes, 0);

function rowOf(known: KnownBackup) {
  const { id, manifest, problem } = known;
  const { at = null, parent = null, yard = null, counts = null, program = null } = manifest ?? {};
  return {
    id,
    ok: problem === null,
    at,
    parent,
    yard: yard?.name ?? null,
    counts,
    program,
    sizeBytes: sizeOf(known),
    problem,
  };
}

function lineOf(known: KnownBackup): Line {
  const { id, manifest, problem } = known;
  if (!manifest) return line(bad(id), `  ${problem}`);
  const { parent, counts } = manifest;
  const what = `${plural(counts.operations, 'operation')}, ${plural(counts.jobs, 'job')}`;
  return line(
    good(id),
    `  ${sizeText(sizeOf(known))}, ${what}  `,
    dim(parent === null ? 'full' : `rests on ${parent}`),
  );
}
