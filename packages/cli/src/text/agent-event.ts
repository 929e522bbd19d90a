/** What a daemon tells, as sentences for whoever watches its terminal. Knows no daemon, only its facts. */
import type { AgentEvent } from '@gityard/agent';

/** Undefined for what need not be said in a terminal. */
export function sentenceOf(event: AgentEvent): string | undefined {
  switch (event.kind) {
    case 'registered':
      return `${event.agent} has joined ${event.address}`;
    case 'claimed':
      return `job ${event.job} claimed, token ${event.token}`;
    case 'stage':
      return event.status === 'Skipped' ? undefined : `job ${event.job} ${event.stage}: ${event.status.toLowerCase()}`;
    case 'stopping':
      return `job ${event.job} is being stopped: ${event.text}`;
    case 'ended':
      return `job ${event.job} ${event.status}${event.text === event.status ? '' : `: ${event.text}`}`;
    case 'log-lost':
      return event.text;
    case 'requeued':
      return `job ${event.job} goes back to the queue: ${event.text}`;
    case 'expired':
      return `job ${event.job} expired: ${event.text}`;
    case 'taken-up':
      return event.jobs.length === 0 ? event.text : `${event.text}: ${event.jobs.join(', ')}`;
    case 'answered':
      return `command of ${event.from}: ${event.text.split('\n')[0]}`;
    case 'quarantined':
    case 'refused':
    case 'spool-damaged':
    case 'rewrite-accepted':
    case 'auto-replied':
    case 'storage-trouble':
    case 'program-returned':
    case 'upkeep':
      return event.text;
    case 'takes-jobs':
      return event.not === null ? 'takes jobs again' : `takes no jobs: ${event.not}`;
    case 'not-allowed':
      return event.allow === '' ? event.text : `${event.text}; allow it with: gityard agent ${event.allow}`;
    case 'upkeep-failed':
      return `upkeep: ${event.task}: ${event.text}`;
    case 'loop-failed':
      return `${event.loop}: ${event.text}; again in ${Math.ceil(event.againInMs / 1000)} s`;
    case 'loop-recovered':
      return `${event.loop}: works again`;
    case 'draining':
      return `draining: ${event.running} running, nothing more is claimed; the same signal again stops them`;
    case 'stopped':
      // The answer of the command says it.
      return undefined;
    default:
      return event satisfies never;
  }
}
