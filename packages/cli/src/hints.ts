/**
 * What to do about a refusal or an error that brings no hint of its own. The domain says what is so and why; which command
 * helps is the matter of this face. No code is without a sentence: whoever is refused must know what to do next.
 */
import type { RefusalCode } from '@gityard/domain';
import type { ErrorCode } from './exit-codes.ts';

const HINTS: Readonly<Record<ErrorCode | RefusalCode, string>> = {
  NOT_FOUND: 'check how it is written; gityard status shows what there is',
  AMBIGUOUS_ID: 'write more of the id',
  NOTHING_TO_DO: 'leave it: what you ask for is so already',
  NO_RUNNABLE_JOB: 'gityard job list shows what waits, gityard job why <id> what for',
  ALREADY_FINISHED: 'gityard job show <id> tells how it ended',
  NOT_FINISHED: 'gityard job cancel <id> ends it',
  NOT_SUCCEEDED: 'gityard job show <id> tells how it ended; gityard job retry <id> tries it again',
  NOT_HELD: 'gityard job show <id> tells where it is',
  STALE_TOKEN: 'stop: what you hold is no longer yours',
  DUPLICATE_ID: 'leave the id out, and a new one is made',
  DUPLICATE_AGENT: 'give each machine a name of its own with --agent',
  UNKNOWN_AGENT: 'gityard agent list shows those that have joined',
  AGENT_NOT_ACTIVE: 'gityard agent, pool or fleet resume lets it take jobs again',
  DEPENDENCY_CYCLE: 'leave out one of the needs',
  UNKNOWN_NEED: 'add the needed job first',
  NOT_RUNNABLE: 'gityard job why <id> says what is in the way',
  QUOTA_REACHED: 'wait until some of its jobs have run; gityard namespace list shows what is used',
  LOCK_HELD: 'stand in line with --wait 30s',
  CONFLICT: 'look again, and decide on what is there now',
  INVALID_DATA: 'mend it and try again',
  NEWER_SCHEMA: 'update gityard on this machine (npm install -g gityard); reading still works',
  NOT_ADDRESSED: 'gityard message thread <id> shows it; answer with gityard message send --reply-to <id>',
  REASON_REQUIRED: 'add --reason <text>',
  SECRET_FOUND:
    'take it out, and make it void if it was ever shown; where it is none: --allow-secret <rule> --reason <text>',
  USAGE: 'add --help to see the usage',
  REMOTE_UNREACHABLE: 'check the address and the network, gityard doctor shows more',
  REMOTE_INVALID: 'check the address of the yard',
  RATE_LIMITED: 'wait a minute, and ask less often',
  BRANCH_MISSING: 'gityard init makes the repository a yard',
  HISTORY_REWRITTEN:
    'somebody forced a push: gityard audit shows what is there now, agent run --accept-rewrite takes it as it is',
  DENIED: 'check the token (GITYARD_TOKEN) or the key (GITYARD_SSH_KEY), and the rights of its owner',
  POLICY: 'gityard agent allow says what may run on this machine',
  SIGNATURE: 'check the key that it was signed with',
  TOO_LARGE: 'make it smaller, or tell where it can be found',
  TIMEOUT: 'try again, or give it more time with --timeout or --wait',
  DISK_FULL: 'free some space and try again',
  READ_ONLY: 'use a folder that can be written',
  LIMIT_REACHED: 'end some programs, or raise the limit with ulimit',
  INTERNAL: 'this is a fault of gityard; run it again with --debug and report what it prints',
};

/** A rule says no to a person, not a host to a token. */
export const hintForRefusal = (code: RefusalCode): string =>
  code === 'DENIED' ? '--agent says who you are, and people of yard.json who may what' : HINTS[code];

export const hintFor = (code: ErrorCode | RefusalCode): string => HINTS[code];
