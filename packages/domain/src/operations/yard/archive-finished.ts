/**
 * Moves what is over out of the state: ended jobs with their manifests, and messages that nobody has to read any more. So
 * the state is as large as the work that is open, however old the yard is. A bounded number at a time. How long the attempts
 * took is noted in the same commit, so that each of them is to be found once, here or there.
 */
import type { ArchivedKind } from '../../archive-folder.ts';
import { archiveFolderOf } from '../../archive-folder.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Attestation } from '../../entities/attestation.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import type { Manifest } from '../../entities/manifest.ts';
import type { Message } from '../../entities/message.ts';
import { appendRecords } from '../../metrics/append-records.ts';
import { recordsOf } from '../../metrics/records-of.ts';
import { hasBeenRead, isExpired } from '../../recipients.ts';
import type { Change, State } from '../../state.ts';
import { after, DAY_MS, isBefore, type Time, toMs } from '../../time.ts';
import { jobsToGoBackTo } from '../rollback/good-builds.ts';

export interface ArchiveFinished {
  /** Only messages, and those that are older than so many days. */
  readonly messagesDays?: number;
  readonly now: Time;
}

export interface Archived {
  readonly jobs: readonly string[];
  readonly messages: readonly string[];
}

/** In one commit: enough for a busy day in a few, and few enough that no commit is a heavy one. */
export const ARCHIVED_AT_ONCE = 500;

export function archiveFinished(state: State, { messagesDays, now }: ArchiveFinished): Decision<Archived> {
  const isWhole = unbrokenIn(state);
  const over = messagesDays === undefined ? overdueJobs(state, now) : [];
  const jobs = over.filter(
    (it) => isWhole('job', it.id) && isWhole('manifest', it.id) && isWhole('attestation', it.id),
  );
  const leaving = unneeded(newestFirst(unneeded(jobs, state)).slice(0, ARCHIVED_AT_ONCE), state);
  const messages = overdueMessages(state, now, messagesDays)
    .filter((it) => isWhole('message', it.id))
    .slice(0, ARCHIVED_AT_ONCE - leaving.length);
  const manifests = overdueManifests(state, now)
    .filter((it) => isWhole('manifest', it.job))
    .slice(0, ARCHIVED_AT_ONCE - leaving.length - messages.length);
  if (leaving.length + messages.length + manifests.length === 0)
    return refuse('NOTHING_TO_DO', 'nothing is old enough for the archive that nobody needs any more');
  const records = leaving.flatMap((it) => recordsOf(it, state.manifests.get(it.id)));
  const changes = [
    ...leaving.flatMap((it) => movesOfJob(state, it)),
    ...messages.map(moveOfMessage),
    ...manifests.map((it) => moveOfManifest(it, it.createdAt)),
    ...appendRecords(state, records),
  ];
  const result = { jobs: leaving.map((it) => it.id), messages: messages.map((it) => it.id) };
  return accept(result, changes, `archive ${leaving.length} jobs and ${messages.length} messages`);
}

/** What a broken file says is not in force: it must not be taken away before somebody has judged it. */
function unbrokenIn({ broken }: State): (kind: ArchivedKind, id: string) => boolean {
  const names = new Set([...broken].map(({ of }) => of && `${of.kind} ${of.id}`));
  return (kind, id) => !names.has(`${kind} ${id}`);
}

/** What a branch may have to go back to stays, with its manifest, for as long as there is a point for it. */
function overdueJobs(state: State, now: Time): readonly Job[] {
  const { retention, namespaces } = state.yard;
  // What ended today is what the minutes of today are counted by.
  const leastDays = Object.values(namespaces).some(({ quotas }) => quotas.minutesPerDay !== null) ? 1 : 0;
  const keptMs = Math.max(retention.finishedJobsDays, leastDays) * DAY_MS;
  const needed = jobsToGoBackTo(state);
  return [...state.jobs].filter(
    (it) => isFinished(it) && it.endedAt !== null && isBefore(after(it.endedAt, keptMs), now) && !needed.has(it.id),
  );
}

/** A job that stays may be retried, and then looks for the jobs that it needs: those stay with it. */
function unneeded(jobs: readonly Job[], state: State): readonly Job[] {
  const leaving = new Map(jobs.map((it) => [it.id, it]));
  const staying = [...state.jobs].filter((it) => !leaving.has(it.id));
  for (const { needs } of staying) {
    for (const need of needs.map((id) => leaving.get(id))) {
      if (!need) continue;
      leaving.delete(need.id);
      staying.push(need);
    }
  }
  return [...leaving.values()];
}

/** Who needs came after what it needs, so no part of this order leaves a job behind without its needs. */
function newestFirst(jobs: readonly Job[]): readonly Job[] {
  const dated = jobs.map((job) => ({ job, submittedMs: toMs(job.submittedAt) }));
  dated.sort((a, b) => b.submittedMs - a.submittedMs || (a.job.id < b.job.id ? 1 : -1));
  return dated.map((it) => it.job);
}

/**
 * What means nothing any more goes at once. What nobody read stays for as long as the archive would keep it, and what is
 * critical until somebody has.
 */
function overdueMessages(
  state: State,
  now: Time,
  messagesDays = state.yard.retention.messagesDays,
): readonly Message[] {
  const { archiveDays } = state.yard.retention;
  const isOlder = ({ sentAt }: Message, days: number) => isBefore(after(sentAt, days * DAY_MS), now);
  return [...state.messages].filter((message) => {
    if (isExpired(message, now)) return true;
    if (!isOlder(message, messagesDays)) return false;
    if (hasBeenRead(state, message)) return true;
    return message.priority !== 'critical' && isOlder(message, messagesDays + archiveDays);
  });
}

/** Of builds that the yard has no job for. */
function overdueManifests(state: State, now: Time): readonly Manifest[] {
  const keptMs = state.yard.retention.finishedJobsDays * DAY_MS;
  const needed = jobsToGoBackTo(state);
  return [...state.manifests].filter(
    ({ job, createdAt }) => !state.jobs.has(job) && !needed.has(job) && isBefore(after(createdAt, keptMs), now),
  );
}

function movesOfJob({ manifests, attestations }: State, job: Job): Change[] {
  const at = job.endedAt ?? job.submittedAt;
  const manifest = manifests.get(job.id);
  const attestation = attestations.get(job.id);
  return [
    { kind: 'archive', of: 'job', id: job.id, folder: archiveFolderOf('job', at), content: job },
    ...(manifest ? [moveOfManifest(manifest, at)] : []),
    ...(attestation ? [moveOfAttestation(attestation, at)] : []),
  ];
}

const moveOfManifest = (manifest: Manifest, at: Time): Change => ({
  kind: 'archive',
  of: 'manifest',
  id: manifest.job,
  folder: archiveFolderOf('manifest', at),
  content: manifest,
});

const moveOfAttestation = (attestation: Attestation, at: Time): Change => ({
  kind: 'archive',
  of: 'attestation',
  id: attestation.job,
  folder: archiveFolderOf('attestation', at),
  content: attestation,
});

const moveOfMessage = (message: Message): Change => ({
  kind: 'archive',
  of: 'message',
  id: message.id,
  folder: archiveFolderOf('message', message.sentAt),
  content: message,
});
