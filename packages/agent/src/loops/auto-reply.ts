/**
 * Answers messages as the rules of yard.json say. Each is for one agent to answer; the others let it go first. What was
 * answered stands in the message itself, so that neither a restart nor two agents at once make a second answer.
 */
import { dueReplies, newerSchema } from '@gityard/domain';
import { newId } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';

const LONGEST_WAIT_MS = 60_000;

export async function autoReply(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { bell } = context;
  while (!signal.aborted) {
    const since = bell.count;
    await answerAll(context, signal);
    line.doing('waiting for messages that a rule answers');
    await bell.wait({ since, ms: LONGEST_WAIT_MS, signal });
  }
}

/** One pass over everything that is to be answered now. */
async function answerAll(context: AgentContext, signal: AbortSignal): Promise<void> {
  const { yard, emit } = context;
  if (newerSchema(yard.state) !== null) return;
  for (const due of dueReplies(yard.state, yard.now())) {
    if (signal.aborted) return;
    await ourTurn(context, `${due.rule} ${due.messageId}`, signal);
    if (!isStillDue(context, due)) continue;
    const answer = await yard.perform('auto-reply', { ...due, id: newId(), now: yard.now() }, { signal });
    if (!answer.ok || answer.commit === null) continue;
    const { rule, messageId: message } = due;
    emit({ kind: 'auto-replied', message, rule, text: `message ${message} is answered by rule ${rule}` });
  }
}

/** Whoever went before us may have answered it while we waited. */
const isStillDue = ({ yard }: AgentContext, { rule, messageId }: { rule: string; messageId: string }): boolean =>
  dueReplies(yard.state, yard.now()).some((it) => it.rule === rule && it.messageId === messageId);
