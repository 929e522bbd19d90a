/**
 * Which bytes of an artifact store may go: the oldest of each branch, beyond a number and an age, until enough is free. What
 * a rollback point, a running job or a job that waits may still ask for stays, whatever is asked. Deletes nothing itself.
 */
import { isFinished, isHeld } from '../entities/job.ts';
import { jobsToGoBackTo } from '../operations/rollback/good-builds.ts';
import type { State } from '../state.ts';
import { after, isBefore, type Time } from '../time.ts';
import { isOfType } from './artifact-type.ts';

/** The artifacts of one attempt as they lie in a store. */
export interface StoredBuild {
  readonly job: string;
  readonly token: number;
  /** When they were put there; for builds that the yard does not know. */
  readonly storedAt: Time;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number }[];
}

export interface CleanupWish {
  readonly type: string;
  /** Builds of each branch that stay. */
  readonly keep: number;
  readonly olderThanMs: number;
  /** So many bytes are to be gained, and no more; null: whatever may go. */
  readonly gainBytes: number | null;
  readonly now: Time;
}

export interface Removal {
  readonly job: string;
  readonly token: number;
  readonly paths: readonly string[];
  readonly sizeBytes: number;
  readonly reason: string;
}

export interface CleanupPlan {
  readonly remove: readonly Removal[];
  readonly sizeBytes: number;
  /** What would have gone, and who needs it. */
  readonly needed: readonly { readonly job: string; readonly token: number; readonly reason: string }[];
}

export function planCleanup(state: State, stored: readonly StoredBuild[], wish: CleanupWish): CleanupPlan {
  const whyNeeded = needs(state);
  const candidates = overdue(state, stored, wish);
  const needed = candidates.flatMap(({ build: { job, token } }) => {
    const reason = whyNeeded(job, token);
    return reason === null ? [] : [{ job, token, reason }];
  });
  const remove: Removal[] = [];
  let gained = 0;
  for (const { build, paths, sizeBytes, reason } of candidates) {
    if (wish.gainBytes !== null && gained >= wish.gainBytes) break;
    if (whyNeeded(build.job, build.token) !== null) continue;
    remove.push({ job: build.job, token: build.token, paths, sizeBytes, reason });
    gained += sizeBytes;
  }
  return { remove, sizeBytes: gained, needed };
}

interface Candidate {
  readonly build: StoredBuild;
  readonly paths: readonly string[];
  readonly sizeBytes: number;
  readonly at: Time;
  readonly reason: string;
}

/** Oldest first. */
function overdue(state: State, stored: readonly StoredBuild[], wish: CleanupWish): readonly Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const build of stored) {
    const files = build.files.filter(({ path }) => isOfType(path, wish.type));
    if (files.length === 0) continue;
    const { key, at } = placeOf(state, build);
    const sizeBytes = files.reduce((sum, it) => sum + it.sizeBytes, 0);
    const candidate = { build, paths: files.map((it) => it.path), sizeBytes, at, reason: '' };
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  const reason = `beyond the ${wish.keep} newest of its branch`;
  return [...groups.values()]
    .flatMap((group) => group.sort((a, b) => (isBefore(b.at, a.at) ? -1 : 1)).slice(wish.keep))
    .filter(({ at }) => isBefore(after(at, wish.olderThanMs), wish.now))
    .map((it) => ({ ...it, reason }))
    .sort((a, b) => (isBefore(a.at, b.at) ? -1 : 1));
}

function placeOf({ jobs, manifests }: State, { job: id, storedAt }: StoredBuild): { key: string; at: Time } {
  const [job, manifest] = [jobs.get(id), manifests.get(id)];
  const branch = manifest?.branch ?? job?.branch ?? null;
  return {
    key: JSON.stringify([job?.repository ?? null, branch]),
    at: job?.endedAt ?? manifest?.createdAt ?? storedAt,
  };
}

/** null: nobody needs it. */
function needs(state: State): (job: string, token: number) => string | null {
  const toGoBackTo = jobsToGoBackTo(state);
  const wanted = new Set([...state.jobs].filter((it) => !isFinished(it)).flatMap((it) => it.needs));
  return (id, token) => {
    const job = state.jobs.get(id);
    const manifestToken = state.manifests.get(id)?.token;
    if (job && isHeld(job) && job.token === token) return 'its job is running';
    // Bytes of an attempt whose result did not count are nobody's.
    if (manifestToken !== undefined && manifestToken !== 0 && manifestToken !== token) return null;
    if (toGoBackTo.has(id)) return 'a rollback may go back to it';
    return wanted.has(id) ? 'a job that has not ended needs it' : null;
  };
}
