/** A job or an agent by the beginning of its id, or an error that says which there are. For commands that only look. */
import { type Agent, endedWords, find, type Job, type Message, refuse, type State, type Table } from '@gityard/domain';
import { findArchived, type Yard } from '@gityard/yard';
import type { Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';

export const findJob = (state: State, id: string): Job => found(state.jobs, id, 'job');
export const findAgent = (state: State, id: string): Agent => found(state.agents, id, 'agent');
const findMessage = (state: State, id: string): Message => found(state.messages, id, 'message');

/** Also where it is over and lies in the archive. */
export const findJobAnywhere = (yard: Yard, id: string): Job => archivedJob(yard, id) ?? findJob(yard.state, id);
/** Or the name of an agent: then the job that it runs, else the last one that it ran. */
export function findJobOrAgents(yard: Yard, word: string): Job {
  const agent = yard.state.agents.get(word);
  if (!agent) return findJobAnywhere(yard, word);
  const ran = [...yard.state.jobs].filter((it) => it.attempts.some((attempt) => attempt.agent === agent.id));
  const [last] = ran.sort((a, b) => (lastStart(a, agent.id) < lastStart(b, agent.id) ? 1 : -1));
  const job = ran.find((it) => it.agent === agent.id) ?? last;
  if (job) return job;
  throw new CliError('NOT_FOUND', `agent ${agent.id} ran no job that is still in the queue`, {
    hint: 'older jobs are known by their ids: gityard log tells of them',
  });
}

const lastStart = ({ attempts }: Job, agent: string): string =>
  attempts.findLast((it) => it.agent === agent)?.startedAt ?? '';

/** A job that is asked for as a task, so that the hint leads to the tasks. */
export const findTaskAnywhere = (yard: Yard, id: string): Job =>
  archivedJob(yard, id) ?? found(yard.state.jobs, id, 'job', 'task list');
export function findMessageAnywhere(yard: Yard, id: string): Message {
  const archived = find(yard.state.messages, id, 'message').ok ? undefined : findArchived(yard, 'message', id);
  return archived?.ok ? archived.value : findMessage(yard.state, id);
}

/** A job to wait for. Undefined: it has succeeded so long ago that it lies in the archive, and nothing waits for it. */
export function findNeed(yard: Yard, id: string): string | undefined {
  const archived = archivedJob(yard, id);
  if (archived?.status === 'succeeded') return undefined;
  if (!archived) return findJob(yard.state, id).id;
  throw new CliError(
    'UNKNOWN_NEED',
    `job ${archived.id} ${endedWords(archived.status)}, long ago: nothing can need it`,
    {
      hint: 'add that one anew, and need the new one',
    },
  );
}

function archivedJob(yard: Yard, id: string): Job | undefined {
  const archived = find(yard.state.jobs, id, 'job').ok ? undefined : findArchived(yard, 'job', id);
  if (archived && !archived.ok && archived.code === 'INVALID_DATA')
    throw new CliError('INVALID_DATA', archived.reason, { hint: 'bring it back from the history: git log -- <path>' });
  return archived?.ok ? archived.value : undefined;
}

/** What is over for long lies in the archive, and is not changed there. */
export async function unlessArchived(context: Context, id: string, reply: Reply): Promise<Reply> {
  if (typeof reply === 'number' || !('ok' in reply) || reply.code !== 'NOT_FOUND') return reply;
  const archived = archivedJob(await context.yard(), id);
  if (!archived) return reply;
  const { id: jobId, status } = archived;
  return refuse('ALREADY_FINISHED', `job ${jobId} ${endedWords(status)} and lies in the archive; add it anew`, [jobId]);
}

function found<T>(table: Table<T>, id: string, what: 'job' | 'agent' | 'message', list = `${what} list`): T {
  const result = find(table, id, what);
  if (result.ok) return result.value;
  const hint =
    result.code === 'AMBIGUOUS_ID' ? `write more of it: ${result.refs.join(', ')}` : `gityard ${list} shows them`;
  throw new CliError(result.code, result.reason, { hint });
}
