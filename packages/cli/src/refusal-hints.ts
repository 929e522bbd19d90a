/** What to do about a refusal. The domain says what is so and why; which command helps is the matter of this face. */
import type { RefusalCode } from '@gityard/domain';

const HINTS: Readonly<Record<RefusalCode, string>> = {
  NOT_FOUND: 'the list command of the same name shows what there is',
  AMBIGUOUS_ID: 'write more of the id',
  NOTHING_TO_DO: '',
  NO_RUNNABLE_JOB: 'gityard job list shows what waits, gityard job why <id> what for',
  ALREADY_FINISHED: 'gityard job show <id> tells how it ended',
  NOT_FINISHED: 'gityard job cancel <id> ends it',
  NOT_HELD: 'gityard job show <id> tells where it is',
  STALE_TOKEN: 'stop: what you hold is no longer yours',
  DUPLICATE_ID: 'leave the id out, and a new one is made',
  DUPLICATE_AGENT: 'give each machine a name of its own with --agent',
  UNKNOWN_AGENT: 'gityard agent list shows those that have joined',
  AGENT_NOT_ACTIVE: 'gityard agent resume <id> lets it take jobs again',
  DEPENDENCY_CYCLE: 'leave out one of the needs',
  UNKNOWN_NEED: 'add the needed job first',
  NOT_RUNNABLE: 'gityard job why <id> says what is in the way',
  LOCK_HELD: 'stand in line with --wait 30s',
  CONFLICT: 'look again, and decide on what is there now',
  INVALID_DATA: 'mend it and try again',
  NEWER_SCHEMA: 'update gityard on this machine; reading still works',
  REASON_REQUIRED: 'add --reason <text>',
};

export const hintFor = (code: RefusalCode): string => HINTS[code];
