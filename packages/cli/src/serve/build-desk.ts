/** Builds of this yard for programs that ask the API: what is known of them, what is asked for, what they printed and made. */
import type { BuildDesk, SubmitOutcome } from '@gityard/api';
import { asksForTheSame, type Found, find, type Job, type JobRequest, type Manifest } from '@gityard/domain';
import { archivedDays, findArchived, jobLogs, type Yard } from '@gityard/yard';
import { artifactBytes, type Places } from './artifact-bytes.ts';
import { buildLog } from './build-log.ts';
import { knownFailure } from './known-failure.ts';

export interface BuildDeskOf {
  readonly yard: Yard;
  readonly places: Places;
  linkKey(): Promise<Uint8Array>;
  /** Something was changed: look. */
  onDone(): void;
  /** Somebody looks on, until the function that this returns is called. */
  watch(): () => void;
}

export function buildDesk({ yard, places, linkKey, onDone, watch }: BuildDeskOf): BuildDesk {
  const filesOf = jobLogs(yard.logs);
  const findAnywhere = (id: string): Found<Job> => findJob(yard, id);
  return {
    find: findAnywhere,
    archived: () => archivedDays(yard),
    manifest: (job) => manifestOf(yard, job),
    submit: async ({ id, job, by: { name: by, namespaces } }) => {
      const there = exactly(findAnywhere(id), id);
      if (there) return sameOrNot(there, job);
      try {
        const outcome = await yard.perform('submit', { id, job, by, now: yard.now() }, { by, within: namespaces });
        if (outcome.ok) {
          onDone();
          return { state: 'queued', job: outcome.result };
        }
        // Somebody was faster, or an earlier try has landed although its answer was lost.
        const twin = outcome.code === 'DUPLICATE_ID' ? exactly(findAnywhere(id), id) : undefined;
        return twin ? sameOrNot(twin, job) : { state: 'refused', code: outcome.code, reason: outcome.reason };
      } catch (error) {
        return knownFailure(error);
      }
    },
    log: (jobId, reading) => buildLog({ find: findAnywhere, filesOf, watch, now: yard.now }, jobId, reading),
    open: (manifest, artifact) => artifactBytes(places, manifest, artifact),
    linkKey,
  };
}

function findJob(yard: Yard, id: string): Found<Job> {
  const open = find(yard.state.jobs, id, 'build');
  if (open.ok || open.code !== 'NOT_FOUND') return open;
  const archived = findArchived(yard, 'job', id);
  return !archived.ok && archived.code === 'NOT_FOUND' ? open : archived;
}

const exactly = (found: Found<Job>, id: string): Job | undefined =>
  found.ok && found.value.id === id ? found.value : undefined;

function manifestOf(yard: Yard, job: string): Manifest | undefined {
  const open = yard.state.manifests.get(job);
  if (open) return open;
  const archived = findArchived(yard, 'manifest', job);
  return archived.ok && archived.value.job === job ? archived.value : undefined;
}

const sameOrNot = (job: Job, asked: JobRequest): SubmitOutcome =>
  asksForTheSame(job, asked)
    ? { state: 'queued', job }
    : { state: 'refused', code: 'CONFLICT', reason: `build ${job.id} is there already, and is of something else` };
