/**
 * `shared/health_dashboard.json` on the live ref: everything that a face draws, in one bounded file, so that a
 * page needs one request. Derived from the state and the heartbeats; nobody decides anything by it.
 */

import { stageSchema } from './attempt.ts';
import { healthSchema } from './health-settings.ts';
import { JOB_STATUSES } from './job.ts';
import { MESSAGE_PRIORITIES, MESSAGE_TYPES } from './message.ts';
import { pauseSchema } from './pause.ts';
import {
  closed,
  count,
  listOf,
  mapOf,
  name,
  nullableName,
  nullableText,
  nullableTime,
  orNull,
  schemaVersion,
  text,
  time,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';
import { waitReasonSchema } from './wait-reason.ts';

export const HEALTHS = ['fresh', 'late', 'silent', 'unknown'] as const;
export const AGENT_STATUSES = ['Idle', 'Building', 'Offline', 'Maintenance'] as const;
const number = { type: ['number', 'null'], default: null } as const;

const needSchema = closed({ code: text(50), text: text(1000), refs: listOf(text(255), {}) }, ['code', 'text']);

const agentRowSchema = closed(
  {
    id: name,
    pool: text(100),
    host: text(255),
    labels: listOf(text(100), {}),
    status: { enum: AGENT_STATUSES },
    mode: text(20),
    modeReason: nullableText(200),
    modeBy: nullableText(60),
    modeUntil: nullableTime,
    health: { enum: HEALTHS },
    lastBeatAt: nullableTime,
    nextBeatBy: nullableTime,
    job: nullableName,
    takesNoJobs: nullableText(200),
    stopped: { type: 'boolean', default: false },
    slots: count,
    cpuPercent: number,
    memoryPercent: number,
    diskFreeGB: number,
    temperatureC: number,
    remoteMs: number,
    cacheHits: { ...count, description: 'what its builds found in the cache, in its life' },
    cacheMisses: count,
    strain: { enum: ['ok', 'warning', 'critical'], default: 'ok' },
    strains: listOf(text(100), { description: 'what is short on that machine, in words' }),
    buildsToday: count,
    successPercent: { ...number, description: 'of the builds of the last seven days' },
    successOf: { ...count, description: 'how many those were' },
    uptimePercent: { ...number, description: 'of the last seven days' },
    loops: listOf(
      closed(
        {
          name: text(50),
          doing: text(300),
          since: time,
          error: nullableText(1000),
        },
        ['name', 'doing', 'since'],
      ),
      {},
    ),
  },
  ['id', 'pool', 'status', 'health'],
);

const jobRowSchema = closed(
  {
    id: name,
    status: { enum: JOB_STATUSES },
    priority: count,
    repository: nullableText(2000),
    branch: nullableText(255),
    commit: nullableText(64),
    toolchain: nullableText(20),
    command: nullableText(300),
    submittedAt: time,
    submittedBy: text(255),
    startedAt: nullableTime,
    endedAt: nullableTime,
    agent: nullableName,
    token: count,
    attempt: count,
    stages: listOf(stageSchema, {}),
    progress: nullableText(300),
    exitCode: number,
    reason: nullableText(2000),
    artifacts: count,
    log: nullableText(300),
    needs: listOf(name, {}),
    group: nullableText(100),
    parent: nullableName,
    projects: { ...nullableText(150), description: 'which projects of its repository it builds, when it is a part' },
    parts: {
      ...orNull(closed({ kind: { enum: ['distributed', 'canary'] }, all: count, succeeded: count }, ['kind'])),
      description: 'the jobs that it was split into',
    },
    turnAt: { ...nullableTime, description: 'when its turn may come, as half of its like would' },
    endsAt: { ...nullableTime, description: 'when it may have ended, as half of its like would' },
    position: { type: ['integer', 'null'], default: null },
    reasons: listOf(waitReasonSchema, {}),
  },
  ['id', 'status', 'priority', 'submittedAt'],
);

const messageHeadSchema = closed(
  {
    id: name,
    from: text(255),
    to: text(255),
    type: { enum: MESSAGE_TYPES },
    priority: { enum: MESSAGE_PRIORITIES },
    subject: text(500),
    sentAt: time,
    readBy: count,
    ackedBy: count,
    ackBy: nullableTime,
    missingAcks: { ...count, description: 'recipients whose acknowledgement is asked for and has not come' },
    expired: { type: 'boolean', default: false },
  },
  ['id', 'from', 'to', 'sentAt'],
);

const lockRowSchema = closed(
  {
    name,
    holder: nullableText(255),
    token: count,
    acquiredAt: nullableTime,
    expiresAt: nullableTime,
    count,
    holders: count,
    waiting: count,
  },
  ['name'],
);

/** Of a day the ends are added up, and of everything else the worst of its hours stands. */
const historyPointSchema = closed(
  {
    at: { ...time, description: 'when that hour or day begins' },
    span: { enum: ['hour', 'day'] },
    succeeded: count,
    failed: count,
    queued: count,
    running: count,
    agentsFresh: count,
    p50Seconds: number,
    oldestWaitSeconds: number,
  },
  ['at', 'span'],
);

export const readModelSchema = closed(
  {
    schemaVersion,
    yard: text(100),
    yardId: { ...nullableText(100), description: '`yardId` of yard.json, which tells two yards of one name apart' },
    sequence: {
      ...count,
      description: 'rises with every version of this file; going back means rewritten history',
    },
    head: {
      ...text(64),
      description: 'the state commit that this was made from',
    },
    at: time,
    by: name,
    health: healthSchema,
    trace: { ...nullableText(1000), description: 'where the trace with the id {traceId} is looked at' },
    paused: {
      ...listOf(closed({ ...pauseSchema.properties, pool: nullableText(100) }, ['by', 'at']), {}),
      description: 'where nothing is claimed now; no pool = the whole fleet',
    },
    agents: listOf(agentRowSchema, {}),
    jobs: {
      ...listOf(jobRowSchema, {}),
      description: 'open jobs: held ones first, then in the order they will be claimed',
    },
    finished: {
      ...listOf(jobRowSchema, {}),
      description: 'the last 50, newest first',
    },
    messages: listOf(messageHeadSchema, {}),
    locks: listOf(lockRowSchema, {}),
    totals: closed(
      {
        queued: count,
        running: count,
        stuck: count,
        succeededToday: count,
        failedToday: count,
      },
      [],
    ),
    needsYou: listOf(needSchema, {}),
    upkeep: listOf(
      closed(
        { task: text(50), at: time, agent: name, did: text(300), error: nullableText(1000), nextAt: nullableTime },
        ['task', 'at', 'agent', 'did'],
      ),
      {},
    ),
    history: {
      ...listOf(historyPointSchema, { maxItems: 60 }),
      description: 'the last 24 hours, then the last 30 days, each oldest first',
    },
    quarantined: listOf(
      closed(
        {
          path: text(1000),
          code: text(50),
          reason: text(1000),
          line: number,
          author: nullableText(255),
          restored: { type: 'boolean', default: false },
        },
        ['path', 'code', 'reason'],
      ),
      {},
    ),
    truncated: {
      ...mapOf(count),
      description: 'list → how many rows were left out to stay small',
    },
    push: orNull(closed({ perMinute: number, used: count, left: number }, [])),
  },
  ['yard', 'sequence', 'head', 'at', 'by', 'totals'],
);

export type ReadModel = TypeOf<typeof readModelSchema>;
export type NeedsYou = TypeOf<typeof needSchema>;
export type Health = (typeof HEALTHS)[number];
export type AgentStatus = (typeof AGENT_STATUSES)[number];
