/** The jobs of a yard as a tree: what is stuck, runs, waits, and has ended. Pure. */
import { elapsedMs, type JobStatus, type ReadModel, type Time } from '@gityard/domain';
import { group, type Icon, type Row } from './row.ts';
import { ageWords, code, durationWords, joined, plain, repositoryName, shortId } from './words.ts';

export type JobRow = ReadModel['jobs'][number];

const ICONS: Readonly<Record<JobStatus, Icon>> = {
  queued: { name: 'clock', colour: 'charts.yellow' },
  claimed: { name: 'sync', colour: 'charts.blue' },
  running: { name: 'sync', colour: 'charts.blue' },
  succeeded: { name: 'pass', colour: 'charts.green' },
  failed: { name: 'error', colour: 'charts.red' },
  cancelled: { name: 'circle-slash', colour: 'disabledForeground' },
  expired: { name: 'history', colour: 'disabledForeground' },
};
const STUCK: Icon = { name: 'warning', colour: 'charts.red' };

export const isHeld = ({ status }: JobRow): boolean => status === 'running' || status === 'claimed';
const isStuck = ({ reasons }: JobRow): boolean => reasons.some((reason) => reason.class === 'stuck');

/** What a job is called: its repository, or what it runs when it has none. */
export const jobTitle = ({ repository, command, id }: JobRow): string =>
  repository === null ? (command ?? shortId(id)) : repositoryName(repository);

export const jobRevision = ({ branch, commit, projects }: JobRow): string =>
  joined(branch, commit?.slice(0, 7), projects);

export const jobIn = ({ jobs, finished }: ReadModel, id: string): JobRow | undefined =>
  jobs.find((job) => job.id === id) ?? finished.find((job) => job.id === id);

export function jobRows({ jobs, finished }: ReadModel, now: Time): readonly Row[] {
  const rows = (some: readonly JobRow[]) => some.map((job) => rowOf(job, now));
  const queued = jobs.filter((job) => !isHeld(job));
  return [
    ...group('jobs/stuck', { label: 'Stuck', icon: STUCK, isOpen: true, children: rows(queued.filter(isStuck)) }),
    ...group('jobs/running', {
      label: 'Running',
      icon: ICONS.running,
      isOpen: true,
      children: rows(jobs.filter(isHeld)),
    }),
    ...group('jobs/waiting', {
      label: 'Waiting',
      icon: ICONS.queued,
      isOpen: true,
      children: rows(queued.filter((job) => !isStuck(job))),
    }),
    ...group('jobs/ended', { label: 'Ended', icon: { name: 'archive' }, children: rows(finished) }),
  ];
}

function rowOf(job: JobRow, now: Time): Row {
  return {
    key: `job/${job.id}`,
    label: jobTitle(job),
    description: joined(jobRevision(job), momentWords(job, now)),
    icon: job.status === 'queued' && isStuck(job) ? STUCK : ICONS[job.status],
    tooltip: tooltipOf(job, now),
    context: contextOf(job),
    target: job.id,
    // What waits has no log yet: the question is why.
    command: job.status === 'queued' ? 'gityard.whyJob' : 'gityard.followLog',
  };
}

function contextOf(job: JobRow): string {
  if (job.status === 'queued')
    return job.reasons.some(({ code: it }) => it === 'needs-approval') ? 'job.asking' : 'job.waiting';
  return isHeld(job) ? 'job.held' : 'job.ended';
}

/** How it goes, in the words that matter in its state. */
export function momentWords(job: JobRow, now: Time): string {
  const { status, agent, startedAt, endedAt, submittedAt, reasons, position } = job;
  if (status === 'queued') return joined(reasons[0]?.text, position !== null && `number ${position}`);
  if (isHeld(job)) {
    const stage = job.stages.find((it) => it.status === 'Running')?.name;
    return joined(agent, job.progress ?? stage, startedAt !== null && durationWords(elapsedMs(startedAt, now)));
  }
  return joined(status, agent, ageWords(endedAt ?? submittedAt, now));
}

function tooltipOf(job: JobRow, now: Time): string {
  const stages = job.stages.map(({ name, status }) => `${plain(name)} ${status.toLowerCase()}`).join(' → ');
  const lines = [
    `**${plain(joined(jobTitle(job), jobRevision(job)))}** is ${job.status}`,
    `Job ${code(job.id)}`,
    plain(
      joined(
        job.submittedBy !== '' && `by ${job.submittedBy}`,
        ageWords(job.submittedAt, now),
        `priority ${job.priority}`,
      ),
    ),
    stages,
    job.reason === null ? '' : plain(job.reason),
    ...job.reasons.map(({ text, class: kind }) => `${kind === 'stuck' ? '⚠ ' : ''}${plain(text)}`),
  ];
  return lines.filter((it) => it !== '').join('  \n');
}
