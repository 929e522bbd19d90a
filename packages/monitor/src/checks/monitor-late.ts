/** The monitor itself did not run for long: a host may run what is scheduled hours late, or not at all. */
import { elapsedMs } from '@gityard/domain';
import { aFinding, type Check, keyOf, type Look } from '../finding.ts';

export const monitorLate: Check = {
  name: 'monitor-late',
  find: (look) =>
    isLate(look)
      ? [
          aFinding({
            key: keyOf('monitor-late', 'workflow'),
            says: 'late',
            title: 'the health monitor did not run for long',
            text: `the health monitor ran at ${look.lastRunAt} and then not until ${look.now}: what failed in between, nobody was told of`,
            remedies: ['gh workflow run health-monitor.yml'],
          }),
        ]
      : [],
  howItEnded: ({ lastRunAt }) => (lastRunAt === null ? null : `it runs again, and ran before this at ${lastRunAt}`),
};

function isLate({ lastRunAt, now, state }: Look): boolean {
  const { lateMinutes } = state.yard.monitor;
  return lastRunAt !== null && lateMinutes > 0 && elapsedMs(lastRunAt, now) > lateMinutes * 60_000;
}
