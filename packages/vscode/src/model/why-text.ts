/** Why a job waits, whether it can ever run, and when, as a Markdown document. Pure. */
import type { Explanation } from '@gityard/api/client';
import type { Time } from '@gityard/domain';
import { type JobRow, jobRevision, jobTitle, momentWords } from './job-rows.ts';
import { clock, code, counted, joined, plain } from './words.ts';

export interface Asked {
  readonly explanation: Explanation;
  /** As the last snapshot has it; undefined: it is older than what that shows. */
  readonly job: JobRow | undefined;
  readonly now: Time;
}

export function whyText({ explanation, job, now }: Asked): string {
  const { id, status, reasons, position, ahead, expiresAt } = explanation;
  const name = job ? joined(jobTitle(job), jobRevision(job)) : id;
  const place =
    position === null
      ? ''
      : `It is number ${position} of the queue${ahead === 0 ? '' : `, with ${counted(ahead, 'job')} ahead of it`}.`;
  const facts = [
    ...moments('Its turn', explanation.eta),
    ...moments('Its end', explanation.expectedEnd),
    ...(expiresAt === null ? [] : [`- It expires: ${clock(expiresAt)}`]),
  ];
  return `${[
    `# ${plain(name)}`,
    `Job ${code(id)} is **${plain(status)}**${status === 'queued' ? verdict(explanation) : momentOf(job, now)}. ${place}`.trim(),
    ...(reasons.length === 0 ? [] : ['## Why', reasons.map(reasonLine).join('\n')]),
    ...(facts.length === 0 ? [] : ['## When', facts.join('\n')]),
  ].join('\n\n')}\n`;
}

const verdict = ({ canEverRun }: Explanation): string =>
  canEverRun ? ' and will run' : ' and **will never run unless someone acts**';

const momentOf = (job: JobRow | undefined, now: Time): string => (job ? `, ${plain(momentWords(job, now))}` : '');

function reasonLine({ code: name, class: kind, text, since }: Explanation['reasons'][number]): string {
  const time = since === undefined || since === null ? '' : ` since ${clock(since)}`;
  return `- ${kind === 'stuck' ? '⚠ ' : ''}${plain(text)}${time} (${code(name)})`;
}

function moments(what: string, { p50, p90 }: Explanation['eta']): readonly string[] {
  if (p50 === null) return [];
  return [`- ${what}: about ${clock(p50)}${p90 === null ? '' : `, 9 of 10 times by ${clock(p90)}`}`];
}
