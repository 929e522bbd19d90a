/**
 * Every kind of file, in one screen: its schema here, its place in the yard in `@gityard/yard` (paths.ts).
 * To add one: a file beside this, a line here, `npm run schemas`.
 */
import { actorSchema } from './actor.ts';
import { agentSchema } from './agent.ts';
import { attemptRecordSchema } from './attempt-record.ts';
import { attestationSchema } from './attestation.ts';
import { branchProfilesSchema } from './branch-profiles.ts';
import { epochSchema } from './epoch.ts';
import { heartbeatSchema } from './heartbeat.ts';
import { historyHourSchema } from './history-hour.ts';
import { importRecordSchema } from './import-record.ts';
import { jobSchema } from './job.ts';
import { lockSchema } from './lock.ts';
import { manifestSchema } from './manifest.ts';
import { messageSchema } from './message.ts';
import { noticesSchema } from './notices.ts';
import { policySchema } from './policy.ts';
import { quarantinedFileSchema } from './quarantined-file.ts';
import { commandWishSchema, jobWishSchema } from './queue-file.ts';
import { readModelSchema } from './read-model.ts';
import { recipeSchema } from './recipe.ts';
import { rollbackSchema } from './rollback.ts';
import { secretSchema } from './secret.ts';
import { testHistorySchema } from './test-history.ts';
import { tokenSchema } from './token.ts';
import { yardConfigSchema } from './yard-config.ts';

export const SCHEMAS = {
  yard: yardConfigSchema,
  agent: agentSchema,
  heartbeat: heartbeatSchema,
  job: jobSchema,
  lock: lockSchema,
  message: messageSchema,
  actor: actorSchema,
  branches: branchProfilesSchema,
  'attempt-record': attemptRecordSchema,
  epoch: epochSchema,
  manifest: manifestSchema,
  attestation: attestationSchema,
  rollback: rollbackSchema,
  import: importRecordSchema,
  quarantine: quarantinedFileSchema,
  history: historyHourSchema,
  notices: noticesSchema,
  secret: secretSchema,
  tests: testHistorySchema,
  token: tokenSchema,
  'queue-job': jobWishSchema,
  'queue-command': commandWishSchema,
  'read-model': readModelSchema,
  recipe: recipeSchema,
  policy: policySchema,
} as const;

export type SchemaName = keyof typeof SCHEMAS;
