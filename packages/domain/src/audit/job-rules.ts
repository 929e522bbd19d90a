/** The rules that each job obeys, in the order of its life: its status, its holders, its end, what it waits for. */
import { approvalsComeByOperation, approvedFirst } from './approvals.ts';
import { attemptsComeByClaim, attemptsStay, attemptTokensRise, heldByOne, holderStays } from './job-attempts.ts';
import {
  givesLocksBack,
  groupKeepsLimit,
  isNotPaused,
  keepsItsLocks,
  needsCameFirst,
  quotaIsKept,
} from './job-claim.ts';
import { endClosesAttempt, endHasTime, endIsFinal, expiresInTime, vanishesIntoArchive } from './job-end.ts';
import { partsComeBySplit, reservationFits, splitsByHolder } from './job-split.ts';
import { statusFollows } from './job-status.ts';
import { actsAsHolder, actsUnderCurrentToken, tokenFollows } from './job-token.ts';
import { originStays, wishStays } from './job-wish.ts';
import type { Rule } from './rule.ts';
import { taskTakenByReceiver } from './tasks.ts';

export const JOB_RULES: readonly Rule[] = [
  {
    id: 'job-status',
    of: 'job',
    sentence: 'a job changes its status only as its drawing says, by an operation that does so',
    follows: statusFollows,
  },
  {
    id: 'job-token',
    of: 'job',
    sentence: 'a token never falls and rises by one with every claim',
    follows: tokenFollows,
  },
  { id: 'stale-token', of: 'job', sentence: 'holders act under the current token', follows: actsUnderCurrentToken },
  { id: 'holder-acts', of: 'job', sentence: 'what a holder does to a job, its holder does', follows: actsAsHolder },
  { id: 'attempt-tokens', of: 'job', sentence: 'each attempt has its own token, rising', holds: attemptTokensRise },
  { id: 'attempt-ended', of: 'job', sentence: 'an ended attempt stays as it ended', follows: attemptsStay },
  { id: 'attempt-claimed', of: 'job', sentence: 'an attempt comes by a claim', follows: attemptsComeByClaim },
  { id: 'holder-stays', of: 'job', sentence: 'under one token there is one holder', follows: holderStays },
  { id: 'one-holder', of: 'job', sentence: 'a held job has one agent, under the current token', holds: heldByOne },
  { id: 'end-time', of: 'job', sentence: 'an ended job says when it ended', holds: endHasTime },
  { id: 'end-once', of: 'job', sentence: 'a job ends once, until it is retried', follows: endIsFinal },
  { id: 'expired-late', of: 'job', sentence: 'a job expires when it has waited long enough', follows: expiresInTime },
  { id: 'end-attempt', of: 'job', sentence: 'with the hold on a job its attempt ends', follows: endClosesAttempt },
  { id: 'job-kept', of: 'job', sentence: 'a job vanishes only into the archive, ended', follows: vanishesIntoArchive },
  { id: 'job-origin', of: 'job', sentence: 'who asked for a job, and when, stays', follows: originStays },
  {
    id: 'job-wish',
    of: 'job',
    sentence: 'what a job builds changes only while it waits',
    follows: wishStays,
  },
  { id: 'part-made', of: 'job', sentence: 'a part of a job comes by a split', follows: partsComeBySplit },
  { id: 'job-split', of: 'job', sentence: 'a job gets its parts by a split', follows: splitsByHolder },
  {
    id: 'reservations-fit',
    of: 'job',
    sentence: 'no more of an agent is reserved than it has',
    follows: reservationFits,
  },
  { id: 'needs-first', of: 'job', sentence: 'a job runs after those that it needs', follows: needsCameFirst },
  {
    id: 'group-limit',
    of: 'job',
    sentence: 'a group runs no more jobs at a time than it may',
    follows: groupKeepsLimit,
  },
  {
    id: 'namespace-quota',
    of: 'job',
    sentence: 'a namespace runs no more jobs at a time than it may',
    follows: quotaIsKept,
  },
  {
    id: 'approval-given',
    of: 'job',
    sentence: 'an approval comes by its operation, from somebody who may give it, once',
    follows: approvalsComeByOperation,
  },
  {
    id: 'approved-first',
    of: 'job',
    sentence: 'a job that needs approvals is claimed when it has them',
    follows: approvedFirst,
  },
  { id: 'paused-waits', of: 'job', sentence: 'what is paused is not claimed', follows: isNotPaused },
  {
    id: 'task-receiver',
    of: 'job',
    sentence: 'a task goes to who takes tasks, a build to who builds',
    follows: taskTakenByReceiver,
  },
  { id: 'job-locks', of: 'job', sentence: 'a held job holds its locks', follows: keepsItsLocks },
  { id: 'locks-back', of: 'job', sentence: 'a job that is let go holds no lock', follows: givesLocksBack },
];
