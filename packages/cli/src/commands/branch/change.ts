/** The branch profiles begun; one switched on or off, or struck off. */
import { branchView } from '@gityard/domain';
import { pathOf } from '@gityard/yard';
import { answer, type Command, defineCommand, type Reply } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument, choiceArgument } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';

const PATH = pathOf('branches', 'branches');
const name = argument('name', 'of the profile');

export const init: Command = defineCommand({
  name: 'branch init',
  summary: 'begin the file of the branch profiles',
  details: `That is ${PATH}; people may edit it. Where it is there, nothing is done. branch add begins it as well.`,
  example: 'gityard branch init',
  acts: true,
  parameters: {},
  run: async (context) => {
    const yard = await context.yard();
    const told = (created: boolean) =>
      answer({ path: PATH, created }, () => [line(PATH, created ? ' is begun' : ' is there already')]);
    const reply = await act(context, 'init-branches', { isThere: yard.paths(PATH).includes(PATH) }, () => told(true));
    const isThere = typeof reply !== 'number' && 'ok' in reply && reply.code === 'NOTHING_TO_DO';
    return isThere ? told(false) : reply;
  },
});

export const toggle: Command = defineCommand({
  name: 'branch toggle',
  summary: 'switch a branch profile on or off',
  example: 'gityard branch toggle main false --reason "frozen for the release"',
  acts: true,
  parameters: { name, enabled: choiceArgument(['true', 'false'], 'whether it is built') },
  run: async (context, args) => {
    const { state } = await context.yard();
    const enabled = args.enabled === 'true';
    const reply = await act(context, 'toggle-branch', { name: args.name, enabled }, ({ result }) =>
      answer(branchView(state, result), () => [line('branch ', result.name, enabled ? ' is enabled' : ' is disabled')]),
    );
    return unlessUnknown(reply);
  },
});

export const remove: Command = defineCommand({
  name: 'branch remove',
  summary: 'strike a branch profile off',
  details: 'Its jobs stay.',
  example: 'gityard branch remove feature/x',
  acts: true,
  parameters: { name },
  run: async (context, args) => {
    const { state } = await context.yard();
    const reply = await act(context, 'remove-branch', { name: args.name }, ({ result }) =>
      answer(branchView(state, result), () => [line('branch ', result.name, ' is struck off')]),
    );
    return unlessUnknown(reply);
  },
});

/** Whoever misspelt a profile is told where they all stand. */
function unlessUnknown(reply: Reply): Reply {
  if (typeof reply === 'number' || !('ok' in reply) || reply.code !== 'NOT_FOUND') return reply;
  throw new CliError(reply.code, reply.reason, { hint: 'gityard branch list shows them' });
}
