/** Performs an operation for a command, or with --dry-run tells what it would do. The one door for commands that change something. */
import type { InputOf, OperationName, Refused, ResultOf } from '@gityard/domain';
import type { Done, Operation, Outcome, Yard } from '@gityard/yard';
import { type Answer, answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { acceptHere, maySpool, reach } from './spool.ts';

/** What is asked for. The time is put in when the yard is open: before, nobody knows what time it is there. */
type Wish<N extends OperationName> = Omit<InputOf<N>, 'now'>;

async function timed<N extends OperationName>(context: Context, wish: Wish<N>): Promise<InputOf<N>> {
  await context.yard();
  return { ...wish, now: context.now() } as unknown as InputOf<N>;
}

export async function act<N extends OperationName>(
  context: Context,
  name: N,
  wish: Wish<N>,
  draw: (done: Done<ResultOf<N>>) => Answer,
): Promise<Reply> {
  if (context.flags.dryRun) return foretell(context, name, wish);
  const reached = await reach(context, name);
  const input = { ...wish, now: context.now() } as unknown as InputOf<N>;
  const { reason } = context;
  const { allowSecrets } = context.flags;
  if (!reached.yard) return acceptHere(context, { name, input, reason, allowSecrets }, reached.away);
  try {
    const outcome = await reached.yard.perform(name, input, { reason, allowSecrets });
    return outcome.ok ? draw(outcome) : outcome;
  } catch (error) {
    // It may have landed all the same: the same id, or the same token, has its effect once.
    if (!maySpool(context, name, error)) throw error;
    return acceptHere(context, { name, input, reason, allowSecrets }, error);
  }
}

/** For commands of many operations, which draw for themselves: performed, or with --dry-run decided on what is there now. */
export async function performed<N extends OperationName>(
  context: Context,
  name: N,
  wish: Wish<N>,
  reason = context.reason,
): Promise<Outcome<ResultOf<N>>> {
  const yard = await context.yard();
  const input = await timed(context, wish);
  const { allowSecrets, dryRun } = context.flags;
  if (!dryRun) return yard.perform(name, input, { reason, allowSecrets });
  const decision = await decisionOn(yard, { name, input, reason, allowSecrets });
  return decision.ok ? { ok: true, result: decision.result, commit: null } : decision;
}

/** As the yard itself would: what is refused anyway is not looked at for secrets. */
export async function decisionOn<N extends OperationName>(yard: Yard, operation: Operation<N>) {
  const decision = yard.foretell(operation.name, operation.input);
  return decision.ok && decision.changes.length > 0 ? ((await yard.screen(operation)) ?? decision) : decision;
}

/** What the operation would do to the state as it is now. Nothing is sent. */
export async function foretell<N extends OperationName>(
  context: Context,
  name: N,
  wish: Wish<N>,
): Promise<Answer | Refused> {
  await context.look();
  const yard = await context.yard();
  const input = await timed(context, wish);
  const { reason, flags } = context;
  const decision = await decisionOn(yard, { name, input, reason, allowSecrets: flags.allowSecrets });
  if (!decision.ok) return decision;
  const changes = decision.changes.map(({ kind, id }) => ({ kind, id }));
  const { summary } = decision;
  const id = changes.find((it) => it.kind !== 'actor')?.id ?? null;
  return answer({ dryRun: true, id, commit: null, operation: name, summary, changes }, () => [
    [changes.length === 0 ? `would change nothing: ${summary}` : `would ${summary}`],
  ]);
}
