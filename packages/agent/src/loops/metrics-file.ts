/** Writes the numbers of this agent into a file, now and then, for machines whose agents answer on no port. Gone with the agent. */
import type { AgentContext } from '../context.ts';
import { pause } from '../pause.ts';
import type { LoopLine } from '../status-board.ts';

/** As often as most people scrape; where agents beat oftener, with each beat. */
const LONGEST_MS = 15_000;

export async function metricsFile(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { metrics, options, yard } = context;
  if (!metrics) return;
  const { metricsFile: path = '' } = options;
  const { removeTextfile, writeTextfile } = await import('@gityard/telemetry');
  try {
    while (!signal.aborted) {
      await writeTextfile(path, await metrics.text(context));
      line.doing(`writing ${path}`);
      await pause(Math.min(LONGEST_MS, yard.state.yard.heartbeat.intervalSeconds * 1000), signal);
    }
  } finally {
    // What is old would be taken for what is now.
    await removeTextfile(path);
  }
}
