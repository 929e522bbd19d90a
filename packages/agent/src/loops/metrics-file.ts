/** Writes the numbers of this agent into a file, now and then, for machines whose agents answer on no port. Gone with the agent. */
import type { AgentContext } from '../context.ts';
import { pause } from '../pause.ts';
import type { LoopLine } from '../status-board.ts';

/** As often as most people scrape. */
const EVERY_MS = 15_000;

export async function metricsFile(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { metrics, options } = context;
  if (!metrics) return;
  const { metricsFile: path = '', metricsEveryMs = EVERY_MS } = options;
  const { removeTextfile, writeTextfile } = await import('@gityard/telemetry');
  try {
    while (!signal.aborted) {
      await writeTextfile(path, await metrics.text(context));
      line.doing(`writing ${path}`);
      await pause(metricsEveryMs, signal);
    }
  } finally {
    // What is old would be taken for what is now.
    await removeTextfile(path);
  }
}
