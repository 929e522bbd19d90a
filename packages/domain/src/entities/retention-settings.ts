/** `retention` of yard.json: how long what is over stays in the tree, in the stores, and on the disks of agents. */
import { closed } from './schema.ts';
import { group, whole } from './setting.ts';

export const retentionSchema = group(
  closed(
    {
      finishedJobsDays: { ...whole(7), description: 'days that a job which has ended stays outside of the archive' },
      messagesDays: { ...whole(30), description: 'the same of a message' },
      archiveDays: {
        ...whole(90),
        description: 'days that what is in the archive stays in the tree',
      },
      metricsFiles: {
        ...whole(8),
        description:
          'files of shared/metrics, some 3,000 attempts each, that stay in the tree: what prediction learns from',
      },
      logsPerAgent: {
        ...whole(200),
        description: 'logs of builds that stay on the ref of the logs, the newest of each agent',
      },
      rollbackPoints: { ...whole(20), description: 'rollback points of each branch that stay' },
      artifactBuilds: {
        ...whole(5),
        description: 'builds of each branch whose artifacts an agent keeps on its disk; 0 = all',
      },
      historyDays: { ...whole(30), description: 'days that the hours of shared/history stay in the tree' },
      storedDays: {
        ...whole(30),
        description: 'days that artifact stores keep the artifacts of a build in any case',
      },
      artifactDays: {
        ...whole(7),
        description: 'days that an agent keeps the artifacts of a build on its disk in any case',
      },
    },
    [],
  ),
);
