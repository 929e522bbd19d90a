/**
 * Why a job waited at a time that is over, with what the history noted of the agents. Where it has nothing, nothing is made
 * up: whoever the job could have run on is named, and that it is not known who of them was alive.
 */
import type { Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/wait-reason.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { type Explanation, explain } from './explain.ts';
import { withPresenceThen } from './presence-then.ts';

export function explainPast(state: State, job: Job, now: Time): Explanation {
  const explanation = explain(withPresenceThen(state, now), job, now);
  return { ...explanation, reasons: explanation.reasons.map(honestly) };
}

const honestly = (reason: WaitReason): WaitReason =>
  reason.code === 'agents-unheard'
    ? {
        ...reason,
        text: `could have run on ${reason.refs.join(', ')}; who of them was alive then is not in the history`,
      }
    : reason;
