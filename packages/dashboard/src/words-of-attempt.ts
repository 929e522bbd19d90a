/** The words of one try at a job: how it ended, and what of. */
import type { Attempt } from '@gityard/domain';
import type { Word } from './words.ts';

export const ATTEMPT_WORDS: Readonly<Record<Attempt['status'], Word>> = {
  claimed: { tone: 'run', word: 'Claimed' },
  running: { tone: 'run', word: 'Running' },
  succeeded: { tone: 'ok', word: 'Succeeded' },
  failed: { tone: 'bad', word: 'Failed' },
  cancelled: { tone: 'off', word: 'Cancelled' },
  lost: { tone: 'silent', word: 'Lost' },
  split: { tone: 'run', word: 'Split' },
};

export const CAUSE_WORDS: Readonly<Record<NonNullable<Attempt['cause']>, string>> = {
  code: 'what was built failed',
  timeout: 'it took too long',
  infrastructure: 'the server or its network failed, not the build',
  policy: 'a rule of the server forbids it',
  lost: 'the server fell silent',
  returned: 'the server gave it back',
  cancelled: 'somebody cancelled it',
};
