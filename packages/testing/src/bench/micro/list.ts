/** The single figures by the name that asks for one of them, in the order in which they are printed. */
import { agentAtRest } from './agent-at-rest.ts';
import { buildOverhead } from './build-overhead.ts';
import { cacheRestore } from './cache-restore.ts';
import { catchUp } from './catch-up.ts';
import { distributedSpeed } from './distributed-speed.ts';
import { firstCommit } from './first-commit.ts';
import { growth } from './growth.ts';
import { historyLength } from './history-length.ts';
import { logThroughput } from './log-throughput.ts';
import type { Micro } from './micro.ts';
import { pageSpeed } from './page/page-speed.ts';
import { explainOneJob, pickNextJob } from './pick-job.ts';
import { redactorSpeed } from './redactor.ts';
import { startUp } from './start-up.ts';
import { treeSize } from './tree-size.ts';
import { warmStatus } from './warm-status.ts';
import { wireBytes } from './wire-bytes.ts';

export const MICROS: Readonly<Record<string, Micro>> = {
  'first-commit': firstCommit,
  'catch-up': catchUp,
  'start-up': startUp,
  'warm-status': warmStatus,
  'pick-job': pickNextJob,
  'explain-job': explainOneJob,
  'wire-bytes': wireBytes,
  'history-length': historyLength,
  'tree-size': treeSize,
  'agent-at-rest': agentAtRest,
  redactor: redactorSpeed,
  growth,
  'build-overhead': buildOverhead,
  'cache-restore': cacheRestore,
  'distributed-speed': distributedSpeed,
  'log-throughput': logThroughput,
  'page-speed': pageSpeed,
};
