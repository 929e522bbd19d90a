/**
 * Hands a result in: it is in the spool before anybody is asked. One that the disk would not take lives as long as the process,
 * and is tried until the yard has answered.
 */
import type { InputOf } from '@gityard/domain';
import type { Acceptance, Operation } from '@gityard/yard';
import type { Agent } from './agent-context.ts';
import { isOfTheWorld, untilDone } from './program.ts';
import type { Finish } from './results.ts';

/** What a person may mend. */
const MAY_CHANGE: readonly string[] = ['INVALID_DATA', 'NEWER_SCHEMA'];
const PATIENCE_MS = 15_000;

export async function handIn(agent: Agent, finish: Finish): Promise<void> {
  const accepted = await accept(agent, { name: 'finish', input: finish }).catch((error: unknown) => {
    if (!isOfTheWorld(error)) throw error;
  });
  if (!accepted) return handInFromMemory(agent, finish);
  const { jobId: job, token, agentId, status } = finish;
  agent.world.promises.kept({ job, token, agent: agentId, status });
  await accepted.settled;
}

export async function noteLate(agent: Agent, late: Omit<InputOf<'note-late'>, 'now'>): Promise<void> {
  const input = { ...late, now: agent.yard.now() };
  const accepted = await untilDone(agent.life, () => accept(agent, { name: 'note-late', input }));
  await accepted.settled;
}

async function accept({ spool, bell }: Agent, operation: Operation): Promise<Acceptance> {
  const [accepted] = await spool.accept([{ operation }]);
  bell.ring();
  if (!accepted) throw new Error('what is handed to a spool is accepted, or it throws');
  return accepted;
}

async function handInFromMemory({ world, life, yard }: Agent, finish: Finish): Promise<void> {
  for (;;) {
    const outcome = await untilDone(life, () => world.calls.perform(yard, 'finish', finish));
    if (outcome.ok || !MAY_CHANGE.includes(outcome.code)) return;
    await life.ports.sleep(life.dice.about(PATIENCE_MS));
  }
}
