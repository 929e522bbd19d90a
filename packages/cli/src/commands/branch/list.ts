/** What branches are built, and what became of their last commits. */
import {
  type BranchView,
  branchView,
  jitterMs,
  profileNamed,
  profilesOf,
  type Time,
  toMs,
  toTime,
} from '@gityard/domain';
import { answer, type Command, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { branchLines, branchTable } from '../../text/branch-text.ts';
import { dim, line } from '../../text/lines.ts';

export const command: Command = defineCommand({
  name: 'branch list',
  summary: 'all branch profiles, most urgent first',
  example: 'gityard branch list --json',
  parameters: {},
  run: async (context) => {
    const state = await context.look();
    const views = profilesOf(state).map((it) => branchView(state, it));
    return answer(views, () =>
      views.length === 0 ? [[dim('no branch profiles')]] : branchTable(views, context.now()),
    );
  },
});

export const show: Command = defineCommand({
  name: 'branch show',
  summary: 'one branch profile: what was built, what was not and why',
  example: 'gityard branch show main',
  parameters: { name: argument('name', 'of the profile') },
  run: async (context, { name }) => {
    const state = await context.look();
    const profile = profileNamed(state, name);
    if (!profile)
      throw new CliError('NOT_FOUND', `there is no branch profile ${name}`, { hint: 'gityard branch list shows them' });
    const view = branchView(state, profile);
    const nextRuns = await nextTimes(view, context.now());
    return answer({ ...view, nextRuns }, () => [
      ...branchLines(view, context.now()),
      ...nextRuns.map(({ schedule, at }) => line(dim('next:      '), at ?? 'never', dim(`  by ${schedule}`))),
    ]);
  },
});

async function nextTimes({ name, enabled, schedules }: BranchView, now: Time) {
  if (!enabled || schedules.length === 0) return [];
  const { nextRun } = await import('@gityard/agent');
  return schedules.map((it) => {
    const at = readable(() => nextRun({ schedule: it.cron, timeZone: it.timeZone }, now));
    return { schedule: `${it.cron} ${it.timeZone}`, at: at && toTime(toMs(at) + jitterMs(name, it)) };
  });
}

/** A person's edit may have brought what no calendar knows; the agents tell of it. */
function readable(read: () => Time | null): Time | null {
  try {
    return read();
  } catch {
    return null;
  }
}
