/** What was asked for about the waiting, trying and ending of a job, as rows of facts; empty where nothing was. */
import type { Approval, Gate, Job, Pause } from '@gityard/domain';
import { durationText } from './words.ts';

export const jobRules = (job: Job): readonly (readonly [string, string])[] => [
  ['assigned', job.assignedTo === null ? '' : `${job.assignedTo}${untilText(job.assignedUntil)}`],
  ['paused', job.paused === null ? '' : pausedText(job.paused)],
  ['approval', job.approval === null ? '' : gateText(job.approval)],
  ['approved', job.approvals.map(approvalText).join('; ')],
  ['cancelled', job.cancelRequested === null ? '' : wordText(job.cancelRequested)],
  ['supersedes', job.supersede === null ? '' : `older jobs of the same work that are ${WHICH[job.supersede]}`],
  ['limits', limitsText(job)],
  ['retries', retriesText(job)],
];

const WHICH = { queued: 'queued', running: 'queued or running' } as const;

const untilText = (until: string | null): string => (until === null ? '' : ` until ${until}`);
const pausedText = ({ by, at, reason, until }: Pause): string =>
  wordText({ by, at: `${at}${untilText(until)}`, reason });
const wordText = ({ by, at, reason }: Omit<Pause, 'until'>): string =>
  `by ${by} at ${at}${reason === null ? '' : `: ${reason}`}`;

const gateText = ({ role, people, count }: Gate): string =>
  `${count === 1 ? '' : `${count} of `}${[...people, ...(role === null ? [] : [role])].join(', ') || 'BuildMaster'}`;
const approvalText = ({ by, at, reason }: Approval): string => wordText({ by, at, reason });

function limitsText(job: Job): string {
  const limits: readonly (readonly [string, number | null])[] = [
    ['run', job.timeoutSeconds],
    ['wait', job.queueTimeoutSeconds],
    ['start', job.startTimeoutSeconds],
    ['silence', job.silentTimeoutSeconds],
  ];
  const set = limits.flatMap(([name, seconds]) =>
    seconds === null ? [] : [`${name} ${seconds === 0 ? 'unlimited' : durationText(seconds * 1000)}`],
  );
  return set.join(', ');
}

function retriesText({ retries, retryOn }: Job): string {
  if (retries === 0 && retryOn === null) return '';
  return `${retries}${retryOn === null ? '' : `, after ${retryOn.join(', ') || 'nothing: it never runs twice'}`}`;
}
