/** Branches that are built at set times become jobs when those have come (R61). */
import { runSchedules } from '../branches/run-schedules.ts';
import type { AgentContext } from '../context.ts';

export async function branchSchedules({ yard, self }: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { started, failed } = await runSchedules({
    state: yard.state,
    by: self.id,
    now: yard.now(),
    perform: (input) => yard.perform('schedule-branch', input, { signal }),
  });
  const names = started.map((it) => it.name).join(', ');
  if (failed.length > 0) throw new Error([...failed, ...(names === '' ? [] : [`started ${names}`])].join('; '));
  return names === '' ? null : `the time of ${names} has come`.slice(0, 300);
}
