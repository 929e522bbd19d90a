/**
 * Strikes an agent off. Only one that nobody will miss: its daemon was stopped, is silent, or was never heard of, and it holds no
 * jobs. A person who knows better may force it: then what it holds goes back into the queue in the same commit, so that nobody
 * holds a job who has no name in the yard.
 */
import { applyChanges } from '../../apply-changes.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { boardOf } from '../../scheduling/board.ts';
import type { Change, State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { agentHealth } from '../../views/agent-health.ts';
import { requeueJob } from '../jobs/requeue-job.ts';

export interface RemoveAgent {
  readonly agentId: string;
  readonly by: string;
  readonly reason: string | null;
  /** Also one that lives or holds jobs: what it still hands in is refused, and its daemon stops when it sees that it is gone. */
  readonly force?: boolean;
  readonly now: Time;
}
export interface RemovedAgent {
  readonly id: string;
  /** The jobs that it held. */
  readonly released: readonly string[];
}

export function removeAgent(
  state: State,
  { agentId, by, reason, force = false, now }: RemoveAgent,
): Decision<RemovedAgent> {
  const found = find(state.agents, agentId, 'agent');
  if (!found.ok) return found;
  const { id, mode } = found.value;
  const held = boardOf(state).heldBy.get(id) ?? [];
  const released = held.map((job) => job.id).sort();
  if (!force && held.length > 0) {
    const first = mode === 'active' ? 'drain it first' : 'wait until it has finished';
    return refuse('CONFLICT', `agent ${id} holds ${released.join(', ')}; ${first}, or force it`, released);
  }
  if (!force && lives(state, id, now))
    return refuse('CONFLICT', `agent ${id} gives signs of life; stop its daemon first, or force it`, [id]);

  const why = `agent ${id} was struck off${reason === null ? '' : `: ${reason}`}`;
  const back = givenBack(state, held, { by, reason: why, now });
  if (!back.ok) return back;
  const also = held.length === 0 ? '' : `, which held ${released.join(', ')}`;
  const changes: Change[] = [...back.changes, { kind: 'agent', id, value: null }];
  return accept({ id, released }, changes, `remove agent ${id}${also}`, { agent: id, reason });
}

interface GivenBack {
  readonly by: string;
  readonly reason: string;
  readonly now: Time;
}

/** One after the other: the end of one may be that of another. */
function givenBack(state: State, held: readonly Job[], back: GivenBack): Decision<null> {
  const changes: Change[] = [];
  let current = state;
  for (const { id: jobId, token } of held) {
    const decision = requeueJob(current, { jobId, token, ...back });
    if (!decision.ok) return decision;
    changes.push(...decision.changes);
    current = applyChanges(current, decision.changes);
  }
  return accept(null, changes, '');
}

function lives({ heartbeats, yard }: State, id: string, now: Time): boolean {
  const heartbeat = heartbeats.get(id);
  if (!heartbeat || heartbeat.stopped) return false;
  return agentHealth(heartbeat, now, yard) !== 'silent';
}
