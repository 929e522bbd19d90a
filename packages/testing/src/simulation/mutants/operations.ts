/** Planted in the operations: decisions that are kept although the head moved, and tokens that nobody looks at. */
import { currentAttempt, OPERATIONS } from '@gityard/domain';
import type { Operations } from '@gityard/yard';

type AnyOperation = (state: unknown, input: object) => { readonly ok: boolean };

/** What was decided on the first head is put on whatever head follows, as `git pull --rebase` does. */
export function rebaseRetry(): Operations {
  const decided = new WeakMap<object, { readonly ok: boolean }>();
  const remember =
    (decide: AnyOperation): AnyOperation =>
    (state, input) => {
      const answer = decided.get(input) ?? decide(state, input);
      if (answer.ok) decided.set(input, answer);
      return answer;
    };
  const all = Object.entries(OPERATIONS).map(([name, decide]) => [name, remember(decide as AnyOperation)]);
  return Object.fromEntries(all) as Operations;
}

/** Whoever holds the job now, the result of whoever comes is its result. */
export const finishUnderAnyToken: Operations = {
  ...OPERATIONS,
  finish: (state, input) => {
    const job = state.jobs.get(input.jobId);
    const holder = job && currentAttempt(job);
    if (!holder) return OPERATIONS.finish(state, input);
    const decision = OPERATIONS.finish(state, { ...input, agentId: holder.agent, token: holder.token });
    const { agentId: agent, token } = input;
    return decision.ok ? { ...decision, subject: { ...decision.subject, agent, token } } : decision;
  },
};

export const releaseUnderAnyToken: Operations = {
  ...OPERATIONS,
  release: (state, input) => OPERATIONS.release(state, { ...input, token: null }),
};
