/** What a person is told of a thing before they act on it: what it is called, and how it stands. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { ageWords, durationWords, shortId } from '../format.ts';
import { isHeld, type JobRow, jobRevision, jobTitle } from '../rows.ts';

/** A word for what is told, and what is told. */
export type Facts = readonly (readonly [label: string, value: string])[];

export function jobWords(
  job: JobRow | undefined,
  target: string,
  now: Time,
): { readonly target: string; readonly facts: Facts } {
  if (job === undefined) return { target: shortId(target), facts: [['Job', target]] };
  const name = `${jobTitle(job)} ${jobRevision(job)}`.trim();
  const on = job.agent === null ? [] : ([[isHeld(job) ? 'Held by' : 'Ran on', job.agent]] as const);
  const ran =
    job.startedAt === null
      ? (['Queued', ageWords(job.submittedAt, now)] as const)
      : (['Running for', durationWords(Date.parse(job.endedAt ?? now) - Date.parse(job.startedAt))] as const);
  return {
    target: name,
    facts: [
      ['Job', name],
      ['Status', job.status],
      ...on,
      job.endedAt === null ? ran : (['Ended', ageWords(job.endedAt, now)] as const),
    ],
  };
}

export function serverFacts(model: ReadModel, target: string, now: Time): Facts {
  const server = model.agents.find(({ id }) => id === target);
  if (server === undefined) return [['Server', target]];
  const heard = server.lastBeatAt === null ? 'never' : ageWords(server.lastBeatAt, now);
  return [
    ['Server', target],
    ['Now', server.status],
    ['Runs', server.job === null ? 'nothing' : jobWords(jobIn(model, server.job), server.job, now).target],
    ['Heard', heard],
  ];
}

export const jobIn = ({ jobs, finished }: ReadModel, id: string): JobRow | undefined =>
  jobs.find((job) => job.id === id) ?? finished.find((job) => job.id === id);
