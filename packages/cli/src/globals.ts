/** The flags that every command takes, and those of commands that act. */
import { flag, list, option, type Parameters } from './parameters.ts';

export const GLOBAL_FLAGS = {
  json: flag('print one JSON value on stdout'),
  yard: option('path|url', 'the yard; else the current repository, GITYARD_YARD, the user config'),
  agent: option('id', 'the agent to act as; else GITYARD_AGENT, /etc/gityard/agent, .build_server_id, the host name'),
  refsState: option('ref', 'the ref of the state, when it is not refs/heads/yard'),
  refsLive: option('ref', 'the ref of the heartbeats, when it is not refs/heads/yard-live'),
  refsLogs: option('ref', 'the ref of the logs, when it is not refs/heads/yard-logs'),
  debug: flag('print the stack of an error'),
  help: flag('print this help', 'h'),
} satisfies Parameters;

export const ACTING_FLAGS = {
  reason: option('text', 'why; kept in the history'),
  allowSecret: list('rule', 'let pass what that rule takes for a secret; kept in the history'),
  dryRun: flag('tell what would be done, and do nothing'),
  noSpool: flag('fail when the remote is away, and keep nothing here for later'),
} satisfies Parameters;
