/** Hands a result in until the yard has answered; one that comes too late is kept as a note on its attempt. */
import type { InputOf } from '@gityard/domain';
import type { Agent } from './agent-context.ts';
import { isOfTheWorld, untilDone } from './program.ts';
import type { Finish } from './result-notes.ts';

/** What a person may mend. */
const MAY_CHANGE: readonly string[] = ['INVALID_DATA', 'NEWER_SCHEMA'];
const PATIENCE_MS = 15_000;

export async function handIn(agent: Agent, finish: Finish): Promise<void> {
  const { life, notes } = agent;
  const outcome = await lastWord(agent, finish);
  if (outcome && !outcome.ok && !hasLanded(agent, finish)) await noteLate(agent, finish);
  await untilDone(life, () => notes.drop(finish));
}

/** Undefined: given up, which only a planted bug does. */
async function lastWord({ world, life, yard }: Agent, finish: Finish) {
  for (;;) {
    try {
      const outcome = await world.calls.perform(yard, 'finish', finish);
      if (outcome.ok || !MAY_CHANGE.includes(outcome.code)) return outcome;
    } catch (error) {
      if (!isOfTheWorld(error)) throw error;
      if (world.flaws.dropsResultsOnDenial && error.code === 'DENIED') return undefined;
    }
    await life.ports.sleep(life.dice.about(PATIENCE_MS));
  }
}

/** Only we can give our attempt such an end, so an earlier try must have arrived. */
function hasLanded({ yard }: Agent, { jobId, token, status }: Finish): boolean {
  const attempt = yard.state.jobs.get(jobId)?.attempts.find((it) => it.token === token);
  return attempt?.status === status;
}

export async function noteLate({ world, life, yard }: Agent, finish: Omit<InputOf<'note-late'>, 'now'>): Promise<void> {
  const { jobId, agentId, token, status, exitCode } = finish;
  const input = () => ({ jobId, agentId, token, status, exitCode, now: yard.now() });
  for (;;) {
    const outcome = await untilDone(life, () => world.calls.perform(yard, 'note-late', input()));
    if (outcome.ok || !MAY_CHANGE.includes(outcome.code)) return;
    await life.ports.sleep(life.dice.about(PATIENCE_MS));
  }
}
