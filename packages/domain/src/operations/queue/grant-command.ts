/**
 * A command of a person, `{op, target, args, if}`, turned into the operation that it names: of an inbox file, which is taken up
 * as a whole, or of one who waits for the answer, in whose name the operation itself stands in the history.
 */
import { type Decision, type Refused, refuse } from '../../decision.ts';
import type { CommandWish } from '../../entities/queue-file.ts';
import { find } from '../../find.ts';
import { PRIORITY_WORDS, priorityLevel } from '../../priority-level.ts';
import type { State } from '../../state.ts';
import { type Time, toMs } from '../../time.ts';
import { drainAgent, maintainAgent, resumeAgent } from '../agents/agent-mode.ts';
import { removeAgent } from '../agents/remove-agent.ts';
import { approveJob } from '../jobs/approve-job.ts';
import { assignJob } from '../jobs/assign-job.ts';
import { cancelJob } from '../jobs/cancel-job.ts';
import { pauseJob, unpauseJob } from '../jobs/pause-job.ts';
import { prioritiseJob } from '../jobs/prioritise-job.ts';
import { rejectJob } from '../jobs/reject-job.ts';
import { retryJob } from '../jobs/retry-job.ts';
import { breakLock } from '../locks/release-lock.ts';
import { acknowledgeMessage, readMessage } from '../messages/message-receipts.ts';
import { pauseFleet, resumeFleet } from '../yard/pause-fleet.ts';

/** An operation under the name that it has in the list of all. */
export interface Granted {
  readonly ok: true;
  readonly name: OperationOfCommand;
  readonly input: object;
  decide(state: State): Decision<unknown>;
}

type OperationOfCommand =
  | 'cancel'
  | 'retry'
  | 'prioritise'
  | 'assign'
  | 'approve'
  | 'reject'
  | 'pause'
  | 'unpause'
  | 'pause-fleet'
  | 'resume-fleet'
  | 'drain'
  | 'maintain'
  | 'resume'
  | 'remove'
  | 'read'
  | 'acknowledge'
  | 'break';

interface Asking {
  readonly by: string;
  readonly now: Time;
}

export function grantCommand(state: State, wish: CommandWish, asking: Asking): Decision<unknown> {
  const unlike = unlikeExpected(state, wish);
  if (unlike) return unlike;
  const operation = operationOf(state, wish, asking);
  return operation.ok ? operation.decide(state) : operation;
}

/** Which operation the command names. Whether its target is as the command expects it is asked apart, of the state that is decided on. */
export function operationOf(state: State, wish: CommandWish, { by, now }: Asking): Granted | Refused {
  const { target } = wish;
  const words = (name: string): string | null => (typeof wish.args[name] === 'string' ? wish.args[name] : null);
  const reason = words('reason');
  const until = words('until');
  if (until !== null && !isTime(until)) return refuse('INVALID_DATA', `until ${until} is no time like ${now}`);
  const reader = words('reader') ?? by;
  switch (wish.op) {
    case 'cancel':
      return granted('cancel', cancelJob, { jobId: target, by, reason, now });
    case 'retry':
      return granted('retry', retryJob, { jobId: target, by, reason, now });
    case 'prioritise':
    case 'priority': {
      const priority = priorityLevel(wish.args.priority);
      if (priority === undefined) return refuse('INVALID_DATA', `args.priority must be ${PRIORITY_WORDS}`);
      return granted('prioritise', prioritiseJob, { jobId: target, priority, reason, now });
    }
    case 'assign':
      return granted('assign', assignJob, { jobId: target, agentId: words('agent'), until, reason, now });
    case 'approve':
      return granted('approve', approveJob, { jobId: target, by, reason, now });
    case 'reject':
      return granted('reject', rejectJob, { jobId: target, by, reason, now });
    case 'pause':
      return granted('pause', pauseJob, { jobId: target, by, reason, until, now });
    case 'unpause':
      return granted('unpause', unpauseJob, { jobId: target, reason, now });
    case 'pause-pool':
      return granted('pause-fleet', pauseFleet, { pool: target, by, reason, until, now });
    case 'resume-pool':
      return granted('resume-fleet', resumeFleet, { pool: target, reason, now });
    case 'pause-fleet':
      return granted('pause-fleet', pauseFleet, { pool: null, by, reason, until, now });
    case 'resume-fleet':
      return granted('resume-fleet', resumeFleet, { pool: null, reason, now });
    case 'drain':
      return granted('drain', drainAgent, { agentId: target, by, reason, until, now });
    case 'maintain':
      return granted('maintain', maintainAgent, { agentId: target, by, reason, until, now });
    case 'resume':
      if (kindOf(state, wish) === 'jobs') return granted('unpause', unpauseJob, { jobId: target, reason, now });
      return granted('resume', resumeAgent, { agentId: target, by, reason, now });
    case 'remove':
      return granted('remove', removeAgent, { agentId: target, by, reason, force: wish.args.force === true, now });
    case 'read':
      return granted('read', readMessage, { messageId: target, reader, now });
    case 'acknowledge':
    case 'ack':
      return granted('acknowledge', acknowledgeMessage, { messageId: target, reader, now });
    case 'break-lock':
      return granted('break', breakLock, { name: target, by, reason: reason ?? '', now });
  }
}

const granted = <I extends object>(
  name: OperationOfCommand,
  operation: (state: State, input: I) => Decision<unknown>,
  input: I,
): Granted => ({ ok: true, name, input, decide: (state) => operation(state, input) });

/** What the target of each command is; null: nothing that has fields. */
const TABLES: Readonly<Record<CommandWish['op'], 'jobs' | 'agents' | 'messages' | 'locks' | null>> = {
  cancel: 'jobs',
  retry: 'jobs',
  prioritise: 'jobs',
  priority: 'jobs',
  assign: 'jobs',
  approve: 'jobs',
  reject: 'jobs',
  pause: 'jobs',
  unpause: 'jobs',
  'pause-pool': null,
  'resume-pool': null,
  'pause-fleet': null,
  'resume-fleet': null,
  drain: 'agents',
  maintain: 'agents',
  resume: 'agents',
  remove: 'agents',
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

/** Refuses when a field of the target is not as the wish expects it: whoever wrote it decided on other facts. */
export function unlikeExpected(state: State, wish: CommandWish): Refused | undefined {
  const unlike = unlikeField(state, wish);
  return unlike === undefined ? undefined : refuse('CONFLICT', `${wish.op} ${wish.target}: ${unlike}`, [wish.target]);
}

function unlikeField(state: State, { op, target, if: expected }: CommandWish): string | undefined {
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
