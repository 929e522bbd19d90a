/** Any command that only looks, asked of the past. What follows the time is read by program.ts, as the command that it is. */
import { defineCommand } from '../command.ts';
import { usageError } from '../errors.ts';
import { argument, optionalArguments } from '../parameters.ts';
import { ASKED_OF_THE_PAST } from '../past/ask-the-past.ts';
import { WHEN, WHEN_SUMMARY } from '../past/when.ts';

export const command = defineCommand({
  name: 'at',
  summary: 'ask a command of the past',
  details: `What can be asked: ${ASKED_OF_THE_PAST.join(', ')}. Times without a zone are UTC. Heartbeats are in no history: of agents only what they registered is told.`,
  example: 'gityard at 2h job list --json',
  parameters: {
    when: argument(WHEN, WHEN_SUMMARY),
    command: optionalArguments('command', 'what to ask, with its flags'),
  },
  run: async () => {
    throw usageError('no command was given', `after the time write one of ${ASKED_OF_THE_PAST.join(', ')}`);
  },
});
