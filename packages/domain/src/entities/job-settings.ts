/** `jobs` of yard.json: how long a job may wait, build and be silent, and how often it is tried. */
import { RETRIED_CAUSES } from './attempt.ts';
import { closed } from './schema.ts';
import { group, seconds, whole } from './setting.ts';

export const jobsSchema = group(
  closed(
    {
      timeoutSeconds: {
        ...seconds(3600, 1),
        description: 'how long an attempt may run, where its job does not say it',
      },
      queueTimeoutSeconds: {
        ...seconds(0, 0),
        description: 'a job that waits longer expires; 0 = never',
      },
      startTimeoutSeconds: {
        ...seconds(0, 0),
        description: 'a claim whose build does not begin within it is lost; 0 = never',
      },
      silentTimeoutSeconds: {
        ...seconds(0, 0),
        description: 'a build whose command prints nothing for so long is stopped; 0 = never',
      },
      retryOn: {
        type: 'array',
        items: { enum: RETRIED_CAUSES },
        uniqueItems: true,
        default: RETRIED_CAUSES,
        description: 'the causes after which a job is tried again, as long as it has tries left',
      },
      backOffSeconds: {
        ...seconds(5, 0),
        description: 'wait before the second attempt after a failure; doubles with each, up to five minutes',
      },
      lostAttempts: {
        ...whole(3),
        description: 'attempts that may be lost to machines before a job is given up',
      },
      ageingMinutes: {
        ...whole(60),
        description: 'a job gains one priority for every such wait; 0 = never',
      },
    },
    [],
  ),
);
