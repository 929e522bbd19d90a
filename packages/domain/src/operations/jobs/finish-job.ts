/**
 * Ends the holder's attempt, and with it the job, unless tries are left. The only place where a job ends by its holder,
 * and only with the current token.
 */
import { tellEnd } from '../../chat/notify-sender.ts';
import { accept, type Decision } from '../../decision.ts';
import type { Cause, Stage } from '../../entities/attempt.ts';
import type { Attestation } from '../../entities/attestation.ts';
import { type JobResult, NO_RESULT, RESULT_TEXT_CHARACTERS } from '../../entities/build-result.ts';
import type { Job } from '../../entities/job.ts';
import type { Manifest } from '../../entities/manifest.ts';
import { type Change, putAttestation, putJob, putManifest, type State } from '../../state.ts';
import { clippedOrNull, lastPartOrNull } from '../../text.ts';
import type { Time } from '../../time.ts';
import { sickOf } from '../agents/sick-agent.ts';
import { automaticGoodBuild } from '../rollback/good-builds.ts';
import { rememberedRuns, type TestRuns } from '../tests/remember-runs.ts';
import { endOfKin } from './family.ts';
import { type Holder, heldJob, keptStages, withAttempt } from './held-job.ts';
import { giveLocksBack } from './job-locks.ts';
import { backInQueue, triesLeft } from './tries.ts';

export interface FinishJob extends Holder {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly cause: Cause | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
  readonly stages: readonly Stage[];
  /** As much as was found out. */
  readonly result: Partial<JobResult>;
  /** The commit and branch that were really built. */
  readonly commit?: string | null;
  readonly branch?: string | null;
  readonly manifest?: Manifest | null;
  /** Of that manifest. */
  readonly attestation?: Attestation | null;
  /** How single tests ended, where its reports said so. */
  readonly testRuns?: TestRuns | null;
  readonly now: Time;
}

export function finishJob(state: State, input: FinishJob): Decision<Job> {
  const held = heldJob(state, input);
  if (!held.ok) return held;

  const { status, cause, exitCode, signal, now } = input;
  const ended = withAttempt(held.job, {
    status,
    cause,
    exitCode,
    signal,
    reason: clippedOrNull(input.reason, 2000),
    stages: keptStages(input.stages),
    endedAt: now,
  });
  const again = status === 'failed' && held.job.cancelRequested === null && triesLeft(ended, state);
  const job = again ? backInQueue(ended, state, now) : atItsEnd(ended, input);
  const made = again ? [] : madeBy(input);
  const summary = `finish job ${job.id}: ${status}${again ? `, attempt ${ended.attempts.length + 1} follows` : ''}`;
  const subject = { agent: input.agentId, job: job.id, token: input.token };
  const told = tellEnd(state, job, { worker: input.agentId, now });
  const good = automaticGoodBuild(state, job, input.agentId);
  const tests = rememberedRuns(state, { job: built(ended, input), runs: input.testRuns, now });
  const kin = endOfKin(state, job, { by: input.agentId, now });
  const sick = sickOf(state, ended, { agentId: input.agentId, now });
  const changes = [putJob(job), ...made, ...good, ...tests, ...giveLocksBack(state, job), ...kin, ...sick, ...told];
  return accept(job, changes, summary, subject);
}

/** Also of an attempt that others follow. */
const built = ({ id, repository, ...job }: Job, { branch, commit }: FinishJob) => ({
  id,
  repository,
  branch: branch ?? job.branch,
  commit: commit ?? job.commit,
});

function madeBy({ manifest, attestation }: FinishJob): Change[] {
  if (!manifest) return [];
  return [putManifest(manifest), ...(attestation ? [putAttestation(attestation)] : [])];
}

function atItsEnd(job: Job, { status, result, branch, commit, now }: FinishJob): Job {
  return {
    ...job,
    status,
    result: { ...NO_RESULT, ...result, text: lastPartOrNull(result.text ?? null, RESULT_TEXT_CHARACTERS) },
    branch: branch ?? job.branch,
    commit: commit ?? job.commit,
    agent: null,
    endedAt: now,
  };
}
