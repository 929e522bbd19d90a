/** The whole yard at one commit, as values. Made by `@gityard/yard` from files; changed only by applying changes. */
import type { ArchivedKind, ArchiveFolder } from './archive-folder.ts';
import type { Actor } from './entities/actor.ts';
import type { Agent } from './entities/agent.ts';
import type { Attestation } from './entities/attestation.ts';
import type { BranchProfiles } from './entities/branch-profiles.ts';
import type { Epoch } from './entities/epoch.ts';
import { rollbackIdOf, testHistoryIdOf } from './entities/file-id.ts';
import type { Heartbeat } from './entities/heartbeat.ts';
import type { HistoryHour } from './entities/history-hour.ts';
import type { ImportRecord } from './entities/import-record.ts';
import type { Job } from './entities/job.ts';
import type { Lock } from './entities/lock.ts';
import type { Manifest } from './entities/manifest.ts';
import type { Message } from './entities/message.ts';
import type { Notices } from './entities/notices.ts';
import type { QuarantinedFile } from './entities/quarantined-file.ts';
import type { CommandWish, JobWish } from './entities/queue-file.ts';
import type { Rollback } from './entities/rollback.ts';
import type { Secret } from './entities/secret.ts';
import type { TestHistory } from './entities/test-history.ts';
import type { TokenRecord } from './entities/token.ts';
import type { YardConfig } from './entities/yard-config.ts';
import type { MetricsFile } from './metrics/metrics-file.ts';
import { Table } from './table.ts';
import type { Time } from './time.ts';

/** A file of the inbox as it was read. Kept apart from its wishes, because a broken one has none. */
export interface QueueFile {
  readonly path: string;
  readonly blob: string;
  readonly wishes: readonly (JobWish | CommandWish)[];
  readonly problem: {
    readonly reason: string;
    readonly line: number | null;
  } | null;
  /** The blob that the `.error.md` beside it speaks of; null when there is none. */
  readonly answered: string | null;
  /** What that says, as one clause: "cannot be done: …"; null when there is none, or nobody can tell. */
  readonly refusal: string | null;
}

/**
 * A file that cannot be read as what it should be. It is not in force: the last valid version is, where there was one,
 * and stands in its table as if nothing had happened.
 */
export interface BrokenFile {
  readonly path: string;
  readonly blob: string;
  readonly code: 'INVALID_DATA' | 'TOO_LARGE' | 'NEWER_SCHEMA';
  readonly reason: string;
  readonly line: number | null;
  /** What the file is where it is valid; null: its place is nobody's. */
  readonly of: { readonly kind: EntityKind; readonly id: string } | null;
  /** What only the history can tell. null: nobody has looked yet. */
  readonly past: {
    readonly author: string | null;
    readonly brokenAt: Time | null;
    /** A version before it was valid. */
    readonly restorable: boolean;
  } | null;
}

/** Kind of entity → its value. Each lives in one file of the state branch. */
export interface Entities {
  yard: YardConfig;
  agent: Agent;
  job: Job;
  lock: Lock;
  message: Message;
  actor: Actor;
  branches: BranchProfiles;
  manifest: Manifest;
  attestation: Attestation;
  rollback: Rollback;
  quarantine: QuarantinedFile;
  epoch: Epoch;
  import: ImportRecord;
  history: HistoryHour;
  notices: Notices;
  secret: Secret;
  tests: TestHistory;
  token: TokenRecord;
}
export type EntityKind = keyof Entities;

/** One entity put in place or, with `null`, removed. `id` is what names its file. */
export type EntityChange = {
  [K in EntityKind]: { kind: K; id: string; value: Entities[K] | null };
}[EntityKind];

export type Change =
  | EntityChange
  /** The last valid version of a broken file, put back as it was. */
  | { kind: 'restore'; id: string }
  /** Out of the state into the archive, as it is. */
  | { kind: 'archive'; of: ArchivedKind; id: string; folder: string; content: Entities[ArchivedKind] }
  /** A folder of the archive, with all that is in it. */
  | { kind: 'prune'; id: string }
  /** Lines that a file of `shared/metrics` gets at its end. */
  | { kind: 'metrics'; id: string; lines: readonly string[] }
  /** A file of `shared/metrics`, out of the tree. */
  | { kind: 'metrics-gone'; id: string }
  /** An inbox file (and the answer beside it) taken away. */
  | { kind: 'queue-taken'; id: string }
  /** The answer to a broken inbox file. */
  | {
      kind: 'queue-answer';
      id: string;
      blob: string;
      reason: string;
      line: number | null;
    };

export interface State {
  readonly yard: YardConfig;
  readonly agents: Table<Agent>;
  readonly jobs: Table<Job>;
  readonly locks: Table<Lock>;
  readonly messages: Table<Message>;
  readonly actors: Table<Actor>;
  readonly manifests: Table<Manifest>;
  /** Of the same jobs, where their agent signed one. */
  readonly attestations: Table<Attestation>;
  /** By the id of a branch (`rollbackIdOf`). */
  readonly rollbacks: Table<Rollback>;
  readonly branches: BranchProfiles;
  /** What was taken over from predecessors, by source. */
  readonly imports: Table<ImportRecord>;
  readonly queue: Table<QueueFile>;
  /** By path. */
  readonly broken: Table<BrokenFile>;
  /** By `<path>@<blob>`. */
  readonly quarantine: Table<QuarantinedFile>;
  /** How much there is, by folder. */
  readonly archive: Table<ArchiveFolder>;
  /** How long attempts took that are no part of the state any more. Read only when somebody asks. */
  readonly metrics: Table<MetricsFile>;
  /** null: the history was never cut. */
  readonly epoch: Epoch | null;
  /** By `<yyyy-mm-dd>/<hh>`. */
  readonly history: Table<HistoryHour>;
  /** By rule. */
  readonly notices: Table<Notices>;
  /** Sealed; by `secretIdOf` their names. */
  readonly secrets: Table<Secret>;
  /** What is remembered of single tests, by `testHistoryIdOf` their repositories. */
  readonly tests: Table<TestHistory>;
  /** Of the API. */
  readonly tokens: Table<TokenRecord>;
  /** From the live ref: not part of the durable state, and possibly older or newer than it. */
  readonly heartbeats: Table<Heartbeat>;
}

export function emptyState(yard: YardConfig): State {
  const none = Table.empty;
  const branches: BranchProfiles = { schemaVersion: 1, branches: {} };
  return {
    yard,
    agents: none,
    jobs: none,
    locks: none,
    messages: none,
    actors: none,
    manifests: none,
    attestations: none,
    rollbacks: none,
    branches,
    imports: none,
    queue: none,
    broken: none,
    quarantine: none,
    archive: none,
    metrics: none,
    epoch: null,
    history: none,
    notices: none,
    secrets: none,
    tests: none,
    tokens: none,
    heartbeats: none,
  };
}

export const isEntityChange = (change: Change): change is EntityChange => 'value' in change;

export const putAgent = (value: Agent): Change => ({ kind: 'agent', id: value.id, value });
export const putJob = (value: Job): Change => ({ kind: 'job', id: value.id, value });
export const putLock = (value: Lock): Change => ({ kind: 'lock', id: value.name, value });
export const putMessage = (value: Message): Change => ({ kind: 'message', id: value.id, value });
export const putManifest = (value: Manifest): Change => ({ kind: 'manifest', id: value.job, value });
export const putAttestation = (value: Attestation): Change => ({ kind: 'attestation', id: value.job, value });
export const putTestHistory = (value: TestHistory): Change => ({
  kind: 'tests',
  id: testHistoryIdOf(value.repository),
  value,
});
export const putRollback = (value: Rollback): Change => ({ kind: 'rollback', id: rollbackIdOf(value.branch), value });
