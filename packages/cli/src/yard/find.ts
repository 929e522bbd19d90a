/** A job or an agent by the beginning of its id, or an error that says which there are. For commands that only look. */
import { type Agent, find, type Job, type Message, type State, type Table } from '@gityard/domain';
import { findArchived, type Yard } from '@gityard/yard';
import { CliError } from '../errors.ts';

export const findJob = (state: State, id: string): Job => found(state.jobs, id, 'job');
export const findAgent = (state: State, id: string): Agent => found(state.agents, id, 'agent');
export const findMessage = (state: State, id: string): Message => found(state.messages, id, 'message');

/** Also where it is over and lies in the archive. */
export function findJobAnywhere(yard: Yard, id: string): Job {
  const archived = find(yard.state.jobs, id, 'job').ok ? undefined : findArchived(yard, 'job', id);
  return archived?.ok ? archived.value : findJob(yard.state, id);
}

function found<T>(table: Table<T>, id: string, what: 'job' | 'agent' | 'message'): T {
  const result = find(table, id, what);
  if (result.ok) return result.value;
  const hint =
    result.code === 'AMBIGUOUS_ID' ? `write more of it: ${result.refs.join(', ')}` : `gityard ${what} list shows them`;
  throw new CliError(result.code, result.reason, { hint });
}
