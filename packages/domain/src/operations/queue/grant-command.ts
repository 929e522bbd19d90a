/** A command of an inbox file, `{op, target, args, if}`, turned into the operation that it names. */
import { type Decision, refuse } from '../../decision.ts';
import type { CommandWish } from '../../entities/queue-file.ts';
import { find } from '../../find.ts';
import type { State } from '../../state.ts';
import { type Time, toMs } from '../../time.ts';
import { drainAgent, maintainAgent, resumeAgent } from '../agents/agent-mode.ts';
import { assignJob } from '../jobs/assign-job.ts';
import { cancelJob } from '../jobs/cancel-job.ts';
import { pauseJob, unpauseJob } from '../jobs/pause-job.ts';
import { prioritiseJob } from '../jobs/prioritise-job.ts';
import { retryJob } from '../jobs/retry-job.ts';
import { breakLock } from '../locks/release-lock.ts';
import { acknowledgeMessage, readMessage } from '../messages/message-receipts.ts';
import { pauseFleet, resumeFleet } from '../yard/pause-fleet.ts';

export function grantCommand(
  state: State,
  wish: CommandWish,
  { by, now }: { by: string; now: Time },
): Decision<unknown> {
  const unlike = unlikeExpected(state, wish);
  if (unlike !== undefined) return refuse('CONFLICT', `${wish.op} ${wish.target}: ${unlike}`, [wish.target]);

  const { target } = wish;
  const words = (name: string): string | null => (typeof wish.args[name] === 'string' ? wish.args[name] : null);
  const reason = words('reason');
  const until = words('until');
  if (until !== null && !isTime(until)) return refuse('INVALID_DATA', `until ${until} is no time like ${now}`);
  switch (wish.op) {
    case 'cancel':
      return cancelJob(state, { jobId: target, by, reason, now });
    case 'retry':
      return retryJob(state, { jobId: target, by, reason, now });
    case 'prioritise':
    case 'priority':
      return prioritiseJob(state, {
        jobId: target,
        priority: Number(wish.args.priority),
        reason,
        now,
      });
    case 'assign':
      return assignJob(state, {
        jobId: target,
        agentId: words('agent'),
        until,
        reason,
        now,
      });
    case 'pause':
      return pauseJob(state, { jobId: target, by, reason, until, now });
    case 'unpause':
      return unpauseJob(state, { jobId: target, reason, now });
    case 'pause-pool':
      return pauseFleet(state, { pool: target, by, reason, until, now });
    case 'resume-pool':
      return resumeFleet(state, { pool: target, reason, now });
    case 'pause-fleet':
      return pauseFleet(state, { pool: null, by, reason, until, now });
    case 'resume-fleet':
      return resumeFleet(state, { pool: null, reason, now });
    case 'drain':
      return drainAgent(state, { agentId: target, by, reason, until, now });
    case 'maintain':
      return maintainAgent(state, { agentId: target, by, reason, until, now });
    case 'resume':
      if (kindOf(state, wish) === 'jobs') return unpauseJob(state, { jobId: target, reason, now });
      return resumeAgent(state, { agentId: target, by, reason, now });
    case 'read':
      return readMessage(state, {
        messageId: target,
        reader: words('reader') ?? by,
        now,
      });
    case 'acknowledge':
    case 'ack':
      return acknowledgeMessage(state, {
        messageId: target,
        reader: words('reader') ?? by,
        now,
      });
    case 'break-lock':
      return breakLock(state, { name: target, by, reason: reason ?? '', now });
  }
}

/** What the target of each command is; null: nothing that has fields. */
const TABLES: Readonly<Record<CommandWish['op'], 'jobs' | 'agents' | 'messages' | 'locks' | null>> = {
  cancel: 'jobs',
  retry: 'jobs',
  prioritise: 'jobs',
  priority: 'jobs',
  assign: 'jobs',
  pause: 'jobs',
  unpause: 'jobs',
  'pause-pool': null,
  'resume-pool': null,
  'pause-fleet': null,
  'resume-fleet': null,
  drain: 'agents',
  maintain: 'agents',
  resume: 'agents',
  read: 'messages',
  acknowledge: 'messages',
  ack: 'messages',
  'break-lock': 'locks',
};

/** Agents and jobs are both resumed; where the target could be either, an agent is meant. */
function kindOf(state: State, { op, target }: Pick<CommandWish, 'op' | 'target'>): (typeof TABLES)[CommandWish['op']] {
  const isJob = op === 'resume' && !find(state.agents, target, 'agent').ok && find(state.jobs, target, 'job').ok;
  return isJob ? 'jobs' : TABLES[op];
}

/** As strict as a file of the state: what is written here goes into one. */
const isTime = (word: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(word) && Number.isFinite(toMs(word));

/** The first field that is not as the wish expects it: whoever wrote it decided on other facts. */
function unlikeExpected(state: State, { op, target, if: expected }: CommandWish): string | undefined {
  const names = Object.keys(expected);
  if (names.length === 0) return undefined;
  const kind = kindOf(state, { op, target });
  if (kind === null) return `${names[0]} is no field of a pool or a fleet: leave "if" out`;
  const found = find<object>(state[kind], target, kind.slice(0, -1));
  if (!found.ok) return found.reason;
  const saidOf = (name: string): string =>
    Object.hasOwn(found.value, name) ? String((found.value as Record<string, unknown>)[name]) : 'not there';
  const field = names.find((name) => saidOf(name) !== expected[name]);
  return field === undefined ? undefined : `${field} is ${saidOf(field)}, not ${expected[field]}`;
}
