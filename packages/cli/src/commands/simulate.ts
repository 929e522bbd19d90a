/**
 * What would be: the jobs of the last days with another fleet or other settings, or what a proposed change of the queue would
 * do to it. Changes nothing.
 */
import { defineCommand } from '../command.ts';
import { usageError } from '../errors.ts';
import { duration, flag, option, pairs, wholeNumber } from '../parameters.ts';
import { simulateDiff } from '../simulate/proposed.ts';
import { DAYS_ENOUGH, MOST_REPLAYED, simulateReplay } from '../simulate/replayed.ts';

export const command = defineCommand({
  name: 'simulate',
  summary: 'what another fleet, other settings or a changed queue would do',
  details:
    'Plays the jobs of the last days again by the rules of the yard. With --diff it tells what a change of the queue ' +
    'would do, and exits 1 when it would be refused: in a pull request, gityard simulate --diff origin/yard..HEAD --markdown.',
  example: 'gityard simulate --agents +3 --since 7d',
  parameters: {
    agents: option('+N|-N|N', 'so many agents more, fewer, or in all'),
    like: option('agent', 'the agent that the new ones are like; else the busiest, in turn'),
    since: duration('time', `jobs that were asked for in this time; else ${DAYS_ENOUGH}d`),
    priority: pairs(
      'branch=N',
      'jobs of that branch with another priority; a trailing * stands for the rest of the name',
    ),
    config: option('file', 'with this yard.json'),
    limit: wholeNumber('N', `the newest so many jobs, else ${MOST_REPLAYED}`, { minimum: 1 }),
    diff: option(
      'range|commit|patch|path',
      'tell what this would do to the queue: a..b, a commit, a patch, a file of the inbox',
    ),
    markdown: flag('with --diff: as a comment for a pull request'),
  },
  run: async (context, { diff, markdown, ...choice }) => {
    if (diff === undefined) {
      if (markdown) throw usageError('--markdown needs --diff', 'add --diff <range>');
      return simulateReplay(context, choice);
    }
    const { agents, like, since, config, limit, priority } = choice;
    const others =
      [agents, like, since, config, limit].some((it) => it !== undefined) || Object.keys(priority).length > 0;
    if (others) throw usageError('--diff goes with no other flag than --markdown', 'ask one after the other');
    return simulateDiff(context, { diff, markdown });
  },
});
