/** Gives up the oldest rollback points of each branch, tags and records. */
import { cleanUpPoints, pointsToForget } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { optionalArgument } from '../../parameters.ts';
import { readWholeNumber } from '../../read-words.ts';
import { bad, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'rollback cleanup',
  summary: 'give up the oldest rollback points',
  details:
    'Keeps so many of each branch (retention.rollbackPoints in yard.json, 20), and always the last one of each repository. An agent does it by itself each night.',
  example: 'gityard rollback cleanup 20',
  acts: true,
  parameters: { keep: optionalArgument('keep', 'points of each branch that stay') },
  run: async (context, { keep: word }) => {
    const yard = await context.yard();
    const keep = readWholeNumber(word, '<keep>') ?? yard.state.yard.retention.rollbackPoints;
    if (context.flags.dryRun) {
      const tags = [...pointsToForget(yard.state, keep).values()].flatMap((it) => [...it.keys()]);
      return answer({ dryRun: true, keep, removed: tags, kept: [] }, () => tags.map((tag) => [`would give up ${tag}`]));
    }
    const done = await cleanUpPoints(yard, { keep, reason: context.reason });
    if ('ok' in done) return done;
    return answer({ dryRun: false, keep, ...done }, () => [
      line(good(plural(done.removed.length, 'rollback point')), ' given up'),
      ...done.kept.map((it) => line(bad(`${it.tag} stays: ${it.reason}`))),
    ]);
  },
});
