/** Asks for the jobs of branch schedules whose time has come. A schedule that cannot be read stops none of the others. */
import { type BranchScheduled, dueTime, type InputOf, profilesOf, type State, scheduleKey } from '@gityard/domain';
import { newId, type Outcome } from '@gityard/yard';
import { textOf } from '../trouble.ts';
import { scheduledTimes } from './scheduled-times.ts';

export interface RunSchedules {
  readonly state: State;
  readonly by: string;
  readonly now: string;
  perform(input: InputOf<'schedule-branch'>): Promise<Outcome<BranchScheduled>>;
}

export interface SchedulesRun {
  readonly started: readonly BranchScheduled[];
  /** One sentence for each schedule that could not be seen to. */
  readonly failed: readonly string[];
}

export async function runSchedules({ state, by, now, perform }: RunSchedules): Promise<SchedulesRun> {
  const started: BranchScheduled[] = [];
  const failed: string[] = [];
  for (const { name, schedules } of profilesOf(state).filter((it) => it.enabled)) {
    for (const schedule of schedules) {
      try {
        const times = scheduledTimes(name, schedule, now);
        if (dueTime({ name, schedule, times, now }) === undefined) continue;
        const done = await perform({ name, schedule: scheduleKey(schedule), times, id: newId(), by, now });
        if (done.ok) started.push(done.result);
        else if (done.code !== 'NOTHING_TO_DO') failed.push(`branch ${name}: ${done.reason}`);
      } catch (error) {
        failed.push(`branch ${name}: ${schedule.cron} ${schedule.timeZone}: ${textOf(error)}`);
      }
    }
  }
  return { started, failed };
}
