/**
 * `heartbeats/<agent>.json` on the live ref: a sign of life, and at the same time the renewal of every
 * lease the agent holds. It promises when the next one comes (`nextBeatBy`), and is judged by that promise alone.
 */

import { cacheUseSchema } from './build-result.ts';
import {
  closed,
  count,
  listOf,
  name,
  nullableText,
  nullableTime,
  orNull,
  schemaVersion,
  text,
  time,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';

const percent = {
  type: ['number', 'null'],
  minimum: 0,
  maximum: 100,
  default: null,
} as const;
const amount = {
  type: ['number', 'null'],
  minimum: 0,
  default: null,
} as const;

const machineSchema = closed(
  {
    cpuPercent: percent,
    memoryPercent: percent,
    diskPercent: percent,
    diskFreeGB: { ...amount, description: 'in units of 10⁹ bytes' },
    load1: amount,
    uptimeSeconds: count,
    temperatureC: { type: ['number', 'null'], minimum: -100, maximum: 1000, default: null },
  },
  [],
);

export const heartbeatSchema = closed(
  {
    schemaVersion,
    agent: name,
    boot: {
      ...text(100),
      description: 'the same nonce as in the registration',
    },
    beat: { ...count, description: 'rises with every beat of this boot' },
    at: time,
    nextBeatBy: time,
    host: text(255),
    pid: count,
    version: { ...text(50), default: '' },
    jobs: listOf(
      closed(
        {
          id: name,
          token: count,
          stage: nullableText(50),
          progress: nullableText(300),
        },
        ['id', 'token'],
      ),
      {},
    ),
    stopped: { type: 'boolean', default: false, description: 'its last word: it was told to stop' },
    takesNoJobs: {
      ...nullableText(200),
      description: 'why it claims nothing now, by its own word; null: it does',
    },
    refuses: {
      type: 'array',
      items: closed({ job: name, reason: text(500) }, ['job', 'reason']),
      maxItems: 20,
      description:
        'jobs that it does not claim although they fit: it does not trust them, or has no room on its disk now',
    },
    pushes: { ...count, default: 0, description: 'that its agent sent to the remote in the minute before it' },
    machine: { ...machineSchema, default: {} },
    before: { ...orNull(machineSchema), description: 'the same, of the beat before: one spike is no strain' },
    remoteMs: { ...amount, description: 'how long the remote took to answer, on average' },
    cache: { ...cacheUseSchema, description: 'what its builds found in the cache, in this life' },
    channels: { ...listOf(name, { maxItems: 50 }), description: 'of notifications, which it has the addresses for' },
    upkeep: {
      ...listOf(
        closed(
          {
            task: text(50),
            at: { ...time, description: 'when it was last done by this agent' },
            did: text(300),
            error: nullableText(1000),
            nextAt: nullableTime,
          },
          ['task', 'at', 'did'],
        ),
        {},
      ),
      description: 'the tasks of the upkeep that it did in this life',
    },
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
  ['agent', 'boot', 'beat', 'at', 'nextBeatBy', 'host', 'pid'],
);

export type Heartbeat = TypeOf<typeof heartbeatSchema>;
