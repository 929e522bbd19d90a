/** `yard.json`: what a team sets for the whole yard. Everything has a default, so `{}` is a valid yard. */

import { approvalRuleSchema } from './approval.ts';
import { autoReplySchema } from './auto-reply.ts';
import { chatOpsSchema } from './chat-ops-settings.ts';
import { costSchema } from './cost-settings.ts';
import { healthSchema } from './health-settings.ts';
import { jobsSchema } from './job-settings.ts';
import { linksSchema } from './links-settings.ts';
import { monitorSchema } from './monitor-settings.ts';
import { namespacesSchema } from './namespace.ts';
import { notificationSchema } from './notification.ts';
import { objectiveSchema } from './objective.ts';
import { pauseSchema } from './pause.ts';
import { peopleSchema } from './person.ts';
import { retentionSchema } from './retention-settings.ts';
import { closed, listOf, mapOf, name, nullableText, orNull, SCHEDULE, schemaVersion, text } from './schema.ts';
import { group, seconds, whole } from './setting.ts';
import { statusesSchema } from './statuses-settings.ts';
import type { TypeOf } from './type-of.ts';

export const yardConfigSchema = closed(
  {
    $schema: text(300),
    schemaVersion,
    name: { ...text(100), default: 'yard', description: 'what people call the yard' },
    yardId: {
      ...nullableText(100),
      description: 'what signed jobs name this yard by, so that none can be taken to another; never changed',
    },
    tokensAbove: {
      type: 'integer',
      minimum: 0,
      description:
        'claims and locks get higher tokens than this; each restore from a backup raises it, and nobody lowers it',
    },
    language: { enum: ['en', 'de'], default: 'en', description: 'of what agents tell people in messages' },
    heartbeat: group(
      closed(
        { intervalSeconds: { ...seconds(60, 1), description: 'seconds between two signs of life of an agent' } },
        [],
      ),
    ),
    lease: group(
      closed(
        {
          seconds: {
            ...seconds(600, 3),
            description: 'seconds that a claim lasts without a sign of life; never less than three heartbeats',
          },
        },
        [],
      ),
    ),
    poll: group(
      closed(
        { seconds: { ...seconds(10, 0.2), description: 'seconds between two looks of an agent at the yard' } },
        [],
      ),
    ),
    push: group(
      closed(
        {
          perMinute: {
            type: ['number', 'null'],
            minimum: 0,
            default: null,
            description:
              'pushes in a minute, of all agents together; 0 = any number; null: by the host, 6 at github.com and any number elsewhere',
          },
        },
        [],
      ),
    ),
    health: healthSchema,
    jobs: jobsSchema,
    agents: group(
      closed(
        {
          sickAfter: {
            ...whole(3),
            description:
              'so many builds in a row that an agent lost by its own fault put it into maintenance; 0 = never',
          },
          sickMinutes: {
            ...whole(30),
            minimum: 1,
            description: 'how long it stays there the first time; twice as long each time after, up to a day',
          },
        },
        [],
      ),
    ),
    groups: {
      ...mapOf(
        closed(
          { limit: { type: 'integer', minimum: 1, maximum: 10_000, default: 1, description: 'jobs at once' } },
          [],
        ),
      ),
      description: 'group of jobs → how many of it may run at once; one, where nothing is said',
    },
    paused: {
      ...group(closed({ fleet: orNull(pauseSchema), pools: mapOf(pauseSchema) }, [])),
      description: 'where nothing is claimed for now: on the whole fleet, on the agents of a pool',
    },
    warnings: group(
      closed(
        {
          queuedMinutes: {
            ...whole(60),
            description: 'a job that could run and waits longer needs a person; 0 = nobody is told',
          },
          runningMinutes: {
            type: ['integer', 'null'],
            minimum: 0,
            default: null,
            description:
              'a job that runs longer needs a person; null = twice what 9 of 10 such builds took; 0 = nobody is told',
          },
        },
        [],
      ),
    ),
    roles: {
      type: 'object',
      additionalProperties: listOf(name, {}),
      default: {},
      description: 'name → agents: a message to the name is for each of them',
    },
    namespaces: namespacesSchema,
    people: peopleSchema,
    cost: costSchema,
    objectives: {
      ...listOf(objectiveSchema, { maxItems: 50 }),
      description: 'what the yard should reach; what burns its error budget needs a person',
    },
    approvals: {
      ...listOf(approvalRuleSchema, { maxItems: 100 }),
      description: 'jobs that wait until people have approved them',
    },
    messages: group(
      closed(
        {
          dedupeSeconds: {
            ...seconds(300, 0),
            description: 'the same words to the same recipient within so many seconds are one message; 0 = never',
          },
          attachmentKB: {
            ...whole(1024),
            maximum: 10_240,
            description: 'the largest file that a message may bring, in units of 1024 bytes',
          },
        },
        [],
      ),
    ),
    escalation: group(
      closed(
        { to: { ...text(255), default: 'all', description: 'who hears of it when an acknowledgement is overdue' } },
        [],
      ),
    ),
    autoReplies: {
      ...listOf(autoReplySchema, { maxItems: 50 }),
      description: 'answers that agents give by themselves',
    },
    retention: retentionSchema,
    rollback: group(
      closed(
        {
          automatic: {
            type: 'boolean',
            default: false,
            description: 'every job that succeeds is told of as the last good build of its branch',
          },
        },
        [],
      ),
    ),
    upkeep: {
      ...mapOf(
        closed(
          {
            schedule: {
              ...text(100),
              pattern: SCHEDULE,
              description: 'a cron expression of five fields, or "off"',
            },
            timeZone: { ...text(60), default: 'Etc/UTC', description: 'of the IANA database, e.g. Europe/Berlin' },
          },
          ['schedule'],
        ),
      ),
      description: 'task of the upkeep → when an agent does it; what is left out keeps its own schedule',
    },
    failover: {
      ...mapOf(closed({ backup: { ...name, description: 'an agent' } }, ['backup'])),
      description: 'agent → who takes over the jobs assigned to it while it is silent or in maintenance',
    },
    notifications: {
      ...listOf(notificationSchema, { maxItems: 50 }),
      description: 'what is told to people, over which channel of an agent, and how often at most',
    },
    monitor: monitorSchema,
    chatOps: chatOpsSchema,
    statuses: statusesSchema,
    links: linksSchema,
    compact: group(
      closed(
        {
          afterOperations: {
            ...whole(0),
            description: 'cut the history after so many operations; 0 = never, because a cut breaks git pull',
          },
        },
        [],
      ),
    ),
  },
  [],
);

export type YardConfig = TypeOf<typeof yardConfigSchema>;
