/**
 * Whether this agent trusts a job: by a signature that is good, of a key that its owner named, over exactly what the job says
 * now. Asked before a claim, so that nobody's hopes are raised, and once more before the build, with the job as it was claimed.
 */
import { isFinished, type Job, signatureProblem, signedJobOf, workIn } from '@gityard/domain';
import { findArchived, pastOfJob, type Yard } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { textOf } from '../trouble.ts';
import { trustedSigner } from '../trust/own-trust.ts';
import { pinnedYard, rememberRun, seenJob } from '../trust/seen-jobs.ts';
import { JOB_NAMESPACE } from '../trust/ssh-signature.ts';
import { TrustError } from '../trust/trust-error.ts';

type Ground = Pick<AgentContext, 'options' | 'policy' | 'self' | 'trust' | 'yard'>;

/** Who has named no signers and asks for none has nothing to check a signature by. */
export const checksSignatures = ({ policy, trust }: Pick<Ground, 'policy' | 'trust'>): boolean =>
  policy.signatures === 'required' || trust.path !== null;

/** Why a queued job must not be claimed by us; null: it may be. */
export async function distrust(ground: Ground, job: Job): Promise<string | null> {
  const problem = await signatureDoubt(ground, job);
  if (problem !== null || !signedHere(ground, job)) return problem;
  const seen = await seenJob(ground.self.home, job.id);
  if (seen && job.token < seen.token) return PUT_BACK;
  if (seen?.ended?.status === 'succeeded') return `it has succeeded here before, and ${AGAIN}`;
  return job.token === 0 ? null : known(ground, job, () => pastDoubt(ground, job));
}

const AGAIN = 'what was signed once runs once; add the job anew';
const PUT_BACK = `it has run here before, and was put back as if it had not; ${AGAIN}`;

/** The same of one that we hold: from here on it has run. Its past decides it now, whatever was found before the claim. */
export async function distrustClaimed(ground: Ground, job: Job): Promise<string | null> {
  const problem = await signatureDoubt(ground, job);
  const work = signedHere(ground, job);
  if (problem !== null || !work) return problem;
  const doubt = await pastDoubt(ground, job);
  if (doubt !== null) return doubt;
  const run = { jobId: job.id, token: job.token, until: work.expires, now: ground.yard.now() };
  return (await rememberRun(ground.self.home, run)) ? null : PUT_BACK;
}

/** What its history and this agent's own memory say against running it, once more or at all. */
async function pastDoubt({ yard, self }: Ground, job: Job): Promise<string | null> {
  const signed = signedJobOf(yard.state, job) ?? job;
  if (signed !== job && isFinished(signed)) return `the job that it is a part of has ${signed.status}`;
  const { putBack, retriedAt } = await pastOfJob(yard, job.id);
  if (putBack !== null) return `it ${putBack}; ${AGAIN}`;
  const ended = (await seenJob(self.home, job.id))?.ended;
  if (ended && (ended.status === 'succeeded' || retriedAt < ended.token))
    return `it had ${ended.status} here and was put back without a retry; ${AGAIN}`;
  return null;
}

/** Reading a history costs a request: as long as a queued job is the same, the answer stands. */
async function known({ yard }: Ground, job: Job, ask: () => Promise<string | null>): Promise<string | null> {
  const answers = doubts.get(yard) ?? new Map<string, string | null>();
  doubts.set(yard, answers);
  const key = [job.id, job.token, job.queuedAt, job.attempts.length].join();
  const before = answers.get(key);
  if (before !== undefined) return before;
  try {
    const doubt = await ask();
    if (answers.size >= MOST_KEPT) answers.clear();
    answers.set(key, doubt);
    return doubt;
  } catch (error) {
    // Not kept: the next look may be able to read it.
    return `whether it was put back cannot be told: ${textOf(error)}`;
  }
}
const doubts = new WeakMap<Yard, Map<string, string | null>>();
const MOST_KEPT = 1000;

function signedHere(ground: Ground, job: Job) {
  const payload = signedJobOf(ground.yard.state, job)?.signature?.payload;
  return payload === undefined || !checksSignatures(ground) ? undefined : workIn(payload);
}

async function signatureDoubt(ground: Ground, job: Job): Promise<string | null> {
  const { policy, yard } = ground;
  const signed = signedJobOf(yard.state, job);
  if (!signed?.signature) return policy.signatures === 'required' ? 'wants a signed job' : null;
  if (!checksSignatures(ground)) return null;
  const problem = signatureProblem(yard.state, job, yard.now()) ?? signerProblem(ground, signed);
  return problem ?? (await yardProblem(ground, signed)) ?? archivedProblem(ground, signed);
}

function signerProblem({ trust, yard }: Ground, { signature }: Job): string | null {
  if (signature === null) return null;
  try {
    const occasion = { namespace: JOB_NAMESPACE, atMs: Date.parse(yard.now()) };
    const found = trustedSigner(trust, { text: signature.payload, signature: signature.signature }, occasion);
    return 'problem' in found ? found.problem : null;
  } catch (error) {
    if (error instanceof TrustError) return error.message;
    throw error;
  }
}

/** Whoever may push to this yard could give it the id of another one, whose signed jobs would be good here. */
async function yardProblem({ self, yard, options }: Ground, { signature }: Job): Promise<string | null> {
  const { yardId: id } = yard.state.yard;
  if (id === null) return 'the yard has no id that a signature could name';
  const pinned = await pinnedYard(self.home, options.address, id);
  if (pinned !== id) return `the yard says that it is ${id}, and was ${pinned} when this agent came`;
  return workIn(signature?.payload ?? '')?.yard === id ? null : `its signature is not for the yard ${id}`;
}

function archivedProblem({ yard }: Ground, { id }: Job): string | null {
  const archived = findArchived(yard, 'job', id);
  return archived.ok && archived.value.id === id ? 'it has ended, lies in the archive, and was put back' : null;
}
