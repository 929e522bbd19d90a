/**
 * Carries out the commands that messages hold (`/task`, `/approve`, `/msg … exec` and the like) and answers them. Each is
 * for one agent: the others let it go first, and the state remembers that it was done. A script is run by the agent that was
 * asked for it, before its command is carried out.
 */
import { agentsCalled, type Message, newerSchema, scriptIn, waitsForExecution } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { runAskedScript, type ScriptAnswers } from '../commands/run-asked-script.ts';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';

const LONGEST_WAIT_MS = 60_000;

export async function commands(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { bell } = context;
  const answers: ScriptAnswers = new Map();
  while (!signal.aborted) {
    const since = bell.count;
    for (const message of ours(context)) {
      if (signal.aborted) return;
      await ourTurn(context, message.id, signal);
      if (isStillOurs(context, message.id)) await carryOut(context, { message, answers, signal });
    }
    line.doing('waiting for commands in messages');
    await bell.wait({ since, ms: LONGEST_WAIT_MS, signal });
  }
}

function ours({ yard, self }: AgentContext): Message[] {
  const { state } = yard;
  if (!state.agents.has(self.id) || newerSchema(state) !== null) return [];
  const now = yard.now();
  const waiting = [...state.messages].filter((it) => waitsForExecution(it, now) && mayAnswer(it, { yard, self }));
  return waiting.sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
}

function isStillOurs(context: AgentContext, id: string): boolean {
  const message = context.yard.state.messages.get(id);
  return message !== undefined && waitsForExecution(message, context.yard.now()) && mayAnswer(message, context);
}

/** A script is for whoever is called by that name; where nobody is, anybody may say so. */
function mayAnswer({ body }: Message, { yard, self }: Pick<AgentContext, 'yard' | 'self'>): boolean {
  const script = scriptIn(body);
  const called = script ? agentsCalled(yard.state, script.bot) : [];
  return called.length === 0 || called.includes(self.id);
}

interface Asked {
  readonly message: Message;
  readonly answers: ScriptAnswers;
  readonly signal: AbortSignal;
}

async function carryOut(context: AgentContext, { message, answers, signal }: Asked): Promise<void> {
  const { yard, self, emit } = context;
  const script = await runAskedScript(context, { message, answers, signal });
  if (signal.aborted) return;
  const ids = { answerId: newId(), jobId: newId() };
  const input = { messageId: message.id, agentId: self.id, ...ids, script, now: yard.now() };
  const outcome = await yard.perform('answer-command', input);
  answers.delete(message.id);
  if (!outcome.ok) return;
  const { answer, job } = outcome.result;
  emit({ kind: 'answered', message: message.id, from: message.from, task: job, text: answer.body });
}
