/** Performs an operation for a command, or with --dry-run tells what it would do. The one door for commands that change something. */
import type { InputOf, OperationName, Refused, ResultOf } from '@gityard/domain';
import type { Done, Outcome } from '@gityard/yard';
import { type Answer, answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';

export async function act<N extends OperationName>(
  context: Context,
  name: N,
  input: InputOf<N>,
  draw: (done: Done<ResultOf<N>>) => Answer,
): Promise<Reply> {
  const yard = await context.yard();
  if (context.flags.dryRun) return foretell(context, name, input);
  const outcome = await yard.perform(name, input, { reason: context.reason });
  return outcome.ok ? draw(outcome) : outcome;
}

/** For commands of many operations, which draw for themselves: performed, or with --dry-run decided on what is there now. */
export async function performed<N extends OperationName>(
  context: Context,
  name: N,
  input: InputOf<N>,
  reason = context.reason,
): Promise<Outcome<ResultOf<N>>> {
  const yard = await context.yard();
  if (!context.flags.dryRun) return yard.perform(name, input, { reason });
  const decision = yard.foretell(name, input);
  return decision.ok ? { ok: true, result: decision.result, commit: null } : decision;
}

/** What the operation would do to the state as it is now. Nothing is sent. */
export async function foretell<N extends OperationName>(
  context: Context,
  name: N,
  input: InputOf<N>,
): Promise<Answer | Refused> {
  await context.look();
  const decision = (await context.yard()).foretell(name, input);
  if (!decision.ok) return decision;
  const changes = decision.changes.map(({ kind, id }) => ({ kind, id }));
  const { summary } = decision;
  const id = changes.find((it) => it.kind !== 'actor')?.id ?? null;
  return answer({ dryRun: true, id, commit: null, operation: name, summary, changes }, () => [
    [changes.length === 0 ? `would change nothing: ${summary}` : `would ${summary}`],
  ]);
}
