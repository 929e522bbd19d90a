/**
 * The one loop in the house that writes again: decide on the head, commit, push; and if somebody was faster, look and
 * decide anew. An outcome that nobody knows is looked up in the history before anything else is sent.
 *
 *     decide ──► send ──► accepted ─────────────────────► answered
 *       ▲          │ ├──► refused ──────────────────────► DENIED
 *       │          │ └──► conflict: wait, look ──► (moved) ──┐
 *       │          └────► unclear:  look ──► (found in history) ► answered
 *       └───────────────────────────── (not found) ◄─────────┘
 */
import type { HistoryKind } from './attempt.ts';
import { RIDES } from './budget/turn.ts';
import { decide } from './decide.ts';
import type { Decided, Group, Landed } from './group.ts';
import type { CommitListener } from './head.ts';
import { refusedPush } from './push-errors.ts';
import { look, pause, type Transacting, takeTurn, within } from './transacting.ts';
import type { PushOutcome, RefAnswer } from './transports/transport.ts';

/** Resolves when every member is answered, rejected, or back in the line. */
export async function settle<O, A>(context: Transacting<O, A>, group: Group<O, A>): Promise<void> {
  const { head, pacing } = context;
  const listener: CommitListener = (commits) => {
    pacing.sawOthers([...commits.values()].map((it) => it.author.name));
    group.saw((attempt) => head.nameAmong(commits, attempt));
  };
  head.commitListeners.add(listener);
  try {
    if (!pacing.isOurTurn) await beginTurn(context, group);
    while (group.members.length > 0) await step(context, group);
  } catch (error) {
    group.fail(error);
  } finally {
    head.commitListeners.delete(listener);
  }
}

/** Among rivals our head is old by now, and a push on an old head is lost for certain. Looking is cheaper. */
async function beginTurn<O, A>(context: Transacting<O, A>, group: Group<O, A>): Promise<void> {
  const { pacing, ticket, closed } = context;
  pacing.beginTurn();
  if ((pacing.isContended || ticket.isScarce) && !closed.aborted) await look(context, group);
}

async function step<O, A>(context: Transacting<O, A>, group: Group<O, A>): Promise<void> {
  if (group.landed) return accept(context, group, group.landed);

  group.dismiss(context.ports.monotonicMs());
  if (group.members.length === 0) return;
  context.closed.throwIfAborted();
  if (!context.ticket.isHeld) return begunAnew(context, group);

  const snapshot = context.head.snapshot ?? (await look(context, group));
  const decided = group.decidedOn(snapshot.commit) ?? (await decide(context, group, snapshot));
  if (decided) await send(context, group, decided);
}

/** The push went without us, or nobody knows what became of it. */
async function begunAnew<O, A>(context: Transacting<O, A>, group: Group<O, A>): Promise<void> {
  // Nobody grants riders a push of their own. In the line they still hear when they are not wanted any more; here they would not.
  if (group.priority === RIDES && group.unclear === 0) return context.line.add(...group.giveUp());
  await takeTurn(context, group);
  if (context.ticket.isScarce) await look(context, group);
}

async function send<O, A>(context: Transacting<O, A>, group: Group<O, A>, decided: Decided<O, A>): Promise<void> {
  const { head, ports, pacing, ticket } = context;
  const startedMs = ports.monotonicMs();
  const outcome = await within(context, group, (signal) => head.push(decided.attempt, { signal, send: ticket.push }));
  // Undefined: the head moved before our turn came, or the push left without us. Nothing was sent.
  if (!outcome) return;
  if (outcome.kind === 'unclear') return lookForIt(context, group, decided);

  pacing.measured(ports.monotonicMs() - startedMs);
  const answer = answerOf(outcome, head.ref);
  if (answer.ok) return accept(context, group, { decided, commit: answer.landedAs ?? decided.attempt.snapshot.commit });
  if (isFinal(answer, context.history)) throw refusedPush(head, answer.reason);
  await lose(context, group);
}

function accept<O, A>(context: Transacting<O, A>, group: Group<O, A>, { decided, commit }: Landed<O, A>): void {
  context.counters.commits += 1;
  context.pacing.won();
  group.answer(decided, commit);
}

async function lose<O, A>(context: Transacting<O, A>, group: Group<O, A>): Promise<void> {
  const { counters, pacing, head } = context;
  counters.conflicts += 1;
  group.losses += 1;
  pacing.lost();
  group.dropRiders();
  if (group.members.length === 0) return;
  const before = head.snapshot;
  await pause(context, group.stuck > 0 ? pacing.patienceMs(group.stuck) : pacing.backOffMs(group.losses));
  await takeTurn(context, group);
  await look(context, group);
  if (head.snapshot === before) {
    group.stuck += 1;
  } else {
    group.moved += 1;
    joinOthers(context, group);
  }
}

/** It has to be decided anew anyway, so those who came meanwhile may ride along. */
function joinOthers<O, A>({ line, groupLimit }: Transacting<O, A>, group: Group<O, A>): void {
  if (group.landed || group.members.some((it) => it.alone)) return;
  const others = line.take(groupLimit - group.members.length);
  if (others[0]?.alone) line.add(...others);
  else group.join(others);
}

async function lookForIt<O, A>(context: Transacting<O, A>, group: Group<O, A>, decided: Decided<O, A>): Promise<void> {
  context.counters.unclear += 1;
  group.isUnclear(decided);
  // The first look follows at once; a remote that goes on losing answers is given time.
  if (group.unclear > 1) await pause(context, context.pacing.patienceMs(group.unclear));
  await look(context, group);
}

/** A server that forbids replacing commits says so in the words of a lost race. No luck will ever help there. */
export const forbidsRewrites = ({ reason }: RefAnswer & { ok: false }): boolean => /non-fast-forward/i.test(reason);

export function answerOf(outcome: PushOutcome & { kind: 'answered' }, ref: string): RefAnswer {
  return outcome.refs.get(ref) ?? { ok: false, sort: 'refused', reason: 'the server did not mention the ref' };
}

function isFinal(answer: RefAnswer & { ok: false }, history: HistoryKind): boolean {
  return answer.sort === 'refused' || (history === 'none' && forbidsRewrites(answer));
}
