/**
 * Every rule that a yard's history obeys, in one list. `gityard audit` replays the history and names the first commit that
 * breaks one. Three stand beside it: transactions.ts remembers the whole history, said.ts reads what is not in force, and
 * archive.ts looks at what left the state.
 */
import { counterCounts, transactionsAreCounted } from './actors.ts';
import { holderKeepsName } from './agents.ts';
import { attestationComesWithEnd, attestationIsOfManifest, attestationStays } from './attestations.ts';
import { memoryFollowsBuilds } from './branches.ts';
import { historyStays } from './history.ts';
import { importedJobRests, importedLockRests, importedMessageIsMarked, importsAreCounted } from './imports.ts';
import { JOB_RULES } from './job-rules.ts';
import { recoveryIsTold } from './lock-recovery.ts';
import { countMovesByOperation, holdersFit, holdersMoveByOperation, jobKeepsLock, lockTokenRises } from './locks.ts';
import { manifestComesByOperation, manifestStays } from './manifests.ts';
import { followUpsGrow, messageStays, receiptsGrow, receiptsOfRecipients } from './messages.ts';
import { noticesStay } from './notices.ts';
import { lastGoodRises, pointsAreGood, pointsStay } from './rollback.ts';
import type { Rule } from './rule.ts';
import { recipientComesByRegistration, secretsComeByOperation } from './secrets.ts';
import { commandOnce } from './tasks.ts';
import { quarantineIsAsked, testsAreRemembered } from './tests.ts';
import { tokensComeByOperation } from './tokens.ts';
import { epochStays, settingsStay } from './yard.ts';

export const RULES: readonly Rule[] = [
  ...JOB_RULES,
  { id: 'lock-kept', of: 'lock', sentence: 'a held job loses a lock only by a break', follows: jobKeepsLock },
  { id: 'lock-count', of: 'lock', sentence: 'a lock has no more holders than it counts', holds: holdersFit },
  { id: 'lock-token', of: 'lock', sentence: 'a later holder of a lock has a higher token', follows: lockTokenRises },
  {
    id: 'lock-moved',
    of: 'lock',
    sentence: 'a lock changes hands only by an operation',
    follows: holdersMoveByOperation,
  },
  {
    id: 'lock-sized',
    of: 'lock',
    sentence: 'a lock counts otherwise only after an acquisition',
    follows: countMovesByOperation,
  },
  {
    id: 'lock-recovery',
    of: 'lock',
    sentence: 'who loses a lock by a recovery is told',
    follows: recoveryIsTold,
  },
  { id: 'message-kept', of: 'message', sentence: 'a sent message stays as it was sent', follows: messageStays },
  { id: 'receipts', of: 'message', sentence: 'receipts only grow', follows: receiptsGrow },
  {
    id: 'command-once',
    of: 'message',
    sentence: 'the command of a message is carried out once, by its operation',
    follows: commandOnce,
  },
  {
    id: 'receipt-recipient',
    of: 'message',
    sentence: 'who reads or acknowledges is a recipient',
    follows: receiptsOfRecipients,
  },
  {
    id: 'follow-ups',
    of: 'message',
    sentence: 'a message is followed up automatically once for each cause',
    follows: followUpsGrow,
  },
  {
    id: 'actor-counter',
    of: 'actor',
    sentence: 'a counter counts the operations of its actor',
    follows: counterCounts,
  },
  {
    id: 'actor-transactions',
    of: 'actor',
    sentence: 'transactions bear the numbers that are counted',
    follows: transactionsAreCounted,
  },
  { id: 'manifest-kept', of: 'manifest', sentence: 'a manifest stays as it was published', follows: manifestStays },
  {
    id: 'manifest-made',
    of: 'manifest',
    sentence: 'a manifest comes with the end of its job, or by being published',
    follows: manifestComesByOperation,
  },
  {
    id: 'attestation-kept',
    of: 'attestation',
    sentence: 'an attestation stays as its agent signed it',
    follows: attestationStays,
  },
  {
    id: 'attestation-made',
    of: 'attestation',
    sentence: 'an attestation comes with the end of its job, by who built it',
    follows: attestationComesWithEnd,
  },
  {
    id: 'attestation-of',
    of: 'attestation',
    sentence: 'an attestation is of the manifest beside it',
    holds: attestationIsOfManifest,
  },
  {
    id: 'rollback-kept',
    of: 'rollback',
    sentence: 'a rollback point stays until it is forgotten',
    follows: pointsStay,
  },
  { id: 'rollback-good', of: 'rollback', sentence: 'only what succeeded can be gone back to', follows: pointsAreGood },
  { id: 'last-good', of: 'rollback', sentence: 'the last good build is never an older one', follows: lastGoodRises },
  { id: 'agent-kept', of: 'agent', sentence: 'an agent that holds a job stays registered', follows: holderKeepsName },
  { id: 'import-job', of: 'job', sentence: 'an imported job is marked, and does not run', follows: importedJobRests },
  {
    id: 'import-lock',
    of: 'lock',
    sentence: 'an imported lock is marked, and comes free',
    follows: importedLockRests,
  },
  { id: 'import-message', of: 'message', sentence: 'an imported message is marked', follows: importedMessageIsMarked },
  {
    id: 'import-counted',
    of: 'import',
    sentence: 'a record of an import counts its batches',
    follows: importsAreCounted,
  },
  {
    id: 'history-noted',
    of: 'history',
    sentence: 'the history of the fleet is noted by its operation, and what is over stays',
    follows: historyStays,
  },
  { id: 'notices-told', of: 'notices', sentence: 'what was told is noted by who tells it', follows: noticesStay },
  {
    id: 'tests-remembered',
    of: 'tests',
    sentence: 'what is remembered of tests comes with the end of builds, or by their quarantine',
    follows: testsAreRemembered,
  },
  {
    id: 'test-quarantine',
    of: 'tests',
    sentence: 'a test comes into quarantine by its operation',
    follows: quarantineIsAsked,
  },
  {
    id: 'secret-set',
    of: 'secret',
    sentence: 'a sealed secret is set and removed by operations',
    follows: secretsComeByOperation,
  },
  {
    id: 'token-issued',
    of: 'token',
    sentence: 'a token of the API is issued and revoked by operations, and revoked for good',
    follows: tokensComeByOperation,
  },
  {
    id: 'secret-readers',
    of: 'agent',
    sentence: 'the key that secrets are sealed for comes by registration',
    follows: recipientComesByRegistration,
  },
  { id: 'yard-kept', of: 'yard', sentence: 'a yard keeps its settings', follows: settingsStay },
  { id: 'epoch-kept', of: 'epoch', sentence: 'an epoch goes on from what it began with', follows: epochStays },
  {
    id: 'branch-memory',
    of: 'branches',
    sentence: 'what a branch profile remembers of its builds moves by operations',
    follows: memoryFollowsBuilds,
  },
];
