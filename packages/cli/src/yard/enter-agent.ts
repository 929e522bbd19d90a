/** Enters an agent that no daemon stands for: a person or a script acts as it. */
import { hostname } from 'node:os';
import { type Agent, allowsNothing, type InputOf, type State } from '@gityard/domain';
import { newBoot } from '@gityard/yard';
import { answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { act } from './act.ts';

type Register = InputOf<'register'>['agent'];

export interface Traits {
  readonly labels: readonly string[];
  readonly pool: string | undefined;
}

/** Whoever asks by hand sees what the job is before running it: that is the policy. */
const CLAIMS: Agent['allows'] = { repositories: ['*'], commands: true };
/** Somebody who only tells how a server is takes no job, and nothing must wait for that. */
const REPORTS: Agent['allows'] = { repositories: [], commands: false };

export const enterToReport = (context: Context, id: string): Promise<Reply> =>
  enter(context, { id, labels: [] }, REPORTS);

export const enterByHand = (context: Context, id: string, { labels, pool }: Traits): Promise<Reply> =>
  enter(context, { id, labels: [...labels], ...(pool !== undefined && { pool }) }, CLAIMS);

/** It was entered to report, no daemon came since, and now somebody claims for it. */
export function onlyReports({ agents, heartbeats }: State, id: string): boolean {
  const agent = agents.get(id);
  return agent !== undefined && allowsNothing(agent) && heartbeats.get(id)?.pid === 0;
}

async function enter(context: Context, own: Pick<Register, 'id' | 'labels' | 'pool'>, allows: Agent['allows']) {
  const { id } = own;
  const { state } = await context.yard();
  const { detectCapabilities } = await import('@gityard/builder');
  const boot = state.agents.get(id)?.boot ?? newBoot();
  const agent: Register = { ...own, host: hostname(), boot, capabilities: await detectCapabilities(), allows };
  return act(context, 'register', { agent, replaces: null }, () => {
    context.note(`agent ${id} is entered, driven by hand`);
    return answer(null, () => []);
  });
}
