/**
 * Moves what is over out of the state: ended jobs with their manifests, and messages that nobody has to read any more. So
 * the state is as large as the work that is open, however old the yard is. A bounded number at a time.
 */
import type { ArchivedKind } from '../../archive-folder.ts';
import { archiveFolderOf } from '../../archive-folder.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import type { Message } from '../../entities/message.ts';
import { hasBeenRead, isExpired } from '../../recipients.ts';
import type { Change, State } from '../../state.ts';
import { after, DAY_MS, isBefore, type Time, toMs } from '../../time.ts';

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
  const jobs = over.filter((it) => isWhole('job', it.id) && isWhole('manifest', it.id));
  const leaving = unneeded(newestFirst(unneeded(jobs, state)).slice(0, ARCHIVED_AT_ONCE), state);
  const messages = overdueMessages(state, now, messagesDays)
    .filter((it) => isWhole('message', it.id))
    .slice(0, ARCHIVED_AT_ONCE - leaving.length);
  if (leaving.length + messages.length === 0)
    return refuse('NOTHING_TO_DO', 'nothing is old enough for the archive that nobody needs any more');
  const changes = [...leaving.flatMap((it) => movesOfJob(state, it)), ...messages.map(moveOfMessage)];
  const result = { jobs: leaving.map((it) => it.id), messages: messages.map((it) => it.id) };
  return accept(result, changes, `archive ${leaving.length} jobs and ${messages.length} messages`);
}

/** What a broken file says is not in force: it must not be taken away before somebody has judged it. */
function unbrokenIn({ broken }: State): (kind: ArchivedKind, id: string) => boolean {
  const names = new Set([...broken].map(({ of }) => of && `${of.kind} ${of.id}`));
  return (kind, id) => !names.has(`${kind} ${id}`);
}

function overdueJobs({ jobs, yard }: State, now: Time): readonly Job[] {
  const keptMs = yard.retention.finishedJobsDays * DAY_MS;
  return [...jobs].filter((it) => isFinished(it) && it.endedAt !== null && isBefore(after(it.endedAt, keptMs), now));
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

function movesOfJob({ manifests }: State, job: Job): Change[] {
  const at = job.endedAt ?? job.submittedAt;
  const manifest = manifests.get(job.id);
  return [
    { kind: 'archive', of: 'job', id: job.id, folder: archiveFolderOf('job', at), content: job },
    ...(manifest
      ? [
          {
            kind: 'archive',
            of: 'manifest',
            id: job.id,
            folder: archiveFolderOf('manifest', at),
            content: manifest,
          } as const,
        ]
      : []),
  ];
}

const moveOfMessage = (message: Message): Change => ({
  kind: 'archive',
  of: 'message',
  id: message.id,
  folder: archiveFolderOf('message', message.sentAt),
  content: message,
});
