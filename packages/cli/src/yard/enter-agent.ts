/** Enters an agent that no daemon stands for: a person or a script acts as it. */
import { hostname } from 'node:os';
import type { InputOf } from '@gityard/domain';
import { newBoot } from '@gityard/yard';
import { answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { act } from './act.ts';

export interface Traits {
  readonly labels: readonly string[];
  readonly pool: string | undefined;
}

export async function enterByHand(context: Context, id: string, { labels, pool }: Traits): Promise<Reply> {
  const { detectCapabilities } = await import('@gityard/builder');
  const agent: InputOf<'register'>['agent'] = {
    id,
    host: hostname(),
    boot: newBoot(),
    labels: [...labels],
    ...(pool !== undefined && { pool }),
    capabilities: await detectCapabilities(),
    // Whoever asks by hand sees what the job is before running it: that is the policy.
    allows: { repositories: ['*'], commands: true },
  };
  return act(context, 'register', { agent, replaces: null }, () => {
    context.note(`agent ${id} is entered, driven by hand`);
    return answer(null, () => []);
  });
}
