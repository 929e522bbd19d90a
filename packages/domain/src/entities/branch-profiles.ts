/**
 * `shared/branches_config.json`: which branches of which repositories are built, when, and how eagerly (R61–R62). A profile is
 * known by its key. People edit this file as well; what a profile remembers of its builds only operations move.
 */

import { STRATEGIES, TOOLCHAINS } from './job.ts';
import {
  address,
  argument,
  closed,
  listOf,
  mapOf,
  nullableBranch,
  nullableCommit,
  nullableName,
  nullableText,
  nullableTime,
  orNull,
  PROFILE,
  priority,
  requirement,
  SCHEDULE,
  schemaVersion,
  text,
  time,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';

const scheduleSchema = closed(
  {
    cron: { ...text(100), pattern: SCHEDULE, description: 'a cron expression of five fields, or "off"' },
    timeZone: { ...text(60), default: 'Etc/UTC', description: 'of the IANA database, e.g. Europe/Berlin' },
    catchUp: {
      enum: ['none', 'latest'],
      default: 'none',
      description: 'of the runs that were missed while no agent ran: none, or the latest alone',
    },
    jitterSeconds: {
      type: 'integer',
      minimum: 0,
      maximum: 86_400,
      default: 0,
      description: 'each profile starts by an own, constant part of this later',
    },
    strategy: { enum: [...STRATEGIES, null], default: null, description: 'null = that of the profile' },
    parameters: mapOf(argument),
    lastScheduledAt: { ...nullableTime, description: 'the last time of the schedule that a job was made for' },
  },
  ['cron'],
);

const glob = { ...text(300), pattern: '^(?!/)(?!.*(?:^|/)\\.\\.(?:/|$))[^\\u0000-\\u001f\\u007f\\\\]+$' } as const;

const profileSchema = closed(
  {
    name: { ...text(100), pattern: PROFILE },
    repository: address,
    branch: { ...nullableBranch, description: 'null = the branch of the name of the profile' },
    priority,
    enabled: { type: 'boolean', default: true },
    autoBuild: { type: 'boolean', default: false, description: 'a job for each new commit' },
    supersede: {
      type: 'boolean',
      default: false,
      description: 'a job for a new commit cancels those for older commits that still wait',
    },
    paths: {
      ...closed(
        {
          include: listOf(glob, { maxItems: 100, description: 'build only if one of these changed; empty = all' }),
          exclude: listOf(glob, { maxItems: 100, description: 'what changed here does not count' }),
        },
        [],
      ),
      default: {},
    },
    schedules: listOf(scheduleSchema, { maxItems: 20 }),
    toolchain: { enum: [...TOOLCHAINS, null], default: null },
    strategy: { enum: STRATEGIES, default: 'Incremental' },
    command: { type: ['array', 'null'], items: argument, minItems: 1, maxItems: 500, default: null },
    parameters: mapOf(argument),
    labels: listOf(text(100), { uniqueItems: true }),
    requires: listOf(requirement, { uniqueItems: true }),
    needs: listOf({ ...text(100), pattern: PROFILE } as const, {
      maxItems: 100,
      uniqueItems: true,
      description: 'profiles whose open job must have succeeded first',
    }),
    group: nullableText(100),
    timeoutSeconds: { type: ['number', 'null'], minimum: 1, maximum: 604_800, default: null },
    retries: { type: 'integer', minimum: 0, maximum: 100, default: 0 },
    worktree: {
      ...nullableName,
      description: 'name of its folder for gityard branch worktrees; null = made from its own name',
    },
    lastCommit: { ...nullableCommit, description: 'the last commit that was judged: built, or skipped' },
    skipped: {
      ...orNull(closed({ commit: text(64), reason: text(1000), at: time }, ['commit', 'reason', 'at'])),
      description: 'why that commit was not built',
    },
    lastCheckedAt: { ...nullableTime, description: 'of older programs; a look that finds nothing is not written down' },
  },
  ['name', 'repository'],
);

export const branchProfilesSchema = closed(
  {
    schemaVersion,
    branches: { ...mapOf(profileSchema), propertyNames: { pattern: PROFILE, maxLength: 100 } },
  },
  [],
);

export type BranchProfiles = TypeOf<typeof branchProfilesSchema>;
export type BranchProfile = BranchProfiles['branches'][string];
export type BranchSchedule = BranchProfile['schedules'][number];
