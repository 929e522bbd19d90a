/**
 * Checks untrusted values against the published schemas, with validators compiled ahead of time: fast to start,
 * and usable where code generation is forbidden. Missing fields get their defaults; unknown ones stay.
 */

import actor from '#validators/actor';
import agent from '#validators/agent';
import attemptRecord from '#validators/attempt-record';
import attestation from '#validators/attestation';
import branches from '#validators/branches';
import epoch from '#validators/epoch';
import heartbeat from '#validators/heartbeat';
import history from '#validators/history';
import importRecord from '#validators/import';
import job from '#validators/job';
import lock from '#validators/lock';
import manifest from '#validators/manifest';
import message from '#validators/message';
import notices from '#validators/notices';
import policy from '#validators/policy';
import quarantine from '#validators/quarantine';
import queueCommand from '#validators/queue-command';
import queueJob from '#validators/queue-job';
import readModel from '#validators/read-model';
import recipe from '#validators/recipe';
import rollback from '#validators/rollback';
import secret from '#validators/secret';
import tests from '#validators/tests';
import token from '#validators/token';
import yard from '#validators/yard';
import type { Actor } from './entities/actor.ts';
import type { Agent } from './entities/agent.ts';
import type { AttemptRecord } from './entities/attempt-record.ts';
import type { Attestation } from './entities/attestation.ts';
import type { BranchProfiles } from './entities/branch-profiles.ts';
import type { Epoch } from './entities/epoch.ts';
import type { Heartbeat } from './entities/heartbeat.ts';
import type { HistoryHour } from './entities/history-hour.ts';
import type { ImportRecord } from './entities/import-record.ts';
import type { Job } from './entities/job.ts';
import type { SchemaName } from './entities/list.ts';
import type { Lock } from './entities/lock.ts';
import type { Manifest } from './entities/manifest.ts';
import type { Message } from './entities/message.ts';
import type { Notices } from './entities/notices.ts';
import type { Policy } from './entities/policy.ts';
import type { QuarantinedFile } from './entities/quarantined-file.ts';
import type { CommandWish, JobWish } from './entities/queue-file.ts';
import type { ReadModel } from './entities/read-model.ts';
import type { RecipeFile } from './entities/recipe.ts';
import type { Rollback } from './entities/rollback.ts';
import type { Secret } from './entities/secret.ts';
import type { TestHistory } from './entities/test-history.ts';
import type { TokenRecord } from './entities/token.ts';
import type { YardConfig } from './entities/yard-config.ts';
import { type CompiledValidator, type Validated, validateWith } from './validate-with.ts';

interface ValueOf {
  yard: YardConfig;
  agent: Agent;
  heartbeat: Heartbeat;
  job: Job;
  lock: Lock;
  message: Message;
  actor: Actor;
  branches: BranchProfiles;
  'attempt-record': AttemptRecord;
  epoch: Epoch;
  manifest: Manifest;
  attestation: Attestation;
  rollback: Rollback;
  import: ImportRecord;
  quarantine: QuarantinedFile;
  history: HistoryHour;
  notices: Notices;
  secret: Secret;
  tests: TestHistory;
  token: TokenRecord;
  'queue-job': JobWish;
  'queue-command': CommandWish;
  'read-model': ReadModel;
  recipe: RecipeFile;
  policy: Policy;
}

const VALIDATORS: Record<SchemaName, CompiledValidator> = {
  yard,
  agent,
  heartbeat,
  job,
  lock,
  message,
  actor,
  branches,
  'attempt-record': attemptRecord,
  epoch,
  manifest,
  attestation,
  rollback,
  import: importRecord,
  quarantine,
  history,
  notices,
  secret,
  tests,
  token,
  'queue-job': queueJob,
  'queue-command': queueCommand,
  'read-model': readModel,
  recipe,
  policy,
};

/** Fills defaults into `data` itself, which must therefore be nobody else's. */
export function validate<N extends SchemaName>(name: N, data: unknown): Validated<ValueOf[N]> {
  return validateWith<ValueOf[N]>(VALIDATORS[name], data);
}
