/**
 * Builds the state that a spec talks about, in one line: `world().agent('mac').job('b1', { status: 'running' }).state`.
 * What is not said is plausible and valid, so a spec says only what it is about. For specs alone; never in a program.
 */

import { applyChanges } from '../apply-changes.ts';
import type { Agent } from '../entities/agent.ts';
import type { Attempt } from '../entities/attempt.ts';
import type { Attestation } from '../entities/attestation.ts';
import type { Heartbeat } from '../entities/heartbeat.ts';
import type { Job } from '../entities/job.ts';
import type { Lock } from '../entities/lock.ts';
import type { Manifest } from '../entities/manifest.ts';
import type { Message } from '../entities/message.ts';
import type { Rollback } from '../entities/rollback.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import {
  type BrokenFile,
  emptyState,
  putAgent,
  putAttestation,
  putJob,
  putLock,
  putManifest,
  putMessage,
  putRollback,
  type QueueFile,
  type State,
} from '../state.ts';
import { after, type Time } from '../time.ts';
import { aJob, aLock, aManifest, aMessage, anAgent, anAttempt, anAttestation, aRollback, theYard } from './samples.ts';

export { aNamespace } from './samples.ts';

/** The fixed time of every spec. */
export const noon: Time = '2026-03-02T12:00:00.000Z';
export const minutesAfterNoon = (minutes: number): Time => after(noon, minutes * 60_000);

export interface World {
  readonly state: State;
  agent(id: string, fields?: Partial<Agent>): World;
  /** A held job gets the attempt that holds it, an ended one the attempt that ended it. */
  job(id: string, fields?: Partial<Job>): World;
  lock(name: string, fields?: Partial<Lock>): World;
  message(id: string, fields?: Partial<Message>): World;
  manifest(job: string, fields?: Partial<Manifest>): World;
  attestation(job: string, fields?: Partial<Attestation>): World;
  rollback(branch: string, fields?: Partial<Rollback>): World;
  /** A sign of life at `at`, promising the next a minute later, of the jobs that the agent holds. */
  beat(agentId: string, fields?: Partial<Heartbeat>): World;
  queueFile(path: string, fields: Partial<QueueFile>): World;
  broken(path: string, fields: Partial<BrokenFile>): World;
  yard(config: Partial<YardConfig>): World;
}

export function world(state: State = emptyState(theYard())): World {
  const put = (...changes: Parameters<typeof applyChanges>[1]) => world(applyChanges(state, changes));
  return {
    state,
    agent: (id, fields = {}) => put(putAgent(anAgent(id, noon, fields))),
    job: (id, fields = {}) => put(putJob(aJob(id, noon, withAttempts(fields)))),
    lock: (name, fields = {}) => put(putLock(aLock(name, fields))),
    attestation: (id, fields = {}) => put(putAttestation(anAttestation(id, noon, fields))),
    manifest: (id, fields = {}) => put(putManifest(aManifest(id, noon, fields))),
    rollback: (branch, fields = {}) => put(putRollback(aRollback(branch, fields))),
    message: (id, fields = {}) => put(putMessage(aMessage(id, noon, fields))),
    beat: (id, fields = {}) => world({ ...state, heartbeats: state.heartbeats.with(id, beatOf(state, id, fields)) }),
    queueFile: (path, fields) => world({ ...state, queue: state.queue.with(path, queueFileOf(path, fields)) }),
    broken: (path, fields) => world({ ...state, broken: state.broken.with(path, brokenFileOf(path, fields)) }),
    yard: (config) => world({ ...state, yard: { ...state.yard, ...config } }),
  };
}

function withAttempts(fields: Partial<Job>): Partial<Job> {
  const status = fields.status ?? 'queued';
  const tried = status !== 'queued' && status !== 'cancelled' && status !== 'expired';
  const token = fields.token ?? (tried ? 1 : 0);
  const isOpen = status === 'claimed' || status === 'running';
  const agent = fields.agent ?? 'mac';
  const attempt: Partial<Attempt> = isOpen
    ? { status }
    : { status: status === 'succeeded' ? 'succeeded' : 'failed', endedAt: noon };
  const attempts = token > 0 ? [anAttempt({ agent, token, boot: `${agent}-boot`, startedAt: noon, ...attempt })] : [];
  const endedAt = isOpen || status === 'queued' ? null : noon;
  return { attempts, endedAt, ...fields, token, agent: isOpen ? agent : null };
}

/** What a heartbeat says of a machine on which nothing is scarce. */
export const calmMachine: Heartbeat['machine'] = {
  cpuPercent: 10,
  memoryPercent: 20,
  diskPercent: 30,
  diskFreeGB: 40,
  load1: null,
  uptimeSeconds: 1000,
  temperatureC: null,
};

function beatOf(state: State, agentId: string, fields: Partial<Heartbeat>): Heartbeat {
  const held = [...state.jobs].filter((job) => job.agent === agentId);
  const at = fields.at ?? noon;
  return {
    schemaVersion: 1,
    agent: agentId,
    boot: state.agents.get(agentId)?.boot ?? `${agentId}-boot`,
    beat: 1,
    at,
    nextBeatBy: after(at, 60_000),
    host: `${agentId}.example`,
    pid: 100,
    version: '1',
    jobs: held.map(({ id, token }) => ({ id, token, stage: null, progress: null })),
    machine: calmMachine,
    before: null,
    remoteMs: null,
    channels: [],
    loops: [],
    upkeep: [],
    takesNoJobs: null,
    pushes: 0,
    stopped: false,
    ...fields,
  };
}

const queueFileOf = (path: string, fields: Partial<QueueFile>): QueueFile => ({
  path,
  blob: 'blob-1',
  wishes: [],
  problem: null,
  answered: null,
  refusal: null,
  ...fields,
});

const brokenFileOf = (path: string, fields: Partial<BrokenFile>): BrokenFile => ({
  path,
  blob: 'b'.repeat(40),
  code: 'INVALID_DATA',
  reason: 'is not JSON',
  line: null,
  of: null,
  past: null,
  ...fields,
});
