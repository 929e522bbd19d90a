/** One plausible value of each entity, made by its own schema, so that a new field with a default needs nothing here. */
import type { Agent } from '../entities/agent.ts';
import type { Attempt } from '../entities/attempt.ts';
import type { Attestation } from '../entities/attestation.ts';
import type { BranchProfile, BranchProfiles } from '../entities/branch-profiles.ts';
import type { Job } from '../entities/job.ts';
import type { SchemaName } from '../entities/list.ts';
import type { Lock } from '../entities/lock.ts';
import type { Manifest } from '../entities/manifest.ts';
import type { Message } from '../entities/message.ts';
import type { Namespace } from '../entities/namespace.ts';
import type { Notification } from '../entities/notification.ts';
import type { GoodBuild, Rollback, RollbackPoint } from '../entities/rollback.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import type { Time } from '../time.ts';
import { validate } from '../validate.ts';

export const theYard = (): YardConfig => made('yard', {});

/** It may run everything, so that a spec of permissions is the only one that speaks of them. */
export function anAgent(id: string, now: Time, fields: Partial<Agent>): Agent {
  const allows = { repositories: ['*'], commands: true };
  return made('agent', { id, host: `${id}.example`, boot: `${id}-boot`, registeredAt: now, allows, ...fields });
}

export function aJob(id: string, now: Time, fields: Partial<Job>): Job {
  return made('job', { id, status: 'queued', submittedAt: now, submittedBy: 'ann', command: ['make'], ...fields });
}

export const anAttempt = (fields: Partial<Attempt> & Pick<Attempt, 'agent' | 'token' | 'startedAt'>): Attempt => ({
  number: 1,
  boot: null,
  endedAt: null,
  status: 'claimed',
  cause: null,
  exitCode: null,
  signal: null,
  reason: null,
  stages: [],
  late: null,
  ...fields,
});

export const aLock = (name: string, fields: Partial<Lock>): Lock => made('lock', { name, ...fields });

export function aMessage(id: string, now: Time, fields: Partial<Message>): Message {
  return made('message', { id, from: 'ann', to: 'mac', subject: 'hello', sentAt: now, ...fields });
}

export function aProfile(name: string, fields: Partial<BranchProfile> = {}): BranchProfile {
  const { branches }: BranchProfiles = made('branches', {
    branches: { [name]: { name, repository: `/srv/${name}`, ...fields } },
  });
  const profile = branches[name];
  if (!profile) throw new Error(`no profile ${name}`);
  return profile;
}

export function aManifest(job: string, now: Time, fields: Partial<Manifest>): Manifest {
  const artifacts = [anArtifact('app.txt', 'a')];
  return made('manifest', { job, agent: 'mac', token: 1, createdAt: now, artifacts, ...fields });
}

export function anAttestation(job: string, now: Time, fields: Partial<Attestation> = {}): Attestation {
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload: 'e30=', signatures: [] };
  return made('attestation', { job, agent: 'mac', token: 1, createdAt: now, envelope, ...fields });
}

/** The digit stands for the bytes. */
export const anArtifact = (path: string, digit: string, sizeBytes = 1): Manifest['artifacts'][number] => ({
  name: path.split('/').at(-1) ?? path,
  path,
  sizeBytes,
  contentType: 'application/octet-stream',
  md5: digit.repeat(32),
  sha256: digit.repeat(64),
  sha512: digit.repeat(128),
});

export const aRollback = (branch: string, fields: Partial<Rollback>): Rollback =>
  made('rollback', { branch, ...fields });

export const aGoodBuild = (job: string, builtAt: Time, fields: Partial<GoodBuild> = {}): GoodBuild => ({
  repository: null,
  job,
  agent: 'mac',
  commit: null,
  builtAt,
  ...fields,
});

export const aPoint = (job: string, builtAt: Time, fields: Partial<RollbackPoint> = {}): RollbackPoint => ({
  ...aGoodBuild(job, builtAt),
  tag: `build-success-main-${builtAt.replace(/[-:]|\.\d+/g, '')}`,
  tagObject: 'a'.repeat(40),
  target: 'b'.repeat(40),
  targetIs: 'built-commit',
  manifestSha256: 'c'.repeat(64),
  recordedAt: builtAt,
  by: 'ann',
  ...fields,
});
export const aNamespace = (fields: object): Namespace => {
  const { team } = made<YardConfig>('yard', { namespaces: { team: fields } }).namespaces;
  if (!team) throw new TypeError('a yard keeps its namespaces');
  return team;
};

/** A rule of yard.json that tells of everything that needs a person. */
export const aNotification = (name: string, fields: Partial<Notification> = {}): Notification => {
  const [rule] = made<YardConfig>('yard', {
    notifications: [{ name, channel: 'team', when: ['needs-you'], ...fields }],
  }).notifications;
  if (!rule) throw new TypeError('a yard keeps its notifications');
  return rule;
};

function made<T>(schema: SchemaName, fields: object): T {
  const checked = validate(schema, JSON.parse(JSON.stringify(fields)));
  if (!checked.ok) throw new TypeError(`a spec asks for an impossible ${schema}: ${checked.reason}`);
  return checked.value as T;
}
