/**
 * Carries out the command that a message holds and answers it, in one commit that also notes it on the message: so a command
 * is carried out once, whoever else tries at the same time or comes back after a crash.
 */
import { agentsCalled } from '../../chat/addressed.ts';
import { carryOut, type Done, type ScriptResult, scriptIn } from '../../chat/carry-out.ts';
import { waitsForExecution } from '../../chat/waiting-command.ts';
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import type { Message } from '../../entities/message.ts';
import { putMessage, type State } from '../../state.ts';
import { clipped } from '../../text.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface AnswerCommand {
  readonly messageId: string;
  readonly agentId: string;
  /** Of the answer. */
  readonly answerId: string;
  /** For the task that the command may ask for. */
  readonly jobId: string;
  /** What the script printed that the command asks for; null where it asks for none, or nobody was there to run it. */
  readonly script: ScriptResult | null;
  readonly now: Time;
}

export interface AnsweredCommand {
  readonly answer: Message;
  /** The task that it asked for. */
  readonly job: string | null;
}

export function answerCommand(state: State, input: AnswerCommand): Decision<AnsweredCommand> {
  const { messageId, agentId, answerId, now } = input;
  const message = state.messages.get(messageId);
  if (!message) return refuse('NOT_FOUND', `there is no message ${messageId}`, [messageId]);
  const hindrance = hindranceOf(state, message, input);
  if (hindrance) return hindrance;

  const done = carryOut(state, message.body, { ...input, by: message.from });
  const checked = validate('message', answerTo(message, done, input));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [messageId]);
  const answer = checked.value;
  const executed = { by: agentId, at: now, answer: answerId };
  const changes = [...done.changes, putMessage({ ...message, executed }), putMessage(answer)];
  const summary = `answer command ${messageId} of ${message.from}${done.job === undefined ? '' : `: ${done.isNew ? 'task' : 'job'} ${done.job}`}`;
  const subject = { agent: agentId, message: messageId, job: done.job };
  return accept({ answer, job: done.isNew ? (done.job ?? null) : null }, changes, summary, subject);
}

function hindranceOf(state: State, message: Message, { agentId, answerId, now }: AnswerCommand): Refused | undefined {
  if (!waitsForExecution(message, now))
    return refuse('NOTHING_TO_DO', `message ${message.id} holds no command that waits`, [message.id]);
  if (!state.agents.has(agentId)) return refuse('UNKNOWN_AGENT', `agent ${agentId} has not registered`, [agentId]);
  if (state.messages.has(answerId)) return refuse('DUPLICATE_ID', `message ${answerId} exists already`, [answerId]);
  const bot = scriptIn(message.body)?.bot;
  const called = bot === undefined ? [] : agentsCalled(state, bot);
  if (called.length > 0 && !called.includes(agentId))
    return refuse('NOT_ADDRESSED', `message ${message.id} asks ${called.join(', ')} to run a script`, [message.id]);
  return undefined;
}

const answerTo = ({ id, from, subject, hops }: Message, done: Done, { agentId, answerId, now }: AnswerCommand) => ({
  id: answerId,
  from: agentId,
  to: from,
  type: done.ok ? 'response' : 'error',
  subject: clipped(subject === '' ? 'answer' : `Re: ${subject}`, 500),
  body: clipped(done.text, 20_000),
  sentAt: now,
  replyTo: id,
  automatic: true,
  hops: hops + 1,
});
