/** What a person changes about an agent: drain, resume, maintenance, remove. */
import type { Agent, RemovedAgent } from '@gityard/domain';
import { type Answer, answer, type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { argument, flag } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { statusSpan } from '../../text/words.ts';
import { act } from '../../yard/act.ts';
import { forLength, untilOf } from '../../yard/until.ts';

const parameters = { id: argument('id', 'the agent, or the beginning of its name') };

export const drain: Command = defineCommand({
  name: 'agent drain',
  summary: 'let an agent finish and take no more jobs',
  details: 'Until it is resumed, or for a time.',
  example: 'gityard agent drain build1 --for 2h --reason "kernel update"',
  acts: true,
  parameters: { ...parameters, for: forLength },
  run: async (context, args) =>
    act(context, 'drain', await askedOf(context, args.id, args.for), ({ result }) => inMode(result)),
});

export const resume: Command = defineCommand({
  name: 'agent resume',
  summary: 'let an agent take jobs again',
  example: 'gityard agent resume build1',
  acts: true,
  parameters,
  run: async (context, { id }) => act(context, 'resume', await askedOf(context, id), ({ result }) => inMode(result)),
});

export const maintenance: Command = defineCommand({
  name: 'agent maintenance',
  summary: 'take an agent into maintenance',
  details: 'It takes no jobs, and its silence alarms nobody.',
  example: 'gityard agent maintenance build1 --reason "new disk"',
  acts: true,
  parameters: { ...parameters, for: forLength },
  run: async (context, args) =>
    act(context, 'maintain', await askedOf(context, args.id, args.for), ({ result }) => inMode(result)),
});

export const remove: Command = defineCommand({
  name: 'agent remove',
  summary: 'strike an agent off',
  details:
    'Refused while its daemon gives signs of life, and while it holds jobs: drain it, stop it, and then remove it. With --force ' +
    'it goes at once: its jobs go back into the queue, and its daemon stops when it sees it.',
  example: 'gityard agent remove build1 --reason "machine was sold"',
  acts: true,
  parameters: { ...parameters, force: flag('also one that lives or holds jobs') },
  run: async (context, { id, force }) =>
    act(context, 'remove', { ...(await askedOf(context, id)), force }, ({ result }) => gone(result)),
});

const gone = ({ id, released }: RemovedAgent): Answer =>
  answer({ id, removed: true, released }, () => [
    line('agent ', id, ' is removed'),
    ...(released.length === 0 ? [] : [line('it held ', released.join(', '))]),
  ]);

async function askedOf(context: Context, agentId: string, ms?: number) {
  const { id: by } = await context.identity();
  return { agentId, by, reason: context.reason, until: await untilOf(context, ms) };
}

function inMode({ id, mode, modeReason, modeSince, modeBy, modeUntil }: Agent): Answer {
  const until = modeUntil === null ? '' : ` until ${modeUntil}`;
  return answer({ id, mode, modeReason, modeSince, modeBy, modeUntil }, () => [
    line('agent ', id, ' is ', statusSpan(mode), until),
  ]);
}
