/**
 * Whether this agent trusts a job: by a signature that is good, of a key that its owner named, over exactly what the job says
 * now. Asked before a claim, so that nobody's hopes are raised, and once more before the build, with the job as it was claimed.
 */
import { type Job, signatureProblem, signedJobOf, workIn } from '@gityard/domain';
import { findArchived } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { trustedSigner } from '../trust/own-trust.ts';
import { lastRun, pinnedYard, rememberRun } from '../trust/seen-jobs.ts';
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
  return job.token < (await lastRun(ground.self.home, job.id)) ? PUT_BACK : null;
}

const PUT_BACK = 'it has run here before, and was put back as if it had not';

/** The same of one that we hold: from here on it has run. */
export async function distrustClaimed(ground: Ground, job: Job): Promise<string | null> {
  const problem = await signatureDoubt(ground, job);
  const work = signedHere(ground, job);
  if (problem !== null || !work) return problem;
  const run = { jobId: job.id, token: job.token, until: work.expires, now: ground.yard.now() };
  return (await rememberRun(ground.self.home, run)) ? null : PUT_BACK;
}

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
