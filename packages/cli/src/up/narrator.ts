/** Tells in plain words what becomes of jobs: one line for each step that the state takes. Asks nothing, prints nothing. */
import {
  currentAttempt,
  elapsedMs,
  endedWords,
  explain,
  isFinished,
  type Job,
  type Stage,
  type State,
  type Time,
  type WaitReason,
} from '@gityard/domain';

export class Narrator {
  private readonly told = new Set<string>();
  private readonly since: Time;

  /** What was there before is an old story. */
  constructor(state: State, now: Time) {
    this.since = now;
    for (const job of state.jobs) this.linesOf(job);
  }

  /** The lines for what moved since the last call. */
  lines(state: State, now: Time): string[] {
    return [...state.jobs].flatMap((job) => [...this.linesOf(job), ...this.stuckLines(state, job, now)]);
  }

  /** Why nothing will come of a waiting job unless somebody acts. Before an agent has reported, that goes without saying. */
  stuckReasons(state: State, job: Job, now: Time): readonly WaitReason[] {
    if (job.status !== 'queued' || !this.hasReport(state)) return [];
    return explain(state, job, now, { ahead: 0 }).reasons.filter((it) => it.class === 'stuck');
  }

  private stuckLines(state: State, job: Job, now: Time): string[] {
    return this.stuckReasons(state, job, now)
      .filter(({ code }) => this.isNew(`${job.id}|${job.token}|stuck|${code}`))
      .map(({ text }) => `${nameOf(job)} is stuck: ${text}`);
  }

  /** An earlier run may have left agents and their last words behind. */
  private hasReport({ heartbeats }: State): boolean {
    return [...heartbeats].some(({ at }) => at > this.since);
  }

  private linesOf(job: Job): string[] {
    const attempt = currentAttempt(job);
    const stages = attempt?.stages.filter(hasBegun) ?? [];
    const facts = [
      { key: `${job.status}|${job.token}`, text: statusLine(job) },
      ...stages.map((stage) => ({ key: `${job.token}|${stage.name}|${stage.status}`, text: stageLine(stage) })),
    ];
    // The stages come before the end that they led to.
    const ordered = isFinished(job) ? [...facts.slice(1), ...facts.slice(0, 1)] : facts;
    return ordered.filter(({ key }) => this.isNew(`${job.id}|${key}`)).map(({ text }) => `${nameOf(job)} ${text}`);
  }

  private isNew(fact: string): boolean {
    if (this.told.has(fact)) return false;
    this.told.add(fact);
    return true;
  }
}

/** One that found nothing to do had begun: whoever read that it runs must read that it is over. */
const hasBegun = ({ status, endedAt }: Stage): boolean =>
  status !== 'Pending' && (status !== 'Skipped' || endedAt !== null);

/** The last characters tell ids of one minute apart; any unique beginning is what commands take. */
const nameOf = (job: Job): string => `job …${job.id.slice(-6)}`;

function stageLine({ name, status, startedAt, endedAt, message }: Stage): string {
  const took = startedAt && endedAt ? ` ${(elapsedMs(startedAt, endedAt) / 1000).toFixed(1)} s` : '';
  return `  ${name.padEnd(8)} ${status.toLowerCase()}${took}${message ? `  ${message}` : ''}`;
}

function statusLine(job: Job): string {
  const attempt = currentAttempt(job);
  const why = attempt?.reason ? `: ${attempt.reason}` : '';
  switch (job.status) {
    case 'queued':
      return attempt ? `is back in the queue${why}` : `is queued${job.branch ? ` (${job.branch})` : ''}, id ${job.id}`;
    case 'claimed':
      return `is claimed by ${job.agent}, attempt ${attempt?.number}, token ${job.token}`;
    case 'running':
      return `runs on ${job.agent}`;
    default:
      return `${endedWords(job.status)}${attempt ? ` on ${attempt.agent}` : ''}${why}`;
  }
}
