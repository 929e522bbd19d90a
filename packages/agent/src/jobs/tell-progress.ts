/**
 * Tells how far a build has come: always by the heartbeat, and where pushes are free also in the job itself. At most one
 * such push is under way, and the last stage wins: what was skipped over comes again with the next, or with the result.
 */
import type { Stage } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { pushesAreScarce } from '../scarce.ts';
import { type Holding, holderOf } from './holding.ts';

export interface Progress {
  tell(stages: readonly Stage[], text: string | null): void;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

export function progressOf(context: AgentContext, holding: Holding): Progress {
  let waiting: readonly Stage[] | undefined;
  let pushing: Promise<void> | undefined;
  let told = '';

  async function push(): Promise<void> {
    while (waiting) {
      const stages = waiting;
      waiting = undefined;
      await pushStages(context, holding, stages);
    }
    pushing = undefined;
  }

  return {
    tell(stages, text) {
      const current = stages.findLast((it) => it.status !== 'Pending');
      context.board.putJob({ id: holding.id, token: holding.token, stage: current?.name ?? null, progress: text });
      const now = stages.map((it) => it.status).join();
      if (now === told) return;
      told = now;
      tellTerminal(context, holding, current);
      if (pushesAreScarce(context)) return;
      // Between two stages there is nothing to see that the next one does not show as well.
      if (!stages.some((it) => it.status === 'Running')) return;
      waiting = stages;
      pushing ??= push();
    },
    settled: async () => {
      waiting = undefined;
      await pushing;
    },
  };
}

function tellTerminal({ emit }: AgentContext, { id, token }: Holding, stage: Stage | undefined): void {
  if (stage) emit({ kind: 'stage', job: id, token, stage: stage.name, status: stage.status });
}

/** Progress is a courtesy: a remote that is away, or a token that is stale, is for others to find out and act on. */
async function pushStages(context: AgentContext, holding: Holding, stages: readonly Stage[]): Promise<void> {
  try {
    await context.yard.perform('progress', { ...holderOf(context, holding), stages, now: context.yard.now() });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}
