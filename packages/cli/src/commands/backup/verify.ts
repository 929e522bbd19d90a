/** Reads a backup and all that it rests on, puts the yard together, and replays its history. Nothing is restored. */
import { auditYard } from '@gityard/yard';
import { fromOption, placeFrom } from '../../backup/from-option.ts';
import { chainOf, chosenBackup, knownBackups } from '../../backup/known-backups.ts';
import { openChain } from '../../backup/open-chain.ts';
import { openShelf } from '../../backup/shelf.ts';
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { bad, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'backup verify',
  summary: 'read all of a backup, and replay what it holds',
  details: 'Exits 7 when it is damaged or rests on one that is missing, 1 when its history breaks a rule.',
  example: 'gityard backup verify latest --from /mnt/backups/acme',
  parameters: { which: argument('which', 'its id, the beginning of it, or latest'), from: fromOption },
  run: async (context, { which, from }) => {
    const shelf = await openShelf(context, placeFrom(from));
    const known = await knownBackups(shelf);
    const id = chosenBackup(known, { which, place: shelf.name });
    const chain = chainOf(known, id);
    const refs = chain.at(-1)?.refs ?? { state: '', live: '', logs: '' };
    const audit = await auditYard({ transport: await openChain(shelf, chain), refs });
    const { ok, commits, operations, firstViolation } = audit;
    const files = chain.flatMap(({ parts }) => parts).length;
    const value = { id, ok, chain: chain.map((it) => it.id), files, commits, operations, firstViolation };
    return answer(
      value,
      () => [
        firstViolation === null
          ? line(
              good(`${id} can be restored`),
              `: ${plural(files, 'file')}, ${plural(commits, 'commit')}, every rule holds`,
            )
          : line(
              bad(`${id} is whole, but its history breaks a rule`),
              `: ${firstViolation.rule}: ${firstViolation.text}`,
            ),
      ],
      ok ? 0 : 1,
    );
  },
});
