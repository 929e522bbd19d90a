/** Branches that are built, and the points that one can go back to. */

import { CLOUD, COMMIT, LEFT } from './sample-builds.ts';
import type { Ago } from './sample-jobs.ts';

export function branches(ago: Ago) {
  const skipped = { commit: 'feed0123', reason: 'nothing below app/ changed', at: ago(50) };
  return {
    branches: {
      main: {
        name: 'main',
        repository: CLOUD,
        priority: 2,
        autoBuild: true,
        lastCommit: COMMIT,
        schedules: [{ cron: '0 2 * * *', timeZone: 'Europe/Berlin' }],
      },
      'release/4.21': {
        name: 'release/4.21',
        repository: 'git@git.example:team/vnf-broker.git',
        autoBuild: true,
        lastCommit: 'feed0123',
        skipped,
        needs: ['main'],
      },
      nightly: { name: 'nightly', repository: 'https://git.example/web/portal', enabled: false, strategy: 'Clean' },
    },
  };
}

export function rollback(ago: Ago) {
  const point = (day: number, job: string) => ({
    ...{ repository: CLOUD, job, agent: 'build1', commit: COMMIT, builtAt: ago(day * 1440) },
    tag: `build-success-main-2026030${day}T120000Z`,
    ...{
      tagObject: 'ab'.repeat(20),
      target: COMMIT,
      manifestSha256: '1'.repeat(64),
      recordedAt: ago(day * 1440),
      by: 'ada',
    },
  });
  return {
    branch: 'main',
    lastGood: [{ repository: CLOUD, job: LEFT, agent: 'build1', commit: COMMIT, builtAt: ago(8) }],
    points: [point(1, LEFT), point(4, '01kar6older')],
  };
}
