/** Tasks go to those who take tasks, builds to those who build; and the command of a message is carried out once. */
import { isHeld, type Job } from '../entities/job.ts';
import type { Message } from '../entities/message.ts';
import { claimsOf, comesFromElsewhere, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function taskTakenByReceiver({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!before || !after?.agent || !isHeld(after) || claimsOf(step, id) === 0 || before.token === after.token) return [];
  const isTask = after.task !== null;
  // An agent may have registered anew in the same commit: either side may be the one that counted.
  const kinds = [step.before, step.after].map((state) => state.agents.get(after.agent ?? '')?.tasks);
  if (kinds.includes(isTask) || !kinds.includes(!isTask)) return [];
  return [
    `${isTask ? 'task' : 'build'} ${id} was claimed by ${after.agent}, which takes ${isTask ? 'no tasks' : 'only tasks'}`,
  ];
}

export function commandOnce({ id, before, after }: Transition<Message>, step: Step): readonly string[] {
  if (!after || sameValue(before?.executed ?? null, after.executed) || comesFromElsewhere(before, step)) return [];
  if (!after.executed || before?.executed)
    return [`the command of message ${id} was carried out, and that was changed`];
  const told = step.operations.some((it) => it.operation === 'answer-command' && it.message === id);
  if (!told) return [`message ${id} says that its command was carried out, and no operation did`];
  const { answer } = after.executed;
  return answer !== null && !step.after.messages.has(answer) ? [`the command of message ${id} has no answer`] : [];
}
