/** Watches over a job while it is built: its signal is aborted, with the reason, as soon as the build must stop. */
import type { AgentContext } from '../context.ts';
import type { StopReason } from '../events.ts';
import { type Holding, stopReason } from './holding.ts';

export interface Watch {
  /** Aborted with a `StopReason`. */
  readonly signal: AbortSignal;
  readonly why: StopReason | undefined;
  end(): void;
}

export function watchOver(context: AgentContext, holding: Holding): Watch {
  const stop = new AbortController();
  const over = new AbortController();
  const look = watching(context, { holding, stop, over: over.signal });
  // A fault of the watch itself must stop the build: nobody else would.
  look.catch((error: unknown) =>
    stop.abort({
      kind: 'agent-stopped',
      text: `watching over job ${holding.id} failed: ${error}`,
    } satisfies StopReason),
  );
  return {
    signal: stop.signal,
    get why() {
      return stop.signal.aborted ? (stop.signal.reason as StopReason) : undefined;
    },
    end: () => over.abort(),
  };
}

interface Watching {
  readonly holding: Holding;
  readonly stop: AbortController;
  readonly over: AbortSignal;
}

async function watching(context: AgentContext, { holding, stop, over }: Watching): Promise<void> {
  const { bell, lease, yard } = context;
  while (!over.aborted) {
    const since = bell.count;
    const why = stopReason(context, holding);
    if (why) {
      context.emit({ kind: 'stopping', job: holding.id, token: holding.token, why: why.kind, text: why.text });
      return stop.abort(why);
    }
    const ms = lease.remainingMs({ sinceMs: holding.sinceMs, config: yard.state.yard });
    await bell.wait({ since, ms, signal: over });
  }
}
