/** The single figures, in the order in which they are printed. */
import { agentAtRest } from './agent-at-rest.ts';
import { buildOverhead } from './build-overhead.ts';
import { catchUp } from './catch-up.ts';
import { firstCommit } from './first-commit.ts';
import { growth } from './growth.ts';
import { historyLength } from './history-length.ts';
import { logThroughput } from './log-throughput.ts';
import type { Micro } from './micro.ts';
import { explainOneJob, pickNextJob } from './pick-job.ts';
import { treeSize } from './tree-size.ts';
import { warmStatus } from './warm-status.ts';
import { wireBytes } from './wire-bytes.ts';

export const MICROS: readonly Micro[] = [
  firstCommit,
  catchUp,
  warmStatus,
  pickNextJob,
  explainOneJob,
  wireBytes,
  historyLength,
  treeSize,
  agentAtRest,
  growth,
  buildOverhead,
  logThroughput,
];
