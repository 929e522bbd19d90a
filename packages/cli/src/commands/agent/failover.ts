/** A person's word that one agent is to be replaced by another, now: without waiting for a silence to be long enough. */
import { type Agent, agentHealth, isHeld, type Job, type State, type Time } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { dim, type Line, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';
import { performed } from '../../yard/act.ts';
import { findAgent } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'agent failover',
  summary: 'give the jobs of an agent to another',
  details:
    'The first is drained, and what waits for it waits for the second. What it builds goes on while it gives signs of life; ' +
    'of a silent agent it goes back into the queue at once. gityard agent resume brings it back. Pairs that do so by ' +
    'themselves stand in yard.json under "failover".',
  example: 'gityard agent failover build1 build2 --reason "the disk of build1 is dying"',
  acts: true,
  parameters: {
    from: argument('from', 'the agent that is to have no more jobs'),
    to: argument('to', 'the agent that is to have them'),
  },
  run: async (context, args) => {
    const state = await context.look();
    const [from, to] = [findAgent(state, args.from), findAgent(state, args.to)];
    if (isGone(state, to, context.now()))
      throw new CliError('CONFLICT', `${to.id} gives no sign of life, and would let the jobs wait as well`, {
        hint: `start its daemon, or name another; gityard agent show ${to.id} tells more`,
      });
    const foretold = await failOver(context, { from, to }, 'foretell');
    if (!foretold.ok) return foretold;
    const held = [...state.jobs].filter((job) => isHeld(job) && job.agent === from.id);
    const gone = isGone(state, from, context.now());
    const requeued = gone ? await requeueAll(context, held, { from, to }) : [];
    const moved = context.flags.dryRun ? foretold : await failOver(context, { from, to }, 'perform');
    if (!moved.ok) return moved;
    const left = held.map((it) => it.id).filter((id) => !requeued.includes(id));
    const value = {
      ...moved.result,
      requeued,
      left,
      drained: true,
      dryRun: context.flags.dryRun,
      commit: moved.commit,
    };
    return answer(value, () => told(value));
  },
});

const isGone = (state: State, { id }: Agent, now: Time): boolean => {
  const heartbeat = state.heartbeats.get(id);
  return heartbeat?.stopped === true || agentHealth(heartbeat, now, state.yard) === 'silent';
};

interface Pair {
  readonly from: Agent;
  readonly to: Agent;
}

async function failOver(context: Context, { from, to }: Pair, how: 'foretell' | 'perform') {
  const wish = { from: from.id, to: to.id, drain: true, reason: context.reason ?? `failover to ${to.id}` };
  if (how === 'perform') return performed(context, 'fail-over', wish);
  const yard = await context.yard();
  const decision = yard.foretell('fail-over', { ...wish, now: context.now() });
  return decision.ok ? { ok: true as const, result: decision.result, commit: null } : decision;
}

/** What ended or was taken meanwhile is none of ours. */
async function requeueAll(context: Context, held: readonly Job[], { from, to }: Pair): Promise<string[]> {
  const { id: by } = await context.identity();
  const reason = context.reason ?? `${from.id} is silent; failover to ${to.id}`;
  const requeued: string[] = [];
  for (const { id: jobId, token } of held) {
    const outcome = await performed(context, 'requeue', { jobId, token, by, reason });
    if (outcome.ok) requeued.push(jobId);
  }
  return requeued;
}

interface Told {
  readonly from: string;
  readonly to: string;
  readonly moved: readonly string[];
  readonly stayed: readonly string[];
  readonly requeued: readonly string[];
  readonly left: readonly string[];
  readonly dryRun: boolean;
}

function told({ from, to, moved, stayed, requeued, left, dryRun }: Told): Line[] {
  const would = dryRun ? 'would ' : '';
  const some = (jobs: readonly string[], what: string) =>
    jobs.length === 0 ? [] : [line(`${plural(jobs.length, 'job')} ${what}`, dim(`  ${jobs.join(', ')}`))];
  return [
    line(`agent ${from} ${would}${dryRun ? 'take' : 'takes'} no more jobs`),
    ...some(requeued, `${would}${dryRun ? 'go' : 'went'} back into the queue`),
    ...some(moved, `${would}${dryRun ? 'go' : 'went'} to ${to}`),
    ...some(stayed, `left waiting for ${from}: ${to} cannot run that`),
    ...some(left, `left running on ${from}`),
  ];
}
