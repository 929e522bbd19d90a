/** Compares what two agents made last: of the same commit, where both have built one. Exits 1 when it differs. */
import { latestPair } from '@gityard/domain';
import { compared, comparedAnswer } from '../../artifacts/compared.ts';
import { foldersFrom, foldersOptions } from '../../artifacts/folders.ts';
import { defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument, option } from '../../parameters.ts';

export const command = defineCommand({
  name: 'compare latest',
  summary: 'what differs between the last builds of two agents',
  details: 'Takes the newest commit that both have built. Without one it takes the newest build of each, and says so.',
  example: 'gityard compare latest build1 build2 --branch main',
  parameters: {
    left: argument('agent1', 'an agent'),
    right: argument('agent2', 'another one'),
    branch: option('name', 'only builds of this branch'),
    ...foldersOptions,
  },
  run: async (context, { left, right, branch, ...folders }) => {
    const { state } = await context.yard();
    const pair = latestPair(state, { agents: [left, right], branch });
    if ('lacks' in pair)
      throw new CliError(
        'NOT_FOUND',
        `there is no manifest of ${pair.lacks}${branch === undefined ? '' : ` for ${branch}`}`,
        {
          hint: 'gityard artifact list shows what there is',
        },
      );
    const { sameCommit } = pair;
    if (!sameCommit) context.note(`${left} and ${right} have built no commit that both know: these are of two`);
    const sides = [pair.left, pair.right].map((manifest) => ({ manifest, file: null }));
    const [one, other] = sides as [(typeof sides)[number], (typeof sides)[number]];
    return comparedAnswer(await compared(context, [one, other], foldersFrom(context, folders)), { sameCommit });
  },
});
