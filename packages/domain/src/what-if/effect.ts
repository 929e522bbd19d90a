/** What one state does to the queue of another: which jobs come, go and change, and where each stands and when it starts. */
import { isFinished, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { waitingLine } from '../views/waiting-line.ts';
import { type Forecast, forecast } from './forecast.ts';

export interface Standing {
  readonly status: Job['status'];
  readonly priority: number;
  /** 1 = next; null: it does not wait. */
  readonly position: number | null;
  /** null: it never will as things are, or nobody can tell. */
  readonly startsAt: Time | null;
  /** Why it waits. */
  readonly reasons: readonly string[];
  readonly canEverRun: boolean;
}

export interface Effect {
  readonly id: string;
  readonly repository: string | null;
  readonly branch: string | null;
  readonly command: readonly string[] | null;
  /** `moved`: the job is as it was, and only its place or its time is another. */
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  readonly before: Standing | null;
  readonly after: Standing | null;
}

/** In the order of the queue as it would be; what goes comes last. A job that stays as and where it is has no row. */
export function effectOf(before: State, after: State, now: Time): readonly Effect[] {
  const [was, willBe] = [standings(before, now), standings(after, now)];
  const ids = [...new Set([...willBe.keys(), ...was.keys()])];
  return ids.flatMap((id) => {
    const [from, to] = [was.get(id), willBe.get(id)];
    const job = (to ?? from)?.job;
    if (!job) return [];
    const change = changeOf(from, to);
    const { repository, branch, command } = job;
    const row = { id, repository, branch, command, before: from?.standing ?? null, after: to?.standing ?? null };
    return change === null ? [] : [{ ...row, change }];
  });
}

interface Stood {
  readonly job: Job;
  readonly standing: Standing;
}

/** Open jobs: held ones first, then the waiting line. */
function standings(state: State, now: Time): ReadonlyMap<string, Stood> {
  const times = forecast(state, now);
  const open = [...state.jobs].filter((it) => !isFinished(it) && it.status !== 'queued');
  const held = open.map((job) => ({
    job,
    standing: standingOf(job, { position: null, reasons: [], canEverRun: true }, times),
  }));
  const waiting = waitingLine(state, now).map(({ job, explanation: { position, reasons, canEverRun } }) => ({
    job,
    standing: standingOf(job, { position, reasons: reasons.map((it) => it.text), canEverRun }, times),
  }));
  return new Map([...held, ...waiting].map((it) => [it.job.id, it]));
}

const standingOf = (
  { id, status, priority }: Job,
  rest: Pick<Standing, 'position' | 'reasons' | 'canEverRun'>,
  times: ReadonlyMap<string, Forecast>,
): Standing => ({ status, priority, startsAt: times.get(id)?.startsAt ?? null, ...rest });

function changeOf(from: Stood | undefined, to: Stood | undefined): Effect['change'] | null {
  if (!from) return 'added';
  if (!to) return 'removed';
  if (from.job !== to.job && JSON.stringify(from.job) !== JSON.stringify(to.job)) return 'changed';
  const { position, startsAt, canEverRun } = from.standing;
  const isAsItWas =
    position === to.standing.position && startsAt === to.standing.startsAt && canEverRun === to.standing.canEverRun;
  return isAsItWas ? null : 'moved';
}
