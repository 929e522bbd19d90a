/** What a person changes about an agent: drain, resume, maintenance, remove. */
import type { Agent } from '@gityard/domain';
import { newId, performWish } from '@gityard/yard';
import { type Answer, answer, type Command, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { argument, flag } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { statusSpan } from '../../text/words.ts';
import { act } from '../../yard/act.ts';
import { findAgent } from '../../yard/find.ts';
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
    force && !context.flags.dryRun
      ? struckOff(context, id)
      : act(context, 'remove', { ...(await askedOf(context, id)), force }, ({ result }) => gone(result.id)),
});

async function struckOff(context: Context, target: string): Promise<Reply> {
  const [state, yard, { id: by }] = [await context.look(), await context.yard(), await context.identity()];
  const agent = findAgent(state, target);
  const wish = { op: 'remove', target: agent.id, args: { force: true, reason: context.reason }, if: {} } as const;
  const done = await performWish(yard, { wish, id: newId(), by });
  return done.ok ? gone(agent.id) : done;
}

const gone = (id: string): Answer => answer({ id, removed: true }, () => [line('agent ', id, ' is removed')]);

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
