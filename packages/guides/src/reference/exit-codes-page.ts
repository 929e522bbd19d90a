/** What the program ends with. The table of codes is the program's own; that each has its words here is kept by the compiler. */
import { type ErrorCode, EXIT_CODES_MEAN, exitCodeOf } from '@gityard/cli';
import type { RefusalCode } from '@gityard/domain';
import { code, page, table } from './words.ts';

const MEANING: Readonly<Record<ErrorCode | RefusalCode, string>> = {
  USAGE: 'the command line is wrong; the message says what would fit',
  NOT_FOUND: 'nothing has that name or id',
  AMBIGUOUS_ID: 'more than one id begins with that: give more of it',
  CONFLICT: 'the thing is not as the request expects it; look, and ask again',
  STALE_TOKEN: 'the job was given to another holder since',
  LOCK_HELD: 'the lock has all its holders; wait with `--wait`',
  DUPLICATE_AGENT: 'another daemon lives under that id: give one of them another name',
  REMOTE_UNREACHABLE: 'the repository does not answer; what may wait is kept on this machine',
  REMOTE_INVALID: 'what answers is no Git repository, or not one that can be read',
  RATE_LIMITED: 'the host asked to be left alone for a while; the program does so by itself',
  BRANCH_MISSING: 'the repository is there and is no yard: `gityard init`',
  HISTORY_REWRITTEN: 'somebody rewrote the history of the yard; see the runbook',
  DENIED: 'whoever asks may not do that',
  POLICY: 'this agent does not allow it: `gityard agent allow`',
  SIGNATURE: 'a signature is missing or wrong',
  SECRET_FOUND: 'a text holds what looks like a secret; nothing was written',
  INVALID_DATA: 'a file or a request breaks its schema; path, line and reason are told',
  TOO_LARGE: 'more than the yard takes',
  NEWER_SCHEMA: 'the yard belongs to a newer program: upgrade this one',
  DISK_FULL: 'no space is left on this machine',
  READ_ONLY: 'a folder that must be written to cannot be',
  LIMIT_REACHED: 'the system gives this program no more files or memory',
  TIMEOUT: 'what was waited for did not come in time',
  INTERNAL: 'a fault of the program',
  NOTHING_TO_DO: 'nothing would change',
  NO_RUNNABLE_JOB: 'no queued job can run on this agent now',
  ALREADY_FINISHED: 'the job has ended',
  NOT_FINISHED: 'the job has not ended yet',
  NOT_SUCCEEDED: 'the job did not succeed',
  NOT_HELD: 'nobody holds it',
  DUPLICATE_ID: 'that id exists already',
  UNKNOWN_AGENT: 'the agent has not registered',
  AGENT_NOT_ACTIVE: 'the agent takes no new jobs',
  DEPENDENCY_CYCLE: 'jobs would wait for each other for ever',
  UNKNOWN_NEED: 'a needed job does not exist',
  NOT_RUNNABLE: 'the job cannot run on this agent',
  QUOTA_REACHED: 'its namespace has all that it may have',
  NOT_ADDRESSED: 'the message is for others',
  REASON_REQUIRED: 'such an act needs `--reason`',
};

export async function exitCodesPage(): Promise<string> {
  const codes = Object.keys(MEANING) as (ErrorCode | RefusalCode)[];
  const rows = codes
    .map((it) => [exitCodeOf(it), it] as const)
    .sort(([one], [other]) => one - other)
    .map(([exit, it]) => [String(exit), code(it), MEANING[it]]);
  return page(
    '# Exit codes and errors',
    'For scripts: what the program ends with, and what the words of its errors mean. The tables are made of the program’s own.',
    'An error is one line on stderr: what happened, to what, what to do. With `--json` stdout holds `{"error": {"code", "message", "hint"}}` as well. An error never ends with 0, and a stack is shown only with `--debug`.',
    '## Exit codes',
    table(
      ['exit code', 'means'],
      EXIT_CODES_MEAN.map(([exit, meaning]) => [String(exit), meaning]),
    ),
    '## Codes of errors',
    table(['exit code', 'code', 'means'], rows),
  );
}
