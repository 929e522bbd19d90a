/** `gityard agent update`: a job for each agent that is to run another program, one after the other. */
import type { Agent, State } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError, usageError } from '../../errors.ts';
import { type ArgumentsOf, duration, flag, option, optionalArguments, wholeNumber } from '../../parameters.ts';
import { dim, good, type Line, line } from '../../text/lines.ts';
import { findProgram } from '../../update/find-program.ts';
import { type PlannedUpdate, planUpdates, type UpdatePlan } from '../../update/plan-updates.ts';
import { performed } from '../../yard/act.ts';
import { findAgent } from '../../yard/find.ts';
import { signedWish } from '../../yard/sign-wish.ts';

const parameters = {
  all: flag('all agents of the yard'),
  pool: option('name', 'all agents of this pool'),
  to: option('program', 'a published version, or the path or https address of a packed one; else the newest version'),
  sha512: option('digest', 'what it must be, in hex or as npm writes it; else what it is now'),
  atOnce: wholeNumber('n', 'so many agents at a time (1)', { minimum: 1 }),
  sign: flag('sign the jobs, for agents that want to know whose they are, or are to go back to an older version'),
  signingKey: option('file', 'sign with this private key; else with that of the settings'),
  validFor: duration('time', 'how long the signature lets them run; else 24h'),
  ids: optionalArguments('id', 'the agents'),
};

type Given = ArgumentsOf<typeof parameters>;

export const command = defineCommand({
  name: 'agent update',
  summary: 'let agents change to another version of gityard',
  details:
    'Each gets a job. Its agent fetches the program, compares the digest, lets the program check itself, ends what it builds, ' +
    'and goes back to the program it had when the new one does not come up. The next agent begins when the one before has ' +
    'succeeded. Only where the owner of the machine has said: gityard agent allow --updates <source>.',
  example: 'gityard agent update --all --to 1.4.0 --reason "security release"',
  acts: true,
  parameters,
  run: async (context, given) => {
    const state = await context.look();
    const agents = chosen(state, given);
    const update = await findProgram(context, given.to, given.sha512);
    const plan = planUpdates(agents, { update, atOnce: given.atOnce ?? 1, jobs: state.jobs, newId });
    if (plan.updates.length === 0) throw nobody(plan);
    for (const planned of plan.updates) {
      const refused = context.flags.dryRun ? null : await ask(context, planned, { update, given });
      if (refused) return refused;
    }
    const { dryRun } = context.flags;
    return answer({ ...update, ...plan, dryRun }, () => told(plan, { version: update.version, dryRun }));
  },
});

function chosen(state: State, { ids, all, pool }: Given): readonly Agent[] {
  if ([ids.length > 0, all, pool !== undefined].filter(Boolean).length !== 1)
    throw usageError('which agents is not clear', 'name them, or give either --all or --pool');
  if (ids.length > 0) return [...new Set(ids.map((it) => findAgent(state, it)))];
  const found = [...state.agents].filter((it) => all || it.pool === pool).sort(byName);
  if (found.length > 0) return found;
  throw new CliError('NOT_FOUND', all ? 'no agent has joined' : `no agent is in pool ${pool}`, {});
}

/** Whoever reads the plan finds them as a person would write them: build2 before build10. */
const byName = (one: Agent, other: Agent): number => one.id.localeCompare(other.id, 'en', { numeric: true });

/** One for whom there is nothing to do is no reason to fail when others are left; alone it is. */
function nobody({ skipped }: UpdatePlan): CliError {
  const why = skipped.map((it) => `${it.agent} ${it.why}`).join('; ');
  const isDenied = skipped.some((it) => it.why.startsWith('does not allow'));
  const hint = isDenied
    ? 'on that machine: gityard agent allow --updates <source>, then start its agent anew'
    : 'where a job is open, wait for its end (gityard job wait <id>) and ask again';
  return new CliError(isDenied ? 'POLICY' : 'NOTHING_TO_DO', `no agent is to be updated: ${why}`, { hint });
}

interface Asking {
  readonly update: Awaited<ReturnType<typeof findProgram>>;
  readonly given: Given;
}

async function ask(
  context: Context,
  { agent, id, needs }: PlannedUpdate,
  { update, given }: Asking,
): Promise<Exclude<Reply, number> | null> {
  const { id: by } = await context.identity();
  // A trial that came to its end by force is looked at once more, by the program that was there before.
  const job = { update, assignedTo: agent, needs: [...needs], retries: 0, retryOn: ['lost' as const] };
  const wish = { id, job, by };
  const signs = given.sign || given.signingKey !== undefined;
  const outcome = await performed(context, 'submit', signs ? await signedWish(context, wish, given) : wish);
  return outcome.ok ? null : outcome;
}

const told = ({ updates, skipped }: UpdatePlan, { version, dryRun }: { version: string; dryRun: boolean }): Line[] => [
  ...updates.map(({ agent, id, needs }) =>
    line(
      agent,
      dryRun ? ' would change to ' : ' is to change to ',
      good(`gityard ${version}`),
      dryRun ? '' : `: job ${id}`,
      dim(needs.length === 0 || dryRun ? '' : `, after ${needs.join(', ')}`),
    ),
  ),
  ...skipped.map(({ agent, why }) => line(dim(`${agent} ${why}`))),
];
