/**
 * `shared/branches_config.json`: which branches of which repositories are built, when, and how eagerly (R61–R62). A profile is
 * known by its key. People edit this file as well; what a profile remembers of its builds only operations move.
 */

import { STRATEGIES, TOOLCHAINS } from './job.ts';
import {
  address,
  argument,
  closed,
  GLOB,
  listOf,
  mapOf,
  nullableBranch,
  nullableCommand,
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
    parameters: { ...mapOf(argument), description: 'of its builds, beside those of the profile' },
    lastScheduledAt: { ...nullableTime, description: 'the last time of the schedule that a job was made for' },
  },
  ['cron'],
);

const glob = { ...text(300), pattern: GLOB } as const;

const profileSchema = closed(
  {
    name: { ...text(100), pattern: PROFILE, description: 'the same as its key' },
    repository: { ...address, description: 'the address of what is built' },
    branch: { ...nullableBranch, description: 'null = the branch that is called as the profile is' },
    priority,
    enabled: { type: 'boolean', default: true, description: 'false: no job is made of it by itself' },
    autoBuild: { type: 'boolean', default: false, description: 'whether each new commit becomes a job' },
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
      description: 'of files, as globs from the top of the repository',
    },
    schedules: listOf(scheduleSchema, { maxItems: 20, description: 'times at which it is built' }),
    toolchain: { enum: [...TOOLCHAINS, null], default: null, description: 'null: what the files look like' },
    strategy: { enum: STRATEGIES, default: 'Incremental', description: 'over what and where it is built' },
    command: nullableCommand,
    parameters: { ...mapOf(argument), description: 'of its builds: name → value' },
    labels: listOf(text(100), { uniqueItems: true, description: 'labels that the agent must all have' }),
    requires: listOf(requirement, { uniqueItems: true, description: 'what the agent must have, e.g. "dotnet>=8"' }),
    needs: listOf({ ...text(100), pattern: PROFILE } as const, {
      maxItems: 100,
      uniqueItems: true,
      description: 'profiles whose open job must have succeeded first',
    }),
    group: { ...nullableText(100), description: 'one job of a group runs at a time, or as many as yard.json lets' },
    timeoutSeconds: {
      type: ['number', 'null'],
      minimum: 1,
      maximum: 604_800,
      default: null,
      description: 'how long an attempt may run; null: as yard.json says',
    },
    retries: { type: 'integer', minimum: 0, maximum: 100, default: 0, description: 'more tries after a failure' },
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
    branches: {
      ...mapOf(profileSchema),
      propertyNames: { pattern: PROFILE, maxLength: 100 },
      description: 'name of a profile, mostly that of its branch → what is built of it, and when',
    },
  },
  [],
);

export type BranchProfiles = TypeOf<typeof branchProfilesSchema>;
export type BranchProfile = BranchProfiles['branches'][string];
export type BranchSchedule = BranchProfile['schedules'][number];
