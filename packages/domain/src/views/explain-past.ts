/**
 * Why a job waited at a time that is over. What agents said of themselves then is in no history, and nothing is made up for
 * it: whoever the job could have run on is named, and that it is not known who of them was alive.
 */
import type { Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/read-model.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { type Explanation, explain } from './explain.ts';

export function explainPast(state: State, job: Job, now: Time): Explanation {
  const explanation = explain(state, job, now);
  return { ...explanation, reasons: explanation.reasons.map(honestly) };
}

const honestly = (reason: WaitReason): WaitReason =>
  reason.code === 'agents-unheard'
    ? {
        ...reason,
        text: `could have run on ${reason.refs.join(', ')}; who of them was alive then is not in the history`,
      }
    : reason;
