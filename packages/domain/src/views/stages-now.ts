/** How far a job has come by the last word of its holder: a heartbeat is newer than the job's file, which moves only when a stage ends. */
import type { Stage } from '../entities/attempt.ts';
import type { Heartbeat } from '../entities/heartbeat.ts';
import { currentAttempt, isHeld, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';

export interface StagesNow {
  readonly stages: readonly Stage[];
  /** What the holder says it is at. */
  readonly progress: string | null;
}

export function stagesNow({ heartbeats }: Pick<State, 'heartbeats'>, job: Job): StagesNow {
  const stages = currentAttempt(job)?.stages ?? [];
  if (!isHeld(job)) return { stages, progress: null };
  const told = heartbeats.get(job.agent ?? '')?.jobs.find((it) => isAbout(it, job));
  return { stages: reached(stages, told?.stage ?? null), progress: told?.progress ?? null };
}

/** A heartbeat speaks of a job only under the token that it holds it with. */
const isAbout = (it: Heartbeat['jobs'][number], job: Job): boolean => it.id === job.id && it.token === job.token;

function reached(stages: readonly Stage[], current: string | null): readonly Stage[] {
  if (current === null) return stages;
  const at = stages.findIndex((stage) => stage.name === current);
  if (at === -1) return [...stages, { ...NEW_STAGE, name: current }];
  return stages.map((stage, index) =>
    index === at && stage.status === 'Pending' ? { ...stage, status: 'Running' } : stage,
  );
}

const NEW_STAGE = { status: 'Running', startedAt: null, endedAt: null, warnings: 0, errors: 0, message: null } as const;
